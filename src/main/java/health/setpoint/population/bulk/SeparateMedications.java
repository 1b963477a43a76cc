package health.setpoint.population.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.body.RequestJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The Medications of an export, which stay on the disk: in memory is where each of them stands. Many threads may ask. */
public final class SeparateMedications implements AutoCloseable {

    private static final int MOST_KEPT = 2_000;
    private static final int FEW = 1024;
    private static final int READ = 1 << 16;

    private final Optional<FileChannel> file;
    private final Deletions deleted;
    private long[] hashes = new long[FEW];
    /** Each one's first byte, plus one: none is 0. */
    private long[] places = new long[FEW];

    private int[] lengths = new int[FEW];
    private int count;
    private final Map<String, ObjectNode> read = new ConcurrentHashMap<>();

    private SeparateMedications(Optional<FileChannel> file, Deletions deleted) {
        this.file = file;
        this.deleted = deleted;
    }

    /** Those that an intake left in a folder. */
    public static SeparateMedications of(Path folder, Deletions deleted) throws IOException {
        var path = Intake.medications(folder);
        if (Files.notExists(path)) {
            return new SeparateMedications(Optional.empty(), deleted);
        }
        var found = new SeparateMedications(Optional.of(FileChannel.open(path, StandardOpenOption.READ)), deleted);
        try (var in = new BufferedInputStream(Files.newInputStream(path), READ)) {
            found.index(in);
        }
        return found;
    }

    private void index(BufferedInputStream in) throws IOException {
        var scan = new ResourceScan();
        var line = new byte[READ];
        var length = 0;
        long from = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                scan.read(line, 0, length);
                put("Medication/" + scan.id(), from, length);
                from += length + 1;
                length = 0;
            } else {
                if (length == line.length) {
                    line = Arrays.copyOf(line, length * 2);
                }
                line[length++] = (byte) next;
            }
        }
    }

    private void put(String reference, long from, int length) {
        if (count * 2 >= hashes.length) {
            grow();
        }
        insert(ResourceHash.of(reference), from + 1, length);
    }

    /** The one that came last counts. */
    private void insert(long hash, long place, int length) {
        var slot = slot(hash);
        count += places[slot] == 0 ? 1 : 0;
        hashes[slot] = hash;
        places[slot] = place;
        lengths[slot] = length;
    }

    private int slot(long hash) {
        var mask = hashes.length - 1;
        var slot = (int) hash & mask;
        while (places[slot] != 0 && hashes[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        var oldHashes = hashes;
        var oldPlaces = places;
        var oldLengths = lengths;
        hashes = new long[oldHashes.length * 2];
        places = new long[oldHashes.length * 2];
        lengths = new int[oldHashes.length * 2];
        count = 0;
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldPlaces[i] != 0) {
                insert(oldHashes[i], oldPlaces[i], oldLengths[i]);
            }
        }
    }

    /** The Medication behind {@code Medication/id}; empty where the export has none, or took it back. */
    public Optional<ObjectNode> find(String reference) {
        var kept = read.get(reference);
        if (kept != null) {
            return Optional.of(kept);
        }
        var slot = slot(ResourceHash.of(reference));
        if (file.isEmpty() || places[slot] == 0 || deleted.has(reference)) {
            return Optional.empty();
        }
        var found = at(places[slot] - 1, lengths[slot]);
        if (read.size() < MOST_KEPT) {
            found.ifPresent(medication -> read.put(reference, medication));
        }
        return found;
    }

    private Optional<ObjectNode> at(long place, int length) {
        var bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining() && file.orElseThrow().read(bytes, place + bytes.position()) >= 0) {
                // until it is whole
            }
            return RequestJson.exact().readTree(bytes.array()) instanceof ObjectNode medication
                    ? Optional.of(medication)
                    : Optional.empty();
        } catch (JsonProcessingException broken) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
