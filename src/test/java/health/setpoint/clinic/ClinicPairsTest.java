package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.RuleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The clinic tables")
class ClinicPairsTest {

    private static final Path PAIRS = Path.of("src/test/resources/clinic-pairs.md");

    private static List<CardAdvice> answer(Row row) {
        return Titration.advise(Patients.facts(row), Policies.of(row)).cards();
    }

    private static Stream<Row> rows() {
        return ClinicTables.files().stream().flatMap(file -> ClinicTables.rows(file).stream());
    }

    @Test
    @DisplayName("show every pair of rules whose meeting the decision table describes")
    void showEveryPair() throws IOException {
        Set<String> seen = rows().map(ClinicPairsTest::answer)
                .flatMap(cards -> pairs(cards.stream()
                        .flatMap(card -> card.rules().stream())
                        .map(RuleId::id)
                        .collect(Collectors.toSet())))
                .collect(Collectors.toSet());
        Set<String> wanted = wanted();
        assertTrue(wanted.size() > 90, "the list of pairs was read");
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(seen);
        assertEquals(Set.of(), missing);
    }

    @Test
    @DisplayName("show every rule")
    void showEveryRule() {
        Set<RuleId> seen = rows().flatMap(row -> answer(row).stream())
                .flatMap(card -> card.rules().stream())
                .collect(Collectors.toSet());
        Set<RuleId> silent = Set.of(RuleId.R_02, RuleId.R_08);
        Set<RuleId> missing = new TreeSet<>(List.of(RuleId.values()));
        missing.removeAll(seen);
        missing.removeAll(silent);
        assertEquals(Set.of(), missing);
    }

    @Test
    @DisplayName("show a hold until the repeat for every doubt that allows it")
    void showEveryHoldInDoubt() {
        Set<RuleId> seen = rows().flatMap(row -> answer(row).stream())
                .filter(card -> card.options().stream().anyMatch(Option.HoldUntilRepeat.class::isInstance))
                .map(card -> card.primary().rule())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(RuleId.R_31, RuleId.R_33, RuleId.R_34, RuleId.R_36), seen);
    }

    private static Stream<String> pairs(Set<String> rules) {
        return rules.stream().flatMap(one -> rules.stream().map(other -> one + " + " + other));
    }

    private static Set<String> wanted() throws IOException {
        return Files.readAllLines(PAIRS).stream()
                .filter(line -> line.startsWith("| R-"))
                .map(line -> line.split("\\|"))
                .flatMap(cells -> words(cells[1]).flatMap(one -> words(cells[2]).map(other -> one + " + " + other)))
                .collect(Collectors.toSet());
    }

    private static Stream<String> words(String cell) {
        return Arrays.stream(cell.split(",")).map(String::strip);
    }
}
