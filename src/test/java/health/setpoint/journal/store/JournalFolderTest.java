package health.setpoint.journal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import health.setpoint.journal.Decisions;
import health.setpoint.journal.Pseudonyms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process to a folder, nobody else reads in it, and what was taken away from it is noticed. */
class JournalFolderTest {

    @TempDir
    Path place;

    private Path data() {
        return place.resolve("data");
    }

    @Test
    void aFolderThatIsInUseIsRefusedByNameAndSetting() throws Exception {
        try (var mine = JournalFolder.claim(data())) {
            var refused = assertThrows(JournalFolder.Refused.class, () -> JournalFolder.claim(data()));
            assertTrue(refused.getMessage().startsWith("setpoint.journal.folder: " + data() + " is in use"));
            assertEquals(1, refused.getMessage().lines().count());
            assertTrue(mine.stands());
        }
    }

    @Test
    void theSameFolderByAnotherNameIsInUseToo() throws Exception {
        try (var mine = JournalFolder.claim(data())) {
            var link = Files.createSymbolicLink(place.resolve("link"), data());
            assertThrows(JournalFolder.Refused.class, () -> JournalFolder.claim(link));
            assertTrue(mine.stands());
        }
    }

    @Test
    void afterTheEndAnotherMayHaveIt() throws Exception {
        JournalFolder.claim(data()).close();
        JournalFolder.claim(data()).close();
    }

    @Test
    void whatCannotBeAFolderIsRefusedByNameAndSetting() throws Exception {
        Files.writeString(data(), "a file");
        var refused = assertThrows(JournalFolder.Refused.class, () -> JournalFolder.claim(data()));
        assertTrue(refused.getMessage().startsWith("setpoint.journal.folder: " + data()), refused.getMessage());
    }

    @Test
    void aFolderThatWasOpenToOthersIsClosedToThemAndSoAreTheFilesInIt() throws Exception {
        assumePosix();
        for (var mode : List.of("rwxrwxrwx", "rwxr-xr-x", "rwx--x--x", "r-xr-xr-x", "rwx------")) {
            var folder = Files.createDirectory(place.resolve(mode));
            var key = Files.writeString(folder.resolve("journal.key"), "key");
            var foreign = Files.writeString(folder.resolve("notes.txt"), "of somebody else");
            mode(key, "rw-r--r--");
            mode(foreign, "rw-r--r--");
            mode(folder, mode);
            JournalFolder.claim(folder).close();
            assertEquals("rwx------", mode(folder), mode);
            assertEquals("rw-------", mode(key), mode);
            assertEquals("rw-------", mode(folder.resolve("journal.lock")), mode);
            assertEquals("rw-r--r--", mode(foreign), mode);
        }
    }

    @Test
    void whatIsMadeInItIsClosedToOthersWhereverItIsMade() throws Exception {
        assumePosix();
        try (var folder = JournalFolder.claim(place.resolve("of").resolve("its").resolve("own"))) {
            new Spool(folder, 1_000_000).add(List.of(JournalRow.of(Decisions.overridden("card"), Decisions.NOW)));
            Pseudonyms.kept(folder.path());
            try (var files = Files.list(folder.path())) {
                for (var file : files.toList()) {
                    assertEquals("rw-------", mode(file), file.toString());
                }
            }
            assertEquals("rwx------", mode(folder.path()));
        }
    }

    @Test
    void aFolderThatIsForEverybodyIsRefusedAndLeftAsItIs() throws Exception {
        assumePosix();
        Files.createDirectory(data());
        Files.setAttribute(data(), "unix:mode", 01777);
        var refused = assertThrows(JournalFolder.Refused.class, () -> JournalFolder.claim(data()));
        assertTrue(refused.getMessage().contains("is open to others"), refused.getMessage());
        assertEquals("rwxrwxrwx", mode(data()));
    }

    @Test
    void whatIsTakenAwayOrReplacedIsNoticedAndForgivenOnceItIsBack() throws Exception {
        try (var folder = JournalFolder.claim(data())) {
            var file = Files.writeString(folder.file("journal.mv.db"), "content");
            folder.watch(file);
            assertEquals(Optional.empty(), folder.lost());

            var aside = Files.move(file, place.resolve("aside"));
            assertEquals(Optional.of(file), folder.lost());
            Files.writeString(file, "content");
            assertEquals(Optional.of(file), folder.lost(), "another file of the same name and content");
            Files.delete(file);
            Files.move(aside, file);
            assertEquals(Optional.empty(), folder.lost());

            var folderAside = Files.move(data(), place.resolve("data-aside"));
            assertEquals(Optional.of(data()), folder.lost());
            assertFalse(folder.stands());
            Files.createDirectory(data());
            assertEquals(Optional.of(data()), folder.lost(), "another folder of the same name");
            Files.delete(data());
            Files.move(folderAside, data());
            assertEquals(Optional.empty(), folder.lost());
            assertTrue(folder.stands());

            Files.delete(folder.file("journal.lock"));
            assertEquals(Optional.of(folder.file("journal.lock")), folder.lost());
            assertFalse(folder.stands());
        }
    }

    private void assumePosix() throws IOException {
        assumeTrue(Files.getFileStore(place).supportsFileAttributeView("posix"), "file modes are a matter of POSIX");
    }

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
