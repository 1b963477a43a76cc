package health.setpoint.chart.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.chart.Chart;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.facts.Gap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("A prefetch key")
class PrefetchStatesTest {

    private static final String ESTRADIOL = "{resourceType: 'Observation', id: 'e2', status: 'final',"
            + " code: {coding: [{system: 'http://loinc.org', code: '2243-4'}]}, effectiveDateTime: '2026-02-27',"
            + " valueQuantity: {value: 72, unit: 'pg/mL'}}";
    private static final String OUTCOME = "{resourceType: 'OperationOutcome', issue: [{severity: '%s', code: '%s'}]}";
    private static final String EMPTY = "{resourceType: 'Bundle', type: 'searchset', total: 0}";
    private static final String PAGED =
            "{resourceType: 'Bundle', link: [{relation: 'next', url: 'https://ehr.example/fhir?page=2'}], entry: [{resource: "
                    + ESTRADIOL + "}]}";

    private static String outcome(String severity, String code) {
        return OUTCOME.formatted(severity, code);
    }

    private static String withOutcome(String severity, String code, String more) {
        return "{resourceType: 'Bundle', total: 0, entry: [" + more + "{search: {mode: 'outcome'}, resource: "
                + outcome(severity, code) + "}]}";
    }

    private static void assertMissing(String key, Chart chart) {
        var refused = chart.refused();
        assertEquals(ChartOutcome.Kind.DATA_MISSING, refused.kind());
        assertEquals("prefetch." + key, refused.problems().get(0).location());
        assertTrue(refused.problems().get(0).text().contains("'" + key + "'"));
    }

    private static void assertGap(Gap.Part part, Gap.Why why, Chart chart) {
        assertEquals(List.of(new Gap(part, why)), chart.facts().gaps());
    }

    @TestFactory
    Stream<DynamicTest> required() {
        return Stream.of("patient", "labs", "medicationRequests")
                .flatMap(key -> Stream.of(
                        dynamicTest(
                                key + " that is absent is missing",
                                () -> assertMissing(key, Chart.of().without(key))),
                        dynamicTest(
                                key + " that is null means none",
                                () -> assertEquals(
                                        List.of(),
                                        Chart.of().key(key, "null").facts().gaps())),
                        dynamicTest(
                                key + " that is an empty Bundle means none",
                                () -> assertEquals(
                                        List.of(),
                                        Chart.of().key(key, EMPTY).facts().gaps())),
                        dynamicTest(
                                key + " that is an OperationOutcome is missing",
                                () -> assertMissing(key, Chart.of().key(key, outcome("error", "exception")))),
                        dynamicTest(
                                key + " with nothing but an OperationOutcome is missing",
                                () -> assertMissing(key, Chart.of().key(key, withOutcome("error", "exception", "")))),
                        dynamicTest(
                                key + " that is no object is missing",
                                () -> assertMissing(key, Chart.of().key(key, "'123'"))),
                        dynamicTest(
                                key + " without resourceType is missing",
                                () -> assertMissing(key, Chart.of().key(key, "{}")))));
    }

    @TestFactory
    Stream<DynamicTest> optional() {
        return Map.of(
                        "conditions", Gap.Part.CONDITIONS,
                        "medicationStatements", Gap.Part.MEDICATION_STATEMENTS,
                        "observations", Gap.Part.SYMPTOMS,
                        "serviceRequests", Gap.Part.LAB_REQUESTS,
                        "allergies", Gap.Part.ALLERGIES,
                        "medicationAdministrations", Gap.Part.MEDICATION_ADMINISTRATIONS,
                        "medicationDispenses", Gap.Part.MEDICATION_DISPENSES,
                        "questionnaireResponses", Gap.Part.QUESTIONNAIRES)
                .entrySet()
                .stream()
                .flatMap(each -> Stream.of(
                        dynamicTest(
                                each.getKey() + " that is absent is a gap",
                                () -> assertGap(
                                        each.getValue(),
                                        Gap.Why.NOT_SENT,
                                        Chart.of().without(each.getKey()))),
                        dynamicTest(
                                each.getKey() + " that failed is a gap",
                                () -> assertGap(
                                        each.getValue(),
                                        Gap.Why.FAILED,
                                        Chart.of().key(each.getKey(), outcome("fatal", "processing")))),
                        dynamicTest(
                                each.getKey() + " that is a number is a gap",
                                () -> assertGap(
                                        each.getValue(),
                                        Gap.Why.FAILED,
                                        Chart.of().key(each.getKey(), "7"))),
                        dynamicTest(
                                each.getKey() + " that is null means none",
                                () -> assertEquals(
                                        List.of(),
                                        Chart.of()
                                                .key(each.getKey(), "null")
                                                .facts()
                                                .gaps()))));
    }

