package health.setpoint.chart.fhir;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The FHIR resource types that reading a chart knows, and what each is to it. The one list of them. */
public enum ResourceType {
    PATIENT("Patient", Use.FACTS),
    OBSERVATION("Observation", Use.FACTS),
    DIAGNOSTIC_REPORT("DiagnosticReport", Use.FACTS),
    CONDITION("Condition", Use.FACTS),
    ALLERGY_INTOLERANCE("AllergyIntolerance", Use.FACTS),
    SERVICE_REQUEST("ServiceRequest", Use.FACTS),
    QUESTIONNAIRE_RESPONSE("QuestionnaireResponse", Use.FACTS),
    MEDICATION_REQUEST("MedicationRequest", Use.MEDICATION),
    MEDICATION_STATEMENT("MedicationStatement", Use.MEDICATION),
    /** The name of a MedicationStatement in previews of R5. */
    MEDICATION_USAGE("MedicationUsage", Use.MEDICATION),
    MEDICATION_ADMINISTRATION("MedicationAdministration", Use.MEDICATION),
    MEDICATION_DISPENSE("MedicationDispense", Use.MEDICATION),
    /** It may insert pellets. */
    PROCEDURE("Procedure", Use.MEDICATION),
    MEDICATION("Medication", Use.REFERENCED),
    SPECIMEN("Specimen", Use.REFERENCED),
    PRACTITIONER("Practitioner", Use.REFERENCED),
    PRACTITIONER_ROLE("PractitionerRole", Use.REFERENCED),
    ORGANIZATION("Organization", Use.REFERENCED),
    ENCOUNTER("Encounter", Use.REFERENCED),
    MEDICATION_ORDER("MedicationOrder", Use.DSTU2),
    DIAGNOSTIC_ORDER("DiagnosticOrder", Use.DSTU2),
    MEDICATION_PRESCRIPTION("MedicationPrescription", Use.DSTU2),
    /** Any type that no rule asks for. */
    OTHER("", Use.NONE);

    private enum Use {
        FACTS,
        MEDICATION,
        REFERENCED,
        DSTU2,
        NONE
    }

    private static final Map<String, ResourceType> BY_CODE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ResourceType::code, Function.identity()));

    private final String code;
    private final Use use;

    ResourceType(String code, Use use) {
        this.code = code;
        this.use = use;
    }

    /** The type of a resourceType as it is written. */
    public static ResourceType of(String code) {
        return BY_CODE.getOrDefault(code, OTHER);
    }

    /** Its name in FHIR; empty for {@link #OTHER}. */
    public String code() {
        return code;
    }

    /** Its resources are read for what they say, whether they were sent as chart or drafted. */
    public boolean isRead() {
        return use == Use.FACTS || use == Use.MEDICATION;
    }

    /** It says that a drug is ordered, taken, given or dispensed. */
    public boolean isOfMedication() {
        return use == Use.MEDICATION;
    }

    /** It is looked up by reference only, and comes along with a search for something else. */
    public boolean isOnlyReferenced() {
        return use == Use.REFERENCED;
    }

    /** A draft order of this type is judged. */
    public boolean isDrafted() {
        return this == MEDICATION_REQUEST || this == SERVICE_REQUEST;
    }

    /** FHIR DSTU2 had it, and R4 has another in its place. */
    public boolean isOfDstu2() {
        return use == Use.DSTU2;
    }
}
