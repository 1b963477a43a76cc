package health.setpoint.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Entries that wait in a file for the store: one line each, with a checksum, on the disk before the call returns. Used by
 * one thread.
 */
final class Spool {

    private final Path file;
    private final long limit;

    /** @param limit bytes at which it is full */
    Spool(Path folder, long limit) {
        this.file = folder.resolve("journal.spool");
        this.limit = limit;
    }

    long limit() {
        return limit;
    }

    /** Bytes that wait. */
    long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /**
     * Adds entries, all or none.
     *
     * @throws IOException where the file cannot be written or is full
     */
    void add(List<Entry> entries) throws IOException {
        var lines = new StringBuilder();
        for (var entry : entries) {
            lines.append(line(entry));
        }
        var bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
        var before = size();
        if (before + bytes.remaining() > limit) {
            throw new IOException("the spool is full");
        }
        if (Files.notExists(file)) {
            create();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            try {
                channel.position(before);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            } catch (IOException full) {
                channel.truncate(before);
                throw full;
            }
        }
    }

    /** The file, and its place in the folder, on the disk. */
    private void create() throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Files.createFile(file);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            try (var place = FileChannel.open(folder, StandardOpenOption.READ)) {
                place.force(true);
            }
        }
    }

    /** What waits, in the order in which it came. A last line that was cut off was never acknowledged and is left out. */
    Waiting read() throws IOException {
        List<Entry> entries = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        if (Files.exists(file)) {
            for (var line : Files.readString(file, StandardCharsets.UTF_8).split("\n")) {
                read(line, entries, damaged);
            }
        }
        return new Waiting(List.copyOf(entries), List.copyOf(damaged));
    }

    /** Entries, and lines that are no entry. */
    record Waiting(List<Entry> entries, List<String> damaged) {}

    /** Forgets all that waits; what could not be kept elsewhere is moved aside for a person to look at. */
    void clear(List<String> aside) throws IOException {
        if (!aside.isEmpty()) {
            Files.write(
                    file.resolveSibling("journal.spool.rejected"),
                    aside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND,
                    StandardOpenOption.SYNC);
        }
        if (Files.exists(file)) {
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
    }

    private static void read(String line, List<Entry> entries, List<String> damaged) {
        if (line.isEmpty()) {
            return;
        }
        var parts = line.split(" ", 3);
        if (parts.length < 3 || !parts[0].equals(checksum(parts[2]))) {
            damaged.add(line);
            return;
        }
        entries.add(
                parts[1].equals("decision")
                        ? RecordJson.read(parts[2], Entry.OfDecision.class)
                        : RecordJson.read(parts[2], Entry.OfFeedback.class));
    }

    static String line(Entry entry) {
        var kind = entry instanceof Entry.OfDecision ? "decision" : "feedback";
        var json = RecordJson.write((Record) entry);
        return checksum(json) + " " + kind + " " + json + "\n";
    }

    private static String checksum(String json) {
        var sum = new CRC32();
        sum.update(json.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }
}
