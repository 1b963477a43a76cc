package health.setpoint.operator.command;

import health.setpoint.card.text.GradeWords;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.WordTable;
import health.setpoint.knowledge.evidence.RuleEvidence;
import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.knowledge.signoff.SignableItem.Kind;
import health.setpoint.knowledge.signoff.SignedKnowledge;
import health.setpoint.knowledge.source.Grade;
import health.setpoint.knowledge.source.Source;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Every rule, number, table and source of a day as one page of Markdown, with who signed it. */
final class RuleBook {

    private final Knowledge knowledge;
    private final LocalDate day;
    private final SignedKnowledge signed;

    RuleBook(Knowledge knowledge, SignOff signOff, LocalDate day) {
        this.knowledge = knowledge;
        this.day = day;
        this.signed = signOff.on(knowledge, day);
    }

    String page() {
        return """
                # Rule book

                Generated from the knowledge files, version %s, as they hold on %s. Do not edit: change the files, then run `./mvnw test -Dtest=RuleBookTest -Dsetpoint.rule-book=write`.

                **%s.** How a named person signs: [sign-off](sign-off.md).

                Grades: %s.

                ## Rules

                Phases run in the order A to F, then M. In A the first rule that fires ends the evaluation; B and C add up; in D and E one rule decides; F is shown only.

                | Rule | Phase | When | Then | Grade | Source | Signed |
                |---|---|---|---|---|---|---|
                %s

                ## Numbers

                | Number | Value | Unit | Says | Grade | Source | Signed |
                |---|---|---|---|---|---|---|
                %s

                ## Tables of codes, words and units

                | Table | Says | Rows | How sure | Source | Signed |
                |---|---|---|---|---|---|
                %s

                ## Sources

                | Key | Title | Year | Part read | Link |
                |---|---|---|---|---|
                %s
                """.formatted(
                knowledge.version(),
                day,
                standing(signed),
                Arrays.stream(Grade.values())
                        .map(grade -> grade + " " + GradeWords.of(grade))
                        .collect(Collectors.joining(", ")),
                knowledge.ruleTexts().on(day).stream()
                        .map(text -> row(
                                text.rule().id(),
                                text.phase(),
                                text.when(),
                                text.then(),
                                grades(knowledge.evidence().on(text.rule(), day)),
                                sources(knowledge.evidence().on(text.rule(), day)),
                                by(Kind.RULE, text.rule().id())))
                        .collect(Collectors.joining("\n")),
                knowledge.parameters().stream()
                        .flatMap(parameter -> parameter.on(day).map(value -> number(parameter, value)).stream())
                        .collect(Collectors.joining("\n")),
                knowledge.wordTables().stream().map(this::table).collect(Collectors.joining("\n")),
                knowledge.evidence().sources().stream().map(RuleBook::source).collect(Collectors.joining("\n")));
    }

    /** Whether nothing, a part or all is signed, in one sentence without its full stop. */
    static String standing(SignedKnowledge signed) {
        if (signed.signatures().isEmpty()) {
            return "Not yet signed by a clinician";
        }
        var names = signed.signatures().stream()
                .map(by -> by.name() + ", " + by.role() + ", " + by.on())
                .collect(Collectors.joining("; "));
        return signed.isComplete()
                ? "Signed by " + names
                : "Signed in part by " + names + ": "
                        + Arrays.stream(Kind.values())
                                .map(kind -> signed.signed(kind) + " of " + signed.all(kind) + " " + kind.word() + "s")
                                .collect(Collectors.joining(", "));
    }

    private String number(Parameter parameter, Parameter.DatedValue value) {
        return row(
                parameter.id(),
                value.value().toString(),
                parameter.unit(),
                parameter.says(),
                value.basis().grade().name(),
                value.basis().source().key() + ", " + value.basis().place(),
                by(Kind.NUMBER, parameter.id()));
    }

    private String table(WordTable table) {
        return row(
                table.file(),
                table.says(),
                String.valueOf(table.rows()),
                table.grade(),
                table.source(),
                by(Kind.TABLE, table.file()));
    }

    private String by(Kind kind, String id) {
        var line = signed.of(kind, id);
        return line.by()
                .map(by -> by.name() + ", " + by.role() + ", " + by.on())
                .orElse(
                        line.isChangedSince()
                                ? "no: changed since "
                                        + line.earlier().orElseThrow().on()
                                : "no");
    }

    private static String source(Source source) {
        return row(
                source.key(),
                source.title(),
                source.year().map(String::valueOf).orElse(""),
                source.where().orElse(""),
                source.link().map(Object::toString).orElse(""));
    }

    private static String grades(RuleEvidence evidence) {
        return evidence.grades().stream().map(Grade::name).collect(Collectors.joining("/"));
    }

    private static String sources(RuleEvidence evidence) {
        var keys = evidence.sources().stream().map(Source::key).collect(Collectors.joining(", "));
        var place = evidence.place().map(found -> ": " + found).orElse("");
        return keys + place + (evidence.confirmed() ? "" : " (not confirmed against a primary source)");
    }

    /** A pipe would end its cell. */
    private static String row(String... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
