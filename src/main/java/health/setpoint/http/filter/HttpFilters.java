package health.setpoint.http.filter;

import health.setpoint.http.LogLineLimit;
import health.setpoint.http.RequestId;
import health.setpoint.http.body.MemoryInFlight;
import health.setpoint.http.body.RequestBodyReader;
import health.setpoint.http.error.ExceptionMappers;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.OperationOutcomes;
import health.setpoint.http.error.PublicPaths;
import health.setpoint.http.error.RefusalLog;
import health.setpoint.http.error.RequestException;
import health.setpoint.http.error.StatusIssues;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** What holds for every HTTP answer, also for those that are given before a resource is reached. */
@ApplicationScoped
public class HttpFilters {

    /** Before the check of the origin, so that its refusals have an id and a line in the log too. */
    private static final int FIRST = 400;

    /** After CORS, so that a refused body carries its headers, and before the server's own, empty 413. */
    private static final int BEFORE_SIZE_LIMIT = 50;

    private static final Logger LOG = Logger.getLogger("health.setpoint");
    /** HTTP/2's error code. */
    private static final int REFUSED_STREAM = 7;

    private static final Duration UNTIL_ANOTHER_ANSWERS = Duration.ofSeconds(5);

    private final RequestBodyReader bodies;
    private final Set<String> paths;
    private final Http2Streams streams;
    private final LogLineLimit ofUnknown = new LogLineLimit(System::nanoTime);
    private final LogLineLimit ofClients = new LogLineLimit(System::nanoTime);
    private final Thread atTheEnd = new Thread(() -> stopping = true, "stopping");
    private volatile boolean stopping;

    HttpFilters(
            RequestBodyReader bodies,
            @All List<PublicPaths> paths,
            MemoryInFlight memory,
            @ConfigProperty(name = "setpoint.slowest-reader") Duration slowestReader,
            @ConfigProperty(name = "quarkus.http.limits.max-concurrent-streams") int mostOnOneConnection) {
        this.bodies = bodies;
        this.paths = paths.stream().flatMap(some -> some.paths().stream()).collect(Collectors.toUnmodifiableSet());
        this.streams = new Http2Streams(mostOnOneConnection, memory, slowestReader, ofUnknown);
    }

    void onEachCall(@Observes Filters filters) {
        filters.register(this::identify, FIRST);
        filters.register(this::limit, BEFORE_SIZE_LIMIT);
    }

    void onStart(@Observes StartupEvent started) {
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    void onFailure(@Observes Router router) {
        for (int status : new int[] {400, 404, 405, 413, 414, 415, 431, 500}) {
            router.errorHandler(status, call -> answer(call, status));
        }
        router.route().order(Integer.MIN_VALUE).failureHandler(this::refuseWhatIsNoRequest);
    }

    /** What the router itself does not take reaches no filter; that, and what fails on the way, would leave a trace each time. */
    private void refuseWhatIsNoRequest(RoutingContext call) {
        var status = call.statusCode() < 400 ? 500 : call.statusCode();
        if (ExceptionMappers.isForNobody(call)) {
            ExceptionMappers.log(call, call.failure());
            return;
        }
        if (call.response().headWritten()) {
            call.next();
            return;
        }
        if (!call.response().headers().contains(RequestId.HEADER)) {
            call.addEndHandler(end -> RefusalLog.tell(call, paths, ofUnknown, ofClients));
        }
        answer(call, status);
    }

    private void identify(RoutingContext call) {
        call.response().putHeader(RequestId.HEADER, RequestId.of(call));
        call.addEndHandler(end -> RefusalLog.tell(call, paths, ofUnknown, ofClients));
        if (call.request().version() == HttpVersion.HTTP_2 && !streams.admits(call)) {
            call.response().reset(REFUSED_STREAM);
        } else if (stopping && call.normalizedPath().startsWith("/cds-services")) {
            // Else calls that come and go would keep those that were begun from ever being the last.
            answer(
                    call,
                    RequestException.forNow(
                            503,
                            Issue.of(Issue.Kind.TRANSIENT, "The service is being stopped and gives no advice."),
                            UNTIL_ANOTHER_ANSWERS));
        } else {
            call.next();
        }
    }

    @Scheduled(every = "1m")
    void tellWhatWasLeftOut() {
        RefusalLog.tell(ofUnknown);
        RefusalLog.tell(ofClients);
        ExceptionMappers.tellWhatWasLeftOut();
    }

    @PreDestroy
    void end() {
        tellWhatWasLeftOut();
        if (!stopping) {
            try {
                Runtime.getRuntime().removeShutdownHook(atTheEnd);
            } catch (IllegalStateException itRuns) {
                LOG.debug("the process ends");
            }
        }
    }

    private void limit(RoutingContext call) {
        if (bodies.tooLarge(RequestBodyReader.announced(call))) {
            call.response().putHeader(HttpHeaders.CONNECTION, "close");
            answer(call, 413);
        } else {
            call.next();
        }
    }

    /** Answers with the OperationOutcome of a status. */
    public static void answer(RoutingContext call, int status) {
        if (call.failure() != null && status >= 500) {
            ExceptionMappers.log(call, call.failure());
        }
        answer(call, new RequestException(status, StatusIssues.of(status)));
    }

    /** Answers with the OperationOutcome of a refusal. */
    public static void answer(RoutingContext call, RequestException refusal) {
        if (call.response().headWritten() || call.response().ended()) {
            return;
        }
        RefusalLog.because(call, refusal.issues());
        var answer = call.response()
                .setStatusCode(refusal.status())
                .putHeader(RequestId.HEADER, RequestId.of(call))
                .putHeader(
                        HttpHeaders.CONTENT_TYPE,
                        OperationOutcomes.mediaType(call.request().getHeader(HttpHeaders.ACCEPT)));
        refusal.headers().forEach(answer::putHeader);
        answer.end(OperationOutcomes.of(RequestId.of(call), refusal.issues()).toString());
    }
}