    @Test
    @DisplayName("with a next link is partial: its entries are read and the rest is named")
    void partial() {
        var chart = Chart.of().key("labs", PAGED);
        assertGap(Gap.Part.LABS, Gap.Why.PARTIAL, chart);
        assertEquals(1, chart.facts().labs().size());
    }

    @Test
    @DisplayName("with a failure beside its entries is partial")
    void failureBesideEntries() {
        var chart = Chart.of().key("labs", withOutcome("error", "timeout", "{resource: " + ESTRADIOL + "},"));
        assertGap(Gap.Part.LABS, Gap.Why.PARTIAL, chart);
        assertEquals(1, chart.facts().labs().size());
    }

    @Test
    @DisplayName("whose total counts entries that it does not carry is partial")
    void totalWithoutEntries() {
        assertGap(Gap.Part.LABS, Gap.Why.PARTIAL, Chart.of().key("labs", "{resourceType: 'Bundle', total: 5}"));
    }

    @Test
    @DisplayName("with a comment of the server only is complete")
    void comment() {
        assertEquals(
                List.of(),
                Chart.of()
                        .key("labs", withOutcome("information", "informational", "{resource: " + ESTRADIOL + "},"))
                        .facts()
                        .gaps());
    }

    @Test
    @DisplayName("with Epic's warning that nothing was found means none")
    void nothingFound() {
        var warning = "{resourceType: 'Bundle', total: 0, entry: [{search: {mode: 'outcome'}, resource: {resourceType:"
                + " 'OperationOutcome', issue: [{severity: 'warning', code: 'processing', details: {coding: [{code:"
                + " '4101'}]}}]}}]}";
        assertEquals(List.of(), Chart.of().key("labs", warning).facts().gaps());
    }

    private static final String EPIC_COMMENT =
            "{search: {mode: 'outcome'}, resource: {resourceType: 'OperationOutcome',"
                    + " issue: [{severity: 'warning', code: 'processing', details: {coding: [{system:"
                    + " 'urn:oid:1.2.840.114350.1.13.0.1.7.2.657369', code: '4119', display: 'This response includes information"
                    + " available to the authorized user at the time of the request. It may not contain the entire record"
                    + " available in the system.'}]}}]}}";

    @TestFactory
    @DisplayName("with Epic's comment 4119 brings what it brings without")
    Stream<DynamicTest> epicComment() {
        var call = Chart.call("epic/order-sign");
        var without = Chart.READER.read(Chart.request(call, Chart.NOW));
        return Stream.concat(
                        Stream.of("(all)"),
                        Stream.iterate(call.path("prefetch").fieldNames(), java.util.Iterator::hasNext, names -> names)
                                .map(java.util.Iterator::next))
                .map(key -> dynamicTest(key, () -> {
                    var commented = call.deepCopy();
                    commented.path("prefetch").properties().forEach(sent -> {
                        if (sent.getValue() instanceof com.fasterxml.jackson.databind.node.ObjectNode bundle
                                && bundle.path("resourceType").asText().equals("Bundle")
                                && (key.equals("(all)") || key.equals(sent.getKey()))) {
                            bundle.withArray("entry").add(Chart.json(EPIC_COMMENT));
                        }
                    });
                    assertEquals(
                            ((ChartOutcome.Read) without).facts(),
                            ((ChartOutcome.Read) Chart.READER.read(Chart.request(commented, Chart.NOW))).facts());
                }));
    }

    @Test
    @DisplayName("with a comment shows it in the explanation")
    void commentShown() {
        var chart = Chart.of().key("labs", "{resourceType: 'Bundle', total: 0, entry: [" + EPIC_COMMENT + "]}");
        var notes = chart.read().notes();
        assertTrue(
                notes.stream()
                        .anyMatch(note -> note.reference().equals("prefetch.labs.entry[0].resource")
                                && note.outcome() == ReadNote.Outcome.IGNORED
                                && note.text()
                                        .startsWith("a comment of the server: warning 'processing' (4119 This"
                                                + " response includes")),
                () -> notes.stream().map(ReadNote::text).toList().toString());
    }

