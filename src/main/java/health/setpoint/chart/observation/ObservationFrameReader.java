package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.ResultStatus;
import java.util.Optional;

/** Reads the status, the time and the method of an Observation. */
final class ObservationFrameReader {

    private final ReadContext context;

    ObservationFrameReader(ReadContext context) {
        this.context = context;
    }

    /** Status, time and the like of an Observation; empty where its status says that it does not exist. */
    Optional<ObservationFrame> read(ObjectNode node, String reference, Optional<ObservationFrame> parent) {
        var status = FhirJson.text(node, "status").isEmpty() && parent.isPresent()
                ? parent.map(ObservationFrame::status)
                : status(FhirJson.text(node, "status"));
        var drawn = drawn(node);
        var method = Concept.of(node, "method", context.codes());
        return status.map(known -> new ObservationFrame(
                node,
                parent,
                reference,
                known,
                drawn instanceof ClinicalTime.Unknown
                        ? parent.map(ObservationFrame::drawn).orElse(drawn)
                        : drawn,
                method.isEmpty() ? parent.map(ObservationFrame::method).orElse(method) : method));
    }

    /** A status that cannot be read is taken as not final: nothing may be decided on it, and nothing older instead. */
    private static Optional<ResultStatus> status(Optional<String> written) {
        return switch (written.orElse("")) {
            case "final" -> Optional.of(ResultStatus.FINAL);
            case "amended", "appended" -> Optional.of(ResultStatus.AMENDED);
            case "corrected" -> Optional.of(ResultStatus.CORRECTED);
            case "registered", "specimen-in-process" -> Optional.of(ResultStatus.REGISTERED);
            case "cancelled", "entered-in-error", "unknown" -> Optional.empty();
            default -> Optional.of(ResultStatus.PRELIMINARY);
        };
    }

    /** When the sample was taken: the effective time, else the collection of the specimen; never the issue. */
    private ClinicalTime drawn(ObjectNode node) {
        var effective = timed(node, "effective");
        if (!(effective instanceof ClinicalTime.Unknown)) {
            return effective;
        }
        return FhirJson.object(node, "specimen")
                .flatMap(reference -> context.references().resolve(reference, node))
                .flatMap(specimen -> FhirJson.object(specimen, "collection"))
                .map(collection -> timed(collection, "collected"))
                .orElse(effective);
    }

    private ClinicalTime timed(ObjectNode node, String element) {
        var text = FhirJson.text(node, element + "DateTime")
                .or(() -> FhirJson.text(node, element + "Instant"))
                .or(() -> FhirJson.object(node, element + "Period").flatMap(period -> FhirJson.text(period, "end")));
        return context.time().clinical(text);
    }
}
