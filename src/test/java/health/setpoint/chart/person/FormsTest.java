package health.setpoint.chart.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.chart.Chart;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.person.UnreadForm;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A questionnaire")
class FormsTest {

    private static final String BY_CODE =
            "{linkId: 'a', code: [{system: 'http://snomed.info/sct', code: '53430007'}], answer: [{valueBoolean: false}]}";
    private static final String BY_TEXT =
            "{linkId: '4', text: 'Breast or nipple tenderness?', answer: [{valueBoolean: true}]}";

    private static Chart form(String more, String... items) {
        return Chart.of()
                .with(
                        "questionnaireResponses",
                        "{resourceType: 'QuestionnaireResponse', id: 'q', status: 'completed', " + more + " item: ["
                                + String.join(",", items) + "]}");
    }

    private static List<UnreadForm> unread(Chart chart) {
        return chart.facts().unreadForms();
    }

    @Test
    @DisplayName("none of whose items can be matched is named with its day")
    void unread() {
        assertEquals(
                List.of(new UnreadForm(
                        "questionnaire adam", Optional.of(LocalDate.of(2026, 2, 20)), "QuestionnaireResponse/q")),
                unread(form(
                        "authored: '2026-02-20', questionnaire: 'https://ehr.example/Questionnaire/adam|2.0',",
                        BY_TEXT)));
        assertEquals(
                "a questionnaire without a name [-]",
                unread(form("", BY_TEXT)).get(0).shown());
        assertEquals(
                "questionnaire x y",
                unread(form("questionnaire: 'x [y]|1',", BY_TEXT)).get(0).name());
    }

    @Test
    @DisplayName("of which one item is matched, or which holds no answer, is none of these")
    void read() {
        assertEquals(List.of(), unread(form("authored: '2026-02-20',", BY_CODE, BY_TEXT)));
        assertEquals(List.of(), unread(form("authored: '2026-02-20',", "{linkId: '4', text: 'Tenderness?'}")));
        assertEquals(
                List.of(),
                unread(form("authored: '2026-02-20', status: 'in-progress',", BY_TEXT)
                        .key("questionnaireResponses", "null")));
    }

    @Test
    @DisplayName("that cannot be read stands in the explanation by its name")
    void explained() {
        assertTrue(form("authored: '2026-02-20',", BY_TEXT).read().notes().stream()
                .anyMatch(note -> note.reference().equals("QuestionnaireResponse/q")
                        && note.outcome() == ReadNote.Outcome.UNREADABLE
                        && note.text().startsWith("a questionnaire without a name of 2026-02-20: none of its items")));
    }

    @Test
    @DisplayName("an answer on a symptom that is neither yes nor no leaves the symptoms unknown")
    void answersThatAreNeither() {
        var asked =
                "{resourceType: 'Observation', id: 'o', status: 'final', effectiveDateTime: '2026-02-20', code: {coding:"
                        + " [{system: 'http://snomed.info/sct', code: '53430007'}]}, %s}";
        for (var value : List.of("valueInteger: 3", "valueQuantity: {value: 7}", "valueString: 'sometimes'")) {
            var unread = unread(Chart.of().with("observations", asked.formatted(value)));
            assertEquals(1, unread.size(), value);
            assertEquals("the answer on breast pain [2026-02-20]", unread.get(0).shown());
        }
        assertEquals(List.of(), unread(Chart.of().with("observations", asked.formatted("valueBoolean: false"))));
    }
}
