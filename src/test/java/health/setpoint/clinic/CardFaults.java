package health.setpoint.clinic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.conformance.CdsHooksConformance;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a client could not show, or a reader would stumble over, in the cards of one patient. */
final class CardFaults {

    private static final Pattern GAP = Pattern.compile("  | [,;]| \\.(?!\\d)|\\(\\)|\\bnull\\b|\\{|!");

    private CardFaults() {}

    static List<String> of(Facts facts, Policy policy) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        List<ObjectNode> cards = DialectAnswers.cards(facts, policy, DialectAnswers.STANDARD);
        answer.putArray("cards").addAll(cards);
        List<String> faults = new ArrayList<>(
                CdsHooksConformance.ofResponse(answer, facts.hook().word()));
        for (ObjectNode card : cards) {
            String summary = card.path("summary").asText();
            String texts = summary + "\n" + card.path("detail").asText();
            if (summary.endsWith("…")) {
                faults.add("the summary had to be cut: " + summary);
            }
            GAP.matcher(texts).results().forEach(gap -> faults.add("a gap at " + gap.start() + ": " + texts));
            if (texts.contains(DialectAnswers.PATIENT)) {
                faults.add("names the patient: " + texts);
            }
        }
        return faults;
    }
}
