package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.journal.JournalReader;
import health.setpoint.journal.StoredDecision;
import health.setpoint.journal.StoredFeedback;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What was answered stands in the journal, and can be decided again from there. */
@QuarkusTest
class KeptCallsTest {

    @Inject
    JournalReader journal;

    @Inject
    Knowledge knowledge;

    @Test
    void everyCardOfAnAnswerStandsInTheJournalUnderItsCall() {
        for (var hook : Samples.NAMES) {
            var instance = UUID.randomUUID().toString();
            List<String> cards = answer(hook, instance);
            assertFalse(cards.isEmpty());
            var kept = decision(instance);
            assertEquals(cards.size(), kept.cards().size());
            for (int i = 0; i < cards.size(); i++) {
                assertEquals(cards.get(i), kept.cards().get(i).uuid());
            }
        }
    }

    @Test
    void theSameFactsGiveTheSameAdviceAgain() {
        var instance = UUID.randomUUID().toString();
        answer("order-sign", instance);
        var kept = decision(instance);
        var facts = kept.readFacts().orElseThrow();
        assertEquals(
                kept.advice().orElseThrow(),
                StoredDecision.written(Titration.advise(facts, knowledge.on(facts.today()))));
    }

    @Test
    void theEntryNamesNeitherThePatientNorTheUser() {
        var instance = UUID.randomUUID().toString();
        var sample = sample("order-sign", instance);
        Calls.send("order-sign", sample).then().statusCode(200);
        var patient = Calls.json(sample);
        var written = decision(instance).toString();
        for (var name : List.of(
                patient.at("/context/patientId").textValue(),
                patient.at("/context/userId").textValue(),
                patient.at("/prefetch/patient/name/0/family").asText("no family name"),
                "\"birthDate\":\"" + patient.at("/prefetch/patient/name/0/text").asText("no name"))) {
            assertFalse(written.contains(name), name);
        }
    }

    @Test
    void anAnswerWithoutCardsIsKeptToo() {
        var instance = UUID.randomUUID().toString();
        var call = Calls.json(sample("patient-view", instance));
        ((com.fasterxml.jackson.databind.node.ObjectNode) call.path("prefetch"))
                .replace("medicationRequests", Calls.json("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"));
        var cards = Calls.send("patient-view", call)
                .then()
                .statusCode(200)
                .extract()
                .<List<Object>>path("cards");
        assertEquals(cards.size(), decision(instance).cards().size());
    }

    @Test
    void feedbackLeadsToTheDecisionThatShowedTheCard() {
        var instance = UUID.randomUUID().toString();
        var card = answer("order-sign", instance).get(0);
        Calls.request()
                .contentType("application/json")
                .body("""
                        {"feedback":[{"card":"%s","outcome":"overridden","outcomeTimestamp":"2026-11-23T15:01:00Z",
                         "overrideReason":{"userComment":"Testman would rather wait"}}]}""".formatted(card))
                .post("/cds-services/titration-order-sign/feedback")
                .then()
                .statusCode(200);
        List<StoredFeedback> events = new ArrayList<>();
        journal.feedback(Instant.EPOCH, FixedClock.NOW.plusSeconds(3600), events::add);
        var event = events.stream()
                .filter(one -> one.card().equals(card))
                .findFirst()
                .orElseThrow();
        assertTrue(event.known());
        assertEquals(decision(instance).id(), event.decision().orElseThrow());
    }

    private static List<String> answer(String hook, String instance) {
        return Calls.send(hook, sample(hook, instance))
                .then()
                .statusCode(200)
                .extract()
                .path("cards.uuid");
    }

    private static String sample(String hook, String instance) {
        var sample = (com.fasterxml.jackson.databind.node.ObjectNode)
                Calls.json(Samples.on(hook, LocalDate.of(2026, 11, 23)).orElseThrow());
        return sample.put("hookInstance", instance).toString();
    }

    private StoredDecision decision(String instance) {
        List<StoredDecision> kept = new ArrayList<>();
        journal.decisions(Instant.EPOCH, FixedClock.NOW.plusSeconds(3600), decision -> {
            if (decision.hookInstance().equals(instance)) {
                kept.add(decision);
            }
        });
        assertEquals(1, kept.size());
        return kept.get(0);
    }
}
