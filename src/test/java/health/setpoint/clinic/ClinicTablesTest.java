package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of every clinic table, put to the rules. */
class ClinicTablesTest {

    @TestFactory
    Stream<DynamicContainer> settled_cases_are_answered_as_the_tables_say() {
        return tables(row -> !row.open());
    }

    /** Cases where the specification can be read in more than one way: the tables note the reading that was chosen. */
    @TestFactory
    Stream<DynamicContainer> open_readings_are_answered_as_chosen() {
        return tables(Row::open);
    }

    @Test
    void a_word_that_the_tables_do_not_know_stops_the_test() {
        for (String column : List.of(
                "ai",
                "draft",
                "estradiol",
                "testosterone",
                "symptoms",
                "conditions",
                "labs",
                "other drugs",
                "t",
                "t draft",
                "sex",
                "age",
                "hook",
                "injection",
                "open requests",
                "not read")) {
            Row row = new Row("sample", 1, "", false, Map.of("case", "a nonsense word", column, "frobnicate"));
            assertThrows(IllegalArgumentException.class, () -> Patients.facts(row), column);
        }
    }

    private static Stream<DynamicContainer> tables(Predicate<Row> wanted) {
        return ClinicTables.files().stream().map(file -> {
            Stream<DynamicTest> rows =
                    ClinicTables.rows(file).stream().filter(wanted).map(ClinicTablesTest::test);
            return dynamicContainer(file.getFileName().toString(), rows);
        });
    }

    private static DynamicTest test(Row row) {
        return dynamicTest(row.where() + " " + row.section() + ": " + row.title(), () -> {
            Columns.check(row);
            Facts facts = Patients.facts(row);
            Advice advice = Titration.advise(facts, Policies.of(row));
            List<String> differences = Expectations.differences(row, facts, advice);
            if (!differences.isEmpty()) {
                fail(row.where() + " " + row.title() + "\n  " + String.join("\n  ", differences) + "\n came:"
                        + Expectations.summary(advice));
            }
        });
    }
}
