package health.setpoint.population.decision;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.ChartRequest;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.chart.prefetch.PrefetchKey;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.policy.Policy;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The decision of patient-view for one patient of an export: his resources are read as those of a call would be that
 * brought all of them, and decided by the same rules. Immutable.
 */
public final class PatientEvaluation {

    private static final String PATIENT = "patient";
    private static final String ANY = "labs";

    private final PopulationSite site;
    private final LocalDateTime now;
    private final Policy policy;
    private final ChartReader chart;
    private final List<String> keys;
    private final Map<ResourceType, String> keyByType = new LinkedHashMap<>();

    /**
     * Evaluates as of a moment in the site's zone.
     *
     * @throws IllegalArgumentException for a day before the knowledge begins
     */
    public PatientEvaluation(PopulationSite site, LocalDateTime now) {
        this.site = site;
        this.now = now;
        this.policy = site.policies().on(now.toLocalDate());
        this.chart = new ChartReader(site.knowledge());
        var all = new PrefetchKeys(site.knowledge().terminology()).forHook(Hook.PATIENT_VIEW);
        this.keys = all.stream()
                .map(PrefetchKey::name)
                .filter(name -> !name.equals(PATIENT))
                .toList();
        all.forEach(key -> keyByType.putIfAbsent(key.type(), key.name()));
    }

    /**
     * What came of one patient.
     *
     * @param outcome what was read of his record
     * @param advice what the rules say; empty where his record must not be evaluated
     */
    public record Evaluated(ChartOutcome outcome, Policy policy, Optional<Advice> advice) {

        /** All that the rules knew. */
        public Optional<Facts> facts() {
            return outcome.known();
        }
    }

    /**
     * Reads and decides; throws nothing on what the record contains.
     *
     * @param medications the Medication of an id, for records that refer to one; empty where the export has none
     */
    public Evaluated evaluate(PatientRecord patient, Function<String, Optional<ObjectNode>> medications) {
        return decide(read(patient, medications), policy);
    }

    /** What the rules say of a record under a policy of the day; the reading does not depend on it. */
    public static Evaluated decide(ChartOutcome outcome, Policy policy) {
        return new Evaluated(outcome, policy, outcome.known().map(facts -> Titration.advise(facts, policy)));
    }

    private ChartOutcome read(PatientRecord patient, Function<String, Optional<ObjectNode>> medications) {
        var request = new ChartRequest(
                Hook.PATIENT_VIEW,
                patient.patientId(),
                prefetch(patient),
                null,
                List.of(),
                now,
                site.zone(),
                site.codes(),
                site.transgenderProtocol(),
                separate(medications));
        return chart.read(request);
    }

    /** Records that belong to no key of their own count by what they are, under whatever key they come. */
    private ObjectNode prefetch(PatientRecord patient) {
        var prefetch = JsonNodeFactory.instance.objectNode();
        keys.forEach(key -> prefetch.putObject(key)
                .put("resourceType", "Bundle")
                .put("type", "searchset")
                .putArray("entry"));
        for (var resource : patient.resources()) {
            var type = ResourceType.of(FhirJson.text(resource, "resourceType").orElse(""));
            if (type == ResourceType.PATIENT && !prefetch.has(PATIENT)) {
                prefetch.set(PATIENT, resource);
            } else {
                add(prefetch, keyByType.getOrDefault(type, ANY), resource);
            }
        }
        patient.unreadable().forEach(type -> lack(prefetch, type));
        return prefetch;
    }

    /** What could not be read is a part that is missing, as where the EHR's server failed in the middle of a search. */
    private void lack(ObjectNode prefetch, ResourceType type) {
        var key = keyByType.getOrDefault(type, ANY);
        var outcome = JsonNodeFactory.instance.objectNode().put("resourceType", "OperationOutcome");
        outcome.putArray("issue").addObject().put("severity", "error").put("code", "incomplete");
        if (key.equals(PATIENT)) {
            if (!prefetch.has(PATIENT)) {
                prefetch.set(PATIENT, outcome);
            }
        } else {
            add(prefetch, key, outcome);
        }
    }

    private static void add(ObjectNode prefetch, String key, ObjectNode resource) {
        ((ArrayNode) prefetch.path(key).path("entry")).addObject().set("resource", resource);
    }

    private static MissingData separate(Function<String, Optional<ObjectNode>> medications) {
        return needs -> {
            var answers = new LinkedHashMap<MissingData.Need, MissingData.Answer>();
            for (var need : new LinkedHashSet<>(needs)) {
                medications
                        .apply(need.name())
                        .ifPresent(found -> answers.put(need, new MissingData.Answer.Found(List.of(found))));
            }
            return answers;
        };
    }
}