    @TestFactory
    @DisplayName("with an issue beside its entries")
    Stream<DynamicTest> issues() {
        var comments = Stream.of("processing", "informational", "not-found", "value", "business-rule", "")
                .flatMap(code -> Stream.of("information", "warning", "WARNING", "success")
                        .map(severity -> dynamicTest(
                                severity + " '" + code + "' is complete",
                                () -> assertEquals(
                                        List.of(),
                                        Chart.of()
                                                .key(
                                                        "labs",
                                                        withOutcome(severity, code, "{resource: " + ESTRADIOL + "},"))
                                                .facts()
                                                .gaps()))));
        var incomplete = Stream.of(
                        "incomplete",
                        "suppressed",
                        "too-costly",
                        "throttled",
                        "timeout",
                        "transient",
                        "lock-error",
                        "exception",
                        "security",
                        "forbidden")
                .flatMap(code ->
                        Stream.of("information", "warning", "error", "fatal").map(severity -> severity + " " + code));
        var failures = Stream.of("processing", "not-found", "informational")
                .flatMap(code -> Stream.of("error", "fatal", "", "worrying").map(severity -> severity + " " + code));
        return Stream.concat(
                comments,
                Stream.concat(incomplete, failures)
                        .map(issue -> dynamicTest(issue + " is partial", () -> {
                            var words = issue.split(" ");
                            assertGap(
                                    Gap.Part.LABS,
                                    Gap.Why.PARTIAL,
                                    Chart.of()
                                            .key(
                                                    "labs",
                                                    withOutcome(words[0], words[1], "{resource: " + ESTRADIOL + "},")));
                        })));
    }

    @Test
    @DisplayName("with a comment and no entry means none")
    void commentAlone() {
        assertEquals(
                List.of(),
                Chart.of()
                        .key("labs", withOutcome("warning", "processing", ""))
                        .facts()
                        .gaps());
    }

    @Test
    @DisplayName("with a comment where its resource should stand is missing: none found is not concluded")
    void commentInPlace() {
        assertMissing("labs", Chart.of().key("labs", outcome("warning", "processing")));
    }

    private static String searchset(String total, String... entries) {
        return "{resourceType: 'Bundle', type: 'searchset', total: " + total + ", entry: [" + String.join(",", entries)
                + "]}";
    }

    private static String entry(String mode, String resource) {
        return "{" + (mode.isEmpty() ? "" : "search: {mode: '" + mode + "'}, ") + "resource: " + resource + "}";
    }

    private static String estradiol(String id) {
        return ESTRADIOL.replace("'e2'", "'" + id + "'");
    }

    private static final String SPECIMEN = "{resourceType: 'Specimen', id: 's'}";

    @TestFactory
    @DisplayName("whose total is")
    Stream<DynamicTest> totals() {
        var whole = Map.of(
                "as many as its matches", searchset("2", entry("match", estradiol("a")), entry("", estradiol("b"))),
                "fewer than its matches", searchset("1", entry("match", estradiol("a")), entry("", estradiol("b"))),
                "absent", "{resourceType: 'Bundle', entry: [" + entry("match", estradiol("a")) + "]}",
                "a word", searchset("'many'", entry("match", estradiol("a"))),
                "negative", searchset("-1", entry("match", estradiol("a"))),
                "its matches beside includes",
                        searchset("1", entry("match", estradiol("a")), entry("include", SPECIMEN)),
                "a string of as many", searchset("'1'", entry("match", estradiol("a"))),
                "as many as entries of which one came twice",
                        searchset("2", entry("match", estradiol("a")), entry("match", estradiol("a"))));
        var parts = Map.of(
                "larger", searchset("137", entry("match", estradiol("a")), entry("", estradiol("b"))),
                "larger as a string", searchset("'2'", entry("match", estradiol("a"))),
                "larger but for an include", searchset("2", entry("match", estradiol("a")), entry("include", SPECIMEN)),
                "larger but for a referenced resource", searchset("2", entry("", estradiol("a")), entry("", SPECIMEN)),
                "larger but for an outcome",
                        searchset(
                                "2",
                                entry("match", estradiol("a")),
                                entry("outcome", outcome("information", "informational"))),
                "larger than its entries, one of which came twice",
                        searchset("3", entry("match", estradiol("a")), entry("match", estradiol("a"))),
                "larger but for an entry without its resource", searchset("2", entry("match", estradiol("a")), "{}"),
                "larger in a Bundle inside it", searchset("1", entry("", searchset("3", entry("", estradiol("a"))))),
                "a count alone", searchset("5"));
        return Stream.concat(
                whole.entrySet().stream()
                        .map(each -> dynamicTest(
                                each.getKey() + " is complete",
                                () -> assertEquals(
                                        List.of(),
                                        Chart.of()
                                                .key("labs", each.getValue())
                                                .facts()
                                                .gaps()))),
                parts.entrySet().stream()
                        .map(each -> dynamicTest(
                                each.getKey() + " is partial",
                                () -> assertGap(
                                        Gap.Part.LABS,
                                        Gap.Why.PARTIAL,
                                        Chart.of().key("labs", each.getValue())))));
    }

