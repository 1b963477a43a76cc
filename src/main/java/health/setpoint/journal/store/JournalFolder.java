package health.setpoint.journal.store;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The journal's folder: one process's while that lives, and nobody else's to read. What it watches must stay the file that
 * it was, at its path.
 */
public final class JournalFolder implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger("health.setpoint.journal");

    private static final String SETTING = "setpoint.journal.folder";
    private static final String LOCK = "journal.lock";
    private static final String OWN_FILES = "journal.*";
    private static final Set<PosixFilePermission> OWN_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWN_FILE = PosixFilePermissions.fromString("rw-------");
    private static final String OPEN = "%s: %s (%s) is open to others, and is not this service's alone to close."
            + " Name a folder of its own, such as one in it.";
    private static final int STICKY = 01000;

    /** Longer than any mark, so that it is overwritten in one piece. */
    private static final int MARK_LENGTH = 80;

    private final Path path;
    private final Optional<RandomAccessFile> lock;
    private final Map<Path, Object> watched = new ConcurrentHashMap<>();

    private JournalFolder(Path path, Optional<RandomAccessFile> lock) {
        this.path = path;
        this.lock = lock;
    }

    /** The folder cannot be this process's. The message is for the operator, and complete. */
    public static final class Refused extends Exception {
        Refused(String why) {
            super(why);
        }
    }

    /** A folder that is not locked: whoever uses it sees to that. */
    public static JournalFolder unclaimed(Path folder) {
        return new JournalFolder(folder.toAbsolutePath(), Optional.empty());
    }

    /** Makes the folder where there is none, closes it to others, and locks it until {@link #close}, or the end. */
    public static JournalFolder claim(Path folder) throws Refused {
        var path = folder.toAbsolutePath().normalize();
        try {
            var made = make(path);
            if (isPosix(path)) {
                closeToOthers(path, made);
            }
            var claimed = new JournalFolder(path, Optional.of(lock(path)));
            claimed.watch(path);
            claimed.watch(claimed.file(LOCK));
            return claimed;
        } catch (IOException unusable) {
            throw new Refused("%s: %s cannot be used: %s".formatted(SETTING, path, unusable));
        }
    }

    /** Whether it was made now. */
    private static boolean make(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return false;
        }
        Files.createDirectories(path);
        return true;
    }

    private static RandomAccessFile lock(Path path) throws IOException, Refused {
        var file = path.resolve(LOCK);
        createOwn(file);
        // Not a channel of its own: one would be closed, and its lock lost, with an interrupted thread.
        var lock = new RandomAccessFile(file.toFile(), "rw");
        try {
            if (lock.getChannel().tryLock() != null) {
                return lock;
            }
            lock.close();
        } catch (OverlappingFileLockException ofThisVeryProcess) {
            // Stays open: to close it would be to give up that lock.
        } catch (IOException unlockable) {
            lock.close();
            throw unlockable;
        }
        throw new Refused(
                "%s: %s is in use by another process, which holds %s. A folder is one process's: stop the other,"
                                .formatted(SETTING, path, LOCK)
                        + " or name another folder.");
    }

    private static void closeToOthers(Path path, boolean made) throws IOException, Refused {
        var before = Files.getPosixFilePermissions(path);
        if (!before.equals(OWN_FOLDER)) {
            if (!made && isForEverybody(path)) {
                throw new Refused(OPEN.formatted(SETTING, path, PosixFilePermissions.toString(before)));
            }
            try {
                Files.setPosixFilePermissions(path, OWN_FOLDER);
            } catch (IOException ofSomebodyElse) {
                throw new Refused(OPEN.formatted(SETTING, path, PosixFilePermissions.toString(before)));
            }
            if (!made) {
                LOG.warnf(
                        "%s: %s was open to others (%s) and is closed to them now (rwx------)",
                        SETTING, path, PosixFilePermissions.toString(before));
            }
        }
        List<String> opened = new ArrayList<>();
        try (var files = Files.newDirectoryStream(path, OWN_FILES)) {
            for (var file : files) {
                if (Files.isRegularFile(file)
                        && !Files.getPosixFilePermissions(file).equals(OWN_FILE)) {
                    Files.setPosixFilePermissions(file, OWN_FILE);
                    opened.add(file.getFileName().toString());
                }
            }
        }
        if (!opened.isEmpty()) {
            LOG.warnf("%s: files in %s were open to others and are closed to them now: %s", SETTING, path, opened);
        }
    }

    /** Such as /tmp. */
    private static boolean isForEverybody(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("unix")
                && ((int) Files.getAttribute(path, "unix:mode") & STICKY) != 0;
    }

    private static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    /** Makes the file where there is none, closed to others whatever the umask. */
    static void createOwn(Path file) throws IOException {
        try {
            if (isPosix(file.toAbsolutePath().getParent())) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWN_FILE));
                Files.setPosixFilePermissions(file, OWN_FILE);
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException there) {
            // as it is
        }
    }

    /** That a file was made in it, on the disk. */
    void sync() throws IOException {
        if (isPosix(path)) {
            try (var place = FileChannel.open(path, StandardOpenOption.READ)) {
                place.force(true);
            }
        }
    }

    public Path path() {
        return path;
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** From now on the file at this path must be the one that is there now. */
    void watch(Path file) throws IOException {
        watched.put(file, key(file));
    }

    /** The file that is watched, or is not, is the one that it was. */
    boolean holds(Path file) {
        var known = watched.get(file);
        try {
            return known == null || known.equals(key(file));
        } catch (IOException gone) {
            return false;
        }
    }

    /** The same, and it is as long as it was. */
    boolean holds(Path file, long bytes) {
        try {
            var attributes = attributes(file);
            var known = watched.get(file);
            return attributes.size() == bytes && (known == null || known.equals(key(file, attributes)));
        } catch (IOException gone) {
            return false;
        }
    }

    /** The folder itself is at its path, and locked. */
    boolean stands() {
        return holds(path) && holds(file(LOCK));
    }

    /** What is gone from its path, or is another file there. */
    Optional<Path> lost() {
        return watched.keySet().stream().filter(file -> !holds(file)).sorted().findFirst();
    }

    /** Device and inode; on a file system that has none, only whether it is there. */
    private static Object key(Path file) throws IOException {
        return key(file, attributes(file));
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static Object key(Path file, BasicFileAttributes attributes) {
        return Objects.requireNonNullElse(attributes.fileKey(), file);
    }

    /** Bytes that are free for the journal. */
    public long free() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** What was noted last, by whichever process had the folder; empty where nothing was. */
    public String mark() throws IOException {
        return lock.isPresent() ? mark(lock.get()) : "";
    }

    private static synchronized String mark(RandomAccessFile lock) throws IOException {
        var bytes = new byte[MARK_LENGTH];
        lock.seek(0);
        var length = lock.read(bytes);
        return length < 0 ? "" : new String(bytes, 0, length, StandardCharsets.ISO_8859_1).strip();
    }

    /** Notes a line, on the disk on return. */
    public void mark(String line) throws IOException {
        if (lock.isPresent()) {
            mark(lock.get(), line);
        }
    }

    private static synchronized void mark(RandomAccessFile lock, String line) throws IOException {
        var padded = line + " ".repeat(MARK_LENGTH - 1 - line.length()) + "\n";
        lock.seek(0);
        lock.write(padded.getBytes(StandardCharsets.ISO_8859_1));
        lock.getFD().sync();
    }

    /** Lets another process have it. */
    @Override
    public void close() throws IOException {
        if (lock.isPresent()) {
            lock.get().close();
        }
    }
}
