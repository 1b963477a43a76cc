package health.setpoint.knowledge.terminology;

import java.util.List;
import java.util.Locale;

/**
 * A concept that is defined by meaning, not by a list alone: what a terminology server may expand into more codes than the
 * tables list.
 *
 * @param kind whether it names a drug, diagnosis, symptom or a pregnancy
 * @param concept the name of the drug, diagnosis or symptom; {@code -} for a pregnancy
 * @param filters what defines it; a code that meets any of them has the meaning
 */
public record Meaning(Kind kind, String concept, List<Filter> filters) {

    public Meaning {
        filters = List.copyOf(filters);
    }

    /** What is named. */
    public enum Kind {
        DRUG("medications"),
        DIAGNOSIS("conditions"),
        SYMPTOM("findings"),
        PREGNANCY("conditions");

        private final String codes;

        Kind(String codes) {
            this.codes = codes;
        }
    }

    /**
     * A filter of a FHIR value set.
     *
     * @param property of the code system, such as {@code concept}
     * @param op such as {@code is-a}
     * @param value the code or words that are compared
     * @param display what the value is called
     */
    public record Filter(String system, String property, String op, String value, String display) {}

    /** The id of its value set, such as {@code setpoint-prostate-cancer-conditions}. */
    public String valueSet() {
        return valueSet(kind, kind == Kind.PREGNANCY ? kind.name() : concept);
    }

    /** The id of the value set of a concept, defined by meaning or listed. */
    public static String valueSet(Kind kind, String concept) {
        return "setpoint-" + concept.toLowerCase(Locale.ROOT).replace('_', '-') + "-" + kind.codes;
    }
}
