package health.setpoint.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import health.setpoint.hook.FixedClock;
import health.setpoint.sandbox.fhir.DemoPatient;
import health.setpoint.sandbox.fhir.DemoPatients;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An EHR of another maker on this machine: SMART configuration, authorization and a FHIR server that gives out one invented
 * patient, for one token. It answers web pages of other origins, as EHRs do for registered apps.
 */
public final class StubEhr implements AutoCloseable {

    public static final String PATIENT = "setpoint-over-suppressed";
    public static final String TOKEN = "the-users-own-token";
    public static final String CLIENT_ID = "titration-app";

    private final HttpServer server;
    private final String base;
    private final DemoPatient patient;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> overrides = new HashMap<>();
    private volatile String appContext = "";

    /** Listens on this port of this machine. */
    public StubEhr(int port) throws IOException {
        this.base = "http://127.0.0.1:" + port;
        this.patient = DemoPatients.on(LocalDate.ofInstant(FixedClock.NOW, ZoneOffset.UTC)).stream()
                .filter(each -> each.id().equals(PATIENT))
                .findFirst()
                .orElseThrow();
        this.server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Every path that was asked, with the first word of its token. */
    public List<String> asked() {
        return asked;
    }

    /** What it hands to an app that is launched from a card. */
    public void handsOn(String context) {
        this.appContext = context;
    }

    /** Has it say something else in its SMART configuration. */
    public void says(String member, String value) {
        overrides.put(member, value);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "authorization,content-type,accept");
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            send(exchange, 204, "");
            return;
        }
        asked.add(path + " " + (authorization == null ? "without a token" : authorization));
        if (path.endsWith("/.well-known/smart-configuration")) {
            send(exchange, 200, configuration());
        } else if (path.equals("/auth/authorize")) {
            var query = query(exchange);
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            query.get("redirect_uri") + "?code=a-code-of-once&state=" + query.get("state") + "&iss="
                                    + base);
            send(exchange, 302, "");
        } else if (path.equals("/auth/token")) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("access_token", TOKEN)
                    .put("token_type", "Bearer")
                    .put("expires_in", 300)
                    .put("scope", "launch patient/*.rs")
                    .put("patient", PATIENT);
            if (!appContext.isEmpty()) {
                json.put("appContext", appContext);
            }
            send(exchange, 200, json.toString());
        } else if (!("Bearer " + TOKEN).equals(authorization)) {
            send(exchange, 401, "{}");
        } else {
            fhir(exchange, path.replaceFirst("^/fhir/", ""));
        }
    }

    private void fhir(HttpExchange exchange, String asked) throws IOException {
        if (asked.contains("/") && !asked.equals("Patient/" + PATIENT)) {
            send(exchange, 404, "{}");
            return;
        }
        var found = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "Bundle")
                .put("type", "searchset");
        var entries = found.putArray("entry");
        for (var entry : patient.chart().path("entry")) {
            JsonNode resource = entry.path("resource");
            if (asked.equals("Patient/" + resource.path("id").asText())) {
                send(exchange, 200, resource.toString());
                return;
            }
            if (asked.equals(resource.path("resourceType").asText())) {
                entries.addObject().set("resource", resource);
            }
        }
        send(exchange, 200, found.toString());
    }

    private String configuration() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("issuer", base)
                .put("authorization_endpoint", base + "/auth/authorize")
                .put("token_endpoint", base + "/auth/token");
        json.putArray("code_challenge_methods_supported").add("S256");
        json.putArray("capabilities").add("launch-ehr").add("client-public").add("permission-v1");
        overrides.forEach(json::put);
        return json.toString();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (var pair : exchange.getRequestURI().getRawQuery().split("&")) {
            var parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
