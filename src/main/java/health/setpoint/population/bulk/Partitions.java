package health.setpoint.population.bulk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lines of all patients in files of plain NDJSON, those of one patient in one file. Two lines belong together: where the
 * second one, the resource, came from, and the resource. Many threads may write at once.
 */
final class Partitions {

    /** Size of one such that several are read at once into a small heap. */
    private static final long WANTED_BYTES = 4L << 20;

    private static final int MOST = 8192;
    private static final int LARGEST_BUFFER = 1 << 16;
    private static final int SMALLEST_BUFFER = 1 << 12;
    private static final int SHARE_OF_HEAP = 5;

    private final Spool[] spools;

    /** So many of them for an input of so many bytes; the same number for the same input. */
    static int count(long inputBytes) {
        return (int) Math.max(1, Math.min(MOST, inputBytes / WANTED_BYTES + 1));
    }

    Partitions(Path folder, int count) {
        var buffer = (int) Math.max(
                SMALLEST_BUFFER, Math.min(LARGEST_BUFFER, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / count));
        this.spools = new Spool[count];
        for (int i = 0; i < count; i++) {
            spools[i] = new Spool(file(folder, i), buffer);
        }
    }

    static Path file(Path folder, int number) {
        return folder.resolve("patients-%05d.ndjson".formatted(number));
    }

    int size() {
        return spools.length;
    }

    int of(String patientId) {
        var hash = patientId.hashCode() * 0x9E3779B9;
        return Math.floorMod(hash ^ hash >>> 15, spools.length);
    }

    void add(String patientId, byte[] origin, byte[] bytes, int from, int to) throws IOException {
        spools[of(patientId)].add(origin, bytes, from, to);
    }

    /** Puts on the disk what is still in memory, and tells how long each file is. */
    long[] flush() throws IOException {
        var lengths = new long[spools.length];
        for (int i = 0; i < spools.length; i++) {
            lengths[i] = spools[i].flush();
        }
        return lengths;
    }

    /** Cuts off what was written after a checkpoint. */
    void cut(long[] lengths) throws IOException {
        for (int i = 0; i < spools.length; i++) {
            spools[i].cut(lengths[i]);
        }
    }

    /** One file with what is still to be written to it. */
    private static final class Spool {

        private final Path file;
        private final int size;
        private byte[] buffer = new byte[0];
        private int used;
        private long length;

        Spool(Path file, int size) {
            this.file = file;
            this.size = size;
        }

        synchronized void add(byte[] origin, byte[] bytes, int from, int to) throws IOException {
            var needed = origin.length + to - from + 2;
            if (used + needed > buffer.length) {
                write();
                if (needed > size) {
                    buffer = new byte[needed];
                } else if (buffer.length != size) {
                    buffer = new byte[size];
                }
            }
            put(origin, 0, origin.length);
            put(bytes, from, to);
        }

        private void put(byte[] bytes, int from, int to) {
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

        synchronized void cut(long to) throws IOException {
            length = to;
            if (Files.exists(file)) {
                try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(to);
                }
            }
        }
    }

    /** All lines of one file. */
    static byte[] read(Path folder, int number) throws IOException {
        var file = file(folder, number);
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }
}
