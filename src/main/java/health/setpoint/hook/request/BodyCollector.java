package health.setpoint.hook.request;

import health.setpoint.client.Endpoint;
import health.setpoint.http.AddressRateLimiter;
import health.setpoint.http.body.MemoryInFlight;
import health.setpoint.http.body.RequestBodyReader;
import health.setpoint.http.error.RequestException;
import health.setpoint.http.error.StatusIssues;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Calls with a body: the caller is let in first, then the body is collected, up to {@code setpoint.largest-body} and within
 * {@code setpoint.slowest-body}, and only then a worker is taken. Whoever sends slowly holds none, in whichever version of
 * HTTP and with however many calls on one connection.
 */
@Singleton
public class BodyCollector {

    private static final String CONTINUE = "100-continue";

    private final Authentication authentication;
    private final RequestBodyReader bodies;
    private final MemoryInFlight memory;
    private final boolean clients;
    private final long slowest;
    private final long slowestPiece;

    BodyCollector(
            Authentication authentication,
            RequestBodyReader bodies,
            MemoryInFlight memory,
            @ConfigProperty(name = "setpoint.clients.folder") Optional<String> clients,
            @ConfigProperty(name = "setpoint.slowest-body") Duration slowest,
            @ConfigProperty(name = "quarkus.http.read-timeout") Duration slowestPiece) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.memory = memory;
        this.clients = clients.isPresent();
        this.slowest = slowest.toNanos();
        this.slowestPiece = slowestPiece.toNanos();
    }

    /**
     * What a worker makes of a call once all of it is here. Called on the thread of the connection, which it never holds up.
     *
     * @return fails with a {@link RequestException} where the caller is not let in, with 404 where there is no such service, 415 where
     *     no media type is named, 413 where the body proves too large, 408 where it comes too slowly or not to its end, 503
     *     where the memory for requests is used up
     */
    public CompletionStage<Response> answer(
            RoutingContext call, String service, Endpoint endpoint, Function<CollectedRequest, Response> work) {
        return answer(call, service, () -> authentication.open(call, endpoint), work);
    }

    /**
     * The same for a caller who is let in otherwise than by a client's token.
     *
     * @param door lets the caller in, or throws a {@link RequestException}
     */
    public CompletionStage<Response> answer(
            RoutingContext call,
            String service,
            Supplier<Authentication.Caller> door,
            Function<CollectedRequest, Response> work) {
        return admitted(call, door)
                .compose(caller -> new Arriving(call, caller).collected(service))
                .compose(collected -> call.vertx().executeBlocking(() -> done(collected, work), false))
                .onFailure(why -> throwTheRestAway(call, why))
                .toCompletionStage();
    }

    /** Where clients are registered, whether a token was used before is asked of the database: not on this thread. */
    private Future<Authentication.Caller> admitted(RoutingContext call, Supplier<Authentication.Caller> door) {
        if (clients) {
            return call.vertx().executeBlocking(door::get, false);
        }
        try {
            return Future.succeededFuture(door.get());
        } catch (RequestException refusal) {
            return Future.failedFuture(refusal);
        }
    }

    private static Response done(CollectedRequest collected, Function<CollectedRequest, Response> work) {
        if (!collected.take()) {
            throw slow();
        }
        try (collected) {
            return work.apply(collected);
        }
    }

    private static RequestException slow() {
        return new RequestException(408, StatusIssues.of(408));
    }

    /** What still comes of a body whose call is refused, for as long as a body may take. */
    private void throwTheRestAway(RoutingContext call, Throwable why) {
        var request = call.request();
        if (request.isEnded() || call.response().closed()) {
            return;
        }
        if (why instanceof RequestException refusal
                && refusal.status() == 408
                && request.version() != HttpVersion.HTTP_2) {
            call.response().putHeader(HttpHeaders.CONNECTION, "close");
        }
        var end = call.vertx().setTimer(millis(slowest), timer -> cut(call));
        request.endHandler(all -> call.vertx().cancelTimer(end));
        request.exceptionHandler(gone -> call.vertx().cancelTimer(end));
        request.handler(rest -> {});
        request.resume();
    }

    private static void cut(RoutingContext call) {
        if (call.request().version() == HttpVersion.HTTP_2) {
            call.response().reset();
        } else {
            call.request().connection().close();
        }
    }

    /** A timer of zero is none. */
    private static long millis(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** One body on its way; all on the thread of its connection. */
    private final class Arriving {

        private final RoutingContext call;
        private final CollectedRequest collected;
        private final MemoryInFlight.Share share;
        private final Deque<byte[]> pieces = new ArrayDeque<>();
        private final Promise<CollectedRequest> whole = Promise.promise();
        private final long began = System.nanoTime();
        private long lastPiece = began;
        private long length;
        private long timer;
        private boolean over;
        private Optional<RequestException> refusal = Optional.empty();

        Arriving(RoutingContext call, Authentication.Caller caller) {
            this.call = call;
            this.share = memory.share(caller.account()
                    .orElseGet(() -> clients
                            ? caller.client().name()
                            : AddressRateLimiter.network(AddressRateLimiter.of(call))));
            this.collected = new CollectedRequest(caller, share, pieces);
        }

        Future<CollectedRequest> collected(String service) {
            var request = call.request();
            call.addEndHandler(gone -> end(slow()));
            if (CdsService.byId(service).isEmpty()) {
                end(CdsService.unknown());
            } else if (request.getHeader(HttpHeaders.CONTENT_TYPE) == null) {
                end(new RequestException(415, StatusIssues.of(415)));
            } else if (call.response().closed()) {
                end(slow());
            } else if (request.isEnded()) {
                complete();
            } else {
                if (CONTINUE.equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
                    call.response().writeContinue();
                }
                watch();
                request.exceptionHandler(cut -> end(slow()));
                request.endHandler(all -> complete());
                request.handler(this::take);
                request.resume();
            }
            return whole.future();
        }

        private void watch() {
            var now = System.nanoTime();
            var left = Math.min(began + slowest - now, lastPiece + slowestPiece - now);
            if (left <= 0) {
                end(slow());
            } else {
                timer = call.vertx().setTimer(millis(left) + 1, again -> watch());
            }
        }

        private void take(Buffer piece) {
            if (over) {
                return;
            }
            lastPiece = System.nanoTime();
            length += piece.length();
            if (bodies.tooLarge(length)) {
                end(new RequestException(413, StatusIssues.of(413)));
            } else if (refusal.isEmpty() && !share.take(piece.length())) {
                // Who still sends would not read the answer.
                refusal = Optional.of(MemoryInFlight.usedUp());
                pieces.clear();
            } else if (refusal.isEmpty()) {
                pieces.add(piece.getBytes());
            }
        }

        private void complete() {
            if (refusal.isPresent()) {
                end(refusal.get());
            } else if (!over) {
                over = true;
                call.vertx().cancelTimer(timer);
                whole.complete(collected);
            }
        }

        private void end(RequestException why) {
            call.vertx().cancelTimer(timer);
            collected.closeUnlessTaken();
            if (!over) {
                over = true;
                whole.fail(why);
            }
        }
    }
}
