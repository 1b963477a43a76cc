package health.setpoint.hook;

import health.setpoint.http.error.ExceptionMappers;
import health.setpoint.http.error.RefusalLog;
import health.setpoint.http.error.StatusIssues;
import health.setpoint.journal.JournalUnavailable;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns a decision that could not be recorded into a 503. */
class JournalExceptionMapper {

    private static final int RETRY_SECONDS = 5;

    /** The caller may try again: nothing was advised. */
    @ServerExceptionMapper
    Response unrecorded(JournalUnavailable failure, RoutingContext call) {
        RefusalLog.because(call, failure.line());
        return ExceptionMappers.answer(503, List.of(StatusIssues.of(503)), call)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .build();
    }
}
