package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.clinic.ClinicTables.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every row of every clinic table, written as cards: none may lack a text, a value or an order. */
class ClinicCardsTest {

    @TestFactory
    Stream<DynamicTest> every_case_writes_cards_that_a_client_can_show() {
        return ClinicTables.files().stream().map(ClinicCardsTest::test);
    }

    private static DynamicTest test(Path file) {
        return DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            List<String> faults = new ArrayList<>();
            for (Row row : ClinicTables.rows(file)) {
                try {
                    CardFaults.of(Patients.facts(row), Policies.of(row))
                            .forEach(fault -> faults.add(row.where() + " " + row.title() + ": " + fault));
                } catch (RuntimeException e) {
                    faults.add(row.where() + " " + row.title() + ": " + e);
                }
            }
            assertEquals("", String.join("\n", faults));
        });
    }
}
