package health.setpoint.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.fhir.References;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.chart.medication.product.ProductReader;
import health.setpoint.chart.observation.LabRequestReader;
import health.setpoint.chart.observation.ObservationReader;
import health.setpoint.chart.person.ConditionReader;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.knowledge.Knowledge;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/**
 * Tells by the type and the code of a record, before it is read, that no rule can ask for it: whoever has millions of
 * records need not read them all. Asks the readers themselves. Used by one thread at a time.
 */
public final class CodeRelevance {

    private final ReadContext context;
    private final ObservationReader observations;
    private final ConditionReader conditions;
    private final LabRequestReader requests;
    private final ProductReader products;

    /** Whether a rule can ask for a record. */
    public enum Verdict {
        ASKED,
        UNASKED,
        /** It has local codes only: a code map could name what they mean. */
        UNMAPPED
    }

    public CodeRelevance(Knowledge knowledge, CodeMap codes, ZoneId zone, LocalDate today) {
        this.context = new ReadContext(knowledge, codes, new FhirTime(zone), new References(List.of()), today);
        this.observations = new ObservationReader(context);
        this.conditions = new ConditionReader(context);
        this.requests = new LabRequestReader(context);
        this.products = new ProductReader(context);
    }

    /**
     * Of a record that its code alone describes: an Observation without a coded value, components or contained results, a
     * Condition without a site, a Procedure without a reason, a medication record that refers to no Medication.
     *
     * @param code its {@code code}, or {@code medicationCodeableConcept}
     */
    public Verdict of(ResourceType type, JsonNode code) {
        var concept = Concept.of(code, context.codes());
        if (concept.isEmpty() || isAsked(type, concept, code) || isCancer(concept)) {
            return Verdict.ASKED;
        }
        return concept.isLocal() && type != ResourceType.DIAGNOSTIC_REPORT ? Verdict.UNMAPPED : Verdict.UNASKED;
    }

    private boolean isAsked(ResourceType type, Concept concept, JsonNode code) {
        return switch (type) {
            case OBSERVATION -> observations.isAskedFor(concept);
            case CONDITION -> conditions.isAskedFor(concept);
            case SERVICE_REQUEST -> code.has("concept") || requests.isAskedFor(concept);
            case MEDICATION_REQUEST,
                    MEDICATION_STATEMENT,
                    MEDICATION_USAGE,
                    MEDICATION_ADMINISTRATION,
                    MEDICATION_DISPENSE -> isOfAskedDrug("medicationCodeableConcept", code);
            case PROCEDURE -> conditions.isAskedFor(concept) || isOfAskedDrug("medicationCodeableConcept", code);
            // It matters for the results that it contains.
            case DIAGNOSTIC_REPORT -> false;
            default -> true;
        };
    }

    private boolean isOfAskedDrug(String member, JsonNode code) {
        var record = JsonNodeFactory.instance.objectNode();
        record.set(member, code);
        return !products.read(record).drugs().isEmpty();
    }

    /** A record of which nothing else is read may still be the reason for a drug. */
    private boolean isCancer(Concept concept) {
        return concept.codings().stream()
                        .anyMatch(coding -> context.terminology().isCancerReason(coding.system(), coding.code()))
                || concept.texts().stream().anyMatch(context.terminology()::isCancerReason);
    }
}
