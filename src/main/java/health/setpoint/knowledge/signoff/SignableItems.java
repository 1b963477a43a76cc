package health.setpoint.knowledge.signoff;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.WordTable;
import health.setpoint.knowledge.evidence.RuleEvidence;
import health.setpoint.knowledge.evidence.RuleTexts;
import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.knowledge.signoff.SignableItem.Kind;
import health.setpoint.knowledge.source.Grade;
import health.setpoint.knowledge.source.Source;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of the knowledge can be signed: every number, every rule, every table. */
public final class SignableItems {

    private SignableItems() {}

    /** Everything as it holds on a day: numbers, then rules, then tables, each in the order of its file. */
    public static List<SignableItem> on(Knowledge knowledge, LocalDate day) {
        List<SignableItem> items = new ArrayList<>();
        knowledge.parameters().forEach(parameter -> number(parameter, day).ifPresent(items::add));
        knowledge
                .ruleTexts()
                .on(day)
                .forEach(text -> items.add(rule(text, knowledge.evidence().on(text.rule(), day))));
        knowledge.wordTables().forEach(table -> items.add(table(table)));
        return items;
    }

    /** Everything as it holds on a day, and what will hold in its place from each later day on. */
    public static List<SignableItem> from(Knowledge knowledge, LocalDate day) {
        return Stream.concat(Stream.of(day), knowledge.changes().stream().filter(change -> change.isAfter(day)))
                .flatMap(each -> on(knowledge, each).stream())
                .distinct()
                .toList();
    }

    private static Optional<SignableItem> number(Parameter parameter, LocalDate day) {
        return Optional.ofNullable(parameter.values().floorEntry(day)).map(dated -> {
            Parameter.DatedValue value = dated.getValue();
            Map<String, String> says = new LinkedHashMap<>();
            says.put("says", parameter.says());
            says.put("value", value.value().toString());
            says.put("unit", parameter.unit());
            says.put("from", dated.getKey().toString());
            parameter.site().ifPresent(range -> says.put("site-may-" + range.word(), range.to()));
            says.put(
                    "source",
                    value.basis().source().key() + ": " + value.basis().place());
            says.put("grade", value.basis().grade().name());
            return new SignableItem(Kind.NUMBER, parameter.id(), says);
        });
    }

    private static SignableItem rule(RuleTexts.RuleText text, RuleEvidence evidence) {
        Map<String, String> says = new LinkedHashMap<>();
        says.put("when", text.when());
        says.put("then", text.then());
        says.put(
                "source",
                evidence.sources().stream().map(Source::key).collect(Collectors.joining(", "))
                        + evidence.place().map(place -> ": " + place).orElse(""));
        if (!evidence.grades().isEmpty()) {
            says.put("grade", evidence.grades().stream().map(Grade::name).collect(Collectors.joining("/")));
        }
        if (!evidence.confirmed()) {
            says.put("confirmed", "no");
        }
        return new SignableItem(Kind.RULE, text.rule().id(), says);
    }

    private static SignableItem table(WordTable table) {
        Map<String, String> says = new LinkedHashMap<>();
        says.put("says", table.says());
        says.put("source", table.source());
        if (!table.confidence().isEmpty()) {
            says.put("grade", table.grade());
        }
        says.put("rows", String.valueOf(table.rows()));
        says.put("content", table.content());
        return new SignableItem(Kind.TABLE, table.file(), says);
    }
}
