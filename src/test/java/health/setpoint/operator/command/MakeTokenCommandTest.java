package health.setpoint.operator.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import health.setpoint.client.Endpoint;
import health.setpoint.client.file.ClientFiles;
import health.setpoint.client.file.ClientFolder;
import health.setpoint.client.token.TokenCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token for trials passes the check of the service, with the keys that the command says to put into the client's file. */
class MakeTokenCommandTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String BASE = "https://setpoint.example/titration";
    private static final String ISSUER = "https://ehr.example/r4";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private int make(String forWhat, Optional<String> jku, Duration life) {
        out.reset();
        told.reset();
        return new MakeTokenCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(told, true, StandardCharsets.UTF_8),
                        Clock.fixed(NOW, ZoneOffset.UTC))
                .run(
                        folder.resolve("key.jwk"),
                        new MakeTokenCommand.Wish(forWhat, BASE + "/", ISSUER, Optional.of("ward-7"), jku, life));
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    /** The client's file with what the command tells, checked as the service does. */
    private TokenCheck.Proven proven(Endpoint endpoint) {
        var members = told().lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.substring(2))
                .reduce("", (all, line) -> all + line + "\n");
        var reading = ClientFolder.read(
                ClientFiles.folder("ehr.yaml", "name: ehr\nmode: full\nzone: UTC\n" + members),
                ClientFolder.Reading.NONE,
                ClientFiles.OFFER);
        assertEquals(List.of(), reading.faults());
        var verdict = new TokenCheck((place, id, algorithm) -> fail("nothing is fetched"))
                .check(
                        List.of("Bearer " + out.toString(StandardCharsets.UTF_8).strip()),
                        endpoint.audiences(BASE),
                        reading.clients(),
                        NOW);
        return assertInstanceOf(TokenCheck.Proven.class, verdict);
    }

    @Test
    void aTokenForEachEndpointPassesWithTheKeysThatAreTold() {
        var service = "titration-patient-view";
        assertEquals(0, make("discovery", Optional.empty(), Duration.ofMinutes(5)), this::told);
        proven(Endpoint.discovery());
        assertEquals(0, make(service, Optional.of("https://ehr.example/jwks.json"), Duration.ofMinutes(5)), this::told);
        proven(Endpoint.service(service));
        assertEquals(0, make(service + "/feedback", Optional.empty(), Duration.ofMinutes(5)), this::told);
        assertEquals("ehr", proven(Endpoint.feedback(service)).caller().client().name());
    }

    @Test
    void theKeyIsMadeOnceAndStaysPrivate() throws IOException {
        assertEquals(0, make("discovery", Optional.empty(), Duration.ofMinutes(5)), this::told);
        var key = Files.readString(folder.resolve("key.jwk"));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.jwk"))));
        assertFalse(told().contains("\"d\""), "no private number is told");
        make("discovery", Optional.empty(), Duration.ofMinutes(5));
        assertEquals(key, Files.readString(folder.resolve("key.jwk")));
        assertFalse(told().contains("was made"));
        assertTrue(told().contains("\"aud\":\"" + BASE + "/cds-services\""), this::told);
    }

    @Test
    void whatCannotBeMadeIsToldInOneLine() throws IOException {
        assertEquals(1, make("titration", Optional.empty(), Duration.ofMinutes(5)));
        assertEquals(1, told().lines().count());
        assertEquals(1, make("discovery", Optional.empty(), Duration.ofHours(2)));
        Files.writeString(folder.resolve("key.jwk"), "{\"kty\": \"EC\"}");
        assertEquals(1, make("discovery", Optional.empty(), Duration.ofMinutes(5)));
        assertTrue(told().contains("no private key"), this::told);
        assertEquals("", out.toString(StandardCharsets.UTF_8));
    }
}
