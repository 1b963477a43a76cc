package health.setpoint.population.bulk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;

/** Files and folders that nobody but their owner may read: what a population run writes is about patients. */
public final class OwnFiles {

    private static final String FILE = "rw-------";
    private static final String FOLDER = "rwx------";

    private OwnFiles() {}

    /** Makes a folder where there is none, and those above it. */
    public static Path folder(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            var above = folder.toAbsolutePath().getParent();
            if (above != null) {
                Files.createDirectories(above);
            }
            Files.createDirectory(folder);
        }
        permit(folder, FOLDER);
        return folder;
    }

    /** A stream to the end of a file, which is made where there is none. */
    public static OutputStream append(Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** A stream to a new file, or one that is written anew. */
    public static OutputStream create(Path file) throws IOException {
        return open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    private static OutputStream open(Path file, OpenOption... options) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file);
            permit(file, FILE);
        }
        return Files.newOutputStream(file, options);
    }

    /** Writes a file whole or not at all. */
    public static void write(Path file, byte[] content) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        try (var out = create(fresh)) {
            out.write(content);
        }
        move(fresh, file);
    }

    /** Puts a file or folder in its place at one stroke. */
    public static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes a folder and all that is in it. */
    public static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (var files = Files.walk(folder)) {
                all = files.sorted(Comparator.reverseOrder()).toList();
            }
            for (var each : all) {
                Files.delete(each);
            }
        }
    }

    private static void permit(Path path, String permissions) throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }
}
