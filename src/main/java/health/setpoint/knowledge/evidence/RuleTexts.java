package health.setpoint.knowledge.evidence;

import health.setpoint.knowledge.parameter.QuotedParameters;
import health.setpoint.knowledge.yaml.Located;
import health.setpoint.titration.advice.RuleId;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each rule asks and advises, in words; numbers stand in them by the name of their parameter. */
public final class RuleTexts {

    private final Map<RuleId, RuleText> texts;
    private final QuotedParameters quoted;

    private RuleTexts(Map<RuleId, RuleText> texts, QuotedParameters quoted) {
        this.texts = texts;
        this.quoted = quoted;
    }

    /**
     * A rule in words.
     *
     * @param rule its id
     * @param phase A to F of the decision table, M for the monitoring calendar
     * @param when its condition
     * @param then its advice
     */
    public record RuleText(RuleId rule, String phase, String when, String then) {}

    public static RuleTexts read(Located file, QuotedParameters quoted) {
        Map<RuleId, RuleText> texts = new EnumMap<>(RuleId.class);
        for (Located item : file.items()) {
            var members = item.members(Set.of("rule", "phase", "when", "then"), Set.of());
            RuleText text = new RuleText(
                    Evidence.ruleId(members.get("rule")),
                    members.get("phase").text(),
                    members.get("when").text(),
                    members.get("then").text());
            if (texts.put(text.rule(), text) != null) {
                throw item.refuse("rule " + text.rule() + " stands twice");
            }
            quoted.check(members.get("when"));
            quoted.check(members.get("then"));
        }
        for (RuleId rule : RuleId.values()) {
            if (!texts.containsKey(rule)) {
                throw file.refuse("rule " + rule + " has no text");
            }
        }
        return new RuleTexts(texts, quoted);
    }

    /** A rule with the numbers of a day. */
    public RuleText on(RuleId rule, LocalDate day) {
        RuleText text = texts.get(rule);
        return new RuleText(rule, text.phase(), quoted.filled(text.when(), day), quoted.filled(text.then(), day));
    }

    /** Every rule with the numbers of a day, in the order of the rules. */
    public List<RuleText> on(LocalDate day) {
        return texts.keySet().stream().map(rule -> on(rule, day)).toList();
    }
}
