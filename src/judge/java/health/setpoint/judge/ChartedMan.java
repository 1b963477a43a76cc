package health.setpoint.judge;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.ChartRequest;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Hook;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Resource;

/**
 * One man as his chart has him: the same resources for both engines.
 *
 * @param hook the moment at which is asked
 * @param now when
 * @param resources he himself, then everything on record, drafts among it
 */
record ChartedMan(Hook hook, LocalDateTime now, List<Resource> resources) {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final PrefetchKeys KEYS = new PrefetchKeys(KNOWLEDGE.terminology());
    private static final ChartReader READER = new ChartReader(KNOWLEDGE);

    static ChartedMan of(Facts facts) {
        return new ChartedMan(facts.hook(), facts.now(), FhirChart.of(facts));
    }

    /** For the engine of CQL: everything in one. */
    Bundle bundle() {
        var bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
        resources.forEach(resource -> bundle.addEntry().setResource(resource));
        return bundle;
    }

    /** What the service reads of it when it is sent as a call's prefetch and draft orders. */
    Facts asRead() {
        var prefetch = JsonNodeFactory.instance.objectNode();
        Map<String, List<Resource>> byKey = resources.stream()
                .filter(resource -> !isDraft(resource))
                .collect(Collectors.groupingBy(ChartedMan::key));
        prefetch.set("patient", json(byKey.get("patient").get(0)));
        KEYS.forHook(hook).stream()
                .filter(key -> !key.name().equals("patient"))
                .forEach(key -> prefetch.set(key.name(), searchset(byKey.getOrDefault(key.name(), List.of()))));
        var drafts = resources.stream().filter(ChartedMan::isDraft).toList();
        var outcome = READER.read(new ChartRequest(
                hook,
                FhirChart.PATIENT,
                prefetch,
                hook.isOrderEntry() ? searchset(drafts) : null,
                List.of(),
                now,
                ZoneOffset.UTC));
        if (outcome instanceof ChartOutcome.Read read) {
            return read.facts();
        }
        throw new AssertionError(outcome.toString());
    }

    private static boolean isDraft(Resource resource) {
        return resource instanceof MedicationRequest order && order.getStatus() == MedicationRequestStatus.DRAFT;
    }

    private static String key(Resource resource) {
        return switch (resource.fhirType()) {
            case "Patient" -> "patient";
            case "Observation" -> "labs";
            case "Condition" -> "conditions";
            case "AllergyIntolerance" -> "allergies";
            default -> {
                var type = resource.fhirType();
                yield Character.toLowerCase(type.charAt(0)) + type.substring(1) + "s";
            }
        };
    }

    private static ObjectNode searchset(List<Resource> resources) {
        var bundle = JsonNodeFactory.instance.objectNode();
        bundle.put("resourceType", "Bundle").put("type", "searchset").put("total", resources.size());
        if (!resources.isEmpty()) {
            var entries = bundle.putArray("entry");
            resources.forEach(resource -> entries.addObject().set("resource", json(resource)));
        }
        return bundle;
    }

    private static ObjectNode json(Resource resource) {
        try {
            return (ObjectNode)
                    RequestJson.exact().readTree(FHIR.newJsonParser().encodeResourceToString(resource));
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** For messages. */
    @Override
    public String toString() {
        Function<Resource, String> shown = resource -> FHIR.newJsonParser().encodeResourceToString(resource);
        return hook + " " + now + "\n" + resources.stream().map(shown).collect(Collectors.joining("\n"));
    }
}
