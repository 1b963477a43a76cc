package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.knowledge.Grade;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.Parameter;
import health.setpoint.knowledge.RuleEvidence;
import health.setpoint.knowledge.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rule book")
class RuleBookTest {

    private static final Path BOOK = Path.of("docs/clinical/rule-book.md");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 29);

    private final Knowledge knowledge = Knowledge.load();

    @Test
    @DisplayName("says what the knowledge says (write it anew with -Dsetpoint.rule-book=write)")
    void saysWhatTheKnowledgeSays() throws IOException {
        String book = book();
        if ("write".equals(System.getProperty("setpoint.rule-book"))) {
            Files.writeString(BOOK, book);
        }
        assertEquals(book, Files.readString(BOOK));
    }

    private String book() {
        return """
                # Rule book

                Generated from the knowledge files, version %s, as they hold on %s. Do not edit: change the files, then run `./mvnw test -Dtest=RuleBookTest -Dsetpoint.rule-book=write`.

                **Not yet signed by a clinician.** A named person signs by entering name and day under `agreed` of each number in `src/main/resources/knowledge/`.

                Grades: %s.

                ## Rules

                Phases run in the order A to F, then M. In A the first rule that fires ends the evaluation; B and C add up; in D and E one rule decides; F is shown only.

                | Rule | Phase | When | Then | Grade | Source |
                |---|---|---|---|---|---|
                %s

                ## Numbers

                | Number | Value | Unit | Says | Grade | Source | Agreed |
                |---|---|---|---|---|---|---|
                %s

                ## Sources

                | Key | Title | Year | Part read | Link |
                |---|---|---|---|---|
                %s
                """.formatted(
                knowledge.version(),
                DAY,
                java.util.Arrays.stream(Grade.values())
                        .map(grade -> grade + " " + grade.words())
                        .collect(Collectors.joining(", ")),
                knowledge.ruleTexts().on(DAY).stream()
                        .map(text -> row(
                                text.rule().id(),
                                text.phase(),
                                text.when(),
                                text.then(),
                                grades(knowledge.evidence().on(text.rule(), DAY)),
                                sources(knowledge.evidence().on(text.rule(), DAY))))
                        .collect(Collectors.joining("\n")),
                knowledge.parameters().stream().map(this::number).collect(Collectors.joining("\n")),
                knowledge.evidence().sources().stream().map(this::source).collect(Collectors.joining("\n")));
    }

    private String number(Parameter parameter) {
        Parameter.DatedValue value = parameter.on(DAY).orElseThrow();
        String source = value.basis().source().key() + ", " + value.basis().place();
        String agreed = value.agreed()
                .map(signature -> signature.by() + ", " + signature.on())
                .orElse("no");
        return row(
                parameter.id(),
                value.value().toString(),
                parameter.unit(),
                parameter.says(),
                value.basis().grade().name(),
                source,
                agreed);
    }

    private String source(Source source) {
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
        String keys = evidence.sources().stream().map(Source::key).collect(Collectors.joining(", "));
        String place = evidence.place().map(found -> ": " + found).orElse("");
        return keys + place + (evidence.confirmed() ? "" : " (not confirmed against a primary source)");
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
