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
import health.setpoint.titration.ArbitraryFacts;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.therapy.Drug;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Every resource that is suggested to a patient of the tables or a generated one, in every dialect, is valid R4 and has the form of the package's
 * profiles. Resources that differ in numbers alone are validated once.
 */
class SuggestedResourcesTest {

    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final ResourceValidator VALIDATOR = new ResourceValidator(KNOWLEDGE);
    private static final Set<String> SEEN = new HashSet<>();

    @Test
    void everySuggestedResourceIsValidAndHasTheFormOfItsProfile() {
        var forms = forms();
        assertEquals(Map.of(), faults(forms));
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

    @Test
    void aSuggestionOfAnotherFormWouldBeSeen() {
        var forms = forms();
        forms.values().removeIf(suggested -> profile(suggested.resource()).isEmpty());
        var one = forms.values().iterator().next();
        one.resource().remove(List.of("dosageInstruction", "code", "subject"));

        assertEquals(1, faults(Map.of("one", one)).size());
    }

    @Provide
    Arbitrary<Facts> patients() {
        return ArbitraryFacts.everyone();
    }

    /** Always the same patients, as in DialectSafetyTest. */
    @Property(tries = 200, seed = "20261130")
    void so_is_what_is_suggested_to_whoever(@ForAll("patients") Facts facts) {
        var fresh = new LinkedHashMap<String, Suggested>();
        for (var site : DialectAnswers.SITES) {
            var cards = DialectAnswers.cards(facts, KNOWLEDGE.on(facts.today()), site);
            collect(site.dialect().answer(cards, facts.hook()), site, "generated", fresh);
        }
        fresh.keySet().removeIf(form -> !SEEN.add(form));
        assertEquals(Map.of(), faults(fresh));
    }

    private static Map<String, List<String>> faults(Map<String, Suggested> forms) {
        var faults = new TreeMap<String, List<String>>();
        forms.forEach((form, suggested) -> {
            var found = new TreeSet<>(VALIDATOR.invalid(suggested.resource()));
            profile(suggested.resource()).ifPresent(one -> found.addAll(VALIDATOR.lacks(suggested.resource(), one)));
            if (!found.isEmpty()) {
                faults.put(suggested.where() + ": " + suggested.resource(), List.copyOf(found));
            }
        });
        return faults;
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
