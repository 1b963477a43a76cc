package health.setpoint.chart.reading;

import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.fhir.References;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.titration.person.Symptom;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;

/**
 * What every reader of one request works with.
 *
 * @param knowledge codes and units
 * @param codes local codes of the client
 * @param time dates in the site's zone
 * @param references resources of the request by address
 * @param today the evaluation date
 */
public record ReadContext(Knowledge knowledge, CodeMap codes, FhirTime time, References references, LocalDate today) {

    public Terminology terminology() {
        return knowledge.terminology();
    }

    /** The symptoms that the codes of a concept mean. */
    public Set<Symptom> symptoms(Concept concept) {
        var found = EnumSet.noneOf(Symptom.class);
        for (var coding : concept.codings()) {
            terminology()
                    .symptom(coding.system(), coding.code(), concept::words)
                    .ifPresent(found::add);
        }
        return found;
    }
}
