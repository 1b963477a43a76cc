package health.setpoint.http.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.hook.LogLines;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A failure of a call whose caller has left leaves one short line, and not a trace for each of a thousand resets a second. */
@Tag("attack")
class CallerThatLeftTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private int server(Consumer<RoutingContext> handler) {
        var router = Router.router(vertx);
        router.route().handler(handler::accept).failureHandler(call -> {
            ExceptionMappers.log(call, call.failure());
            if (!ExceptionMappers.isForNobody(call)) {
                call.response().setStatusCode(500).end();
            }
        });
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private static Socket ask(int port) throws Exception {
        var socket = new Socket("localhost", port);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void leavesOneLineWithoutATrace() throws Exception {
        try (var lines = new LogLines()) {
            var port = server(call ->
                    call.request().connection().closeHandler(left -> call.fail(new IllegalStateException("written"))));
            ask(port).close();
            var told = lines.with("its caller left before it was answered", PATIENCE);
            assertEquals(1, told.size());
            assertTrue(told.get(0).contains("java.lang.IllegalStateException, from 127.0.0.1"), told.get(0));
            assertTrue(lines.all().stream().noneMatch(line -> line.contains(" at ")));
        }
    }

    @Test
    void isNotMistakenForOneWhoWaits() throws Exception {
        try (var lines = new LogLines()) {
            var port = server(call -> call.fail(new IllegalStateException("a fault")));
            try (var socket = ask(port)) {
                assertTrue(
                        new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith("500"));
            }
            var told = lines.with("failed: java.lang.IllegalStateException at ", PATIENCE);
            assertEquals(1, told.size());
        }
    }
}
