package health.setpoint.http.error;

import health.setpoint.http.AddressRateLimiter;
import health.setpoint.http.LogLineLimit;
import health.setpoint.http.Loggable;
import health.setpoint.http.RequestId;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure into an HTTP status with an OperationOutcome; an internal fault is a 500, never empty cards. */
public class ExceptionMappers {

    private static final Logger LOG = Logger.getLogger("health.setpoint.errors");

    /** Who leaves before the answer can do so many times a second. */
    private static final LogLineLimit OF_LEAVERS = new LogLineLimit(System::nanoTime);

    @ServerExceptionMapper
    Response refused(RequestException refusal, RoutingContext call) {
        var answer = answer(refusal.status(), refusal.issues(), call);
        refusal.headers().forEach(answer::header);
        return answer.build();
    }

    /** The framework's own answers: unknown path, wrong method, wrong media type. */
    @ServerExceptionMapper
    Response framework(WebApplicationException failure, RoutingContext call) {
        var status = failure.getResponse().getStatus();
        if (status >= 500) {
            return broken(failure, call);
        }
        var answer = answer(status, List.of(StatusIssues.of(status)), call);
        if (status == 405) {
            answer.header(HttpHeaders.ALLOW, allowed(call.normalizedPath()));
        }
        return answer.build();
    }

    @ServerExceptionMapper
    Response broken(Throwable failure, RoutingContext call) {
        log(call, failure);
        return answer(500, List.of(StatusIssues.of(500)), call).build();
    }

    /** Whether the caller has left: what fails then is the writing of an answer that nobody awaits. */
    public static boolean isForNobody(RoutingContext call) {
        return call.response().closed();
    }

    /** Kinds and places of a failure, no messages: a message may quote health data. Of a call whose caller has left the kind. */
    public static void log(RoutingContext call, Throwable failure) {
        if (!isForNobody(call)) {
            LOG.errorf("request %s failed: %s", RequestId.of(call), trace(failure));
            return;
        }
        var address = AddressRateLimiter.of(call);
        if (OF_LEAVERS.lets(address)) {
            LOG.warnf(
                    "request %s: its caller left before it was answered (%s, from %s)",
                    RequestId.of(call), failure.getClass().getName(), Loggable.of(address));
        }
    }

    /** Says how many lines about those who left were left out. */
    public static void tellWhatWasLeftOut() {
        RefusalLog.tell(OF_LEAVERS);
    }

    private static String trace(Throwable failure) {
        var trace = new StringBuilder();
        for (Throwable cause = failure; cause != null && trace.length() < 4000; cause = cause.getCause()) {
            trace.append(trace.isEmpty() ? "" : "; caused by ")
                    .append(cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, 12); i++) {
                trace.append(" at ").append(frames[i]);
            }
        }
        return trace.toString();
    }

    private static String allowed(String path) {
        return path.startsWith("/cds-services/") && path.length() > "/cds-services/".length()
                ? "POST, OPTIONS"
                : "GET, HEAD, OPTIONS";
    }

    /** The OperationOutcome of a status, whose line in the log says why too. */
    public static Response.ResponseBuilder answer(int status, List<Issue> issues, RoutingContext call) {
        RefusalLog.because(call, issues);
        var mediaType = OperationOutcomes.mediaType(call.request().getHeader(HttpHeaders.ACCEPT));
        return Response.status(status)
                .type(MediaType.valueOf(mediaType))
                .entity(OperationOutcomes.of(RequestId.of(call), issues).toString());
    }
}
