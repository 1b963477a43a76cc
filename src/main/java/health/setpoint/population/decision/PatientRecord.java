package health.setpoint.population.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ResourceType;
import java.util.List;
import java.util.Set;

/**
 * All that an export holds of one patient.
 *
 * @param patientId the plain id
 * @param resources in any order; the Patient among them
 * @param unreadable types of which a line of this patient's could not be read
 */
public record PatientRecord(String patientId, List<ObjectNode> resources, Set<ResourceType> unreadable) {

    public PatientRecord {
        resources = List.copyOf(resources);
        unreadable = Set.copyOf(unreadable);
    }
}
