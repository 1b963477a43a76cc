package health.setpoint.journal.store;

import health.setpoint.journal.RecordJson;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;

/**
 * Entries that wait in a file for the store: one line each, with a checksum, on the disk before the call returns. Used by
 * one thread.
 */
public final class Spool {

    /** JSON holds no bare tab: what of a decision is JSON already stands between tabs and is not escaped once more. */
    private static final String BETWEEN = "\t";

    private static final long ROOM = 256 << 10;
    /** Empty lines: they would be passed over, should the process end before they are cut off. */
    private static final byte[] NOTHING = "\n".repeat(4096).getBytes(StandardCharsets.US_ASCII);

    private static final String DECISION = "decision";
    private static final String FEEDBACK = "feedback";

    private static final String NAME = "journal.spool";
    private static final String REJECTED = "journal.spool.rejected";

    private final JournalFolder folder;
    private final Path file;
    private final long limit;
    /** Once the file was seen; from then on only this object changes it. */
    private volatile long size;

    private volatile boolean seen;
    /** Bytes that were not taken last; 0 once some are, or could be. */
    private volatile long wanted;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final CheckedOutputStream summed = new CheckedOutputStream(line, new CRC32());
    private final Writer words = new BufferedWriter(new OutputStreamWriter(summed, StandardCharsets.UTF_8));

    /** @param limit bytes at which it is full */
    public Spool(JournalFolder folder, long limit) {
        this.folder = folder;
        this.file = folder.file(NAME);
        this.limit = limit;
    }

    /** In a folder that is not locked. */
    public Spool(Path folder, long limit) {
        this(JournalFolder.unclaimed(folder), limit);
    }

    long limit() {
        return limit;
    }

    /** Bytes that wait. */
    long size() {
        if (seen) {
            return size;
        }
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }

    /** What is gone from its place, or is not as it was left: nothing is added then, and nothing forgotten. */
    Optional<String> lost() {
        try {
            look();
            return folder.lost().map(path -> path.getFileName().toString());
        } catch (IOException lost) {
            return Optional.of(folder.lost().orElse(file).getFileName().toString());
        }
    }

    private void look() throws IOException {
        if (!seen && Files.isRegularFile(file)) {
            folder.watch(file);
            size = Files.size(file);
            seen = true;
        }
        if (!folder.stands() || !(seen ? folder.holds(file, size) : folder.holds(file))) {
            throw new IOException(file + " is not as it was left");
        }
    }

    /**
     * Adds entries, all or none.
     *
     * @throws IOException where the file cannot be written or is full
     */
    void add(List<JournalRow> entries) throws IOException {
        look();
        if (!seen) {
            create();
        }
        var before = size;
        var bytes = 0L;
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            try {
                var end = Channels.newOutputStream(channel.position(before));
                for (var entry : entries) {
                    write(entry);
                    bytes += line.size();
                    line.writeTo(end);
                }
                if (channel.position() > limit) {
                    throw new IOException("the spool is full");
                }
                channel.force(true);
                size = channel.position();
                look();
                wanted = 0;
            } catch (IOException full) {
                wanted = bytes;
                size = before;
                channel.truncate(before);
                throw full;
            }
        }
    }

    /** An entry would find room, as far as is known. */
    boolean takes() {
        return wanted == 0 && size() < limit;
    }

    /**
     * Tries whether what was not taken last would find room now.
     *
     * @throws IOException where it would not
     */
    void tryAgain() throws IOException {
        if (size() + wanted > limit) {
            throw new IOException("the spool is full");
        }
        tryDisk();
        wanted = 0;
    }

    /**
     * Tries whether the disk takes as much as it did not take last, and some more: it is written, and cut off again.
     *
     * @throws IOException where it does not
     */
    void tryDisk() throws IOException {
        look();
        if (!seen) {
            create();
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            try {
                channel.position(size);
                for (long written = 0; written < Math.max(wanted, ROOM); written += NOTHING.length) {
                    channel.write(ByteBuffer.wrap(NOTHING));
                }
                channel.force(true);
            } finally {
                channel.truncate(size);
            }
        }
    }

    /** The file, and its place in the folder, on the disk. */
    private void create() throws IOException {
        JournalFolder.createOwn(file);
        folder.sync();
        look();
    }

    /** What waits, in the order in which it came. A last line that was cut off was never acknowledged and is left out. */
    Waiting read() throws IOException {
        look();
        List<JournalRow> entries = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        if (Files.exists(file)) {
            // Not readString: it refuses all for one letter that was cut off.
            for (var line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                read(line, entries, damaged);
            }
        }
        return new Waiting(List.copyOf(entries), List.copyOf(damaged));
    }

    /** Entries, and lines that are no entry. */
    record Waiting(List<JournalRow> entries, List<String> damaged) {}

    /** Forgets all that waits; what could not be kept elsewhere is moved aside for a person to look at. */
    void clear(List<String> damaged, List<JournalRow> refused) throws IOException {
        look();
        var aside = new ArrayList<>(damaged);
        for (var entry : refused) {
            write(entry);
            aside.add(line.toString(StandardCharsets.UTF_8).strip());
        }
        if (!aside.isEmpty()) {
            var rejected = folder.file(REJECTED);
            JournalFolder.createOwn(rejected);
            Files.write(rejected, aside, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
        }
        if (Files.exists(file)) {
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
            size = 0;
        }
    }

    private static void read(String line, List<JournalRow> entries, List<String> damaged) {
        if (line.isEmpty()) {
            return;
        }
        var end = line.lastIndexOf(BETWEEN) + 1;
        var parts = List.of(line.substring(0, end).split(BETWEEN));
        if (parts.size() < 2 || !line.substring(end).equals(checksum(line.substring(0, end)))) {
            damaged.add(line);
            return;
        }
        try {
            entries.add(entry(parts));
        } catch (IllegalArgumentException | NoSuchElementException ofAnotherRelease) {
            damaged.add(line);
        }
    }

    private static JournalRow entry(List<String> parts) {
        return parts.get(0).equals(DECISION)
                ? RecordJson.read(parts.get(1), JournalRow.OfDecision.class).with(parts.subList(2, parts.size()))
                : RecordJson.read(parts.get(1), JournalRow.OfFeedback.class);
    }

    /** Leaves the line of an entry in {@link #line}. */
    private void write(JournalRow entry) throws IOException {
        line.reset();
        // First of all: a line before it that was cut off has no end.
        line.write('\n');
        summed.getChecksum().reset();
        for (var part : parts(entry)) {
            words.append(part).append(BETWEEN);
        }
        words.flush();
        words.append(hex(summed.getChecksum())).append('\n').flush();
    }

    private static List<String> parts(JournalRow entry) {
        List<String> parts = new ArrayList<>();
        if (entry instanceof JournalRow.OfDecision decision) {
            parts.add(DECISION);
            parts.add(RecordJson.write(decision.bare()));
            parts.addAll(decision.texts());
        } else {
            parts.add(FEEDBACK);
            parts.add(RecordJson.write((Record) entry));
        }
        return parts;
    }

    private static String checksum(String text) {
        var sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return hex(sum);
    }

    private static String hex(Checksum sum) {
        return Long.toHexString(sum.getValue());
    }
}
