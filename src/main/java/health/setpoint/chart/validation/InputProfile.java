package health.setpoint.chart.validation;

import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The profiles of {@code fhir-profiles}: each says what an input must have so that every rule can use it. */
public enum InputProfile {
    ESTRADIOL_OBSERVATION,
    TESTOSTERONE_OBSERVATION,
    ANASTROZOLE_REQUEST,
    TESTOSTERONE_REQUEST,
    ANASTROZOLE_STATEMENT,
    TESTOSTERONE_STATEMENT;

    private static final Map<Analyte, InputProfile> RESULTS = new EnumMap<>(
            Map.of(Analyte.ESTRADIOL, ESTRADIOL_OBSERVATION, Analyte.TESTOSTERONE, TESTOSTERONE_OBSERVATION));

    private static final String REQUEST = "MedicationRequest/";
    private static final String STATEMENT = "MedicationStatement/";

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
        facts.labs().forEach(lab -> Optional.ofNullable(RESULTS.get(lab.analyte()))
                .ifPresent(profile -> profiles.put(lab.reference(), profile)));
        facts.courses().forEach(course -> of(course).ifPresent(profile -> profiles.put(course.reference(), profile)));
        return Map.copyOf(profiles);
    }

    private static Optional<InputProfile> of(Course course) {
        var kind = course.reference().startsWith(REQUEST)
                ? "REQUEST"
                : course.reference().startsWith(STATEMENT) ? "STATEMENT" : "";
        return course.drug() == Drug.ANASTROZOLE || course.drug() == Drug.TESTOSTERONE
                ? Arrays.stream(values())
                        .filter(profile -> profile.name().equals(course.drug().name() + "_" + kind))
                        .findFirst()
                : Optional.empty();
    }
}
