package health.setpoint.population.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.population.export.BulkExport.ExportFailed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export is begun, waited for and fetched whole, whatever breaks; the token goes nowhere else. */
class ServerExportTest {

    @TempDir
    private Path folder;

    private BulkServer server;
    private Path key;
    private final List<Duration> waited = new ArrayList<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws Exception {
        var made = EcJwkGenerator.generateJwk(EllipticCurves.P384);
        made.setKeyId("k1");
        key = Files.writeString(folder.resolve("key.json"), made.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        server = new BulkServer(made);
        server.files.put(
                "Patient.ndjson",
                "{\"resourceType\":\"Patient\",\"id\":\"a\"}\n{\"resourceType\":\"Patient\",\"id\":\"b\"}\n");
        server.files.put("Observation.ndjson", "{\"resourceType\":\"Observation\",\"id\":\"o\"}\n".repeat(500));
        server.files.put("deleted/Bundle.ndjson", "{\"resourceType\":\"Bundle\"}\n");
        server.files.put("error/OperationOutcome.ndjson", "{\"resourceType\":\"OperationOutcome\"}\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void allFilesAreFetchedThoseOfDeletionsAndErrorsToo() throws Exception {
        export(server.base(), Set.of()).fetch(to());
        assertHolds();
        assertTrue(server.asked.get(0).startsWith("GET /fhir/.well-known/smart-configuration"));
        assertTrue(
                server.asked.stream()
                        .anyMatch(each -> each.contains("/Group/g1/$export?_type=Patient%2CObservation&_since=2026")),
                server.asked::toString);
        assertEquals(List.of(Duration.ofSeconds(120), Duration.ofSeconds(120)), waited);
    }

    @Test
    void aFileThatBreaksOffGoesOnBehindWhatIsThere() throws Exception {
        server.breaks = 2;
        export(server.base(), Set.of()).fetch(to());
        assertHolds();
    }

    @Test
    void aBusyServerIsAskedAgainAfterTheTimeThatItNames() throws Exception {
        server.busy = 3;
        export(server.base(), Set.of()).fetch(to());
        assertHolds();
        assertEquals(
                List.of(Duration.ofSeconds(7), Duration.ofSeconds(7), Duration.ofSeconds(7)), waited.subList(0, 3));
    }

    @Test
    void anExportThatWasBegunIsNotBegunAgain() throws Exception {
        server.countedTooMuch = 1;
        assertThrows(ExportFailed.class, () -> export(server.base(), Set.of()).fetch(to()));
        Files.delete(to().resolve("manifest.json"));
        server.countedTooMuch = 0;
        export(server.base(), Set.of()).fetch(to());
        assertHolds();
        assertEquals(
                1,
                server.asked.stream().filter(each -> each.contains("$export")).count());
        var before = server.asked.size();
        export(server.base(), Set.of()).fetch(to());
        assertEquals(before, server.asked.size(), "nothing is fetched twice");
    }

    @Test
    void theTokenGoesToNoOtherOriginUnlessItWasSaid() throws Exception {
        try (var other = new BulkServer(null)) {
            server.filesAt = other.base().toString();
            var refused = assertThrows(
                    ExportFailed.class, () -> export(server.base(), Set.of()).fetch(to()));
            assertTrue(refused.getMessage().contains("--file-origin"), refused.getMessage());
            assertEquals(List.of(), other.asked);
        }
    }

    @Test
    void neitherTokenNorKeyIsTold() throws Exception {
        server.busy = 1;
        export(server.base(), Set.of()).fetch(to());
        var text = told.toString(StandardCharsets.UTF_8);
        assertFalse(text.contains("secret-token"), text);
        try (var files = Files.walk(to())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains("secret-token"), file::toString);
            }
        }
    }

    @Test
    void aKeyThatTheServerDoesNotKnowGetsNoToken() throws Exception {
        var other = EcJwkGenerator.generateJwk(EllipticCurves.P384);
        other.setKeyId("k1");
        Files.writeString(key, other.toJson(OutputControlLevel.INCLUDE_PRIVATE));
        var refused = assertThrows(
                ExportFailed.class, () -> export(server.base(), Set.of()).fetch(to()));
        assertTrue(refused.getMessage().contains("invalid_client"), refused.getMessage());
    }

    @Test
    void noAddressIsAskedThatIsNeitherHttpsNorOnThisMachine() {
        for (var base :
                List.of("http://ehr.example/fhir", "ftp://127.0.0.1/fhir", "https://user:word@ehr.example/fhir")) {
            assertThrows(IllegalArgumentException.class, () -> request(URI.create(base), Set.of()), base);
        }
    }

    private void assertHolds() throws IOException {
        assertEquals(2, Files.readAllLines(to().resolve("Patient.000.ndjson")).size());
        assertEquals(server.files.get("Observation.ndjson"), Files.readString(to().resolve("Observation.001.ndjson")));
        assertTrue(Files.exists(to().resolve("deleted/Bundle.000.ndjson")));
        assertTrue(Files.exists(to().resolve("error/OperationOutcome.000.ndjson")));
    }

    private Path to() {
        return folder.resolve("export");
    }

    private static ExportRequest request(URI base, Set<String> origins) {
        return new ExportRequest(
                base,
                Optional.of("g1"),
                List.of("Patient", "Observation"),
                Optional.of("2026-01-01T00:00:00Z"),
                origins);
    }

    private BulkExport export(URI base, Set<String> origins) throws IOException {
        var http = ServerExport.client();
        var access = new BackendServices(
                base, Optional.empty(), BulkServer.CLIENT, key, "system/*.read", http, Clock.systemUTC());
        return new ServerExport(
                request(base, origins),
                Optional.of(access),
                http,
                Clock.systemUTC(),
                waited::add,
                new PrintStream(told, true));
    }
}