    private static String page(String total, String next, String... ids) {
        var link = next.isEmpty() ? "" : "link: [{relation: 'next', url: '" + next + "'}], ";
        return "{resourceType: 'Bundle', total: " + total + ", " + link + "entry: ["
                + String.join(
                        ",",
                        Stream.of(ids).map(id -> entry("match", estradiol(id))).toList()) + "]}";
    }

    @Test
    @DisplayName("whose total counts all pages is complete once they are fetched, and partial where one lacks")
    void totalOfPages() {
        var first = page("3", "https://ehr.example/fhir?page=2", "a");
        assertEquals(
                List.of(),
                Chart.of()
                        .key("labs", first)
                        .fetching(answering(Map.of("labs", found(page("3", "", "b", "c")))))
                        .facts()
                        .gaps());
        assertGap(
                Gap.Part.LABS,
                Gap.Why.PARTIAL,
                Chart.of().key("labs", first).fetching(answering(Map.of("labs", found(page("3", "", "b"))))));
        assertGap(
                Gap.Part.LABS,
                Gap.Why.PARTIAL,
                Chart.of().without("labs").fetching(answering(Map.of("labs", found(page("3", "", "b"))))));
    }

    @TestFactory
    @DisplayName("in the answer that it came with")
    Stream<DynamicTest> wrapped() {
        var status = "{response: {status: %s}, resource: " + FETCHED + "}";
        return Stream.of(
                        Stream.of("'200 OK'", "'200'", "200", "'201 Created'", "'OK'", "null")
                                .map(read -> dynamicTest("of status " + read + " is read", () -> {
                                    var chart = Chart.of().key("labs", status.formatted(read));
                                    assertEquals(1, chart.facts().labs().size());
                                    assertEquals(List.of(), chart.facts().gaps());
                                })),
                        Stream.of("'404 Not Found'", "'500'", "403", "'304'")
                                .map(failed -> dynamicTest("of status " + failed + " is missing", () -> {
                                    assertMissing("labs", Chart.of().key("labs", status.formatted(failed)));
                                    assertGap(
                                            Gap.Part.CONDITIONS,
                                            Gap.Why.FAILED,
                                            Chart.of().key("conditions", status.formatted(failed)));
                                })),
                        Stream.of(
                                        "{response: {status: '200 OK'}}",
                                        "{response: {status: '200 OK'}, resource: {}}",
                                        "{resource: 7}",
                                        "{response: {status: '200 OK'}, resource: " + outcome("error", "exception")
                                                + "}")
                                .map(empty -> dynamicTest(
                                        "without a resource is missing: " + empty,
                                        () -> assertMissing("labs", Chart.of().key("labs", empty)))),
                        Stream.of(dynamicTest("as an entry of a batch is read, and a failed one is a gap", () -> {
                            var batch =
                                    "{resourceType: 'Bundle', type: 'batch-response', entry: [{response: {status: '200'}, resource: "
                                            + FETCHED + "}, {response: {status: '%s'}}]}";
                            assertEquals(
                                    1,
                                    Chart.of()
                                            .key("labs", batch.formatted("200"))
                                            .facts()
                                            .labs()
                                            .size());
                            assertGap(
                                    Gap.Part.LABS,
                                    Gap.Why.PARTIAL,
                                    Chart.of().key("labs", batch.formatted("503 Busy")));
                        })))
                .flatMap(tests -> tests);
    }

    @Test
    @DisplayName("may be a Bundle without type, entries without resource and nested Bundles")
    void oddBundles() {
        var chart = Chart.of()
                .key(
                        "labs",
                        "{resourceType: 'Bundle', entry: [{}, 7, null, {resource: 'x'}, {resource: {id: 'x'}}, {resource:"
                                + " {resourceType: 'Bundle', entry: {resource: " + ESTRADIOL + "}}}]}");
        assertEquals(1, chart.facts().labs().size());
    }

    @Test
    @DisplayName("may be a bare resource where a search was asked for")
    void bareResource() {
        assertEquals(1, Chart.of().key("labs", ESTRADIOL).facts().labs().size());
    }

