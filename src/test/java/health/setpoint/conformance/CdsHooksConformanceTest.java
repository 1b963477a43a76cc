package health.setpoint.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CdsHooksConformanceTest {

    private static final String CARD = """
            {"cards":[{
              "uuid":"0ba5e5d6-0ed0-5c44-9c3c-2f4a2b2d9a10",
              "summary":"E2 72 pg/mL above 60","indicator":"info",
              "source":{"label":"Setpoint","url":"https://example.org/dsi","topic":{"system":"urn:x","code":"High"}},
              "overrideReasons":[{"code":"a","system":"urn:x","display":"A"}],
              "links":[{"label":"More","url":"https://example.org/more","type":"absolute"}],
              "selectionBehavior":"at-most-one",
              "suggestions":[{
                "label":"Remove the draft","uuid":"0ba5e5d6-0ed0-5c44-9c3c-2f4a2b2d9a11","isRecommended":true,
                "actions":[{"type":"delete","description":"Remove","resourceId":"MedicationRequest/1"}]}]
            }]}""";

    private static final String DISCOVERY = """
            {"services":[{"hook":"order-sign","id":"a","description":"d","version":"2.0.1",
              "prefetch":{"patient":"Patient/{{context.patientId}}"}}]}""";

    @Test
    void aCompleteCardPasses() {
        assertEquals(List.of(), CdsHooksConformance.ofResponse(json(CARD), "order-sign"));
    }

    @Test
    void silencePasses() {
        assertEquals(List.of(), CdsHooksConformance.ofResponse(json("{\"cards\":[]}"), "order-sign"));
    }

    @Test
    void aClientThatWantsSystemActionsIsHeard() {
        var demand = CdsHooksConformance.Demand.SYSTEM_ACTIONS_ON_ORDER_SIGN;
        assertEquals(
                List.of("T24: $.systemActions is missing"),
                CdsHooksConformance.ofResponse(json("{\"cards\":[]}"), "order-sign", demand));
        assertEquals(
                List.of(),
                CdsHooksConformance.ofResponse(json("{\"cards\":[],\"systemActions\":[]}"), "order-sign", demand));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            T10        | "indicator":"info",                  | ''
            T12        | "indicator":"info"                   | "indicator":"hard-stop"
            D6         | "indicator":"info"                   | "indicator":"info","detail":null
            D6         | "indicator":"info"                   | "indicator":"info","extension":{"x":{}}
            T15        | "indicator":"info"                   | "indicator":"info","detail":""
            R9         | "indicator":"info"                   | "indicator":"info","detail":"a <b>bold</b> claim"
            T13        | "label":"Setpoint",                  | ''
            T13        | ,"topic":{"system":"urn:x","code":"High"} | ''
            EHR        | "code":"High"                        | "code":"R-46"
            R14        | https://example.org/dsi              | /dsi
            T16        | "selectionBehavior":"at-most-one",   | ''
            T17        | "code":"a",                          | ''
            cds-resp-4 | ,"display":"A"                       | ''
            T18        | https://example.org/more             | more
            T19        | "type":"absolute"                    | "type":"popup"
            cds-resp-3 | "type":"absolute"                    | "type":"absolute","appContext":"x"
            T20        | "label":"Remove the draft",          | ''
            cds-resp-7 | "isRecommended":true                 | "actionSelectionBehavior":"any"
            T21        | "type":"delete"                      | "type":"remove"
            T21        | "description":"Remove",              | ''
            T22        | "type":"delete"                      | "type":"create"
            T22        | "type":"delete"                      | "type":"create","resource":{"resourceType":"Pill"}
            T23        | MedicationRequest/1                  | 1
            cds-resp-2 | "type":"delete"                      | "type":"delete","resource":{"resourceType":"Basic"}
            9.3        | 0ba5e5d6-0ed0-5c44-9c3c-2f4a2b2d9a11 | 0BA5E5D6-0ed0-5c44-9c3c-2f4a2b2d9a11
            9.3        | 0ba5e5d6-0ed0-5c44-9c3c-2f4a2b2d9a11 | 0ba5e5d6-0ed0-5c44-9c3c-2f4a2b2d9a10
            F4         | "uuid":"0ba5e5d6-0ed0-5c44-9c3c-2f4a2b2d9a11", | ''
            """)
    void eachFaultOfACardIsFound(String check, String right, String wrong) {
        String spoilt = CARD.replace(right, wrong);
        List<String> violations = CdsHooksConformance.ofResponse(json(spoilt), "order-sign");
        assertTrue(violations.stream().anyMatch(v -> v.startsWith(check + ":")), violations::toString);
    }

    @Test
    void aSummaryOf140CharactersIsTooLong() {
        String spoilt = CARD.replace("E2 72 pg/mL above 60", "x".repeat(140));
        assertEquals(
                List.of("T11: $.cards[0].summary has 140 characters"),
                CdsHooksConformance.ofResponse(json(spoilt), "order-sign"));
    }

    @Test
    void twoRecommendationsOfOneChoiceAreFound() {
        JsonNode response = json(CARD);
        var suggestions = (com.fasterxml.jackson.databind.node.ArrayNode)
                response.path("cards").get(0).path("suggestions");
        var second = (com.fasterxml.jackson.databind.node.ObjectNode)
                suggestions.get(0).deepCopy();
        second.put("uuid", "0ba5e5d6-0ed0-5c44-9c3c-2f4a2b2d9a12");
        suggestions.add(second);
        assertEquals(
                List.of("cds-resp-1: $.cards[0].suggestions 2 are recommended where one at most can be taken"),
                CdsHooksConformance.ofResponse(response, "order-sign"));
    }

    @Test
    void aDiscoveryPasses() {
        assertEquals(List.of(), CdsHooksConformance.ofDiscovery(json(DISCOVERY)));
        assertEquals(List.of(), CdsHooksConformance.ofDiscovery(json("{\"services\":[]}")));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = """
            T4  | "description":"d"    | "description":5
            T4  | "hook":"order-sign", | ''
            D9  | "id":"a"             | "id":"a b"
            D9  | "id":"a"             | "id":"feedback"
            9.3 | 2.0.1                | STU2
            D6  | "description":"d"    | "description":"d","extension":{}
            D12 | "Patient/{{context.patientId}}" | 1
            D20 | Patient/{            | /Patient/{
            D21 | context.patientId    | context.draftOrders
            D21 | {{context.patientId}} | {{context.patientId
            D25 | context.patientId    | %labs.entry
            D26 | Patient/{{context.patientId}} | Observation?patient={{context.patientId}}&sort:desc=date
            """)
    void eachFaultOfADiscoveryIsFound(String check, String right, String wrong) {
        String spoilt = DISCOVERY.replace(right, wrong);
        List<String> violations = CdsHooksConformance.ofDiscovery(json(spoilt));
        assertTrue(violations.stream().anyMatch(v -> v.startsWith(check + ":")), violations::toString);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
