package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import health.setpoint.card.CardWriter;
import health.setpoint.card.WrittenCard;
import health.setpoint.card.suggestion.CardContext;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.ChartRequest;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.evaluation.Stages;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.policy.Policy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One call without HTTP and journal, whole and by its stages. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 3)
@Measurement(iterations = 6, time = 1)
// The service's own log manager at the service's own level, so that what is not logged costs what it costs there.
@Fork(value = 1, jvmArgsAppend = "-Djava.util.logging.manager=org.jboss.logmanager.LogManager")
public class EvaluationBenchmark {

    static final Instant NOW = Instant.parse("2026-03-02T15:00:00Z");
    static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

    /** The service without HTTP and journal. */
    @State(Scope.Benchmark)
    public static class Service {

        Knowledge knowledge;
        ChartReader chart;
        CardWriter cards;
        Evaluation evaluation;
        Client client;

        /** As the service starts. */
        @Setup
        public void start() {
            Logger.getLogger("").setLevel(Level.INFO);
            knowledge = Knowledge.load();
            chart = new ChartReader(knowledge);
            cards = new CardWriter(knowledge, URI.create("http://localhost:8080"));
            evaluation = new Evaluation(
                    chart, new FhirServers(RequestJson.exact()), cards, Clock.fixed(NOW, ZoneOffset.UTC));
            client = Client.local(
                    new ServiceCatalog(knowledge, health.setpoint.hook.request.CdsService.hooksById(), 0),
                    ZoneOffset.UTC);
        }

        String answer(byte[] body) {
            var cards =
                    evaluation.evaluate(client, call(body), Stages.untraced()).cards();
            var answer = JsonNodeFactory.instance.objectNode();
            cards.forEach(card -> answer.withArray("cards").add(card.json()));
            return answer.toString();
        }

        static HookRequest call(byte[] body) {
            return HookRequestParser.read(RequestJson.object(body), health.setpoint.hook.request.CdsService.ORDER_SIGN);
        }
    }

    /** The usual request, and what each stage hands to the next. */
    @State(Scope.Benchmark)
    public static class Usual {

        byte[] body;
        ChartRequest request;
        ChartOutcome.Read read;
        Policy policy;
        Advice advice;
        CardContext context;

        /** Goes through the stages once. */
        @Setup
        public void prepare(Service service) {
            body = OrderSignRequest.of(1, TODAY);
            var call = Service.call(body);
            var now = LocalDateTime.ofInstant(NOW, ZoneOffset.UTC);
            request = new ChartRequest(
                    call.service().hook(),
                    call.patientId(),
                    call.prefetch(),
                    call.draftOrders(),
                    call.selections(),
                    now,
                    ZoneOffset.UTC);
            read = (ChartOutcome.Read) service.chart.read(request);
            policy = service.knowledge.on(TODAY);
            advice = Titration.advise(read.facts(), policy);
            context = new CardContext(
                    call.service().hook(),
                    Client.LOCAL,
                    call.hookInstance(),
                    call.patientId(),
                    call.userId(),
                    TODAY,
                    read.orders());
        }
    }

    /** Bytes of the request in, bytes of the answer out. */
    @Benchmark
    public byte[] whole(Service service, Usual usual) {
        return service.answer(usual.body).getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes to a checked envelope over a JSON tree. */
    @Benchmark
    public Object envelope(Usual usual) {
        return Service.call(usual.body);
    }

    /** Tree to facts. */
    @Benchmark
    public ChartOutcome chart(Service service, Usual usual) {
        return service.chart.read(usual.request);
    }

    /** The knowledge of the day. */
    @Benchmark
    public Policy knowledge(Service service) {
        return service.knowledge.on(TODAY);
    }

    /** Facts to advice. */
    @Benchmark
    public Advice titration(Usual usual) {
        return Titration.advise(usual.read.facts(), usual.policy);
    }

    /** Advice to cards. */
    @Benchmark
    public List<WrittenCard> card(Service service, Usual usual) {
        return service.cards.write(usual.advice, usual.context, usual.policy);
    }
}
