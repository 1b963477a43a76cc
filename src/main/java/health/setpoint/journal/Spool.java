package health.setpoint.journal;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;

/**
 * Entries that wait in a file for the store: one line each, with a checksum, on the disk before the call returns. Used by
 * one thread.
 */
final class Spool {

    /** JSON holds no bare tab: what of a decision is JSON already stands between tabs and is not escaped once more. */
    private static final String BETWEEN = "\t";

    private static final String DECISION = "decision";
    private static final String FEEDBACK = "feedback";
    private static final int BUFFER = 32 * 1024;

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
        if (Files.notExists(file)) {
            create();
        }
        var before = size();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            try {
                var lines = new BufferedOutputStream(Channels.newOutputStream(channel.position(before)), BUFFER);
                for (var entry : entries) {
                    write(entry, lines);
                }
                lines.flush();
                if (channel.position() > limit) {
                    throw new IOException("the spool is full");
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
        var end = line.lastIndexOf(BETWEEN) + 1;
        var parts = List.of(line.substring(0, end).split(BETWEEN));
        if (parts.size() < 2 || !line.substring(end).equals(checksum(bytes(line.substring(0, end))))) {
            damaged.add(line);
            return;
        }
        entries.add(
                parts.get(0).equals(DECISION)
                        ? RecordJson.read(parts.get(1), Entry.OfDecision.class).with(parts.subList(2, parts.size()))
                        : RecordJson.read(parts.get(1), Entry.OfFeedback.class));
    }

    /** The line of an entry, without its end. */
    static String line(Entry entry) throws IOException {
        var line = new ByteArrayOutputStream();
        write(entry, line);
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private static void write(Entry entry, OutputStream lines) throws IOException {
        var line = new CheckedOutputStream(lines, new CRC32());
        if (entry instanceof Entry.OfDecision decision) {
            write(DECISION, line);
            write(RecordJson.write(decision.bare()), line);
            for (var text : decision.texts()) {
                write(text, line);
            }
        } else {
            write(FEEDBACK, line);
            write(RecordJson.write((Record) entry), line);
        }
        lines.write(bytes(hex(line.getChecksum()) + "\n"));
    }

    private static void write(String part, OutputStream line) throws IOException {
        line.write(bytes(part));
        line.write(bytes(BETWEEN));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return hex(sum);
    }

    private static String hex(Checksum sum) {
        return Long.toHexString(sum.getValue());
    }
}
