package health.setpoint.chart.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import health.setpoint.chart.Chart;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartRequest;
import health.setpoint.titration.facts.Gap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The EHR's FHIR server")
@Tag("attack")
class FhirServersTest {

    private static final String CLIENT = "a-hospital";
    private static final FhirLimits QUICK = new FhirLimits(Duration.ofMillis(1500), 3, 64 * 1024);
    /** For tests that are not about time, on a busy machine. */
    private static final FhirLimits PATIENT = QUICK.within(Duration.ofSeconds(20));

    private static final String EMPTY = "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}";
    private static final String ESTRADIOL =
            "{\"resourceType\":\"Observation\",\"id\":\"%s\",\"status\":\"final\",\"code\":{\"coding\":"
                    + "[{\"system\":\"http://loinc.org\",\"code\":\"2243-4\"}]},\"effectiveDateTime\":\"2026-02-27\","
                    + "\"valueQuantity\":{\"value\":1.40,\"unit\":\"pg/mL\"}}";

    /** How the server answers a path. */
    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private HttpServer server;
    private ExecutorService threads;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> authorizations = new ConcurrentLinkedQueue<>();
    private final FhirServers servers = new FhirServers(Chart.JSON);

    @BeforeEach
    void start() throws IOException {
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            var uri = exchange.getRequestURI();
            asked.add(uri.toString());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            var name = uri.getPath().substring(uri.getPath().indexOf("/fhir/") + 6);
            behaviours.getOrDefault(name, each -> send(each, 200, EMPTY)).answer(exchange);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/fhir";
    }

    private static String page(String id, String next) {
        return "{\"resourceType\":\"Bundle\",\"link\":[{\"relation\":\"next\",\"url\":\"" + next
                + "\"}],\"entry\":[{\"resource\":" + ESTRADIOL.formatted(id) + "}]}";
    }

