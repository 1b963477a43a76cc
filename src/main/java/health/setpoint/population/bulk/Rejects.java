package health.setpoint.population.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lines that could not be read: where each stands, which resource it names where that can be told, and why. Their
 * content is not repeated.
 */
public final class Rejects {

    private final Path file;
    private final StringBuilder open = new StringBuilder();
    private long length;

    public Rejects(Path file) {
        this.file = file;
    }

    /**
     * One more.
     *
     * @param line from 1; 0 where the file itself could not be read
     */
    public synchronized void add(String from, long line, String resource, String why) {
        var json = JsonNodeFactory.instance.objectNode().put("file", from);
        if (line > 0) {
            json.put("line", line);
        }
        if (!resource.isEmpty()) {
            json.put("resource", resource);
        }
        open.append(json.put("why", why)).append('\n');
    }

    /** Puts them on the disk, and tells how long the file is. */
    public synchronized long flush() throws IOException {
        if (open.length() > 0) {
            var bytes = open.toString().getBytes(StandardCharsets.UTF_8);
            try (var out = OwnFiles.append(file)) {
                out.write(bytes);
            }
            length += bytes.length;
            open.setLength(0);
        }
        return length;
    }

    /** Cuts off what was written after a checkpoint. */
    synchronized void cut(long to) throws IOException {
        length = to;
        if (Files.exists(file)) {
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(to);
            }
        }
    }
}
