package health.setpoint.hook;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** What holds for every HTTP answer, also for those that are given before a resource is reached. */
@ApplicationScoped
class Edge {

    /** Before the check of the origin, so that its refusals have an id and a line in the log too. */
    private static final int FIRST = 400;

    /** After CORS, so that a refused body carries its headers, and before the server's own, empty 413. */
    private static final int BEFORE_SIZE_LIMIT = 50;

    private final Bodies bodies;
    private final LineLimit lines = new LineLimit(System::nanoTime);

    Edge(Bodies bodies) {
        this.bodies = bodies;
    }

    void onEachCall(@Observes Filters filters) {
        filters.register(this::identify, FIRST);
        filters.register(this::limit, BEFORE_SIZE_LIMIT);
    }

    void onFailure(@Observes Router router) {
        for (int status : new int[] {400, 404, 405, 413, 414, 415, 431, 500}) {
            router.errorHandler(status, call -> answer(call, status));
        }
    }

    private void identify(RoutingContext call) {
        call.response().putHeader(RequestId.HEADER, RequestId.of(call));
        call.addEndHandler(end -> Refusals.tell(call, lines));
        call.next();
    }

    @Scheduled(every = "1m")
    void tellWhatWasLeftOut() {
        Refusals.tell(lines);
    }

    @PreDestroy
    void tellTheRest() {
        Refusals.tell(lines);
    }

    private void limit(RoutingContext call) {
        if (bodies.tooLarge(Bodies.announced(call))) {
            call.response().putHeader(HttpHeaders.CONNECTION, "close");
            answer(call, 413);
        } else {
            call.next();
        }
    }

    /** Answers with the OperationOutcome of a status. */
    static void answer(RoutingContext call, int status) {
        if (call.failure() != null && status >= 500) {
            ErrorAnswers.log(RequestId.of(call), call.failure());
        }
        if (call.response().headWritten() || call.response().ended()) {
            return;
        }
        Refusals.because(call, List.of(StatusIssues.of(status)));
        call.response()
                .setStatusCode(status)
                .putHeader(RequestId.HEADER, RequestId.of(call))
                .putHeader(
                        HttpHeaders.CONTENT_TYPE,
                        Outcomes.mediaType(call.request().getHeader(HttpHeaders.ACCEPT)))
                .end(Outcomes.of(RequestId.of(call), List.of(StatusIssues.of(status)))
                        .toString());
    }
}
