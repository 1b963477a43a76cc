package health.setpoint.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.titration.Gap;
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

    @Test
    @DisplayName("with another warning and no entry is missing: none found is not concluded")
    void otherWarning() {
        assertMissing("labs", Chart.of().key("labs", withOutcome("warning", "processing", "")));
    }

    @Test
    @DisplayName("of the client's own is read by the type of its resources")
    void ownKey() {
        var chart = Chart.of()
                .without("conditions")
                .key(
                        "problemList",
                        "{resourceType: 'Bundle', entry: [{resource: {resourceType: 'Condition', id: 'c', code: {coding: [{system:"
                                + " 'http://snomed.info/sct', code: '64859006'}]}}}]}");
        assertEquals(1, chart.facts().conditions().size());
        assertEquals(List.of(), chart.facts().gaps());
    }

    @Test
    @DisplayName("of the client's own does not stand in for a required one")
    void ownKeyForRequired() {
        assertMissing("labs", Chart.of().without("labs").key("results", PAGED));
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
        var keys = new PrefetchKeys(Chart.KNOWLEDGE.terminology()).forHook(health.setpoint.titration.Hook.ORDER_SIGN);
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
