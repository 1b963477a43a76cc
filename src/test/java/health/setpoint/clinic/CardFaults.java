package health.setpoint.clinic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardContext;
import health.setpoint.card.CardWriter;
import health.setpoint.conformance.CdsHooksConformance;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Facts;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a client could not show, or a reader would stumble over, in the cards of one patient. */
final class CardFaults {

    private static final CardWriter WRITER = new CardWriter(Knowledge.load(), URI.create("https://setpoint.example"));
    private static final String CALL = "863f13e0-43ac-4a7f-befb-99575cc86f18";
    private static final Pattern GAP = Pattern.compile("  | [,;]| \\.(?!\\d)|\\(\\)|\\bnull\\b|\\{|!");

    private CardFaults() {}

    static List<String> of(Facts facts, Policy policy) {
        Advice advice = Titration.advise(facts, policy);
        CardContext context = new CardContext(
                facts.hook(), CALL, "pat-7f3a", "Practitioner/dr-1", facts.today(), orders(facts.courses()));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        List<ObjectNode> cards = WRITER.write(advice, context, policy);
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
            if (texts.contains("pat-7f3a")) {
                faults.add("names the patient: " + texts);
            }
        }
        return faults;
    }

    private static Map<String, ObjectNode> orders(List<Course> courses) {
        Map<String, ObjectNode> orders = new HashMap<>();
        for (Course course : courses) {
            if (course.isOrder()) {
                orders.put(course.reference(), order(course));
            }
        }
        return orders;
    }

    private static ObjectNode order(Course course) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("resourceType", "MedicationRequest")
                .put("id", course.reference().substring(course.reference().indexOf('/') + 1))
                .put("status", course.isDraft() ? "draft" : "active")
                .put("intent", "order");
        order.putObject("medicationCodeableConcept").put("text", course.name());
        order.putObject("subject").put("reference", "Patient/pat-7f3a");
        order.putArray("dosageInstruction").addObject().put("text", "as written");
        return order;
    }
}
