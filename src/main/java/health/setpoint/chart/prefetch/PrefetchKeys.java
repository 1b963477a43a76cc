package health.setpoint.chart.prefetch;

import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.knowledge.terminology.Code;
import health.setpoint.knowledge.terminology.CodeSystemUris;
import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.facts.Hook;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queries of the discovery document: what the rules need, within the query subset that every client knows. The same
 * list says by which keys a request is read.
 */
public final class PrefetchKeys {

    /** A baseline up to a year before a therapy that started up to a year ago, and a margin for the day of discovery. */
    private static final int RESULT_DAYS = 760;
    /** A depot counts for half a year after its last dose. */
    private static final int GIVEN_DAYS = 365;
    /** Answers count for three months. */
    private static final int ANSWER_DAYS = 120;

    private static final String LABS = "labs";
    private static final String OBSERVATIONS = "observations";
    private static final String LABS_BY_CATEGORY = "Observation?patient={{context.patientId}}&category=laboratory";

    private final List<PrefetchKey> keys;

    public PrefetchKeys(Terminology terminology) {
        keys = List.of(
                new PrefetchKey(
                        "patient",
                        ResourceType.PATIENT,
                        "Patient/{{context.patientId}}",
                        "",
                        OptionalInt.empty(),
                        true,
                        Optional.empty()),
                new PrefetchKey(
                        LABS,
                        ResourceType.OBSERVATION,
                        "Observation?patient={{context.patientId}}&code=" + codes(terminology.laboratoryCodes()),
                        "date",
                        OptionalInt.of(RESULT_DAYS),
                        true,
                        Optional.of(Gap.Part.LABS)),
                all("medicationRequests", ResourceType.MEDICATION_REQUEST, true, Gap.Part.MEDICATION_ORDERS),
                all("medicationStatements", ResourceType.MEDICATION_STATEMENT, false, Gap.Part.MEDICATION_STATEMENTS),
                all("conditions", ResourceType.CONDITION, false, Gap.Part.CONDITIONS),
                new PrefetchKey(
                        OBSERVATIONS,
                        ResourceType.OBSERVATION,
                        "Observation?patient={{context.patientId}}&code="
                                + codes(Stream.concat(
                                                terminology.observationCodes().stream(),
                                                terminology.symptomCodes().stream()
                                                        .filter(code ->
                                                                code.system().equals(CodeSystemUris.SNOMED_CT)))
                                        .toList()),
                        "date",
                        OptionalInt.of(RESULT_DAYS),
                        false,
                        Optional.of(Gap.Part.SYMPTOMS)),
                new PrefetchKey(
                        "serviceRequests",
                        ResourceType.SERVICE_REQUEST,
                        "ServiceRequest?patient={{context.patientId}}&status=active",
                        "",
                        OptionalInt.empty(),
                        false,
                        Optional.of(Gap.Part.LAB_REQUESTS)),
                all("allergies", ResourceType.ALLERGY_INTOLERANCE, false, Gap.Part.ALLERGIES),
                dated(
                        "medicationAdministrations",
                        ResourceType.MEDICATION_ADMINISTRATION,
                        "effective-time",
                        GIVEN_DAYS,
                        Gap.Part.MEDICATION_ADMINISTRATIONS),
                dated(
                        "medicationDispenses",
                        ResourceType.MEDICATION_DISPENSE,
                        "whenhandedover",
                        GIVEN_DAYS,
                        Gap.Part.MEDICATION_DISPENSES),
                dated(
                        "questionnaireResponses",
                        ResourceType.QUESTIONNAIRE_RESPONSE,
                        "authored",
                        ANSWER_DAYS,
                        Gap.Part.QUESTIONNAIRES));
    }

    private static PrefetchKey all(String name, ResourceType type, boolean required, Gap.Part part) {
        return new PrefetchKey(
                name,
                type,
                type.code() + "?patient={{context.patientId}}",
                "",
                OptionalInt.empty(),
                required,
                Optional.of(part));
    }

    private static PrefetchKey dated(String name, ResourceType type, String parameter, int days, Gap.Part part) {
        return new PrefetchKey(
                name,
                type,
                type.code() + "?patient={{context.patientId}}",
                parameter,
                OptionalInt.of(days),
                false,
                Optional.of(part));
    }

    private static String codes(List<Code> codes) {
        return codes.stream()
                .map(code -> code.system() + "|" + code.code())
                .distinct()
                .collect(Collectors.joining(","));
    }

    /** The same keys, with the queries by which a site's results are found. */
    public List<PrefetchKey> forHook(Hook hook, LabSearch search) {
        return search.equals(LabSearch.STANDARD)
                ? forHook(hook)
                : forHook(hook).stream()
                        .map(key -> switch (key.name()) {
                            case LABS ->
                                search.byCategory() ? key.asking(LABS_BY_CATEGORY) : key.askingToo(search.results());
                            case OBSERVATIONS -> key.askingToo(search.observations());
                            default -> key;
                        })
                        .toList();
    }

    /** The keys of a service, in the order in which discovery lists them. Every hook needs the same data. */
    public List<PrefetchKey> forHook(Hook hook) {
        return keys;
    }
}
