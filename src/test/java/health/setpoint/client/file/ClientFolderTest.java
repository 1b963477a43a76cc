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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files come into force without a restart, and what is spoilt leaves the last good state in force. */
class ClientFolderTest {

    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static Optional<Mode> mode(Register register, String issuer) {
        return register.clients().of(issuer, Optional.empty()).map(found -> found.client()
                .mode());
    }

    private static final String SOUTH = "https://ehr.south.example/r4";

    @Test
    void aChangeComesIntoForceWithoutARestart() throws IOException {
        write("south.yaml", ClientFiles.SMALL);
        var register = new Register(folder, ClientFiles.OFFER);
        assertEquals(Optional.of(Mode.FULL), mode(register, SOUTH));
        assertTrue(register.isReady());
        write("south.yaml", ClientFiles.SMALL.replace("mode: full", "mode: off"));
        register.look();
        assertEquals(Optional.of(Mode.OFF), mode(register, SOUTH));
        Files.delete(folder.resolve("south.yaml"));
        register.look();
        assertEquals(Optional.empty(), mode(register, SOUTH));
        assertFalse(register.isReady());
    }

    @Test
    void aChangeOfTheKeysBesideAFileComesIntoForceToo() throws IOException {
        write(
                "south.yaml",
                ClientFiles.SMALL.replace("{jku: \"https://ehr.south.example/jwks.json\"}", "{file: keys.json}"));
        write("keys.json", Keys.jwks(Keys.EC));
        var register = new Register(folder, ClientFiles.OFFER);
        assertTrue(key(register, "ec-1"));
        write("keys.json", Keys.jwks(Keys.SECOND));
        register.look();
        assertFalse(key(register, "ec-1"));
        assertTrue(key(register, "ec-2"));
    }

    private static boolean key(Register register, String id) {
        var trust = register.clients().of(SOUTH, Optional.empty()).orElseThrow().trust();
        return trust.keys()
                .fixed()
                .orElseThrow()
                .key(id, SigningAlgorithm.ES384)
                .isPresent();
    }

    @Test
    void aFileThatIsSpoiltLeavesItsLastGoodStateInForce() throws IOException {
        write("south.yaml", ClientFiles.SMALL);
        var register = new Register(folder, ClientFiles.OFFER);
        write("south.yaml", ClientFiles.SMALL.replace("mode: full", "mode: of").replace("Europe/Berlin", "Atlantis"));
        register.look();
        assertEquals(Optional.of(Mode.FULL), mode(register, SOUTH));
        assertEquals(2, register.faults().size());
        assertTrue(register.isReady(), "the others are still served");
        write("south.yaml", ClientFiles.SMALL.replace("mode: full", "mode: shadow"));
        register.look();
        assertEquals(Optional.of(Mode.SHADOW), mode(register, SOUTH));
        assertEquals(List.of(), register.faults());
    }

    @Test
    void atTheStartAFileThatIsRefusedKeepsTheServiceFromBeingReady() throws IOException {
        write("south.yaml", ClientFiles.SMALL);
        write("north.yaml", "name: north");
        var register = new Register(folder, ClientFiles.OFFER);
        assertEquals(1, register.clients().size(), "the good one is served");
        assertFalse(register.isReady());
        Files.delete(folder.resolve("north.yaml"));
        register.look();
        assertTrue(register.isReady());
    }

    @Test
    void aFolderWithoutAGoodFileServesNobody() throws IOException {
        assertFalse(new Register(folder, ClientFiles.OFFER).isReady());
        var gone = new Register(folder.resolve("missing"), ClientFiles.OFFER);
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
        var register = new Register(folder, ClientFiles.OFFER);
        Files.delete(folder.resolve("south.yaml"));
        Files.delete(folder);
        register.look();
        assertEquals(1, register.clients().size());
        Files.createDirectory(folder);
        register.look();
        assertEquals(0, register.clients().size(), "an empty folder says that there are none");
    }

    @Test
    void twoFilesOfOneNameOrOneIssuerAndTenantAreRefusedAtTheStart() {
        var sameName = ClientFiles.SMALL.replace("ehr.south", "ehr.other");
        var reading = read(ClientFolder.Reading.NONE, "a.yaml", ClientFiles.SMALL, "b.yaml", sameName);
        assertEquals(0, reading.inForce().size());
        assertEquals(
                List.of("a.yaml:1: name: is also the name in b.yaml", "b.yaml:1: name: is also the name in a.yaml"),
                reading.faults().stream().map(Fault::toString).toList());
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
        return reading.faults().stream().map(Fault::toString).toList();
    }

    private static ClientFolder.Reading read(ClientFolder.Reading before, String... files) {
        return ClientFolder.read(ClientFiles.folder(files), before, ClientFiles.OFFER);
    }
}
