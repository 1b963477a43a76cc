package health.setpoint.hook.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.Calls;
import health.setpoint.hook.request.CdsService;
import health.setpoint.knowledge.Knowledge;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which calls are written, how they lie there, and how many. */
class CallCaptureTest {

    private static final Client LOCAL =
            Client.local(new ServiceCatalog(Knowledge.load(), CdsService.hooksById(), 0), ZoneOffset.UTC);
    private static final String SERVICE = "titration-order-sign";

    @TempDir
    Path place;

    private record Wanted(
            Optional<Path> folder,
            Which calls,
            Optional<List<String>> clients,
            boolean patientData,
            int mostCalls,
            MemorySize mostBytes)
            implements CaptureConfig {}

    private Wanted refused() {
        return new Wanted(
                Optional.of(place.resolve("captured")),
                CaptureConfig.Which.REFUSED,
                Optional.empty(),
                false,
                100,
                bytes(1_000_000));
    }

    private static MemorySize bytes(long number) {
        return new MemorySize(BigInteger.valueOf(number));
    }

    private static CallCapture begun(CaptureConfig config) {
        var capture = new CallCapture(config, Clock.fixed(Instant.parse("2026-11-23T15:00:00Z"), ZoneOffset.UTC));
        capture.open(new StartupEvent());
        return capture;
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(place.resolve("captured"))) {
            return files.sorted().toList();
        }
    }

    private static ObjectNode call() {
        var call = Calls.sandbox("order-sign");
        call.withObject("/fhirAuthorization").put("access_token", "the-token");
        return call;
    }

    @Test
    void onlyRefusedCallsAreWrittenForTheServicesOwnUser() throws IOException {
        var capture = begun(refused());
        capture.keep(LOCAL, SERVICE, call(), "answered", 200);
        assertEquals(List.of(), files());
        capture.keep(LOCAL, SERVICE, call(), "refused", 412);
        var file = files().get(0);
        assertEquals(
                "20261123T150000000-titration-order-sign-412-refused.json",
                file.getFileName().toString());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        var kept = Calls.json(Files.readString(file));
        assertEquals(412, kept.at("/extension/health.setpoint.capture/status").asInt());
        assertEquals("order-sign", kept.path("hook").asText());
        assertFalse(kept.has("fhirAuthorization"));
    }

    @Test
    void whatWasSentIsLeftAsItIs() {
        var sent = call();
        var before = sent.deepCopy();
        begun(refused()).keep(LOCAL, SERVICE, sent, "1", 400);
        assertEquals(before, sent);
    }

    @Test
    void withPatientsDataTheCallIsAsItCameWithoutItsToken() throws IOException {
        var config =
                new Wanted(refused().folder(), CaptureConfig.Which.ALL, Optional.empty(), true, 100, bytes(1_000_000));
        begun(config).keep(LOCAL, SERVICE, call(), "1", 200);
        var kept = (ObjectNode) Calls.json(Files.readString(files().get(0)));
        kept.remove("extension");
        var sent = call();
        sent.remove("fhirAuthorization");
        assertEquals(sent, kept);
    }

    @Test
    void onlyTheClientsThatAreNamedAreWritten() throws IOException {
        var config = new Wanted(
                refused().folder(),
                CaptureConfig.Which.ALL,
                Optional.of(List.of("north")),
                false,
                100,
                bytes(1_000_000));
        begun(config).keep(LOCAL, SERVICE, call(), "1", 400);
        assertEquals(List.of(), files());
    }

    @Test
    void theOldestGoWhereThereWouldBeTooManyOrTooMuch() throws IOException {
        var few = begun(new Wanted(
                refused().folder(), CaptureConfig.Which.REFUSED, Optional.empty(), false, 3, bytes(1_000_000)));
        Files.writeString(place.resolve("captured").resolve("notes.txt"), "the operator's own");
        for (int i = 1; i <= 5; i++) {
            few.keep(LOCAL, SERVICE, call(), "call-" + i, 400);
        }
        var names = files().stream().map(file -> file.getFileName().toString()).toList();
        assertEquals(4, names.size(), names::toString);
        assertTrue(names.get(0).endsWith("call-3.json") && names.contains("notes.txt"), names::toString);
        var size = Files.size(files().get(0));
        var little = begun(new Wanted(
                refused().folder(), CaptureConfig.Which.REFUSED, Optional.empty(), false, 100, bytes(size * 2 + 9)));
        little.keep(LOCAL, SERVICE, call(), "call-6", 400);
        assertEquals(3, files().size(), "two calls and the notes");
        var none = begun(
                new Wanted(refused().folder(), CaptureConfig.Which.REFUSED, Optional.empty(), false, 100, bytes(10)));
        none.keep(LOCAL, SERVICE, call(), "call-7", 400);
        assertEquals(3, files().size(), "one that alone is too large is left out");
    }

    @Test
    void aFolderThatCannotBeWrittenEndsTheStart() throws IOException {
        Files.writeString(place.resolve("captured"), "a file");
        assertThrows(ConfigurationException.class, () -> begun(refused()));
    }

    @Test
    void withoutAFolderNothingIsDone() {
        var off = new Wanted(Optional.empty(), CaptureConfig.Which.ALL, Optional.empty(), true, 100, bytes(1_000_000));
        begun(off).keep(LOCAL, SERVICE, call(), "1", 400);
    }
}
