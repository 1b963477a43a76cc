package health.setpoint.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import java.util.Optional;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.StructureDefinition;

/** How often an element may stand by FHIR itself: a profile leaves out what is the same. */
final class BaseCardinality {

    private static final DefaultProfileValidationSupport R4 =
            new DefaultProfileValidationSupport(FhirContext.forR4Cached());

    private BaseCardinality() {}

    /** Of an element of a resource; 0 for one within a data type, all of which are optional. */
    static int min(String path) {
        return find(path).map(ElementDefinition::getMin).orElse(0);
    }

    static String max(String path, String otherwise) {
        return find(path).map(ElementDefinition::getMax).orElse(otherwise);
    }

    private static Optional<ElementDefinition> find(String path) {
        var type = path.substring(0, path.indexOf('.'));
        var definition =
                (StructureDefinition) R4.fetchStructureDefinition("http://hl7.org/fhir/StructureDefinition/" + type);
        return definition.getSnapshot().getElement().stream()
                .filter(element -> element.getPath().equals(path))
                .findFirst();
    }
}
