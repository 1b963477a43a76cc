package health.setpoint.hook.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.WrittenCard;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.Calls;
import health.setpoint.hook.Samples;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.journal.Decision;
import health.setpoint.journal.JournalReader;
import health.setpoint.knowledge.Knowledge;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A card that a clinician overrode is left out for a while, if it was only for information. */
@QuarkusTest
@Tag("attack")
class OverrideSuppressionTest {

    @Inject
    JournalReader journal;

    @Inject
    Knowledge knowledge;

    @Inject
    Clock clock;

    @Inject
    Evaluation evaluation;

    @Inject
    ServiceCatalog offer;

    @Test
    void anOverriddenInfoCardIsLeftOutAndAWarningIsNot() {
        var user = "Practitioner/" + UUID.randomUUID();
        var answered = answer(user);
        assertEquals(List.of("warning", "info"), indicators(answered));
        assertEquals(answered, suppression().leave(30, answered, asked(), call(user), knowledge.hash()));
        answered.forEach(card -> override(card.uuid()));
        assertEquals(
                List.of("warning"),
                indicators(suppression().leave(30, answered, asked(), call(user), knowledge.hash())));
        assertEquals(
                answered, suppression().leave(30, answered, asked(), call("Practitioner/other"), knowledge.hash()));
        assertEquals(answered, suppression().leave(30, answered, asked(), call(user), "another hash"));
    }

    private OverrideSuppression suppression() {
        return new OverrideSuppression(journal, clock);
    }

    private static List<String> indicators(List<WrittenCard> cards) {
        return cards.stream()
                .map(card -> card.json().path("indicator").textValue())
                .toList();
    }

    private static Decision.Call asked() {
        return new Decision.Call(
                Client.LOCAL,
                CdsService.ORDER_SIGN.id(),
                CdsService.ORDER_SIGN.hook(),
                UUID.randomUUID().toString(),
                "request-2");
    }

    private static ObjectNode sample(String user) {
        var sample = (ObjectNode)
                Calls.json(Samples.on("order-sign", LocalDate.of(2026, 11, 23)).orElseThrow());
        sample.put("hookInstance", UUID.randomUUID().toString());
        ((ObjectNode) sample.path("context")).put("userId", user);
        return sample;
    }

    private static HookRequest call(String user) {
        return read(sample(user));
    }

    private static HookRequest read(ObjectNode sample) {
        return HookRequestParser.read(
                RequestJson.object(sample.toString().getBytes(StandardCharsets.UTF_8)), CdsService.ORDER_SIGN);
    }

    /** The cards of a call that was answered and is in the journal. */
    private List<WrittenCard> answer(String user) {
        var sample = sample(user);
        Calls.send("order-sign", sample).then().statusCode(200);
        return evaluation
                .evaluate(Client.local(offer, clock.getZone()), read(sample), Stages.untraced())
                .cards();
    }

    private static void override(String card) {
        Calls.request()
                .contentType("application/json")
                .body("""
                        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2026-11-23T15:00:00Z"}]}""".formatted(card))
                .post("/cds-services/titration-order-sign/feedback")
                .then()
                .statusCode(200);
    }
}
