package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A search parameter of FHIR R4 that the sandbox knows.
 *
 * @param paths elements that it looks at
 */
record SearchParameter(String name, Kind kind, List<String> paths) {

    /** How values compare. */
    enum Kind {
        TOKEN,
        REFERENCE,
        DATE,
        STRING;

        /** As a CapabilityStatement names it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final SearchParameter ID = new SearchParameter("_id", Kind.TOKEN, "id");
    private static final SearchParameter LAST_UPDATED =
            new SearchParameter("_lastUpdated", Kind.DATE, "meta.lastUpdated");
    private static final SearchParameter IDENTIFIER = new SearchParameter("identifier", Kind.TOKEN, "identifier");
    private static final SearchParameter STATUS = new SearchParameter("status", Kind.TOKEN, "status");
    private static final SearchParameter INTENT = new SearchParameter("intent", Kind.TOKEN, "intent");
    private static final SearchParameter CATEGORY = new SearchParameter("category", Kind.TOKEN, "category");
    private static final SearchParameter CODE = new SearchParameter("code", Kind.TOKEN, "code");
    /** A result may be found by the code that its tag tells and be sent without it, as EHRs do with local codes. */
    private static final SearchParameter RESULT_CODE = new SearchParameter("code", Kind.TOKEN, "code", "meta.tag");

    private static final SearchParameter SUBJECT = new SearchParameter("subject", Kind.REFERENCE, "subject");
    private static final SearchParameter ENCOUNTER = new SearchParameter("encounter", Kind.REFERENCE, "encounter");
    private static final SearchParameter MEDICATION_CODE =
            new SearchParameter("code", Kind.TOKEN, "medicationCodeableConcept");
    private static final SearchParameter MEDICATION =
            new SearchParameter("medication", Kind.REFERENCE, "medicationReference");

