package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.validation.InputProfile;
import health.setpoint.chart.validation.ResourceValidator;
import health.setpoint.clinic.DialectAnswers.Site;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.terminology.CodeSystemUris;
import health.setpoint.titration.therapy.Drug;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every resource that is suggested to a patient of the tables, in every dialect, is valid R4 and has the form of the package's
 * profiles. Resources that differ in numbers alone are validated once.
 */
class SuggestedResourcesTest {

    private static final Knowledge KNOWLEDGE = Knowledge.load();

    @Test
    void everySuggestedResourceIsValidAndHasTheFormOfItsProfile() {
        var validator = new ResourceValidator(KNOWLEDGE);
        var forms = forms();
        var faults = new TreeMap<String, List<String>>();
        forms.forEach((form, suggested) -> {
            var profile = profile(suggested.resource());
            var found = new TreeSet<>(validator.invalid(suggested.resource()));
            profile.ifPresent(one -> found.addAll(validator.lacks(suggested.resource(), one)));
            if (!found.isEmpty()) {
                faults.put(suggested.where() + ": " + suggested.resource(), List.copyOf(found));
            }
        });

        assertEquals(Map.of(), faults);
        var kinds = new TreeSet<String>();
        forms.values()
                .forEach(suggested -> kinds.add(suggested.type() + " "
                        + suggested.resource().path("resourceType").asText()
                        + profile(suggested.resource())
                                .map(one -> " as " + one.id())
                                .orElse("")));
        assertTrue(
                kinds.containsAll(List.of(
                        "create MedicationRequest as setpoint-anastrozole-request",
                        "update MedicationRequest as setpoint-anastrozole-request",
                        "create ServiceRequest as setpoint-lab-order")),
                kinds::toString);
    }

    private record Suggested(String where, String type, ObjectNode resource) {}

    private static Map<String, Suggested> forms() {
        var forms = new LinkedHashMap<String, Suggested>();
        for (var site : DialectAnswers.SITES) {
            for (var file : ClinicTables.files()) {
                for (var row : ClinicTables.rows(file)) {
                    collect(DialectAnswers.answer(row, site), site, row.where(), forms);
                }
            }
        }
        return forms;
    }

    private static void collect(ObjectNode answer, Site site, String where, Map<String, Suggested> forms) {
        for (var card : answer.path("cards")) {
            for (var suggestion : card.path("suggestions")) {
                collect(suggestion.path("actions"), site, where, forms);
            }
        }
        collect(answer.path("systemActions"), site, where, forms);
    }

    private static void collect(JsonNode actions, Site site, String where, Map<String, Suggested> forms) {
        for (var action : actions) {
            if (action.path("resource") instanceof ObjectNode resource) {
                var form = site.folder()
                        + action.path("type").asText()
                        + resource.toString().replaceAll("[0-9]+", "9");
                forms.putIfAbsent(
                        form,
                        new Suggested(
                                site.folder() + ", " + where,
                                action.path("type").asText(),
                                resource));
            }
        }
    }

    /** By its code; an orderable of an Epic site has a code of the site's own, which no profile of ours binds. */
    private static Optional<InputProfile> profile(ObjectNode resource) {
        return switch (resource.path("resourceType").asText()) {
            case "ServiceRequest" ->
                resource.at("/code/coding/0/system").asText().equals(CodeSystemUris.LOINC)
                        ? Optional.of(InputProfile.LAB_ORDER)
                        : Optional.empty();
            case "MedicationRequest" -> {
                var coding = resource.at("/medicationCodeableConcept/coding/0");
                var status = resource.path("status").asText();
                yield KNOWLEDGE
                        .terminology()
                        .drug(
                                coding.path("system").asText(),
                                coding.path("code").asText())
                        .filter(drug -> drug.drug() == Drug.ANASTROZOLE)
                        .filter(drug -> status.equals("draft") || status.equals("active"))
                        .map(drug -> InputProfile.ANASTROZOLE_REQUEST);
            }
            default -> Optional.empty();
        };
    }
}
