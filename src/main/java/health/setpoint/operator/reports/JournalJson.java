package health.setpoint.operator.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.journal.Counts;
import health.setpoint.journal.StoredDecision;
import health.setpoint.journal.StoredFeedback;
import java.time.LocalDate;

/** The journal's entries and counts as JSON. The names are public and stable. */
final class JournalJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JournalJson() {}

    static ObjectNode of(LocalDate first, LocalDate last, Counts counts) {
        var report = JsonNodeFactory.instance
                .objectNode()
                .put("from", first.toString())
                .put("to", last.toString())
                .put("decisions", counts.decisions())
                .put("silent", counts.silent())
                .put("failed", counts.failed())
                .put("feedbackOnUnknownCards", counts.unknownCards());
        var rules = report.putArray("rules");
        for (var rule : counts.rules()) {
            var json = rules.addObject()
                    .put("rule", rule.rule())
                    .put("client", rule.client())
                    .put("month", rule.month())
                    .put("shown", rule.shown())
                    .put("accepted", rule.accepted())
                    .put("overridden", rule.overridden())
                    .put("ignored", rule.ignored());
            rule.medianSeconds().ifPresent(seconds -> json.put("medianSecondsToAnswer", Math.round(seconds)));
        }
        var reasons = report.putArray("overrideReasons");
        for (var reason : counts.reasons()) {
            var json = reasons.addObject().put("rule", reason.rule());
            reason.system().ifPresent(system -> json.put("system", system));
            reason.code().ifPresent(code -> json.put("code", code));
            json.put("events", reason.events());
        }
        return report;
    }

    static ObjectNode of(StoredDecision decision) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", decision.id())
                .put("at", decision.at().toString())
                .put("client", decision.client())
                .put("service", decision.service())
                .put("hook", decision.hook())
                .put("hookInstance", decision.hookInstance())
                .put("requestId", decision.requestId())
                .put("status", decision.status())
                .put("silent", decision.silent())
                .put("patientHash", decision.patient())
                .put("userHash", decision.clinician());
        decision.knowledgeVersion().ifPresent(version -> json.put("knowledgeVersion", version));
        decision.knowledgeHash().ifPresent(hash -> json.put("knowledgeHash", hash));
        json.set("prefetch", tree(decision.prefetch()));
        json.set("microseconds", tree(decision.timings()));
        decision.facts().ifPresent(facts -> json.set("facts", tree(facts)));
        decision.advice().ifPresent(advice -> json.set("advice", tree(advice)));
        var cards = json.putArray("cards");
        decision.cards().forEach(card -> cards.add(tree(card.json())));
        return json;
    }

    static ObjectNode of(StoredFeedback event) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("client", event.client())
                .put("card", event.card())
                .put("known", event.known())
                .put("outcome", event.outcome())
                .put("at", event.at().toString())
                .put("received", event.received().toString());
        event.decision().ifPresent(decision -> json.put("decision", decision));
        json.set("acceptedSuggestions", tree(event.suggestions()));
        event.reasonCode().ifPresent(code -> json.put("reasonCode", code));
        event.reasonSystem().ifPresent(system -> json.put("reasonSystem", system));
        return json;
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("an entry of the journal is no JSON");
        }
    }
}
