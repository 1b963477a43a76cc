package health.setpoint.chart.fhir;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A code of a code system, whose address is brought to the one form that the value sets use.
 *
 * @param system empty where the record names none
 * @param display empty where the record has none
 */
public record Coding(String system, String code, String display) {

    static final String LOINC = "http://loinc.org";
    public static final String SNOMED = "http://snomed.info/sct";
    static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
    static final String ATC = "http://www.whocc.no/atc";
    static final String NDC = "http://hl7.org/fhir/sid/ndc";
    public static final String UCUM = "http://unitsofmeasure.org";

    /** Other addresses of the same systems; the categories that matter here are the same in ICD-10 and ICD-10-CM. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("urn:oid:2.16.840.1.113883.6.1", LOINC),
            Map.entry("urn:oid:2.16.840.1.113883.6.96", SNOMED),
            Map.entry("urn:oid:2.16.840.1.113883.6.88", RXNORM),
            Map.entry("urn:oid:2.16.840.1.113883.6.90", ICD_10_CM),
            Map.entry("urn:oid:2.16.840.1.113883.6.3", ICD_10_CM),
            Map.entry("http://hl7.org/fhir/sid/icd-10", ICD_10_CM),
            Map.entry("urn:oid:2.16.840.1.113883.6.73", ATC),
            Map.entry("http://www.whocc.no/atc/", ATC),
            Map.entry("urn:oid:2.16.840.1.113883.6.69", NDC),
            Map.entry("urn:oid:2.16.840.1.113883.6.8", UCUM));

    private static final Set<String> KNOWN = Set.copyOf(SAME.values());

    public static Coding of(String system, String code) {
        return of(system, code, "");
    }

    static Coding of(String system, String code, String display) {
        return new Coding(canonical(system), code, display);
    }

    /** Of a system that the value sets use. */
    boolean isOfKnownSystem() {
        return KNOWN.contains(system);
    }

    private static String canonical(String system) {
        if (system.isEmpty()) {
            return system;
        }
        var same = SAME.get(system);
        if (same != null) {
            return same;
        }
        if (system.startsWith(SNOMED + "/")) {
            return SNOMED;
        }
        var plain = system.endsWith("/") ? system.substring(0, system.length() - 1) : system;
        if (plain.toLowerCase(Locale.ROOT).startsWith("https://")) {
            plain = "http://" + plain.substring("https://".length());
        }
        return SAME.getOrDefault(plain, plain);
    }
}
