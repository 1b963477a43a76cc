package health.setpoint.population.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import health.setpoint.http.body.RequestJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/** A Bulk Data server as the specification has it, which can break off, be busy, and count wrongly. */
final class BulkServer implements AutoCloseable {

    static final String CLIENT = "setpoint-population";
    private static final String TOKEN = "secret-token-";

    private final HttpServer server;
    private final PublicJsonWebKey key;
    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final Map<String, String> files = new LinkedHashMap<>();
    /** Answers 503 so many times before it answers. */
    int busy;
    /** Sends half of each file so many times. */
    int breaks;

    int polls = 2;
    int countedTooMuch;
    String filesAt = "";
    private int tokens;

    BulkServer(PublicJsonWebKey key) throws IOException {
        this.key = key;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/fhir");
    }

    private synchronized void answer(HttpExchange call) throws IOException {
        var path = call.getRequestURI().getPath();
        asked.add(call.getRequestMethod() + " " + call.getRequestURI());
        try (call) {
            if (path.equals("/fhir/.well-known/smart-configuration")) {
                send(call, 200, "{\"token_endpoint\":\"" + base() + "/token\"}");
            } else if (path.equals("/fhir/token")) {
                token(call);
            } else if (!("Bearer " + TOKEN + tokens)
                    .equals(call.getRequestHeaders().getFirst("Authorization"))) {
                send(call, 401, "{}");
            } else if (busy > 0) {
                busy--;
                call.getResponseHeaders().add("Retry-After", "7");
                send(call, 503, "{}");
            } else {
                exported(call, path);
            }
        }
    }

    private void exported(HttpExchange call, String path) throws IOException {
        if (path.endsWith("/$export")) {
            if (!"respond-async".equals(call.getRequestHeaders().getFirst("Prefer"))) {
                send(call, 400, "{}");
                return;
            }
            call.getResponseHeaders().add("Content-Location", base() + "/status/1");
            send(call, 202, "");
        } else if (path.equals("/fhir/status/1")) {
            if (polls-- > 0) {
                call.getResponseHeaders().add("Retry-After", "120");
                call.getResponseHeaders().add("X-Progress", "half of it");
                send(call, 202, "");
            } else {
                send(call, 200, manifest());
            }
        } else {
            file(call, files.get(path.substring("/fhir/files/".length())));
        }
    }

    private void token(HttpExchange call) throws IOException {
        var form = Stream.of(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&"))
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8)));
        try {
            new JwtConsumerBuilder()
                    .setVerificationKey(key.getPublicKey())
                    .setExpectedAudience(base() + "/token")
                    .setExpectedIssuer(CLIENT)
                    .setExpectedSubject(CLIENT)
                    .setRequireJwtId()
                    .setRequireExpirationTime()
                    .setMaxFutureValidityInMinutes(5)
                    .build()
                    .processToClaims(form.get("client_assertion"));
        } catch (InvalidJwtException forged) {
            send(call, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        tokens++;
        send(
                call,
                200,
                "{\"access_token\":\"" + TOKEN + tokens + "\",\"token_type\":\"bearer\",\"expires_in\":300,\"scope\":\""
                        + form.get("scope") + "\"}");
    }

    private String manifest() {
        var json = RequestJson.exact().createObjectNode();
        json.put("transactionTime", "2026-11-30T04:00:00Z").put("requiresAccessToken", true);
        var output = json.putArray("output");
        var deleted = json.putArray("deleted");
        var error = json.putArray("error");
        files.forEach((name, text) -> {
            var list = name.startsWith("deleted") ? deleted : name.startsWith("error") ? error : output;
            list.addObject()
                    .put("type", name.replaceAll(".*/|\\..*", ""))
                    .put("url", (filesAt.isEmpty() ? base().toString() : filesAt) + "/files/" + name)
                    .put("count", text.lines().count() + countedTooMuch);
        });
        return json.toString();
    }

    private void file(HttpExchange call, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var range = call.getRequestHeaders().getFirst("Range");
        var from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
        call.sendResponseHeaders(range == null ? 200 : 206, bytes.length - from);
        if (breaks > 0) {
            breaks--;
            call.getResponseBody().write(bytes, from, (bytes.length - from) / 2);
            call.getResponseBody().flush();
            throw new IOException("broken off, as it is meant to be");
        }
        call.getResponseBody().write(bytes, from, bytes.length - from);
    }

    private static void send(HttpExchange call, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
