package health.setpoint.client.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.client.Mode;
import health.setpoint.client.token.Keys;
import health.setpoint.client.token.SigningAlgorithm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files come into force without a restart, and what is spoilt leaves the last good state in force. */
@Tag("attack")
class ClientFolderTest {

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static Optional<Mode> mode(ClientRegistry registry, String issuer) {
        return registry.clients().of(issuer, Optional.empty()).map(found -> found.client()
                .mode());
    }

    private static final String SOUTH = "https://ehr.south.example/r4";

    @Test
    void aChangeComesIntoForceWithoutARestart() throws IOException {
        write("south.yaml", ClientFiles.SMALL);
        var registry = new ClientRegistry(folder, ClientFiles.OFFER);
        assertEquals(Optional.of(Mode.FULL), mode(registry, SOUTH));
        assertTrue(registry.isReady());
        write("south.yaml", ClientFiles.SMALL.replace("mode: full", "mode: off"));
        registry.look();
        assertEquals(Optional.of(Mode.OFF), mode(registry, SOUTH));
        Files.delete(folder.resolve("south.yaml"));
        registry.look();
        assertEquals(Optional.empty(), mode(registry, SOUTH));
        assertFalse(registry.isReady());
    }

    @Test
    void aChangeOfTheKeysBesideAFileComesIntoForceToo() throws IOException {
        write(
                "south.yaml",
                ClientFiles.SMALL.replace("{jku: \"https://ehr.south.example/jwks.json\"}", "{file: keys.json}"));
        write("keys.json", Keys.jwks(Keys.EC));
        var registry = new ClientRegistry(folder, ClientFiles.OFFER);
        assertTrue(key(registry, "ec-1"));
        write("keys.json", Keys.jwks(Keys.SECOND));
        registry.look();
        assertFalse(key(registry, "ec-1"));
        assertTrue(key(registry, "ec-2"));
    }

    private static boolean key(ClientRegistry registry, String id) {
        var trust = registry.clients().of(SOUTH, Optional.empty()).orElseThrow().trust();
        return trust.keys()
                .fixed()
                .orElseThrow()
                .key(id, SigningAlgorithm.ES384)
                .isPresent();
    }

    @Test
    void aFileThatIsSpoiltLeavesItsLastGoodStateInForce() throws IOException {
        write("south.yaml", ClientFiles.SMALL);
        var registry = new ClientRegistry(folder, ClientFiles.OFFER);
        write("south.yaml", ClientFiles.SMALL.replace("mode: full", "mode: of").replace("Europe/Berlin", "Atlantis"));
        registry.look();
        assertEquals(Optional.of(Mode.FULL), mode(registry, SOUTH));
        assertEquals(2, registry.faults().size());
        assertTrue(registry.isReady(), "the others are still served");
        write("south.yaml", ClientFiles.SMALL.replace("mode: full", "mode: shadow"));
        registry.look();
        assertEquals(Optional.of(Mode.SHADOW), mode(registry, SOUTH));
        assertEquals(List.of(), registry.faults());
    }

    @Test
    void atTheStartAFileThatIsRefusedKeepsTheServiceFromBeingReady() throws IOException {
        write("south.yaml", ClientFiles.SMALL);
        write("north.yaml", "name: north");
        var registry = new ClientRegistry(folder, ClientFiles.OFFER);
        assertEquals(1, registry.clients().size(), "the good one is served");
        assertFalse(registry.isReady());
        Files.delete(folder.resolve("north.yaml"));
        registry.look();
        assertTrue(registry.isReady());
    }

    @Test
    void aFolderWithoutAGoodFileServesNobody() throws IOException {
        assertFalse(new ClientRegistry(folder, ClientFiles.OFFER).isReady());
        var gone = new ClientRegistry(folder.resolve("missing"), ClientFiles.OFFER);
        assertFalse(gone.isReady());
        assertEquals(0, gone.clients().size());
        Files.createDirectory(folder.resolve("missing"));
        Files.writeString(folder.resolve("missing/south.yaml"), ClientFiles.SMALL);
        gone.look();
        assertTrue(gone.isReady(), "it came later");
    }

    @Test
    void aFolderThatCannotBeReadAnyMoreLeavesTheClientsInForce() throws IOException {
        write("south.yaml", ClientFiles.SMALL);
        var registry = new ClientRegistry(folder, ClientFiles.OFFER);
        Files.delete(folder.resolve("south.yaml"));
        Files.delete(folder);
        registry.look();
        assertEquals(1, registry.clients().size());
        Files.createDirectory(folder);
        registry.look();
        assertEquals(0, registry.clients().size(), "an empty folder says that there are none");
    }

    @Test
    void twoFilesOfOneNameOrOneIssuerAndTenantAreRefusedAtTheStart() {
        var sameName = ClientFiles.SMALL.replace("ehr.south", "ehr.other");
        var reading = read(ClientFolder.Reading.NONE, "a.yaml", ClientFiles.SMALL, "b.yaml", sameName);
        assertEquals(0, reading.inForce().size());
        assertEquals(
                List.of("a.yaml:1: name: is also the name in b.yaml", "b.yaml:1: name: is also the name in a.yaml"),
                reading.faults().stream().map(ClientFileFault::toString).toList());
        var sameIssuer = ClientFiles.SMALL.replace("name: south", "name: other");
        assertEquals(
                2,
                read(ClientFolder.Reading.NONE, "a.yaml", ClientFiles.SMALL, "b.yaml", sameIssuer)
                        .faults()
                        .size());
        var otherTenant = sameIssuer.replace("keys:", "tenant: two\nkeys:");
        assertEquals(
                2,
                read(ClientFolder.Reading.NONE, "a.yaml", ClientFiles.SMALL, "b.yaml", otherTenant)
                        .inForce()
                        .size());
    }

    @Test
    void whoHadANameKeepsItAgainstANewFile() {
        var before = read(ClientFolder.Reading.NONE, "b.yaml", ClientFiles.SMALL);
        var after = read(
                before, "a.yaml", ClientFiles.SMALL.replace("ehr.south", "ehr.thief"), "b.yaml", ClientFiles.SMALL);
        assertEquals(List.of("b.yaml"), List.copyOf(after.inForce().keySet()));
        assertEquals(List.of("a.yaml:1: name: is also the name in b.yaml"), told(after));
    }

    @Test
    void aNameThatALastGoodFileHoldsIsNotGivenAway() {
        var before = read(ClientFolder.Reading.NONE, "b.yaml", ClientFiles.SMALL);
        var after =
                read(before, "a.yaml", ClientFiles.SMALL, "b.yaml", ClientFiles.SMALL.replace("mode: full", "mode: x"));
        assertEquals(List.of("b.yaml"), List.copyOf(after.inForce().keySet()));
    }

    @Test
    void twoClientsMaySwapTheirNames() {
        var north = ClientFiles.SMALL.replace("south", "north");
        var before = read(ClientFolder.Reading.NONE, "a.yaml", ClientFiles.SMALL, "b.yaml", north);
        var after = read(
                before,
                "a.yaml",
                ClientFiles.SMALL.replace("name: south", "name: north"),
                "b.yaml",
                north.replace("name: north", "name: south"));
        assertEquals(List.of(), told(after));
        assertEquals("north", after.inForce().get("a.yaml").client().name());
    }

    private static List<String> told(ClientFolder.Reading reading) {
        return reading.faults().stream().map(ClientFileFault::toString).toList();
    }

    private static ClientFolder.Reading read(ClientFolder.Reading before, String... files) {
        return ClientFolder.read(ClientFiles.folder(files), before, ClientFiles.OFFER);
    }
}
