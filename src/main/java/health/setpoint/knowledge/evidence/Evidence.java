package health.setpoint.knowledge.evidence;

import health.setpoint.knowledge.parameter.QuotedParameters;
import health.setpoint.knowledge.source.Grade;
import health.setpoint.knowledge.source.Source;
import health.setpoint.knowledge.source.Sources;
import health.setpoint.knowledge.yaml.Located;
import health.setpoint.titration.advice.RuleId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sources, and which of them each rule rests on. */
public final class Evidence {

    private final Sources sources;
    private final Map<RuleId, RuleEvidence> rules;
    private final QuotedParameters quoted;

    private Evidence(Sources sources, Map<RuleId, RuleEvidence> rules, QuotedParameters quoted) {
        this.sources = sources;
        this.rules = rules;
        this.quoted = quoted;
    }

    public static Evidence read(Located file, Sources sources, QuotedParameters quoted) {
        Map<RuleId, RuleEvidence> rules = new EnumMap<>(RuleId.class);
        Located list = file.entries().get("rules");
        for (Located item : list.items()) {
            RuleEvidence evidence = rule(item, sources, quoted);
            if (rules.put(evidence.rule(), evidence) != null) {
                throw item.refuse("rule " + evidence.rule() + " stands twice");
            }
        }
        for (RuleId rule : RuleId.values()) {
            if (!rules.containsKey(rule)) {
                throw list.refuse("rule " + rule + " has no evidence");
            }
        }
        return new Evidence(sources, rules, quoted);
    }

    private static RuleEvidence rule(Located item, Sources sources, QuotedParameters quoted) {
        var members = item.members(Set.of("rule", "grades", "sources"), Set.of("place", "confirmed"));
        List<Grade> grades = new ArrayList<>();
        for (Located grade : members.get("grades").items()) {
            grades.add(grade.oneOf(Grade.class));
        }
        List<Source> used = new ArrayList<>();
        for (Located key : members.get("sources").items()) {
            used.add(sources.need(key));
        }
        if (used.isEmpty()) {
            throw item.refuse("a rule without source");
        }
        Optional<Located> place = Optional.ofNullable(members.get("place"));
        place.ifPresent(quoted::check);
        return new RuleEvidence(
                ruleId(members.get("rule")),
                grades,
                used,
                place.map(Located::text),
                Optional.ofNullable(members.get("confirmed")).map(Located::yes).orElse(true));
    }

    static RuleId ruleId(Located item) {
        for (RuleId rule : RuleId.values()) {
            if (rule.id().equals(item.text())) {
                return rule;
            }
        }
        throw item.refuse("no rule is called " + item.text());
    }

    /** What a rule rests on, with the numbers of a day; every rule has an entry. */
    public RuleEvidence on(RuleId rule, LocalDate day) {
        RuleEvidence evidence = rules.get(rule);
        return evidence.withPlace(evidence.place().map(place -> quoted.filled(place, day)));
    }

    public Optional<Source> source(String key) {
        return sources.find(key);
    }

    /** Every source in the order of the file. */
    public List<Source> sources() {
        return sources.all();
    }

    /** The evidence of every rule, with the numbers of a day, in the order of the rules. */
    public List<RuleEvidence> on(LocalDate day) {
        return rules.keySet().stream().map(rule -> on(rule, day)).toList();
    }
}
