package health.setpoint.chart.validation;

import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The profiles of {@code fhir-profiles}: each says what an input must have so that every rule can use it. */
public enum InputProfile {
    ESTRADIOL_OBSERVATION,
    TESTOSTERONE_OBSERVATION,
    FREE_TESTOSTERONE_OBSERVATION,
    HEMATOCRIT_OBSERVATION,
    PSA_OBSERVATION,
    ALT_OBSERVATION,
    AST_OBSERVATION,
    BILIRUBIN_OBSERVATION,
    T_SCORE_OBSERVATION,
    BMI_OBSERVATION,
    WAIST_OBSERVATION,
    BODY_FAT_OBSERVATION,
    HBA1C_OBSERVATION,
    AUDIT_C_OBSERVATION,
    ANASTROZOLE_REQUEST,
    TESTOSTERONE_REQUEST,
    ANASTROZOLE_STATEMENT,
    TESTOSTERONE_STATEMENT,
    ANASTROZOLE_ADMINISTRATION,
    TESTOSTERONE_ADMINISTRATION,
    ANASTROZOLE_DISPENSE,
    TESTOSTERONE_DISPENSE,
    LAB_ORDER;

    private static final String OBSERVATION = "_OBSERVATION";
    private static final Map<String, String> COURSES = Map.of(
            "MedicationRequest/", "REQUEST",
            "MedicationStatement/", "STATEMENT",
            "MedicationAdministration/", "ADMINISTRATION",
            "MedicationDispense/", "DISPENSE");

    /** Its id, such as {@code setpoint-estradiol-observation}. */
    public String id() {
        return "setpoint-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String url() {
        return "http://setpoint.health/fhir/StructureDefinition/" + id();
    }

    String file() {
        return "/fhir-profiles/profiles/StructureDefinition-" + id() + ".json";
    }

    /** Which profile the resources were read by, by {@code Type/id}; those that no profile describes are not in it. */
    public static Map<String, InputProfile> of(Facts facts) {
        var profiles = new HashMap<String, InputProfile>();
        facts.labs().forEach(lab -> of(lab.analyte()).ifPresent(profile -> profiles.put(lab.reference(), profile)));
        facts.courses().forEach(course -> of(course).ifPresent(profile -> profiles.put(course.reference(), profile)));
        facts.labRequests().forEach(request -> profiles.put(request.reference(), LAB_ORDER));
        return Map.copyOf(profiles);
    }

    /** The value set of the codes by which the input is recognised, and for a result that of its units. */
    List<String> valueSets() {
        if (this == LAB_ORDER) {
            return List.of("setpoint-lab-orders");
        }
        var name = id().replaceFirst("-(request|statement|administration|dispense|observation)$", "");
        var base = this == T_SCORE_OBSERVATION ? "setpoint-dxa-t-score" : name;
        return name().endsWith(OBSERVATION)
                ? List.of(base + "-tests", base + "-units")
                : List.of(base + "-medications");
    }

    private static Optional<InputProfile> of(Analyte analyte) {
        var name = analyte == Analyte.DXA_T_SCORE ? "T_SCORE" : analyte.name();
        return named(name + OBSERVATION);
    }

    private static Optional<InputProfile> of(Course course) {
        var type = course.reference().substring(0, course.reference().indexOf('/') + 1);
        return course.drug() == Drug.ANASTROZOLE || course.drug() == Drug.TESTOSTERONE
                ? named(course.drug().name() + "_" + COURSES.getOrDefault(type, ""))
                : Optional.empty();
    }

    private static Optional<InputProfile> named(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.name().equals(name))
                .findFirst();
    }
}
