package health.setpoint.knowledge;

import health.setpoint.titration.advice.RuleId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sources, and which of them each rule rests on. */
public final class Evidence {

    private final Map<String, Source> sources;
    private final Map<RuleId, RuleEvidence> rules;

    private Evidence(Map<String, Source> sources, Map<RuleId, RuleEvidence> rules) {
        this.sources = sources;
        this.rules = rules;
    }

    static Evidence read(Located file) {
        var top = file.members(Set.of("sources", "rules"), Set.of());
        Map<String, Source> sources = new LinkedHashMap<>();
        for (Located item : top.get("sources").items()) {
            Source source = source(item);
            if (sources.put(source.key(), source) != null) {
                throw item.refuse("source " + source.key() + " stands twice");
            }
        }
        Map<RuleId, RuleEvidence> rules = new EnumMap<>(RuleId.class);
        for (Located item : top.get("rules").items()) {
            RuleEvidence evidence = rule(item, sources);
            if (rules.put(evidence.rule(), evidence) != null) {
                throw item.refuse("rule " + evidence.rule() + " stands twice");
            }
        }
        for (RuleId rule : RuleId.values()) {
            if (!rules.containsKey(rule)) {
                throw top.get("rules").refuse("rule " + rule + " has no evidence");
            }
        }
        return new Evidence(sources, rules);
    }

    private static Source source(Located item) {
        var members = item.members(Set.of("key", "title"), Set.of("year", "where", "doi", "pmid"));
        return new Source(
                members.get("key").text(),
                members.get("title").text(),
                Optional.ofNullable(members.get("year")).map(Located::whole),
                Optional.ofNullable(members.get("where")).map(Located::text),
                Optional.ofNullable(members.get("doi")).map(Located::text),
                Optional.ofNullable(members.get("pmid")).map(Located::text));
    }

    private static RuleEvidence rule(Located item, Map<String, Source> sources) {
        var members = item.members(Set.of("rule", "grades", "sources"), Set.of("place", "confirmed"));
        List<Grade> grades = new ArrayList<>();
        for (Located grade : members.get("grades").items()) {
            grades.add(grade.oneOf(Grade.class));
        }
        List<Source> used = new ArrayList<>();
        for (Located key : members.get("sources").items()) {
            used.add(find(key, sources));
        }
        if (used.isEmpty()) {
            throw item.refuse("a rule without source");
        }
        return new RuleEvidence(
                ruleId(members.get("rule")),
                grades,
                used,
                Optional.ofNullable(members.get("place")).map(Located::text),
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

    private static Source find(Located key, Map<String, Source> sources) {
        Source source = sources.get(key.text());
        if (source == null) {
            throw key.refuse("unknown source " + key.text());
        }
        return source;
    }

    /** What a rule rests on; every rule has an entry. */
    public RuleEvidence of(RuleId rule) {
        return rules.get(rule);
    }

    public Optional<Source> source(String key) {
        return Optional.ofNullable(sources.get(key));
    }

    /** Every source in the order of the file. */
    public List<Source> sources() {
        return List.copyOf(sources.values());
    }

    Source need(Located key) {
        return find(key, sources);
    }

    /** The evidence of every rule in the order of the rules. */
    public Collection<RuleEvidence> rules() {
        return List.copyOf(rules.values());
    }
}
