package health.setpoint.hook.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.RuleId;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of a call, for the engineer who integrates an EHR: what was read of each entry and what was not, and which
 * rules were tried. The names are public and stable.
 */
@Singleton
class Explanation {

    private static final int MOST_OWN_KEYS = 50;

    private final Knowledge knowledge;

    Explanation(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** Of a call whose chart could not be used. */
    ObjectNode of(HookRequest call, Map<String, String> prefetch, ChartOutcome chart) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("knowledge").put("version", knowledge.version()).put("hash", knowledge.hash());
        var states = json.putObject("prefetch");
        prefetch.forEach(states::put);
        call.prefetch().properties().stream()
                .filter(sent -> !prefetch.containsKey(sent.getKey()))
                .limit(MOST_OWN_KEYS)
                .forEach(sent -> states.put(sent.getKey(), state(sent.getValue())));
        var entries = json.putArray("entries");
        call.remarks().forEach(remark -> entries.addObject()
                .put("resource", remark.where().orElse("the call"))
                .put("outcome", words(ReadNote.Outcome.IGNORED))
                .put("text", remark.text()));
        chart.notes().forEach(note -> entries.addObject()
                .put("resource", note.reference())
                .put("outcome", words(note.outcome()))
                .put("text", note.text()));
        return json;
    }

    /** Of a call that the rules answered on a day. */
    ObjectNode of(HookRequest call, Map<String, String> prefetch, ChartOutcome chart, Advice advice, LocalDate day) {
        var json = of(call, prefetch, chart);
        var gaps = json.putArray("incomplete");
        advice.gaps()
                .forEach(gap -> gaps.addObject().put("data", words(gap.data())).put("why", words(gap.why())));
        var findings = findings(advice);
        var trace = json.putArray("trace");
        advice.trace().forEach(tried -> {
            var text = knowledge.ruleTexts().on(tried.rule(), day);
            var line = trace.addObject()
                    .put("rule", tried.rule().id())
                    .put("fired", tried.fired())
                    .put("when", text.when());
            if (tried.fired()) {
                line.put("then", text.then());
                findings.getOrDefault(tried.rule(), List.of()).stream()
                        .findFirst()
                        .ifPresent(finding -> {
                            var seen = line.putObject("seen");
                            finding.seen().entrySet().stream()
                                    .sorted(Map.Entry.comparingByKey())
                                    .forEach(each -> seen.put(each.getKey(), each.getValue()));
                        });
            }
        });
        return json;
    }

    private static Map<RuleId, List<Finding>> findings(Advice advice) {
        return advice.cards().stream()
                .map(CardAdvice::findings)
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(Finding::rule));
    }

    /** What stands under a prefetch key, in one word. */
    static String state(JsonNode sent) {
        if (sent.isMissingNode()) {
            return "missing";
        }
        if (sent.isNull()) {
            return "null";
        }
        return switch (sent.path("resourceType").asText()) {
            case "OperationOutcome" -> "outcome";
            case "Bundle" -> "bundle";
            case "" -> sent.path("resource").isObject() ? state(sent.path("resource")) : "unreadable";
            default -> "resource";
        };
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