    private static final Map<String, List<SearchParameter>> BY_TYPE = Map.ofEntries(
            Map.entry(
                    "Patient",
                    List.of(
                            IDENTIFIER,
                            new SearchParameter("name", Kind.STRING, "name.family", "name.given", "name.text"),
                            new SearchParameter("family", Kind.STRING, "name.family"),
                            new SearchParameter("given", Kind.STRING, "name.given"),
                            new SearchParameter("gender", Kind.TOKEN, "gender"),
                            new SearchParameter("birthdate", Kind.DATE, "birthDate"),
                            new SearchParameter("active", Kind.TOKEN, "active"))),
            Map.entry(
                    "Practitioner",
                    List.of(
                            IDENTIFIER,
                            new SearchParameter("name", Kind.STRING, "name.family", "name.given", "name.text"))),
            Map.entry("Organization", List.of(IDENTIFIER, new SearchParameter("name", Kind.STRING, "name"))),
            Map.entry(
                    "Encounter",
                    List.of(
                            IDENTIFIER,
                            STATUS,
                            patient("subject"),
                            SUBJECT,
                            new SearchParameter("date", Kind.DATE, "period"))),
            Map.entry(
                    "Observation",
                    List.of(
                            IDENTIFIER,
                            patient("subject"),
                            SUBJECT,
                            ENCOUNTER,
                            RESULT_CODE,
                            CATEGORY,
                            STATUS,
                            new SearchParameter("date", Kind.DATE, "effective[x]"))),
            Map.entry(
                    "DiagnosticReport",
                    List.of(
                            patient("subject"),
                            SUBJECT,
                            CODE,
                            CATEGORY,
                            STATUS,
                            new SearchParameter("date", Kind.DATE, "effective[x]"))),
            Map.entry(
                    "Condition",
                    List.of(
                            patient("subject"),
                            SUBJECT,
                            ENCOUNTER,
                            CODE,
                            CATEGORY,
                            new SearchParameter("clinical-status", Kind.TOKEN, "clinicalStatus"),
                            new SearchParameter("verification-status", Kind.TOKEN, "verificationStatus"),
                            new SearchParameter("onset-date", Kind.DATE, "onsetDateTime", "onsetPeriod"),
                            new SearchParameter("recorded-date", Kind.DATE, "recordedDate"))),
            Map.entry(
                    "Procedure",
                    List.of(
                            patient("subject"),
                            SUBJECT,
                            CODE,
                            STATUS,
                            new SearchParameter("date", Kind.DATE, "performedDateTime", "performedPeriod"))),
            Map.entry(
                    "AllergyIntolerance",
                    List.of(
                            patient("patient"),
                            CODE,
                            new SearchParameter("clinical-status", Kind.TOKEN, "clinicalStatus"))),
            Map.entry("Medication", List.of(IDENTIFIER, CODE, STATUS)),
            Map.entry(
                    "MedicationRequest",
                    List.of(
                            IDENTIFIER,
                            patient("subject"),
                            SUBJECT,
                            ENCOUNTER,
                            STATUS,
                            INTENT,
                            CATEGORY,
                            MEDICATION_CODE,
                            MEDICATION,
                            new SearchParameter("authoredon", Kind.DATE, "authoredOn"))),
            Map.entry(
                    "MedicationStatement",
                    List.of(
                            patient("subject"),
                            SUBJECT,
                            STATUS,
                            CATEGORY,
                            MEDICATION_CODE,
                            MEDICATION,
                            new SearchParameter("effective", Kind.DATE, "effective[x]"))),
            Map.entry(
                    "MedicationAdministration",
                    List.of(
                            patient("subject"),
                            SUBJECT,
                            STATUS,
                            MEDICATION_CODE,
                            MEDICATION,
                            new SearchParameter("effective-time", Kind.DATE, "effective[x]"))),
            Map.entry(
                    "MedicationDispense",
                    List.of(
                            patient("subject"),
                            SUBJECT,
                            STATUS,
                            MEDICATION_CODE,
                            MEDICATION,
                            new SearchParameter("whenhandedover", Kind.DATE, "whenHandedOver"))),
            Map.entry(
                    "ServiceRequest",
                    List.of(
                            IDENTIFIER,
                            patient("subject"),
                            SUBJECT,
                            ENCOUNTER,
                            CODE,
                            CATEGORY,
                            STATUS,
                            INTENT,
                            new SearchParameter("authored", Kind.DATE, "authoredOn"),
                            new SearchParameter("occurrence", Kind.DATE, "occurrence[x]"))),
            Map.entry(
                    "QuestionnaireResponse",
                    List.of(
                            patient("subject"),
                            SUBJECT,
                            STATUS,
                            new SearchParameter("authored", Kind.DATE, "authored"))));

    private SearchParameter(String name, Kind kind, String... paths) {
        this(name, kind, Arrays.asList(paths));
    }

    private static SearchParameter patient(String path) {
        return new SearchParameter("patient", Kind.REFERENCE, path);
    }

    /** The types of resources that the sandbox keeps. */
    static List<String> types() {
        return BY_TYPE.keySet().stream().sorted().toList();
    }

    /** Those of a type, without those of every type. */
    static List<SearchParameter> of(String type) {
        return BY_TYPE.get(type);
    }

    /** @throws InvalidRequestException where the type has none of this name; it says which there are */
    static SearchParameter of(String type, String name) {
        return find(type, name)
                .orElseThrow(() -> new InvalidRequestException("The sandbox cannot search " + type + " by " + name
                        + ". It knows _id, _lastUpdated, _sort, _count, _include and "
                        + String.join(
                                ", ",
                                BY_TYPE.get(type).stream()
                                        .map(SearchParameter::name)
                                        .toList())
                        + "."));
    }

    static Optional<SearchParameter> find(String type, String name) {
        if (name.equals(ID.name)) {
            return Optional.of(ID);
        }
        if (name.equals(LAST_UPDATED.name)) {
            return Optional.of(LAST_UPDATED);
        }
        return BY_TYPE.get(type).stream()
                .filter(parameter -> parameter.name.equals(name))
                .findFirst();
    }
}
