package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.therapy.Drug;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads when it was recorded that a drug is not taken. */
final class NotTakenReader {

    private final ReadContext context;
    private final NotTakenRemarks remarks;

    NotTakenReader(ReadContext context, NotTakenRemarks remarks) {
        this.context = context;
        this.remarks = remarks;
    }

    /** When it was recorded that the drug is not taken: by a statement, or by a remark beside an order. */
    Optional<ClinicalTime> read(ChartEntry entry, List<ObjectNode> instructions, Drug drug) {
        if (entry.isDraft()) {
            return Optional.empty();
        }
        return isNotTaken(entry.resource())
                ? Optional.of(asserted(entry.resource()))
                : remarks.in(entry.resource(), instructions, drug);
    }

    /** STU3 and DSTU2 say it beside the status, R5 in the adherence. */
    private static boolean isNotTaken(ObjectNode node) {
        return FhirJson.text(node, "status").equals(Optional.of("not-taken"))
                || FhirJson.isTrue(node, "wasNotTaken")
                || FhirJson.text(node, "taken").equals(Optional.of("n"))
                || StandingReader.adherenceCode(node).hasAnyCode(StandingReader.NOT_TAKING);
    }

    private ClinicalTime asserted(ObjectNode node) {
        var period = FhirJson.object(node, "effectivePeriod");
        return context.time()
                .clinical(Stream.of(
                                FhirJson.text(node, "dateAsserted"),
                                period.flatMap(effective -> FhirJson.text(effective, "end")),
                                FhirJson.text(node, "effectiveDateTime"),
                                period.flatMap(effective -> FhirJson.text(effective, "start")))
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
