package health.setpoint.population.bulk;

import health.setpoint.chart.fhir.References;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The resources that an export says were deleted. Immutable. */
public final class Deletions {

    private static final int FEW = 1024;

    private final long[] sorted;

    private Deletions(long[] sorted) {
        this.sorted = sorted;
    }

    /** Those that an intake left in a folder. */
    public static Deletions of(Path folder) throws IOException {
        var file = Intake.deletions(folder);
        if (Files.notExists(file)) {
            return new Deletions(new long[0]);
        }
        var hashes = new long[FEW];
        var count = 0;
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (count == hashes.length) {
                    hashes = Arrays.copyOf(hashes, count * 2);
                }
                hashes[count++] = ResourceHash.of(local(line));
            }
        }
        var exact = Arrays.copyOf(hashes, count);
        Arrays.sort(exact);
        return new Deletions(exact);
    }

    private static String local(String url) {
        return References.local(url).orElse(url);
    }

    boolean has(String reference) {
        return sorted.length > 0 && Arrays.binarySearch(sorted, ResourceHash.of(reference)) >= 0;
    }

    /** How many there are. */
    public int count() {
        return sorted.length;
    }
}
