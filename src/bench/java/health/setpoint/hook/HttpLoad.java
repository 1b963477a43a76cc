package health.setpoint.hook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** Callers on this machine that wait for each answer before they ask again, in rounds of every kind of call by turns. */
final class HttpLoad {

    /** As many as keep all cores busy, and one as a clinician meets the service. */
    static final int MANY_CALLERS = 16;

    static final int ONE_CALLER = 1;
    static final int ROUNDS = 6;
    private static final Duration ROUND = Duration.ofSeconds(5);
    /** Few callers at first: with all cores busy the JVM would go on compiling for minutes. */
    private static final int FIRST_CALLERS = 2;

    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration ECHO_WARM_UP = Duration.ofSeconds(10);
    private static final String INSTANCE = "\"hookInstance\":\"";

    /** What is called. */
    enum Kind {
        ECHO("echo of the same bytes"),
        JOURNAL_ON("order-sign, as shipped"),
        JOURNAL_OFF("order-sign, journal off");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * One round.
     *
     * @param callers who call at the same time
     * @param perSecond answers a second, all callers together
     * @param p50Micros median time from the first byte sent to the last byte read, in microseconds
     * @param p99Micros 99th percentile of the same
     * @param allocated bytes that the service allocated for one answer
     */
    record Round(
            Kind kind, int callers, int number, double perSecond, long p50Micros, long p99Micros, long allocated) {}

    private final MeasuredService service;
    private final byte[] body;
    private final byte[] echo;
    private final int answerBytes;
    private final AtomicInteger instances = new AtomicInteger();

    HttpLoad(MeasuredService service) throws IOException {
        this.service = service;
        this.body = OrderSignRequest.of(1, LocalDate.now(ZoneOffset.UTC));
        try (var connection = new Connection(service.address())) {
            var answer = connection.post("/cds-services/titration-order-sign", body);
            if (answer.status() != 200 || !answer.text().contains("\"suggestions\"")) {
                throw new IllegalStateException("no suggestion to measure: " + answer.status() + " " + answer.text());
            }
            this.answerBytes = answer.body().length;
        }
        this.echo = Connection.message("/bench/echo/" + answerBytes, body);
    }

    int requestBytes() {
        return body.length;
    }

    int answerBytes() {
        return answerBytes;
    }

    List<Round> run() throws IOException, InterruptedException {
        round(Kind.JOURNAL_ON, 0, WARM_UP, FIRST_CALLERS);
        round(Kind.ECHO, 0, ECHO_WARM_UP, FIRST_CALLERS);
        var rounds = new ArrayList<Round>();
        for (var callers : List.of(MANY_CALLERS, ONE_CALLER)) {
            for (int number = 1; number <= ROUNDS; number++) {
                for (var kind : Kind.values()) {
                    rounds.add(round(kind, number, ROUND, callers));
                }
            }
        }
        return rounds;
    }

    private Round round(Kind kind, int number, Duration length, int callers) throws IOException, InterruptedException {
        service.keepDecisions(kind != Kind.JOURNAL_OFF);
        var before = service.allocated();
        var start = System.nanoTime();
        var end = start + length.toNanos();
        var times = times(kind, end, callers);
        var seconds = (System.nanoTime() - start) / 1e9;
        var allocated = service.allocated() - before;
        return new Round(
                kind,
                callers,
                number,
                times.length / seconds,
                times[times.length / 2] / 1000,
                times[(int) (times.length * 0.99)] / 1000,
                allocated / times.length);
    }

    /** Nanoseconds of every answer, shortest first. */
    private long[] times(Kind kind, long end, int callers) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(callers);
        try {
            Callable<long[]> caller = () -> call(kind, end);
            var all = LongStream.empty();
            for (var done : threads.invokeAll(Collections.nCopies(callers, caller))) {
                all = LongStream.concat(all, Arrays.stream(done.get()));
            }
            return all.sorted().toArray();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private long[] call(Kind kind, long end) throws IOException {
        var message = kind == Kind.ECHO ? echo : Connection.message("/cds-services/titration-order-sign", body);
        var instance = new String(message, StandardCharsets.ISO_8859_1).indexOf(INSTANCE) + INSTANCE.length();
        var times = LongStream.builder();
        try (var connection = new Connection(service.address())) {
            for (var now = System.nanoTime(); now < end; ) {
                if (kind != Kind.ECHO) {
                    number(message, instance);
                }
                var answer = connection.send(message);
                if (answer.status() != 200 || answer.body().length != answerBytes) {
                    throw new IllegalStateException(answer.status() + " " + answer.text());
                }
                var done = System.nanoTime();
                times.add(done - now);
                now = done;
            }
        }
        return times.build().toArray();
    }

    /** Every call has a hookInstance of its own, as calls of an EHR have. */
    private void number(byte[] message, int at) {
        var number = String.format("%08x", instances.incrementAndGet());
        System.arraycopy(number.getBytes(StandardCharsets.US_ASCII), 0, message, at, number.length());
    }
}
