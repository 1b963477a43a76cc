package health.setpoint.population.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.http.body.RequestJson;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The lines of one patient in, his row out, both as text: for engines that send a function to where the data are. What it needs
 * is made where it first runs; nothing but the moment and how the site is made travels.
 */
public final class RowFunction implements Serializable {

    private static final long serialVersionUID = 1L;

    private final SiteSource source;
    private final String now;
    private transient volatile PatientEvaluation evaluation;

    /** How the site is made, where the function runs. */
    @FunctionalInterface
    public interface SiteSource extends Supplier<PopulationSite>, Serializable {}

    /**
     * A function of a moment.
     *
     * @param now in the site's zone
     */
    public RowFunction(SiteSource source, LocalDateTime now) {
        this.source = source;
        this.now = now.toString();
    }

    /**
     * The row of a patient; empty where a clinician has nothing to see of him.
     *
     * @param lines of this patient, in any order; a line that cannot be read makes the row incomplete
     * @param medications the line of the Medication behind {@code Medication/id}
     */
    public Optional<String> row(
            String patientId, Iterator<String> lines, Function<String, Optional<String>> medications) {
        var resources = new ArrayList<ObjectNode>();
        var unreadable = EnumSet.noneOf(ResourceType.class);
        lines.forEachRemaining(
                line -> resource(line).ifPresentOrElse(resources::add, () -> unreadable.add(type(line))));
        var patient = new PatientRecord(patientId, resources, unreadable);
        var evaluated = evaluation()
                .evaluate(patient, reference -> medications.apply(reference).flatMap(RowFunction::resource));
        return WorklistRow.isWorthARow(patient, evaluated)
                ? Optional.of(WorklistRow.of(patientId, patient, evaluated).toString())
                : Optional.empty();
    }

    private static Optional<ObjectNode> resource(String line) {
        try {
            return RequestJson.exact().readTree(line) instanceof ObjectNode resource
                    ? Optional.of(resource)
                    : Optional.empty();
        } catch (IOException | NumberFormatException broken) {
            return Optional.empty();
        }
    }

    /** As far as a broken line tells it. */
    private static ResourceType type(String line) {
        for (var type : ResourceType.values()) {
            if (!type.code().isEmpty() && line.contains("\"" + type.code() + "\"")) {
                return type;
            }
        }
        return ResourceType.OTHER;
    }

    private PatientEvaluation evaluation() {
        var made = evaluation;
        if (made == null) {
            synchronized (this) {
                made = evaluation;
                if (made == null) {
                    made = new PatientEvaluation(source.get(), LocalDateTime.parse(now));
                    evaluation = made;
                }
            }
        }
        return made;
    }
}