    @Test
    @DisplayName("is not looked for where there is no prefetch at all: every required key is named")
    void noPrefetch() {
        var chart = Chart.of();
        for (var key : List.of("patient", "labs", "medicationRequests")) {
            chart.without(key);
        }
        assertEquals(3, chart.refused().problems().size());
    }

    private static MissingData answering(Map<String, MissingData.Answer> answers) {
        return needs -> {
            var found = new HashMap<MissingData.Need, MissingData.Answer>();
            for (var need : needs) {
                if (answers.containsKey(need.name())) {
                    found.put(need, answers.get(need.name()));
                }
            }
            return found;
        };
    }

    private static MissingData.Answer found(String... pages) {
        return new MissingData.Answer.Found(Stream.of(pages).map(Chart::json).toList());
    }

    private static final String FETCHED = "{resourceType: 'Bundle', entry: [{resource: " + ESTRADIOL + "}]}";

    @Test
    @DisplayName("that is absent is fetched by its own query")
    void fetched() {
        var asked = new java.util.ArrayList<String>();
        var chart = Chart.of().without("labs").fetching(needs -> {
            needs.forEach(need -> asked.add(need.url()));
            return answering(Map.of("labs", found(FETCHED))).ask(needs);
        });
        assertEquals(1, chart.facts().labs().size());
        assertEquals(1, asked.size());
        assertTrue(asked.get(0).startsWith("Observation?patient=p&code=http://loinc.org|"), asked.get(0));
    }

    @Test
    @DisplayName("that is absent and cannot be fetched is missing, with the reason")
    void fetchFailed() {
        var chart = Chart.of()
                .without("labs")
                .fetching(answering(Map.of("labs", new MissingData.Answer.Failed("status 500"))));
        assertMissing("labs", chart);
        assertTrue(chart.refused().problems().get(0).text().contains("status 500"));
    }

    @Test
    @DisplayName("that the EHR itself failed on is not asked for again")
    void notAskedAgain() {
        var chart = Chart.of()
                .key("labs", outcome("error", "exception"))
                .fetching(answering(Map.of("labs", found(FETCHED))));
        assertMissing("labs", chart);
    }

    @Test
    @DisplayName("that is partial is completed from its next link")
    void completed() {
        var second = FETCHED.replace("'e2'", "'e3'");
        var chart = Chart.of().key("labs", PAGED).fetching(answering(Map.of("labs", found(second))));
        assertEquals(2, chart.facts().labs().size());
        assertEquals(List.of(), chart.facts().gaps());
    }

    @Test
    @DisplayName("that stays partial after fetching is a gap")
    void stillPartial() {
        var chart =
                Chart.of().key("labs", PAGED).fetching(answering(Map.of("labs", found(PAGED.replace("'e2'", "'e3'")))));
        assertEquals(2, chart.facts().labs().size());
        assertGap(Gap.Part.LABS, Gap.Why.PARTIAL, chart);
    }

    @Test
    @DisplayName("fetched of another patient counts as failed")
    void fetchedOfAnother() {
        var other = FETCHED.replace("status: 'final'", "status: 'final', subject: {reference: 'Patient/other'}");
        assertMissing("labs", Chart.of().without("labs").fetching(answering(Map.of("labs", found(other)))));
    }

    @Test
    @DisplayName("is offered once, with one absolute date and only the patient as token")
    void templates() {
        var keys = new PrefetchKeys(Chart.KNOWLEDGE.terminology())
                .forHook(health.setpoint.titration.facts.Hook.ORDER_SIGN);
        for (var key : keys) {
            var template = key.template(Chart.NOW.toLocalDate());
            assertTrue(template.contains("{{context.patientId}}"), template);
            assertEquals(1, template.split("\\{\\{", -1).length - 1, template);
            assertTrue(template.split("=ge", -1).length <= 2, template);
            assertTrue(key.url("a b&c", Chart.NOW.toLocalDate()).contains("a%20b%26c"));
        }
        assertEquals(
                List.of("patient", "labs", "medicationRequests"),
                keys.stream()
                        .filter(PrefetchKey::required)
                        .map(PrefetchKey::name)
                        .toList());
    }

    @Test
    @DisplayName("of any JSON type never fails the reader")
    void anyType() {
        for (var value : List.of(
                "true",
                "[]",
                "[{}]",
                "1.5",
                "''",
                "{resourceType: 7}",
                "{resourceType: 'Bundle', entry: 'x', link: 'y'}")) {
            JsonNode ignored = Chart.json(value);
            Chart.of().key("conditions", ignored.toString()).facts();
        }
    }
}
