package health.setpoint.population.synthetic;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A clinic of invented men, as its EHR would export it: everything that an EHR keeps of a man, most of which no rule asks for,
 * and the oddities of real ones. The same seed and day give the same clinic.
 */
public final class SyntheticClinic {

    private static final int MEN_WITHOUT_ODD_LINES = 97;

    private final long seed;
    private final LocalDate today;
    private final int resources;

    /**
     * A clinic.
     *
     * @param today the day of the export
     * @param resources of a man, about
     */
    public SyntheticClinic(long seed, LocalDate today, int resources) {
        this.seed = seed;
        this.today = today;
        this.resources = resources;
    }

    /** Writes so many men into a folder, which is made. */
    public void write(int men, Path folder) throws IOException {
        try (var files = new ExportFiles(folder)) {
            for (int i = 0; i < men; i++) {
                new SyntheticMan(seed, i, today, files).write(resources);
                if (i % MEN_WITHOUT_ODD_LINES == MEN_WITHOUT_ODD_LINES - 1) {
                    oddLines(i, files);
                }
            }
            manifest(files);
        }
    }

    /** What happens to files on their way: a line cut off, one that was taken back, one that could not be exported. */
    private void oddLines(int man, ExportFiles files) {
        var patient = SyntheticMan.id(seed, man);
        files.line(
                "Observation.000.ndjson",
                "{\"resourceType\":\"Observation\",\"id\":\"cut-" + man + "\",\"subject\":{\"reference\":\"Patient/"
                        + patient + "\"},\"status\":\"fin");
        files.line(
                "deleted/Bundle.000.ndjson",
                "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\"Observation/e2-"
                        + patient + "-0\"}}]}");
        files.line(
                "error/OperationOutcome.000.ndjson",
                "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"warning\",\"code\":\"processing\",\"details\":{\"text\":\"one Binary was left out\"}}]}");
    }

    private void manifest(ExportFiles files) {
        files.line(
                "manifest.json",
                "{\"transactionTime\":\"" + today
                        + "T04:00:00Z\",\"request\":\"https://ehr.example/fhir/$export\",\"requiresAccessToken\":true,\"output\":[],\"deleted\":[],\"error\":[]}");
    }
}
