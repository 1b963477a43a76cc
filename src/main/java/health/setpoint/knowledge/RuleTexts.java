package health.setpoint.knowledge;

import health.setpoint.titration.advice.RuleId;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What each rule asks and advises, in words; numbers stand in them by the name of their parameter. */
public final class RuleTexts {

    private static final Pattern NAME = Pattern.compile("\\{([a-z0-9.-]+)}");

    private final Map<RuleId, RuleText> texts;
    private final Map<String, Parameter> parameters;

    private RuleTexts(Map<RuleId, RuleText> texts, Map<String, Parameter> parameters) {
        this.texts = texts;
        this.parameters = parameters;
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

    static RuleTexts read(Located file, Map<String, Parameter> parameters) {
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
            NAME.matcher(text.when() + text.then())
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !parameters.containsKey(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw item.refuse("no parameter is called " + name);
                    });
        }
        for (RuleId rule : RuleId.values()) {
            if (!texts.containsKey(rule)) {
                throw file.refuse("rule " + rule + " has no text");
            }
        }
        return new RuleTexts(texts, parameters);
    }

    /** A rule with the numbers of a day. */
    public RuleText on(RuleId rule, LocalDate day) {
        RuleText text = texts.get(rule);
        return new RuleText(rule, text.phase(), filled(text.when(), day), filled(text.then(), day));
    }

    /** Every rule with the numbers of a day, in the order of the rules. */
    public List<RuleText> on(LocalDate day) {
        return texts.keySet().stream().map(rule -> on(rule, day)).toList();
    }

    private String filled(String text, LocalDate day) {
        return NAME.matcher(text).replaceAll(match -> parameters
                .get(match.group(1))
                .on(day)
                .orElseThrow()
                .value()
                .toString());
    }
}
