package health.setpoint.chart.fhir;

import health.setpoint.knowledge.terminology.CodeSystemUris;

/**
 * A code of a code system, whose address is brought to the one form that the value sets use.
 *
 * @param system empty where the record names none
 * @param display empty where the record has none
 */
public record Coding(String system, String code, String display) {

    public static Coding of(String system, String code) {
        return of(system, code, "");
    }

    static Coding of(String system, String code, String display) {
        return new Coding(CodeSystemUris.canonical(system), code, display);
    }

    /** Of a system that the value sets use. */
    boolean isOfKnownSystem() {
        return CodeSystemUris.isKnown(system);
    }
}
