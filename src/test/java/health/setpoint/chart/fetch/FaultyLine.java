package health.setpoint.chart.fetch;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A line to a FHIR server on which things go wrong, by the type of resource that is asked for. */
final class FaultyLine implements AutoCloseable {

    /** What becomes of a real answer on its way. */
    interface Fault {
        void pass(HttpServerRequest request, Buffer answer);
    }

    static final Fault NONE = (request, answer) -> json(request).end(answer);

    private static final int LONG_MILLIS = 60_000;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final HttpClient behind = vertx.createHttpClient();
    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> tokens = new ConcurrentLinkedQueue<>();

    FaultyLine(int port) {
        server = vertx.createHttpServer()
                .requestHandler(request -> forward(request, port))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void forward(HttpServerRequest request, int port) {
        asked.add(request.uri());
        tokens.add(String.valueOf(request.getHeader("Authorization")));
        behind.request(HttpMethod.GET, port, "127.0.0.1", request.uri())
                .compose(out -> out.putHeader("Accept", "application/fhir+json").send())
                .compose(in -> in.body())
                .onSuccess(
                        body -> faults.getOrDefault(type(request.path()), NONE).pass(request, body))
                .onFailure(broken -> request.response().setStatusCode(502).end());
    }

    private static String type(String path) {
        var rest = path.substring(path.indexOf("/fhir") + "/fhir".length());
        var parts = rest.split("/");
        return parts.length < 2 ? "" : parts[1];
    }

    void fail(String type, Fault fault) {
        faults.put(type, fault);
    }

    String base() {
        return "http://127.0.0.1:" + server.actualPort() + "/fhir";
    }

    List<String> asked(String type) {
        return asked.stream().filter(uri -> uri.startsWith("/fhir/" + type)).toList();
    }

    int requests() {
        return asked.size();
    }

    List<String> tokens() {
        return tokens.stream().distinct().toList();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    // --- faults ---

    /** The answer comes long after anyone waits for it. */
    Fault late() {
        return (request, answer) ->
                vertx.setTimer(LONG_MILLIS, due -> json(request).end(answer));
    }

    /** Half of the answer, and then no line. */
    static Fault cut() {
        return (request, answer) -> {
            json(request).putHeader("Content-Length", String.valueOf(answer.length()));
            request.response().write(answer.getBuffer(0, answer.length() / 2)).onComplete(sent -> request.connection()
                    .close());
        };
    }

    static Fault status(int status) {
        return (request, answer) -> json(request).setStatusCode(status).end(answer);
    }

    static Fault redirect(String to) {
        return (request, answer) ->
                request.response().setStatusCode(302).putHeader("Location", to).end();
    }

    /** A page for people, said to be FHIR. */
    static Fault html() {
        return (request, answer) -> json(request).end("<!DOCTYPE html><html><body>Sign in</body></html>");
    }

    /** The answer, said to be a page for people. */
    static Fault mislabelled() {
        return (request, answer) ->
                request.response().putHeader("Content-Type", "text/html").end(answer);
    }

    /** More than any answer may have, without saying so beforehand. */
    static Fault huge(int bytes) {
        return (request, answer) -> json(request)
                .setChunked(true)
                .end(Buffer.buffer("{\"resourceType\":\"Bundle\",\"x\":\"" + "x".repeat(bytes) + "\"}"));
    }

    /** A page after each page, each at an address of its own. */
    Fault endless() {
        var number = new AtomicInteger();
        return (request, answer) ->
                json(request).end(withNext(answer, base() + "/Condition?patient=p&page=" + number.incrementAndGet()));
    }

    static Fault next(String address) {
        return (request, answer) -> json(request).end(withNext(answer, address));
    }

    private static Buffer withNext(Buffer answer, String address) {
        var bundle = answer.toJsonObject();
        bundle.put(
                "link",
                new JsonArray().add(new JsonObject().put("relation", "next").put("url", address)));
        return bundle.toBuffer();
    }

    private static io.vertx.core.http.HttpServerResponse json(HttpServerRequest request) {
        return request.response().putHeader("Content-Type", "application/fhir+json");
    }
}
