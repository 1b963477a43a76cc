package health.setpoint.profiles;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * FHIR's own definitions as SUSHI wants them, {@code hl7.fhir.r4.core#4.0.1}, out of the resources of HAPI's validator: for
 * machines that cannot reach a registry of FHIR packages. Argument: the folder of the packages, usually
 * {@code ~/.fhir/packages}.
 */
public final class R4CorePackage {

    private static final String ROOT = "/org/hl7/fhir/r4/model/";
    private static final List<String> FILES = List.of(
            "profile/profiles-types.xml",
            "profile/profiles-resources.xml",
            "profile/profiles-others.xml",
            "extension/extension-definitions.xml",
            "valueset/valuesets.xml",
            "valueset/v3-codesystems.xml",
            "valueset/v2-tables.xml");

    private R4CorePackage() {}

    public static void main(String... arguments) throws IOException {
        var folder = Path.of(arguments[0]).resolve("hl7.fhir.r4.core#4.0.1/package");
        Files.createDirectories(folder);
        var json = FhirContext.forR4Cached().newJsonParser().setPrettyPrint(false);
        for (var file : FILES) {
            for (var entry : read(file).getEntry()) {
                write(entry.getResource(), folder, json);
            }
        }
        Files.writeString(
                folder.resolve("package.json"),
                "{\"name\":\"hl7.fhir.r4.core\",\"version\":\"4.0.1\",\"canonical\":\"http://hl7.org/fhir\","
                        + "\"fhirVersions\":[\"4.0.1\"],\"type\":\"Core\",\"dependencies\":{}}");
    }

    private static Bundle read(String file) throws IOException {
        try (InputStream xml = R4CorePackage.class.getResourceAsStream(ROOT + file)) {
            return FhirContext.forR4Cached().newXmlParser().parseResource(Bundle.class, xml);
        }
    }

    private static void write(Resource resource, Path folder, IParser json) throws IOException {
        if (resource instanceof StructureDefinition definition) {
            definition.setText(null);
        }
        var name = resource.fhirType() + "-" + resource.getIdElement().getIdPart() + ".json";
        Files.writeString(folder.resolve(name), json.encodeResourceToString(resource));
    }
}
