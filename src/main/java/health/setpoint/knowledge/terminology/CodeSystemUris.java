package health.setpoint.knowledge.terminology;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The addresses of the code systems that the value sets use, and other addresses of the same systems. */
public final class CodeSystemUris {

    public static final String LOINC = "http://loinc.org";
    public static final String SNOMED_CT = "http://snomed.info/sct";
    public static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    public static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
    public static final String ICD_9_CM = "http://hl7.org/fhir/sid/icd-9-cm";
    public static final String ATC = "http://www.whocc.no/atc";
    public static final String NDC = "http://hl7.org/fhir/sid/ndc";
    public static final String SETPOINT_SYMPTOMS = "http://setpoint.health/fhir/CodeSystem/setpoint-symptoms";
    public static final String UCUM = "http://unitsofmeasure.org";
    public static final String UCUM_OID = "urn:oid:2.16.840.1.113883.6.8";

    /** Other addresses of the same systems; the categories that matter here are the same in ICD-10 and ICD-10-CM. */
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("urn:oid:2.16.840.1.113883.6.1", LOINC),
            Map.entry("urn:oid:2.16.840.1.113883.6.96", SNOMED_CT),
            Map.entry("urn:oid:2.16.840.1.113883.6.88", RXNORM),
            Map.entry("urn:oid:2.16.840.1.113883.6.90", ICD_10_CM),
            Map.entry("urn:oid:2.16.840.1.113883.6.3", ICD_10_CM),
            Map.entry("http://hl7.org/fhir/sid/icd-10", ICD_10_CM),
            Map.entry("urn:oid:2.16.840.1.113883.6.73", ATC),
            Map.entry("http://www.whocc.no/atc/", ATC),
            Map.entry("urn:oid:2.16.840.1.113883.6.69", NDC),
            Map.entry(UCUM_OID, UCUM));

    private static final Set<String> KNOWN =
            Stream.concat(SAME.values().stream(), Stream.of(SETPOINT_SYMPTOMS)).collect(Collectors.toUnmodifiableSet());

    private CodeSystemUris() {}

    /** Whether the value sets use a system, by the address that {@link #canonical} gives. */
    public static boolean isKnown(String canonical) {
        return KNOWN.contains(canonical);
    }

    /** The one address of a system under which the value sets know it; of another system its own, in one spelling. */
    public static String canonical(String system) {
        if (system.isEmpty() || KNOWN.contains(system)) {
            return system;
        }
        var same = SAME.get(system);
        if (same != null) {
            return same;
        }
        if (system.startsWith(SNOMED_CT + "/")) {
            return SNOMED_CT;
        }
        var plain = system.endsWith("/") ? system.substring(0, system.length() - 1) : system;
        if (plain.toLowerCase(Locale.ROOT).startsWith("https://")) {
            plain = "http://" + plain.substring("https://".length());
        }
        return SAME.getOrDefault(plain, plain);
    }
}
