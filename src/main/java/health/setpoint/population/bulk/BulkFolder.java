package health.setpoint.population.bulk;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * The files of an export in a folder and those below it.
 *
 * @param files with lines, in the order of their names
 * @param others that are not read
 */
public record BulkFolder(Path folder, List<BulkFile> files, List<String> others) {

    private static final List<String> LINES = List.of(".ndjson", ".jsonl");
    private static final String ZIPPED = ".gz";
    private static final int BUFFER = 1 << 16;

    /**
     * One file with lines.
     *
     * @param name below the folder
     * @param bytes as it lies on the disk
     */
    public record BulkFile(String name, Path path, long bytes, long modified) {

        /** Its text, unzipped. */
        public InputStream open() throws IOException {
            var raw = Files.newInputStream(path);
            return name.toLowerCase(Locale.ROOT).endsWith(ZIPPED)
                    ? new GZIPInputStream(new BufferedInputStream(raw, BUFFER), BUFFER)
                    : raw;
        }
    }

    /** What lies in a folder. */
    public static BulkFolder of(Path folder) throws IOException {
        var files = new ArrayList<BulkFile>();
        var others = new ArrayList<String>();
        try (var all = Files.walk(folder)) {
            for (var path : all.filter(Files::isRegularFile).sorted().toList()) {
                var name = folder.relativize(path).toString();
                if (isOfLines(name.toLowerCase(Locale.ROOT))) {
                    files.add(new BulkFile(
                            name,
                            path,
                            Files.size(path),
                            Files.getLastModifiedTime(path).toMillis()));
                } else {
                    others.add(name);
                }
            }
        }
        return new BulkFolder(folder, List.copyOf(files), List.copyOf(others));
    }

    private static boolean isOfLines(String name) {
        var plain = name.endsWith(ZIPPED) ? name.substring(0, name.length() - ZIPPED.length()) : name;
        return LINES.stream().anyMatch(plain::endsWith);
    }

    /** All of it, as it lies on the disk. */
    public long bytes() {
        return files.stream().mapToLong(BulkFile::bytes).sum();
    }
}
