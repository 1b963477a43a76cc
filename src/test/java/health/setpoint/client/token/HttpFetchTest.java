package health.setpoint.client.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys are fetched from their address and from no other, in little time, and not much of it. */
@Tag("attack")
class HttpFetchTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final HttpFetch fetch = new HttpFetch(Duration.ofSeconds(20));
    private final HttpFetch impatient = new HttpFetch(Duration.ofMillis(700));
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/good", exchange -> answer(exchange, 200, Keys.jwks(Keys.EC)));
        server.createContext("/broken", exchange -> answer(exchange, 200, "{\"keys\": ["));
        server.createContext("/twice", exchange -> answer(exchange, 200, "{\"keys\": [], \"keys\": []}"));
        server.createContext("/error", exchange -> answer(exchange, 500, Keys.jwks(Keys.EC)));
        server.createContext("/large", exchange -> answer(exchange, 200, "{\"pad\": \"" + "x".repeat(70_000) + "\"}"));
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange, 200, Keys.jwks(Keys.EC));
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", place("/elsewhere").toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/silent", exchange -> {});
        server.createContext("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 50; i++) {
                    out.write(' ');
                    out.flush();
                    Thread.sleep(100);
                }
            } catch (InterruptedException | IOException gone) {
                // the client gave up
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private URI place(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void aKeySetIsFetched() throws IOException {
        assertEquals(1, fetch.from(place("/good")).path("keys").size());
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertEquals("status 302", refused("/moved"));
        assertEquals(0, elsewhere.get());
    }

    @Test
    void whatIsNoKeySetIsRefused() {
        assertEquals("status 500", refused("/error"));
        assertEquals("not JSON", refused("/broken"));
        assertEquals("not JSON", refused("/twice"));
        assertEquals("TooLarge", refused("/large"));
    }

    @Test
    void whatComesTooLateIsGivenUp() {
        for (var path : new String[] {"/silent", "/trickle"}) {
            var began = System.nanoTime();
            assertThrows(IOException.class, () -> impatient.from(place(path)));
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(4).toNanos(), path);
        }
    }

    private String refused(String path) {
        return assertThrows(IOException.class, () -> fetch.from(place(path))).getMessage();
    }
}
