package health.setpoint.population.synthetic;

import health.setpoint.population.bulk.OwnFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** A file of lines for each resource type, as a server of Bulk Data writes them; some of them zipped. */
final class ExportFiles implements AutoCloseable {

    private static final int BUFFER = 1 << 18;

    private final Path folder;
    private final Map<String, OutputStream> files = new TreeMap<>();

    ExportFiles(Path folder) throws IOException {
        this.folder = OwnFiles.folder(folder);
    }

    /** One line into a file, which is zipped where its name ends so. */
    void line(String file, String line) {
        try {
            var out = files.computeIfAbsent(file, this::open);
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private OutputStream open(String file) {
        try {
            var path = folder.resolve(file);
            OwnFiles.folder(path.getParent());
            var out = new BufferedOutputStream(OwnFiles.create(path), BUFFER);
            return file.endsWith(".gz") ? new GZIPOutputStream(out, BUFFER) : out;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Override
    public void close() throws IOException {
        for (var file : files.values()) {
            file.close();
        }
    }
}
