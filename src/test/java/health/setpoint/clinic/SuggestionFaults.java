package health.setpoint.clinic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a suggestion does something else than its label says, read from the JSON of an answer in any dialect. */
final class SuggestionFaults {

    private static final Pattern DOSE =
            Pattern.compile("(\\d+(?:\\.\\d+)?) mg (once|twice|three times|(\\d+) times) weekly");
    private static final Set<String> ADVICE_TO_TEST = Set.of("order-labs", "monitor");

    private SuggestionFaults() {}

    static List<String> of(List<ObjectNode> cards) {
        List<String> faults = new ArrayList<>();
        for (ObjectNode card : cards) {
            for (JsonNode suggestion : card.path("suggestions")) {
                String label = suggestion.path("label").asText();
                List<JsonNode> actions = new ArrayList<>();
                suggestion.path("actions").forEach(actions::add);
                unsaid(label, actions).forEach(fault -> faults.add(fault + " under: " + label));
                boolean testsOnly = actions.stream().allMatch(SuggestionFaults::isTest);
                if (testsOnly && !label.startsWith("Order ")) {
                    faults.add("only orders tests: " + label);
                }
                String advice =
                        card.at("/extension/health.setpoint.advice/advice").asText();
                if (testsOnly && suggestion.path("isRecommended").asBoolean() && !ADVICE_TO_TEST.contains(advice)) {
                    faults.add("tests are recommended where the advice is " + advice + ": " + label);
                }
            }
            leftUnsaid(card).forEach(faults::add);
        }
        return faults;
    }

    /** Each part of the label has its action, and no action is left without a part. */
    private static List<String> unsaid(String label, List<JsonNode> actions) {
        List<String> faults = new ArrayList<>();
        List<JsonNode> left = new ArrayList<>(actions);
        for (String part : label.split("; (?=Remove |Hold |Stop |Change |Draft |Order |order )")) {
            if (part.startsWith("Order ") || part.startsWith("order ")) {
                if (!left.removeIf(SuggestionFaults::isTest)) {
                    faults.add("no test is ordered");
                }
            } else if (left.stream().noneMatch(action -> carriesOut(part, action))) {
                faults.add("nothing does '" + part + "'");
            } else {
                left.remove(left.stream()
                        .filter(action -> carriesOut(part, action))
                        .findFirst()
                        .orElseThrow());
            }
        }
        left.forEach(
                action -> faults.add("unsaid: " + action.path("description").asText()));
        return faults;
    }

    private static boolean carriesOut(String part, JsonNode action) {
        String type = action.path("type").asText();
        String status = action.at("/resource/status").asText();
        boolean drug = action.at("/resource/resourceType").asText().equals("MedicationRequest");
        if (part.startsWith("Remove ")) {
            return type.equals("delete");
        }
        if (part.startsWith("Hold ")) {
            return type.equals("update") && drug && status.equals("on-hold");
        }
        if (part.startsWith("Stop ")) {
            return type.equals("update") && drug && status.equals("stopped");
        }
        if (part.startsWith("Change the draft ")) {
            return type.equals("update")
                    && drug
                    && !Set.of("on-hold", "stopped").contains(status)
                    && doses(part, action);
        }
        if (part.startsWith("Change the order ")) {
            return type.equals("update") && drug && status.equals("active") && doses(part, action);
        }
        return part.startsWith("Draft ") && type.equals("create") && drug && doses(part, action);
    }

    private static boolean doses(String part, JsonNode action) {
        Matcher dose = DOSE.matcher(part);
        if (!dose.find()) {
            return false;
        }
        int times =
                switch (dose.group(2)) {
                    case "once" -> 1;
                    case "twice" -> 2;
                    case "three times" -> 3;
                    default -> Integer.parseInt(dose.group(3));
                };
        JsonNode dosage = action.at("/resource/dosageInstruction/0");
        JsonNode repeat = dosage.at("/timing/repeat");
        return dosage.at("/doseAndRate/0/doseQuantity/value")
                                .decimalValue()
                                .compareTo(new java.math.BigDecimal(dose.group(1)))
                        == 0
                && repeat.path("frequency").asInt() == times
                && repeat.path("period").asInt() == 1
                && repeat.path("periodUnit").asText().equals("wk");
    }

    private static boolean isTest(JsonNode action) {
        return action.path("type").asText().equals("create")
                && action.at("/resource/resourceType").asText().equals("ServiceRequest");
    }

    /** A card that names a draft acts on one, agrees with it, or says why it leaves it. */
    private static List<String> leftUnsaid(ObjectNode card) {
        String detail = card.path("detail").asText();
        boolean acts =
                card.findValuesAsText("type").stream().anyMatch(type -> type.equals("delete") || type.equals("update"));
        return !detail.contains("Draft:")
                        || acts
                        || detail.contains(", which agrees")
                        || detail.contains("**By hand:**")
                ? List.of()
                : List.of("names a draft and leaves it without a word: "
                        + card.path("summary").asText());
    }
}
