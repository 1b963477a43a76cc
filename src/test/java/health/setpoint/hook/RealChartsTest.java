package health.setpoint.hook;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.clinic.ClinicTables;
import health.setpoint.clinic.ClinicTables.Row;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Requests made after the charts that real EHRs send, each answered as {@code src/test/resources/cases/README.md} says. */
@QuarkusTest
@TestProfile(RealChartsTest.OnTheirDay.class)
class RealChartsTest {

    private static final Path FOLDER = Path.of("src/test/resources/cases");

    /** The day on which the cases are evaluated. */
    public static class OnTheirDay implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("test.now", "2026-11-29T15:00:00Z");
        }
    }

    @TestFactory
    Stream<DynamicTest> every_case_is_answered_as_its_row_says() {
        return rows().stream()
                .map(row -> dynamicTest(row.title(), () -> {
                    if (open().contains(row.title())) {
                        assertThrows(AssertionError.class, () -> held(row), "no longer open");
                    } else {
                        held(row);
                    }
                }));
    }

    /** Cases that are known to be answered wrongly. */
    private static List<String> open() throws IOException {
        return Files.readAllLines(FOLDER.resolve("open.txt"));
    }

    @Test
    void every_request_has_its_row() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            Set<String> requests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.replace(".json", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(requests, rows().stream().map(Row::title).collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    private static List<Row> rows() {
        return ClinicTables.rows(FOLDER.resolve("README.md"));
    }

    private static void held(Row row) {
        String request = request(row.title());
        String hook = Stream.of("patient-view", "order-sign", "order-select")
                .filter(each -> request.contains("\"hook\": \"" + each + "\""))
                .findFirst()
                .orElseThrow();
        var response = given().contentType("application/json").body(request).post("/cds-services/titration-" + hook);
        int status = row.cell("status").map(Integer::valueOf).orElse(200);
        assertEquals(status, response.statusCode(), response.asString());
        JsonNode answer = Calls.json(response.asString());
        if (status == 200) {
            assertAll(response.jsonPath().prettify(), checks(row, answer));
        } else {
            String outcome = answer.toString().toLowerCase(Locale.ROOT);
            words(row, "outcome").forEach(word -> assertTrue(outcome.contains(word), outcome));
        }
    }

    private static List<Executable> checks(Row row, JsonNode answer) {
        List<JsonNode> cards = elements(answer.path("cards"));
        Set<String> rules = new TreeSet<>();
        cards.forEach(card -> rules.addAll(rules(card)));
        String text = cards.stream()
                .map(card -> card.path("summary").asText() + "\n"
                        + card.path("detail").asText())
                .collect(Collectors.joining("\n"))
                .toLowerCase(Locale.ROOT);
        Set<String> actions = new TreeSet<>();
        cards.forEach(card -> card.findValues("actions")
                .forEach(each ->
                        each.forEach(action -> actions.add(action.path("type").asText() + " "
                                + action.path("resource").path("resourceType").asText()))));
        List<Executable> checks = new ArrayList<>();
        list(row, "on cards")
                .forEach(rule -> checks.add(() -> assertTrue(rules.contains(rule), rule + " of " + rules)));
        list(row, "never on cards")
                .forEach(rule -> checks.add(() -> assertFalse(rules.contains(rule), rule + " of " + rules)));
        leading(row, cards).ifPresent(card -> {
            row.cell("indicator")
                    .ifPresent(wanted -> checks.add(
                            () -> assertEquals(wanted, card.path("indicator").asText())));
            row.cell("advice")
                    .ifPresent(wanted -> checks.add(() ->
                            assertEquals(wanted, advice(card).path("advice").asText())));
        });
        row.cell("running").ifPresent(wanted -> checks.add(() -> dose(wanted, "currentWeeklyDoseMg", cards, rules)));
        checks.add(() -> dose(row.cell("proposed").orElse("any"), "proposedWeeklyDoseMg", cards, rules));
        words(row, "says").forEach(word -> checks.add(() -> assertTrue(text.contains(word), "says " + word)));
        words(row, "never says").forEach(word -> checks.add(() -> assertFalse(text.contains(word), "says " + word)));
        words(row, "actions")
                .forEach(word -> checks.add(() -> {
                    boolean banned = word.startsWith("no ");
                    String type = banned ? word.substring(3) : word;
                    boolean found = actions.stream().anyMatch(action -> action.startsWith(type));
                    assertEquals(!banned, found, word + ": " + actions);
                }));
        return checks;
    }

    private static Optional<JsonNode> leading(Row row, List<JsonNode> cards) {
        return list(row, "on cards").stream().findFirst().flatMap(rule -> cards.stream()
                .filter(card -> rules(card).contains(rule))
                .findFirst());
    }

    /** A dose is the one that is wanted, or none; "or R-16" lets the order be not understood instead. */
    private static void dose(String wanted, String member, List<JsonNode> cards, Set<String> rules) {
        Set<BigDecimal> said = new TreeSet<>();
        cards.forEach(card -> {
            JsonNode dose = advice(card).path(member);
            if (dose.isNumber()) {
                said.add(dose.decimalValue());
            }
        });
        if (wanted.equals("any")) {
            return;
        }
        boolean orUnread = wanted.endsWith(" or R-16");
        String number = wanted.replace(" or R-16", "");
        if (number.equals("none") || (orUnread && rules.contains("R-16"))) {
            assertEquals(Set.of(), said, member);
        } else {
            assertEquals(1, said.size(), member + " " + said);
            assertEquals(0, new BigDecimal(number).compareTo(said.iterator().next()), member + " " + said);
        }
    }

    private static JsonNode advice(JsonNode card) {
        return card.at("/extension/health.setpoint.advice");
    }

    private static List<String> rules(JsonNode card) {
        return elements(advice(card).path("rules")).stream()
                .map(JsonNode::asText)
                .toList();
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private static List<String> list(Row row, String column) {
        return row.cell(column).map(cell -> List.of(cell.split(", "))).orElse(List.of());
    }

    private static List<String> words(Row row, String column) {
        return row.cell(column)
                .map(cell -> List.of(cell.toLowerCase(Locale.ROOT).split("; ")))
                .orElse(List.of());
    }

    private static String request(String name) {
        try {
            return Files.readString(FOLDER.resolve(name + ".json"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