    private static String last(String id) {
        return "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":" + ESTRADIOL.formatted(id) + "}]}";
    }

    private MissingData source() {
        return source(PATIENT);
    }

    private MissingData source(FhirLimits limits) {
        return servers.forRequest(
                CLIENT,
                FhirOrigins.LOOPBACK,
                limits,
                Optional.of(base()),
                Optional.of("secret-token"),
                FetchMemory.UNBOUNDED);
    }

    private Chart withoutLabs() {
        return Chart.of().without("labs").fetching(source());
    }

    private static long millis(Runnable work) {
        var start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    // --- what is fetched ---

    @Test
    @DisplayName("is asked for what is missing only, with the token and by the key's own query")
    void onlyMissing() {
        behaviours.put("Observation", each -> send(each, 200, last("e2")));
        var facts = withoutLabs().facts();
        assertEquals(1, facts.labs().size());
        assertEquals(List.of(), facts.gaps());
        assertEquals(1, asked.size());
        assertTrue(asked.peek().startsWith("/fhir/Observation?patient=p&code=http://loinc.org%7C"), asked.peek());
        assertTrue(asked.peek().contains("&date=ge2024-"), asked.peek());
        assertEquals("Bearer secret-token", authorizations.peek());
    }

    @Test
    @DisplayName("keeps decimals exact")
    void exact() {
        behaviours.put("Observation", each -> send(each, 200, last("e2")));
        var reading = (health.setpoint.titration.labs.Reading.Measured)
                withoutLabs().facts().labs().get(0).reading();
        assertEquals("1.40", reading.amount().toPlainString());
    }

    @Test
    @DisplayName("is asked for everything at once where nothing was sent")
    void inParallel() {
        behaviours.put("Patient/p", each -> {
            sleep(300);
            send(each, 200, "{\"resourceType\":\"Patient\",\"id\":\"p\",\"gender\":\"male\"}");
        });
        for (var type :
                List.of("Observation", "MedicationRequest", "Condition", "MedicationStatement", "AllergyIntolerance")) {
            behaviours.put(type, each -> {
                sleep(300);
                send(each, 200, EMPTY);
            });
        }
        var request = new ChartRequest(
                        health.setpoint.titration.facts.Hook.PATIENT_VIEW,
                        "p",
                        com.fasterxml.jackson.databind.node.MissingNode.getInstance(),
                        com.fasterxml.jackson.databind.node.MissingNode.getInstance(),
                        List.of(),
                        Chart.NOW,
                        Chart.ZONE)
                .with(source());
        assertInstanceOf(ChartOutcome.Read.class, Chart.READER.read(request));
        assertEquals(11, asked.size());
    }

    @Test
    @DisplayName("gives its pages up to a bound, and what is left is partial")
    void pages() {
        behaviours.put("Observation", each -> {
            var query = String.valueOf(each.getRequestURI().getQuery());
            if (query.contains("page=2")) {
                send(each, 200, page("b", "?page=3"));
            } else if (query.contains("page=3")) {
                send(each, 200, last("c"));
            } else {
                send(each, 200, page("a", base() + "/Observation?page=2"));
            }
        });
        behaviours.put("", behaviours.get("Observation"));
        var facts = withoutLabs().facts();
        assertEquals(3, facts.labs().size());
        assertEquals(List.of(), facts.gaps());
    }

    @Test
    @DisplayName("that pages without end is left after the bound")
    void endless() {
        var count = new AtomicInteger();
        behaviours.put("Observation", each -> {
            var number = count.incrementAndGet();
            send(each, 200, page("e" + number, base() + "/Observation?page=" + number));
        });
        var facts = withoutLabs().facts();
        assertEquals(3, facts.labs().size());
        assertEquals(List.of(new Gap(Gap.Part.LABS, Gap.Why.PARTIAL)), facts.gaps());
    }

    @Test
    @DisplayName("whose next link names the same page is left after it")
    void circle() {
        behaviours.put("Observation", each -> send(each, 200, page("a", base() + "/Observation?page=1")));
        assertEquals(
                List.of(new Gap(Gap.Part.LABS, Gap.Why.PARTIAL)),
                withoutLabs().facts().gaps());
        assertEquals(2, asked.size());
    }

    @Test
    @DisplayName("is not left for another host by a next link, nor by the EHR's own")
    void foreignNext() throws IOException {
        var strangers = new ConcurrentLinkedQueue<String>();
        var stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            strangers.add(exchange.getRequestURI().toString());
            send(exchange, 200, EMPTY);
            exchange.close();
        });
        stranger.start();
        try {
            var elsewhere = "http://127.0.0.1:" + stranger.getAddress().getPort() + "/fhir/Observation?page=2";
            behaviours.put("Observation", each -> send(each, 200, page("a", elsewhere)));
            assertEquals(
                    List.of(new Gap(Gap.Part.LABS, Gap.Why.PARTIAL)),
                    withoutLabs().facts().gaps());
            var sent = Chart.of().key("labs", page("a", elsewhere)).fetching(source());
            assertEquals(
                    List.of(new Gap(Gap.Part.LABS, Gap.Why.PARTIAL)),
                    sent.facts().gaps());
            behaviours.put("Observation", each -> {
                each.getResponseHeaders().add("Location", elsewhere);
                send(each, 302, "");
            });
            assertMissing("status 302", withoutLabs());
            assertTrue(strangers.isEmpty(), strangers.toString());
        } finally {
            stranger.stop(0);
        }
    }

    private static void assertMissing(String why, Chart chart) {
        var refused = chart.refused();
        assertEquals(ChartOutcome.Kind.DATA_MISSING, refused.kind());
        var text = refused.problems().get(0).text();
        assertTrue(text.contains(why), text);
        assertTrue(!text.contains("secret-token") && !text.contains("127.0.0.1"), text);
    }

    // --- what can go wrong ---

    @TestFactory
    Stream<DynamicTest> failures() {
        return Stream.of(
                failing("answers 401", "status 401", each -> send(each, 401, "")),
                failing("answers 404", "status 404", each -> send(each, 404, "{}")),
                failing("answers 500", "status 500", each -> send(each, 500, "<html>")),
                failing("answers no JSON", "not JSON", each -> send(each, 200, "<html>hello</html>")),
                failing("answers an array", "not JSON", each -> send(each, 200, "[]")),
                failing(
                        "answers an OperationOutcome",
                        "exception",
                        each -> send(
                                each,
                                200,
                                "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"exception\"}]}")),
                failing(
                        "answers with another patient's data",
                        "another patient",
                        each -> send(
                                each,
                                200,
                                last("e2")
                                        .replace(
                                                "\"status\"", "\"subject\":{\"reference\":\"Patient/q\"},\"status\""))),
                failing("answers too much", "too large", each -> send(each, 200, "x".repeat(200_000))),
                failing("answers without end", "too large", each -> {
                    each.sendResponseHeaders(200, 0);
                    for (int i = 0; i < 100_000; i++) {
                        each.getResponseBody().write(new byte[4096]);
                    }
                }),
                failing("is slow", "in time", each -> {
                    sleep(5000);
                    send(each, 200, EMPTY);
                }),
                failing("trickles", "in time", each -> {
                    each.sendResponseHeaders(200, 0);
                    for (int i = 0; i < 60; i++) {
                        each.getResponseBody().write('{');
                        each.getResponseBody().flush();
                        sleep(100);
                    }
                }),
                failing("cuts the line", "could not be reached", each -> {
                    each.sendResponseHeaders(200, 1000);
                    each.getResponseBody().write('{');
                    each.getResponseBody().flush();
                    throw new IOException("cut");
                }),
                failing("packs its answer", "not JSON", each -> {
                    each.getResponseHeaders().add("Content-Encoding", "gzip");
                    send(each, 200, EMPTY);
                }));
    }

    private DynamicTest failing(String title, String why, Behaviour behaviour) {
        return dynamicTest("that " + title + " costs its data and no more time than the deadline", () -> {
            behaviours.put("Observation", behaviour);
            var source = new FhirServers(Chart.JSON)
                    .forRequest(
                            CLIENT,
                            FhirOrigins.LOOPBACK,
                            QUICK,
                            Optional.of(base()),
                            Optional.of("secret-token"),
                            FetchMemory.UNBOUNDED);
            var chart = Chart.of().without("labs").without("conditions").fetching(source);
            var took = millis(() -> assertMissing(why, chart));
            assertTrue(took < 4000, took + " ms");
        });
    }

    @Test
    @DisplayName("that fails once with 503 is asked once more")
    void retry() {
        var count = new AtomicInteger();
        behaviours.put("Observation", each -> {
            if (count.incrementAndGet() == 1) {
                send(each, 503, "");
            } else {
                send(each, 200, last("e2"));
            }
        });
        assertEquals(1, withoutLabs().facts().labs().size());
        assertEquals(2, count.get());
    }

    @Test
    @DisplayName("that is dead is a gap in optional data")
    void dead() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var source = servers.forRequest(
                CLIENT,
                FhirOrigins.LOOPBACK,
                QUICK,
                Optional.of("http://127.0.0.1:" + port + "/fhir"),
                Optional.empty(),
                FetchMemory.UNBOUNDED);
        assertEquals(
                List.of(new Gap(Gap.Part.CONDITIONS, Gap.Why.FAILED)),
                Chart.of().without("conditions").fetching(source).facts().gaps());
    }

    @Test
    @DisplayName("that is slow twice is left alone, so that the next call is fast; its other answers still come")
    void breaker() {
        behaviours.put("Observation", each -> {
            sleep(5000);
            send(each, 200, EMPTY);
        });
        for (int i = 0; i < 2; i++) {
            assertMissing("in time", Chart.of().without("labs").fetching(source(QUICK)));
        }
        var took = millis(
                () -> assertMissing("left alone", Chart.of().without("labs").fetching(source(QUICK))));
        assertTrue(took < 1000, took + " ms");
        behaviours.put(
                "Condition",
                each -> send(
                        each,
                        200,
                        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Condition\",\"id\":\"c\",\"code\":{\"coding\":[{\"system\":\"http://snomed.info/sct\",\"code\":\"64859006\"}]}}}]}"));
        assertEquals(
                1,
                Chart.of()
                        .without("conditions")
                        .fetching(source())
                        .facts()
                        .conditions()
                        .size());
    }

    @Test
    @DisplayName("that failed one client is still asked for another")
    void breakerOfEachClient() {
        behaviours.put("Observation", each -> {
            if (each.getRequestHeaders().getFirst("Authorization").equals("Bearer of-another")) {
                send(each, 200, last("e2"));
            } else {
                send(each, 500, "");
            }
        });
        for (int i = 0; i < 3; i++) {
            assertMissing(i < 2 ? "status 500" : "left alone", withoutLabs());
        }
        var another = servers.forRequest(
                "another-hospital",
                FhirOrigins.LOOPBACK,
                PATIENT,
                Optional.of(base()),
                Optional.of("of-another"),
                FetchMemory.UNBOUNDED);
        assertEquals(
                1, Chart.of().without("labs").fetching(another).facts().labs().size());
        assertMissing("left alone", withoutLabs());
    }

    @Test
    @DisplayName("is tried again by one call after its rest")
    void halfOpen() {
        var breaker = new CircuitBreaker();
        breaker.failed(0);
        assertTrue(breaker.lets(1));
        breaker.failed(1);
        assertTrue(!breaker.lets(2));
        var rested = 1 + Duration.ofSeconds(10).toNanos();
        assertTrue(breaker.lets(rested));
        assertTrue(!breaker.lets(rested + 1));
        breaker.succeeded();
        assertTrue(breaker.lets(rested + 2));
    }

    @Test
    @DisplayName("is asked for the Medication behind a reference")
    void medication() {
        behaviours.put(
                "Medication/m1",
                each -> send(
                        each,
                        200,
                        "{\"resourceType\":\"Medication\",\"id\":\"m1\",\"code\":{\"coding\":[{\"system\":\"http://www.nlm.nih.gov/research/umls/rxnorm\",\"code\":\"199224\"}]}}"));
        var chart = Chart.of()
                .draft(
                        "{resourceType: 'MedicationRequest', id: 'd', status: 'draft', medicationReference: {reference: 'https://elsewhere.example/Medication/m1'}}")
                .fetching(source());
        assertEquals(1, chart.facts().courses().size());
        assertEquals(List.of("/fhir/Medication/m1"), List.copyOf(asked));
    }

    // --- which servers ---

    @TestFactory
    Stream<DynamicTest> neverAsked() {
        var port = 1;
        return Stream.of(
                        "http://ehr.example/fhir",
                        "https://ehr.example/fhir",
                        "http://127.0.0.1.nip.example:" + port + "/fhir",
                        "http://user@127.0.0.1:" + port + "/fhir",
                        "http://127.0.0.1@ehr.example/fhir",
                        "http://0.0.0.0:" + port + "/fhir",
                        "http://169.254.169.254/latest",
                        "http://2130706433/fhir",
                        "http://127.1/fhir",
                        "http://[::ffff:127.0.0.1]/fhir",
                        "file:///etc/passwd",
                        "ftp://127.0.0.1/fhir",
                        "//127.0.0.1/fhir",
                        "http://127.0.0.1:" + port + "/fhir?x=",
                        "http://127.0.0.1:" + port + "/fhir#x",
                        "not an address",
                        "")
                .map(address -> dynamicTest("is not asked in local mode at " + address, () -> {
                    var source = servers.forRequest(
                            CLIENT,
                            FhirOrigins.LOOPBACK,
                            QUICK,
                            Optional.of(address),
                            Optional.of("t"),
                            FetchMemory.UNBOUNDED);
                    assertMissing(
                            "not one that this client may name",
                            Chart.of().without("labs").fetching(source));
                    assertEquals(
                            List.of(new Gap(Gap.Part.CONDITIONS, Gap.Why.NOT_SENT)),
                            Chart.of()
                                    .without("conditions")
                                    .fetching(source)
                                    .facts()
                                    .gaps());
                }));
    }

    @Test
    @DisplayName("of a registered client is asked only where it is listed, and only with a token")
    void registered() {
        var listed = FhirOrigins.of(List.of(URI.create(base())));
        behaviours.put("Observation", each -> send(each, 200, last("e2")));
        var allowed = servers.forRequest(
                CLIENT, listed, PATIENT, Optional.of(base()), Optional.of("t"), FetchMemory.UNBOUNDED);
        assertEquals(
                1, Chart.of().without("labs").fetching(allowed).facts().labs().size());
        assertMissing(
                "no fhirAuthorization",
                Chart.of()
                        .without("labs")
                        .fetching(servers.forRequest(
                                CLIENT,
                                listed,
                                PATIENT,
                                Optional.of(base()),
                                Optional.empty(),
                                FetchMemory.UNBOUNDED)));
        var other = FhirOrigins.of(List.of(URI.create("https://ehr.example/fhir")));
        assertMissing(
                "not one that this client may name",
                Chart.of()
                        .without("labs")
                        .fetching(servers.forRequest(
                                CLIENT, other, PATIENT, Optional.of(base()), Optional.of("t"), FetchMemory.UNBOUNDED)));
        assertMissing(
                "cannot be sent in a header",
                Chart.of()
                        .without("labs")
                        .fetching(servers.forRequest(
                                CLIENT,
                                listed,
                                PATIENT,
                                Optional.of(base()),
                                Optional.of("a\r\nHost: x"),
                                FetchMemory.UNBOUNDED)));
    }

    @Test
    @DisplayName("that a registered client's file calls open is asked without a token")
    void open() {
        var open = FhirOrigins.of(List.of(), List.of(URI.create(base())));
        behaviours.put("Observation", each -> send(each, 200, last("e2")));
        assertEquals(
                1,
                Chart.of()
                        .without("labs")
                        .fetching(servers.forRequest(
                                CLIENT, open, PATIENT, Optional.of(base()), Optional.empty(), FetchMemory.UNBOUNDED))
                        .facts()
                        .labs()
                        .size());
    }

    @Test
    @DisplayName("of a registered client is never plain http outside this machine")
    void httpsOnly() {
        assertThrows(
                IllegalArgumentException.class, () -> FhirOrigins.of(List.of(URI.create("http://ehr.example/fhir"))));
        assertTrue(FhirOrigins.of(List.of(URI.create("https://EHR.example/fhir")))
                .allow(URI.create("https://ehr.example:443/fhir")));
        assertTrue(!FhirOrigins.of(List.of(URI.create("https://ehr.example/fhir")))
                .allow(URI.create("https://ehr.example:8443/fhir")));
    }

    @Test
    @DisplayName("that is not named leaves the missing data missing")
    void unnamed() {
        assertMissing(
                "could not be fetched",
                Chart.of()
                        .without("labs")
                        .fetching(servers.forRequest(
                                CLIENT,
                                FhirOrigins.LOOPBACK,
                                QUICK,
                                Optional.empty(),
                                Optional.empty(),
                                FetchMemory.UNBOUNDED)));
    }
}
