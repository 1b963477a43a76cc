package health.setpoint.chart.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;

/** Every resource of a request must be of the patient whom the context names. */
public final class PatientCheck {

    private static final List<String> OWNERS = List.of("subject", "patient");

    private final String patientId;
    private final String patient;
    private final References references;

    public PatientCheck(String patientId, References references) {
        this.patientId = patientId;
        this.patient = "Patient/" + patientId;
        this.references = references;
    }

    /** Whose a resource is. */
    public enum Owner {
        PATIENT,
        /** Names nobody, so that the query it came by has to vouch for it. */
        UNNAMED,
        /** A group, a device or the like. */
        NOT_A_PATIENT,
        ANOTHER_PATIENT
    }

    public Owner owner(ChartEntry entry) {
        if (entry.type() == ResourceType.PATIENT) {
            return entry.id().map(this::match).orElse(Owner.UNNAMED);
        }
        var owner = Optional.<Owner>empty();
        for (var member : OWNERS) {
            var named = entry.resource().path(member);
            owner = further(owner, named, entry.resource());
            if (named.isArray()) {
                for (var each : named) {
                    owner = each.isObject() ? further(owner, each, entry.resource()) : owner;
                }
            }
        }
        return owner.orElse(Owner.UNNAMED);
    }

    /** Of several owners the one who is the least the patient. */
    private Optional<Owner> further(Optional<Owner> found, JsonNode named, ObjectNode holder) {
        var address = References.address(named);
        if (address.isEmpty()) {
            return found;
        }
        var next = owner(address.get(), holder);
        return found.isEmpty() || next.compareTo(found.get()) > 0 ? Optional.of(next) : found;
    }

    private Owner owner(String address, ObjectNode holder) {
        if (address.equals(patient)) {
            return Owner.PATIENT;
        }
        if (address.startsWith("#")) {
            return Owner.UNNAMED;
        }
        if (address.startsWith("urn:")) {
            return references
                    .resolve(TextNode.valueOf(address), holder)
                    .map(this::owner)
                    .orElseGet(() -> match(address.substring(address.lastIndexOf(':') + 1)));
        }
        var local = References.local(address);
        if (local.isEmpty()) {
            return match(address);
        }
        return local.get().startsWith("Patient/")
                ? match(local.get().substring("Patient/".length()))
                : Owner.NOT_A_PATIENT;
    }

    private Owner owner(ObjectNode named) {
        return FhirJson.text(named, "resourceType").equals(Optional.of("Patient"))
                ? FhirJson.text(named, "id").map(this::match).orElse(Owner.UNNAMED)
                : Owner.NOT_A_PATIENT;
    }

    private Owner match(String id) {
        return id.equals(patientId) ? Owner.PATIENT : Owner.ANOTHER_PATIENT;
    }
}
