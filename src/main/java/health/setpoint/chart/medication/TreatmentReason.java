package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.titration.person.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what a drug is given for, by the reason that its record names or refers to. */
final class TreatmentReason {

    private static final Pattern NOT_HIS_CANCER =
            Pattern.compile("family history|screening|fear of|benign", Pattern.CASE_INSENSITIVE);

    private final ReadContext context;

    TreatmentReason(ReadContext context) {
        this.context = context;
    }

    /** A record gives a cancer of the patient as its reason. */
    boolean isForCancer(ObjectNode node) {
        var reasons = new ArrayList<Concept>();
        FhirJson.objects(node, "reasonCode").forEach(reason -> reasons.add(Concept.of(reason, context.codes())));
        FhirJson.objects(node, "reasonReference").forEach(reason -> reasons.add(referenced(reason, node)));
        for (var reason : FhirJson.objects(node, "reason")) {
            reasons.add(Concept.of(reason, "concept", context.codes()));
            FhirJson.object(reason, "reference").ifPresent(reference -> reasons.add(referenced(reference, node)));
        }
        return reasons.stream().anyMatch(this::isCancer);
    }

    private Concept referenced(ObjectNode reference, ObjectNode holder) {
        var display = FhirJson.text(reference, "display")
                .map(text -> new Concept(List.of(), List.of(text)))
                .orElse(Concept.NONE);
        return context.references()
                .resolve(reference, holder)
                .map(condition -> Concept.of(condition, "code", context.codes()).and(display))
                .orElse(display);
    }

    private boolean isCancer(Concept reason) {
        var byCode = reason.codings().stream()
                .anyMatch(coding -> context.terminology().isCancerReason(coding.system(), coding.code()));
        var isProstate = reason.codings().stream()
                .map(coding -> context.terminology().diagnosis(coding.system(), coding.code()))
                .flatMap(Optional::stream)
                .anyMatch(diagnosis -> diagnosis == Diagnosis.PROSTATE_CANCER);
        return byCode
                || (!isProstate
                        && reason.texts().stream()
                                .filter(text -> !NOT_HIS_CANCER.matcher(text).find())
                                .anyMatch(context.terminology()::isCancerReason));
    }
}
