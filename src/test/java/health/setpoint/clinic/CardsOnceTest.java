package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.clinic.DialectAnswers.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a busy reader would stumble over, on the cards of every row of the clinic tables in every dialect. */
class CardsOnceTest {

    private static final Pattern DATED_RESULT =
            Pattern.compile("[<>=]*[\\d.]+ (pg/mL|ng/dL|pmol/L|nmol/L|%) \\(\\d{4}-\\d{2}-\\d{2}");

    private record Card(String where, String dialect, JsonNode json) {

        String detail() {
            return json.path("detail").asText();
        }
    }

    private static List<Card> cards() throws Exception {
        List<Card> cards = new ArrayList<>();
        for (var file : ClinicTables.files()) {
            for (var row : ClinicTables.rows(file)) {
                var facts = Patients.facts(row);
                var policy = Policies.of(row);
                for (Site site : DialectAnswers.SITES) {
                    DialectAnswers.written(facts, policy, site)
                            .forEach(card -> cards.add(new Card(row.toString(), site.folder(), card.json())));
                }
            }
        }
        assertTrue(cards.size() > 5_000, "the tables are read");
        return cards;
    }

    @Test
    void noResultOfADayIsNamedTwiceAndNoTestsAreLeftByHandWithoutANameWhereOthersHaveATick() throws Exception {
        Set<String> faults = new LinkedHashSet<>();
        for (Card card : cards()) {
            Set<String> named = new HashSet<>();
            Matcher results = DATED_RESULT.matcher(card.detail().split("\n\n1\\. ")[0]);
            while (results.find()) {
                if (!named.add(results.group())) {
                    faults.add(results.group() + " stands twice: " + card);
                }
            }
            boolean ticks = card.dialect().equals("epic")
                    && card.json().findValuesAsText("label").stream().anyMatch(label -> label.startsWith("Order "));
            if (ticks && card.detail().contains("Order the tests")) {
                faults.add("which tests? " + card);
            }
        }
        assertEquals(List.of(), faults.stream().limit(10).toList());
    }
}
