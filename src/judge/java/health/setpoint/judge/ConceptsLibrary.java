package health.setpoint.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The code tables of the knowledge as a library of CQL: one concept for each drug, test, diagnosis and symptom. */
final class ConceptsLibrary {

    private static final Path KNOWLEDGE = Path.of("src/main/resources/knowledge");
    private static final Map<String, String> SYSTEMS = new TreeMap<>(Map.of(
            "http://loinc.org", "LOINC",
            "http://snomed.info/sct", "SNOMED CT",
            "http://www.nlm.nih.gov/research/umls/rxnorm", "RxNorm",
            "http://www.whocc.no/atc", "ATC",
            "http://hl7.org/fhir/sid/icd-10-cm", "ICD-10-CM",
            "http://hl7.org/fhir/sid/icd-9-cm", "ICD-9-CM",
            "http://setpoint.health/fhir/CodeSystem/setpoint-symptoms", "Setpoint symptoms"));
    /** Codes that the service believes only beside words that agree; CQL reads no words. */
    private static final Set<String> ALONE = Set.of("verified", "single-source");

    private final Map<String, String> codes = new TreeMap<>();
    private final Map<String, Set<String>> concepts = new TreeMap<>();
    private final Map<String, Set<String>> prefixes = new TreeMap<>();

    private ConceptsLibrary() {
        rows("labs.csv").filter(row -> row.get("stands_alone").equals("yes")).forEach(row -> {
            add("Test", row.get("analyte"), row);
            if (row.get("analyte").equals("ESTRADIOL") && !row.get("assay").equals("UNKNOWN")) {
                add("Test by " + words(row.get("assay")), row.get("analyte"), row);
            }
        });
        rows("medications.csv")
                .filter(row -> ALONE.contains(row.get("confidence")))
                .forEach(row -> {
                    add("Drug", row.get("drug"), row);
                    if (!row.get("formulation").equals("OTHER")) {
                        add("Form", row.get("formulation"), row);
                    }
                });
        rows("conditions.csv")
                .filter(row -> !row.get("confidence").equals("unverified"))
                .forEach(this::addCondition);
        rows("lab-requests.csv").forEach(row -> add("Request", row.get("test"), row));
    }

    /** The library's text. */
    static String written(String version) {
        return new ConceptsLibrary().text(version);
    }

    private void addCondition(CSVRecord row) {
        var concept = row.get("concept").equals("-") ? row.get("means") : row.get("concept");
        if (row.get("means").equals("UNUSED")) {
            return;
        }
        var kind = row.get("means").equals("SYMPTOM") ? "Symptom" : "Problem";
        if (SYSTEMS.get(row.get("system")).startsWith("ICD")) {
            prefixes.computeIfAbsent(
                            kind + " " + words(concept) + " by " + SYSTEMS.get(row.get("system")),
                            fresh -> new TreeSet<>())
                    .add(row.get("code"));
        } else {
            add(kind, concept, row);
        }
    }

    private void add(String kind, String concept, CSVRecord row) {
        if (concept.equals("-")) {
            return;
        }
        var name = SYSTEMS.get(row.get("system")) + " " + row.get("code");
        codes.put(
                name,
                "code \"%s\": '%s' from \"%s\" display '%s'"
                        .formatted(
                                name,
                                row.get("code"),
                                SYSTEMS.get(row.get("system")),
                                row.get("display").replace("'", "\\'")));
        concepts.computeIfAbsent(kind + " " + words(concept), fresh -> new TreeSet<>())
                .add(name);
    }

    private String text(String version) {
        List<String> lines = new ArrayList<>();
        lines.add("// Written from src/main/resources/knowledge/*.csv: change those, not this.");
        lines.add("library SetpointConcepts version '%s'".formatted(version));
        lines.add("");
        SYSTEMS.forEach((system, name) -> lines.add("codesystem \"%s\": '%s'".formatted(name, system)));
        lines.add("");
        lines.addAll(codes.values());
        lines.add("");
        concepts.forEach((name, members) -> lines.add("concept \"%s\": { %s } display '%s'"
                .formatted(
                        name, members.stream().map(code -> '"' + code + '"').collect(Collectors.joining(", ")), name)));
        lines.add("");
        lines.add("// By prefix: the code and everything below it.");
        prefixes.forEach((name, members) -> lines.add("define \"%s\": { %s }"
                .formatted(name, members.stream().map(code -> "'" + code + "'").collect(Collectors.joining(", ")))));
        return String.join("\n", lines) + "\n";
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Stream<CSVRecord> rows(String file) {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var parser = format.parse(Files.newBufferedReader(KNOWLEDGE.resolve(file)))) {
            return parser.getRecords().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
