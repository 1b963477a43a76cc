package health.setpoint.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every resource of a request must be of the patient whom the context names. */
final class PatientCheck {

    private final String patientId;
    private final References references;

    PatientCheck(String patientId, References references) {
        this.patientId = patientId;
        this.references = references;
    }

    /** Whose a resource is. */
    enum Owner {
        PATIENT,
        /** Names nobody, so that the query it came by has to vouch for it. */
        UNNAMED,
        /** A group, a device or the like. */
        NOT_A_PATIENT,
        ANOTHER_PATIENT
    }

    Owner owner(Entry entry) {
        if (entry.type().equals("Patient")) {
            return entry.id().map(this::match).orElse(Owner.UNNAMED);
        }
        var owners = new ArrayList<Owner>();
        for (var member : List.of("subject", "patient")) {
            Json.objects(entry.resource(), member).stream()
                    .map(References::address)
                    .flatMap(Optional::stream)
                    .map(address -> owner(address, entry.resource()))
                    .forEach(owners::add);
            if (entry.resource().path(member).isTextual()) {
                References.address(entry.resource().path(member))
                        .map(address -> owner(address, entry.resource()))
                        .ifPresent(owners::add);
            }
        }
        return owners.stream().max(Enum::compareTo).orElse(Owner.UNNAMED);
    }

    private Owner owner(String address, ObjectNode holder) {
        if (address.startsWith("#")) {
            return Owner.UNNAMED;
        }
        if (address.startsWith("urn:")) {
            return references
                    .resolve(com.fasterxml.jackson.databind.node.TextNode.valueOf(address), holder)
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
        return Json.text(named, "resourceType").equals(Optional.of("Patient"))
                ? Json.text(named, "id").map(this::match).orElse(Owner.UNNAMED)
                : Owner.NOT_A_PATIENT;
    }

    private Owner match(String id) {
        return id.equals(patientId) ? Owner.PATIENT : Owner.ANOTHER_PATIENT;
    }
}
