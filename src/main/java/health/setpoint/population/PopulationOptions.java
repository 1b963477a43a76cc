package health.setpoint.population;

import health.setpoint.population.decision.PopulationSite;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What a run is asked to do.
 *
 * @param input folder with the export
 * @param output folder of the results, which must not be there yet or be empty
 * @param now as of when it is decided, in the site's zone
 * @param site whose charts these are, and under which choices
 * @param compared another policy whose answers are set beside the first one's
 * @param threads how many work at once
 * @param names how patients are named in what is written
 * @param smallestCell a count of patients below it, other than none, is not published in the summary
 * @param signature who stands behind the knowledge, in a sentence
 * @param tasks Flag and Task resources are written to a file too
 */
public record PopulationOptions(
        Path input,
        Path output,
        LocalDateTime now,
        PopulationSite site,
        Optional<PopulationSite> compared,
        int threads,
        ShownNames names,
        int smallestCell,
        String signature,
        boolean tasks) {}
