package health.setpoint.population.export;

import java.io.IOException;
import java.nio.file.Path;

/** Where an export comes from. */
@FunctionalInterface
public interface BulkExport {

    /**
     * Fetches all files of an export into a folder, also what a server says was deleted or could not be exported. What an
     * earlier call fetched of the same export is not fetched again.
     *
     * @throws ExportFailed where the server refuses, or gives other than it promises
     * @throws IOException where the folder cannot be written
     */
    void fetch(Path folder) throws IOException, InterruptedException, ExportFailed;

    /** The export cannot be had; the message names neither a token nor a patient. */
    final class ExportFailed extends Exception {

        private static final long serialVersionUID = 1L;

        public ExportFailed(String why) {
            super(why);
        }
    }
}
