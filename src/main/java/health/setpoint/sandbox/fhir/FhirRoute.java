package health.setpoint.sandbox.fhir;

import health.setpoint.http.AddressRateLimiter;
import health.setpoint.http.body.MemoryInFlight;
import health.setpoint.http.body.RequestBodyReader;
import health.setpoint.http.error.ExceptionMappers;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.http.error.StatusIssues;
import health.setpoint.http.filter.HttpFilters;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.sandbox.SandboxDoor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Brings calls to the sandbox's FHIR server and its answers back: the body is collected first, within the limits of every
 * body of this service, and then a worker answers. Where the sandbox is closed there is no route.
 */
@Singleton
class FhirRoute {

    static final String PATH = "/sandbox/fhir";

    /** Answered at one time; each may hold a whole space in memory several times over. */
    private static final int MOST_AT_ONCE = 8;

    /** One hook fetches its prefetch keys at one time, a dozen and more; several hooks are called side by side. */
    private static final int MOST_WAITING = 64;

    private static final Duration SHORTLY = Duration.ofSeconds(1);
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

    private final SandboxDoor sandbox;
    private final RequestBodyReader bodies;
    private final MemoryInFlight memory;
    private final URI publicUrl;
    private final long slowest;
    private final Spaces spaces;
    private final WriteValidation validation;
    private final Turns turns = new Turns();
    private volatile SandboxFhirServer server;

    FhirRoute(
            SandboxDoor sandbox,
            RequestBodyReader bodies,
            MemoryInFlight memory,
            Knowledge knowledge,
            Clock clock,
            @ConfigProperty(name = "setpoint.public-url") URI publicUrl,
            @ConfigProperty(name = "setpoint.slowest-body") Duration slowest) {
        this.sandbox = sandbox;
        this.bodies = bodies;
        this.memory = memory;
        this.publicUrl = publicUrl;
        this.slowest = slowest.toMillis();
        this.spaces = new Spaces(clock);
        this.validation = new WriteValidation(knowledge, Runtime.getRuntime().maxMemory());
    }

    void onStart(@Observes Router router) {
        if (sandbox.isOpen()) {
            router.route(PATH).handler(this::take);
            router.route(PATH + "/*").handler(this::take);
        }
    }

    @PreDestroy
    void stop() {
        validation.close();
    }

    private void take(RoutingContext call) {
        if (!METHODS.contains(call.request().method().name())) {
            refuse(call, new RequestException(405, StatusIssues.of(405)));
            return;
        }
        var body = Buffer.buffer();
        var share = memory.share(AddressRateLimiter.network(AddressRateLimiter.of(call)));
        var late =
                call.vertx().setTimer(slowest, timer -> refuse(call, new RequestException(408, StatusIssues.of(408))));
        call.addEndHandler(end -> {
            call.vertx().cancelTimer(late);
            share.close();
        });
        var request = call.request();
        request.handler(piece -> {
            if (bodies.tooLarge((long) body.length() + piece.length())) {
                refuse(call, new RequestException(413, StatusIssues.of(413)));
            } else if (!share.take(piece.length())) {
                refuse(call, MemoryInFlight.usedUp());
            } else if (!call.response().ended()) {
                body.appendBuffer(piece);
            }
        });
        request.exceptionHandler(cut -> refuse(call, new RequestException(408, StatusIssues.of(408))));
        request.endHandler(all -> {
            call.vertx().cancelTimer(late);
            if (!call.response().ended()) {
                answer(call, body.getBytes());
            }
        });
        request.resume();
    }

    private static void refuse(RoutingContext call, RequestException why) {
        if (!call.response().ended()) {
            call.response().putHeader("Connection", "close");
            HttpFilters.answer(call, why);
        }
    }

    private void answer(RoutingContext call, byte[] body) {
        var context = call.vertx().getOrCreateContext();
        var isLet = turns.take(() -> context.executeBlocking(() -> answered(call, body), false)
                .onComplete(done -> turns.end())
                .onSuccess(answer -> write(call, answer))
                .onFailure(failure -> {
                    ExceptionMappers.log(call, failure);
                    HttpFilters.answer(call, 500);
                }));
        if (!isLet) {
            HttpFilters.answer(
                    call,
                    RequestException.forNow(
                            503, Issue.of(Issue.Kind.TRANSIENT, "The sandbox answers others just now."), SHORTLY));
        }
    }

    private ServletAnswer answered(RoutingContext call, byte[] body) throws IOException {
        var request = call.request();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        request.headers()
                .names()
                .forEach(name -> headers.put(name, request.headers().getAll(name)));
        if (body.length == 0) {
            // Of nothing: curl and browsers name one all the same, and HAPI would refuse a form.
            headers.keySet().removeIf(HttpHeaders.CONTENT_TYPE.toString()::equalsIgnoreCase);
        }
        var method =
                request.method() == HttpMethod.HEAD ? "GET" : request.method().name();
        var made = server();
        return made.answer(new ServletCall(
                method,
                origin(call),
                request.path(),
                request.query() == null ? "" : request.query(),
                PATH,
                headers,
                body,
                made.getServletContext()));
    }

    /** As the caller sees this service: other clients than those of local mode come through a proxy. */
    private String origin(RoutingContext call) {
        var host = call.request().authority();
        return sandbox.isLocalMode() && host != null
                ? call.request().scheme() + "://" + host
                : publicUrl.toString().replaceAll("/+$", "");
    }

    private SandboxFhirServer server() {
        if (server == null) {
            synchronized (this) {
                if (server == null) {
                    validation.prepare();
                    server = new SandboxFhirServer(
                            spaces,
                            validation,
                            (context, call) -> call.getRequestURL()
                                            .substring(
                                                    0,
                                                    call.getRequestURL().length()
                                                            - call.getRequestURI()
                                                                    .length())
                                    + PATH);
                }
            }
        }
        return server;
    }

    private static void write(RoutingContext call, ServletAnswer answer) {
        if (call.response().ended() || call.response().closed()) {
            return;
        }
        var response = call.response().setStatusCode(answer.getStatus());
        answer.headers().forEach((name, values) -> response.putHeader(name, values));
        if (call.request().method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }

    /** So many are answered at one time, so many more wait for their turn, in the order in which they came. */
    private static final class Turns {

        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;

        /** Begins now or later; false where too many wait. */
        boolean take(Runnable begin) {
            synchronized (this) {
                if (running == MOST_AT_ONCE) {
                    return waiting.size() < MOST_WAITING && waiting.add(begin);
                }
                running++;
            }
            begin.run();
            return true;
        }

        void end() {
            Runnable next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    running--;
                    return;
                }
            }
            next.run();
        }
    }
}
