package health.setpoint.judge;

import ca.uhn.fhir.context.FhirContext;
import health.setpoint.clinic.ClinicTables;
import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.clinic.Patients;
import health.setpoint.titration.facts.Facts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/**
 * Rows of the clinic tables as cases for any engine of CQL: for each rule a man for whom it fires and the one of the same
 * section, as like him as there is, for whom it does not. Only rows that are coded and structured throughout, and of which
 * the service and the libraries of CQL say the same.
 */
final class RuleCases {

    private static final Path TABLES = Path.of("src/test/resources/clinic");
    static final Path FOLDER = LogicResources.PACKAGE.resolve("input/tests");
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    /** Columns under which a row is not that of the shipped knowledge on the usual day, or misses a part of the chart. */
    private static final List<String> UNUSUAL = List.of("policy", "knowledge", "day", "not read");

    private static final Set<String> EXPECTED = Set.of(
            "case",
            "rules",
            "rules (exact)",
            "indicator",
            "advice",
            "dose",
            "current",
            "recheck",
            "labs due",
            "options",
            "suggestions",
            "advised",
            "calendar",
            "due",
            "later",
            "notes",
            "cards",
            "seen",
            "doubts",
            "draft agrees",
            "reading");

    /** A row, its man, and what is said of him. */
    private record Told(Row row, ChartedMan man, Said said) {}

    private record Pair(Told fires, Told not, int differences) {}

    private final ReferenceEngine engine = new ReferenceEngine();
    private final Map<Told, Boolean> agreed = new HashMap<>();
    private final List<Told> rows = rows();

    /** Every file of every case, as indented JSON. */
    Map<Path, String> written() {
        Map<Path, String> files = new TreeMap<>();
        var rules = new TreeSet<String>();
        rows.forEach(told -> rules.addAll(told.said().rules()));
        for (var rule : rules) {
            closest(rule).ifPresent(pair -> {
                put(files, rule, pair.fires());
                put(files, rule, pair.not());
            });
        }
        return files;
    }

    private Optional<Pair> closest(String rule) {
        List<Pair> pairs = new ArrayList<>();
        for (var fires : rows) {
            if (!fires.said().rules().contains(rule)) {
                continue;
            }
            for (var not : rows) {
                if (!not.said().rules().contains(rule) && isOfOneSection(fires.row(), not.row())) {
                    pairs.add(new Pair(fires, not, differences(fires.row(), not.row())));
                }
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::differences));
        return pairs.stream()
                .filter(pair -> isAgreed(pair.fires()) && isAgreed(pair.not()))
                .findFirst();
    }

    private boolean isAgreed(Told told) {
        return agreed.computeIfAbsent(told, each -> each.said().equals(engine.say(each.man())));
    }

    private static boolean isOfOneSection(Row one, Row other) {
        return one.file().equals(other.file()) && one.section().equals(other.section());
    }

    private static int differences(Row one, Row other) {
        var columns = new HashSet<>(one.cells().keySet());
        columns.addAll(other.cells().keySet());
        columns.removeAll(EXPECTED);
        return (int) columns.stream()
                .filter(column -> !one.cell(column).equals(other.cell(column)))
                .count();
    }

    private static List<Told> rows() {
        try (Stream<Path> files = Files.list(TABLES)) {
            return files.filter(file -> file.toString().endsWith(".md") && !file.endsWith("README.md"))
                    .sorted()
                    .flatMap(file -> ClinicTables.rows(file).stream())
                    .filter(row -> !row.open()
                            && UNUSUAL.stream()
                                    .allMatch(column -> row.cell(column).isEmpty()))
                    .flatMap(row -> told(row).stream())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Empty where FHIR resources with codes and structure do not say of him what the row says. */
    private static Optional<Told> told(Row row) {
        Facts facts = Patients.described(row.cells());
        var man = ChartedMan.of(facts);
        var ids = man.resources().stream().map(Resource::getId).toList();
        if (new HashSet<>(ids).size() < ids.size()) {
            return Optional.empty();
        }
        var said = Said.of(Judge.service(facts));
        return Said.of(Judge.service(man.asRead())).equals(said)
                ? Optional.of(new Told(row, man, said))
                : Optional.empty();
    }

    private static void put(Map<Path, String> files, String rule, Told told) {
        var folder = FOLDER.resolve(rule).resolve(slug(told.row().title()));
        for (var resource : told.man().resources()) {
            put(files, folder, resource, resource.getIdElement().getIdPart());
        }
        put(files, folder, expected(told), "expected");
    }

    private static void put(Map<Path, String> files, Path folder, Resource resource, String id) {
        files.put(
                folder.resolve(resource.fhirType()).resolve(id + ".json"),
                FHIR.newJsonParser().setPrettyPrint(true).encodeResourceToString(resource) + "\n");
    }

    private static Parameters expected(Told told) {
        var expected = new Parameters();
        expected.setId("expected");
        expected.addParameter("case", new StringType(told.row().title()));
        expected.addParameter("hook", new CodeType(told.man().hook().word()));
        expected.addParameter("evaluated", new DateTimeType(told.man().now() + ":00Z"));
        told.said().rules().forEach(rule -> expected.addParameter("rule", new CodeType(rule)));
        expected.addParameter("indicator", new CodeType(told.said().indicator()));
        if (!told.said().primary().equals(Said.NONE)) {
            expected.addParameter("leads", new CodeType(told.said().primary()));
        }
        if (!told.said().proposed().equals(Said.NONE)) {
            expected.addParameter("weekly-mg", new DecimalType(told.said().proposed()));
        }
        if (!told.said().recheck().equals(Said.NONE)) {
            var days = told.said().recheck().split("\\.\\.");
            expected.addParameter(
                    "recheck",
                    new Period()
                            .setStartElement(new DateTimeType(new DateType(days[0]).getValueAsString()))
                            .setEndElement(new DateTimeType(new DateType(days[1]).getValueAsString())));
        }
        return expected;
    }

    private static String slug(String title) {
        var words = title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return words.length() <= 60 ? words : words.substring(0, 60).replaceAll("-[^-]*$", "");
    }
}
