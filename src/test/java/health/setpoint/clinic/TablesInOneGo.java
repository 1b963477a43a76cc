package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The clinic tables for mutation testing: one test a table, which stops at the first row that is answered otherwise. The
 * build runs the rows one by one in {@link ClinicTablesTest}.
 */
class TablesInOneGo {

    /** A row made ready, so that a mutant pays for the rules only. */
    private record Case(Row row, Facts facts) {}

    private static final Map<String, List<Case>> CASES = ClinicTables.files().stream()
            .collect(Collectors.toMap(TablesInOneGo::name, file -> ClinicTables.rows(file).stream()
                    .map(row -> new Case(row, Patients.facts(row)))
                    .toList()));

    private static String name(Path file) {
        return file.getFileName().toString().replace(".md", "");
    }

    private static void holds(String table) {
        for (Case one : CASES.get(table)) {
            Advice advice = Titration.advise(one.facts(), Policies.of(one.row()));
            assertEquals(
                    List.of(),
                    Expectations.differences(one.row(), one.facts(), advice),
                    one.row().title());
        }
    }

    @Test
    void afterOverSuppression() {
        holds("after-over-suppression");
    }

    @Test
    void dataQuality() {
        holds("data-quality");
    }

    @Test
    void drafts() {
        holds("drafts");
    }

    @Test
    void gates() {
        holds("gates");
    }

    @Test
    void holdSurvivesDoubt() {
        holds("hold-survives-doubt");
    }

    @Test
    void hooks() {
        holds("hooks");
    }

    @Test
    void monitoring() {
        holds("monitoring");
    }

    @Test
    void notRead() {
        holds("not-read");
    }

    @Test
    void notOnAnastrozole() {
        holds("not-on-anastrozole");
    }

    @Test
    void onAnastrozole() {
        holds("on-anastrozole");
    }

    @Test
    void ordersAndInteractions() {
        holds("orders-and-interactions");
    }

    @Test
    void rulesThatMeet() {
        holds("rules-that-meet");
    }

    @Test
    void safetyConditions() {
        holds("safety-conditions");
    }

    @Test
    void testosteroneFirst() {
        holds("testosterone-first");
    }

    @Test
    void withholding() {
        holds("withholding");
    }

    @Test
    void workedCases() {
        holds("worked-cases");
    }
}
