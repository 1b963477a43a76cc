package health.setpoint.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Hook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Decisions and feedback as tests need them. */
public final class Decisions {

    public static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

    private Decisions() {}

    public static Decision withCards(String... uuids) {
        return at(NOW, uuids);
    }

    public static Decision at(Instant at, String... uuids) {
        return of(at, List.of(uuids).stream().map(Decisions::card).toList());
    }

    static Decision showing(ObjectNode... cards) {
        return of(NOW, List.of(cards));
    }

    private static Decision of(Instant at, List<ObjectNode> cards) {
        var random = new AnyRecord(cards.hashCode());
        return new Decision(
                Decision.newId(at),
                new Decision.Call(
                        "local", "titration-order-sign", Hook.ORDER_SIGN, "instance-" + UUID.randomUUID(), "request-1"),
                "smart-1288992",
                "Practitioner/example",
                at,
                Optional.of(new Decision.KnowledgeUsed("2026.2", "0123456789ab")),
                Optional.of(random.of(Facts.class)),
                Optional.of(random.of(Advice.class)),
                cards.stream().map(Decisions::answered).toList(),
                Map.of("labs", "resource", "conditions", "missing"),
                Map.of("chart", Duration.ofMillis(3)),
                200,
                false);
    }

    private static AnsweredCard answered(ObjectNode card) {
        var indicator = Indicator.valueOf(card.path("indicator").asText().toUpperCase(Locale.ROOT));
        return new AnsweredCard(card.path("uuid").asText(), RuleId.R_40, AdviceKind.HOLD, indicator, card);
    }

    static ObjectNode card(String uuid) {
        var card = JsonNodeFactory.instance.objectNode();
        card.put("uuid", uuid).put("summary", "Hold anastrozole").put("indicator", "warning");
        var action = card.putArray("suggestions")
                .addObject()
                .put("label", "Hold")
                .putArray("actions")
                .addObject();
        action.put("type", "update").putObject("resource").put("note", "Testman, Peter");
        card.putObject("extension")
                .putObject("health.setpoint.advice")
                .put("advice", "hold")
                .putArray("rules")
                .add("R-40");
        return card;
    }

    public static Feedback overridden(String card) {
        return new Feedback(
                "local",
                "titration-order-sign",
                card,
                Feedback.Outcome.OVERRIDDEN,
                List.of(),
                Optional.of("patient-declined"),
                Optional.empty(),
                Optional.of("he would rather wait"),
                NOW.plusSeconds(20));
    }

    /** The same event, reported by another client. */
    static Feedback by(String client, Feedback event) {
        return new Feedback(
                client,
                event.service(),
                event.card(),
                event.outcome(),
                event.suggestions(),
                event.reasonCode(),
                event.reasonSystem(),
                event.comment(),
                event.at());
    }

    static Feedback accepted(String card, String suggestion) {
        return new Feedback(
                "local",
                "titration-order-sign",
                card,
                Feedback.Outcome.ACCEPTED,
                List.of(suggestion),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NOW.plusSeconds(30));
    }
}
