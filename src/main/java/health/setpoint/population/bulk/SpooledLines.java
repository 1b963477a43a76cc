package health.setpoint.population.bulk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lines that belong to no one patient, in the order in which they came. Many threads may write at once. */
final class SpooledLines {

    private static final int BUFFER = 1 << 18;

    private final Path file;
    private byte[] buffer = new byte[BUFFER];
    private int used;
    private long length;

    SpooledLines(Path file) {
        this.file = file;
    }

    synchronized void add(byte[] bytes, int from, int to) throws IOException {
        var needed = to - from + 1;
        if (used + needed > buffer.length) {
            write();
            if (needed > buffer.length) {
                buffer = new byte[needed];
            }
        }
        System.arraycopy(bytes, from, buffer, used, to - from);
        used += to - from;
        buffer[used++] = '\n';
    }

    private void write() throws IOException {
        if (used > 0) {
            try (var out = OwnFiles.append(file)) {
                out.write(buffer, 0, used);
            }
            length += used;
            used = 0;
        }
    }

    synchronized long flush() throws IOException {
        write();
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
