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
                isExact(drawn) ? drawn : inherited(drawn, parent.map(ObservationFrame::drawn)),
                method.isEmpty() ? parent.map(ObservationFrame::method).orElse(method) : method));
    }

    private static ClinicalTime inherited(ClinicalTime own, Optional<ClinicalTime> ofParent) {
        return ofParent.filter(time -> own instanceof ClinicalTime.Unknown || isExact(time))
                .orElse(own);
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

    /**
     * When the sample was taken: the effective time, else the collection of the specimen; never the issue. What was
     * written and names no day may be newer than every other result.
     */
    private ClinicalTime drawn(ObjectNode node) {
        var effective = timed(node, "effective");
        if (isExact(effective)) {
            return effective;
        }
        var collected = FhirJson.object(node, "specimen")
                .flatMap(reference -> context.references().resolve(reference, node))
                .flatMap(specimen -> FhirJson.object(specimen, "collection"))
                .map(collection -> timed(collection, "collected"));
        return collected
                .filter(ObservationFrameReader::isExact)
                .orElse(effective instanceof ClinicalTime.Unknown ? collected.orElse(effective) : effective);
    }

    private static boolean isExact(ClinicalTime time) {
        return time.day().isPresent();
    }

    private ClinicalTime timed(ObjectNode node, String element) {
        var period = FhirJson.object(node, element + "Period");
        var text = FhirJson.text(node, element + "DateTime")
                .or(() -> FhirJson.text(node, element + "Instant"))
                .or(() -> period.flatMap(span -> FhirJson.text(span, "end")));
        var written = context.time().sampled(text);
        if (!(written instanceof ClinicalTime.Unknown)) {
            return written;
        }
        if (period.isPresent() && FhirJson.has(period.get(), "start")) {
            var start = context.time().earliestDay(period.get(), "start");
            return start.<ClinicalTime>map(
                            first -> new ClinicalTime.Between(first, ClinicalTime.Between.ANY_DAYS.latest()))
                    .orElse(ClinicalTime.Between.ANY_DAYS);
        }
        return FhirJson.has(node, element + "Timing") || FhirJson.has(node, element + "DateTime")
                ? ClinicalTime.Between.ANY_DAYS
                : written;
    }
}
