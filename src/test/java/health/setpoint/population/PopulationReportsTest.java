package health.setpoint.population;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.conformance.R4Validation;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.population.decision.PopulationSite;
import health.setpoint.population.synthetic.SyntheticClinic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of one clinic beside its rows: every output says what it is, and counts what the rows say. */
class PopulationReportsTest {

    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final LocalDate DAY = LocalDate.of(2026, 11, 30);
    private static final String SIGNATURE = "signed by nobody";

    @TempDir
    private static Path folder;

    private static Path output;
    private static JsonNode summary;
    private static final List<JsonNode> ROWS = new ArrayList<>();

    @BeforeAll
    static void runOnce() throws Exception {
        var input = folder.resolve("clinic");
        new SyntheticClinic(11, DAY, 45).write(600, input);
        output = folder.resolve("out");
        var lower = new PopulationSite(
                "lower ceiling",
                KNOWLEDGE,
                ZoneOffset.UTC,
                CodeMap.NONE,
                false,
                KNOWLEDGE.calendar(SiteChoices.none().ceiling("L1")));
        new PopulationRun(
                        new PopulationOptions(
                                input,
                                output,
                                DAY.atTime(12, 0),
                                PopulationSite.standard(KNOWLEDGE, ZoneOffset.UTC),
                                Optional.of(lower),
                                2,
                                ShownNames.ids(Optional.of("https://ehr.example/chart?patient={id}")),
                                5,
                                SIGNATURE,
                                true),
                        new PrintStream(OutputStream.nullOutputStream()))
                .run();
        summary = json(Files.readString(output.resolve("summary.json")));
        for (var line : Files.readAllLines(output.resolve("worklist.ndjson"))) {
            ROWS.add(json(line));
        }
    }

    @Test
    void theSummaryCountsWhatTheRowsSay() {
        var critical = new HashMap<String, Long>();
        ROWS.stream()
                .filter(row -> !row.path("deceased").asBoolean())
                .filter(row -> row.path("indicator").asText().equals("critical"))
                .forEach(row -> critical.merge(row.path("rule").asText(), 1L, Long::sum));
        assertFalse(critical.isEmpty());
        for (var rule : summary.path("rules")) {
            if (!rule.path("critical").isNull()) {
                assertEquals(
                        critical.getOrDefault(rule.path("rule").asText(), 0L),
                        rule.path("critical").asLong());
            }
        }
        assertEquals(600, summary.at("/patients/all").asInt());
        var met = ROWS.stream()
                .filter(row -> !row.path("deceased").asBoolean())
                .filter(row -> row.at("/measures/no-result-in-a-year").asBoolean())
                .count();
        assertTrue(met >= 5);
        assertEquals(met, measure("no-result-in-a-year").path("numerator").asLong());
    }

    @Test
    void noCountOfSomeFewIsInTheSummary() {
        for (var array : List.of("rules", "overdue", "estradiolByDose", "measures")) {
            for (var row : summary.path(array)) {
                row.properties()
                        .forEach(cell -> assertFalse(
                                cell.getValue().isNumber()
                                        && cell.getValue().asInt() > 0
                                        && cell.getValue().asInt() < 5,
                                () -> array + ": " + row));
            }
        }
        summary.at("/patients/groups")
                .forEach(group -> assertFalse(group.path("patients").asInt(0) > 0
                        && group.path("patients").asInt() < 5));
    }

    @Test
    void everyOutputSaysThatItIsAWorkListAndWhoHasSigned() throws IOException {
        for (var name :
                List.of("summary.json", "summary.html", "worklist.csv", "measure-reports.ndjson", "comparison.json")) {
            var text = Files.readString(output.resolve(name));
            assertTrue(text.toLowerCase(Locale.ROOT).contains("work list for a clinician"), name);
            assertTrue(text.contains(SIGNATURE), name);
            assertTrue(text.contains("2026-11-30"), name);
            assertTrue(text.contains(KNOWLEDGE.hash()), name);
        }
    }

    @Test
    void thePageNeedsNothingBesideItAndNamesNobody() throws IOException {
        var page = Files.readString(output.resolve("summary.html"));
        assertFalse(page.contains("<script") || page.contains("src=") || page.contains("<link"), "nothing beside it");
        assertFalse(page.contains("man-11-"), "nobody named");
        assertTrue(page.contains("<svg class=\"distribution\""));
        assertTrue(page.contains("LOCAL PANEL"), "unmapped codes");
        assertFalse(page.contains("NOT_FOUND"), "every value of the template is there");
    }

    @Test
    void measureReportsAndTasksAreValidR4AndRestOnTheMeasuresOfTheProfiles() throws IOException {
        var reports = Files.readAllLines(output.resolve("measure-reports.ndjson"));
        assertEquals(5, reports.size());
        for (var line : reports) {
            var report = json(line);
            assertEquals(List.of(), R4Validation.errorsOf(report));
            var url = report.path("measure").asText();
            var file =
                    Path.of("fhir-profiles/measures", "Measure-" + url.substring(url.lastIndexOf('/') + 1) + ".json");
            assertEquals(url, json(Files.readString(file)).path("url").asText());
        }
        var kinds = new HashSet<String>();
        for (var line : Files.readAllLines(output.resolve("tasks.ndjson"))) {
            var resource = json(line);
            if (kinds.add(resource.path("resourceType").asText())) {
                assertEquals(List.of(), R4Validation.errorsOf(resource));
            }
        }
        assertEquals(Set.of("Flag", "Task"), kinds);
    }

    @Test
    void eachRowLinksToItsChart() {
        ROWS.forEach(row -> assertEquals(
                "https://ehr.example/chart?patient=" + row.path("patient").asText(),
                row.path("link").asText()));
    }

    @Test
    void aLowerCeilingChangesAdviceOfThoseAboveItAndTheClearestComeFirst() throws IOException {
        var comparison = json(Files.readString(output.resolve("comparison.json")));
        assertEquals(
                600,
                comparison.path("replayed").asInt()
                        + comparison.path("unreadable").asInt());
        assertTrue(comparison.path("changed").asInt() > 10, comparison::toPrettyString);
        assertEquals(
                comparison.path("replayed").asInt(),
                comparison.path("same").asInt()
                        + comparison.path("reworded").asInt()
                        + comparison.path("changed").asInt());
        long moved = 0;
        for (var move : comparison.path("moves")) {
            moved += move.path("patients").asLong();
        }
        assertEquals(comparison.path("changed").asLong(), moved);
        assertTrue(comparison.path("changes").size() <= 100);
        assertFalse(comparison.path("cardsByRule").isEmpty());
    }

    @Test
    void theCodeMapHasTheLocalCodesAndWhatTheyMayBe() throws IOException {
        var map = Files.readString(output.resolve("code-map.json"));
        assertTrue(map.contains("\"17220\"") && map.contains("2243-4"), map);
    }

    private static JsonNode measure(String word) {
        for (var measure : summary.path("measures")) {
            if (measure.path("measure").asText().equals(word)) {
                return measure;
            }
        }
        throw new AssertionError("no measure " + word);
    }

    private static JsonNode json(String text) throws IOException {
        return RequestJson.exact().readTree(text);
    }
}
