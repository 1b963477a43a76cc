package health.setpoint.operator.attributes;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.WordTable;
import health.setpoint.knowledge.evidence.RuleEvidence;
import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.knowledge.signoff.SignableItem.Kind;
import health.setpoint.knowledge.signoff.SignedKnowledge;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.knowledge.yaml.Located;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What is written about the intervention itself, read once; it makes the whole for a day. */
final class WrittenAttributes {

    private static final String FILE = "dsi/source-attributes.yaml";

    /** Where the value of an attribute comes from, if it is not written. */
    private enum From {
        SOURCES,
        DATES;

        static From of(Located written) {
            return switch (written.text()) {
                case "sources" -> SOURCES;
                case "dates" -> DATES;
                default -> throw written.refuse("expected sources or dates: " + written.text());
            };
        }
    }

    private record Line(String name, Optional<Boolean> used, Optional<String> says, Optional<From> from) {}

    private final Knowledge knowledge;
    private final SignOff signOff;
    private final List<Line> lines;
    private final String unsigned;

    /**
     * Reads the shipped file.
     *
     * @throws KnowledgeException with file and line where it is not as expected
     */
    WrittenAttributes(Knowledge knowledge, SignOff signOff) {
        var file = Located.read(FILE, text()).members(Set.of("attributes", "unsigned"), Set.of());
        this.knowledge = knowledge;
        this.signOff = signOff;
        this.lines = file.get("attributes").items().stream()
                .map(WrittenAttributes::line)
                .toList();
        this.unsigned = file.get("unsigned").text();
    }

    private static String text() {
        try (InputStream file = WrittenAttributes.class.getResourceAsStream("/" + FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Line line(Located item) {
        var members = item.members(Set.of("name"), Set.of("used", "says", "from"));
        return new Line(
                members.get("name").text(),
                Optional.ofNullable(members.get("used")).map(Located::yes),
                Optional.ofNullable(members.get("says")).map(Located::text),
                Optional.ofNullable(members.get("from")).map(From::of));
    }

    SourceAttributes on(LocalDate day) {
        var signed = signOff.on(knowledge, day);
        return new SourceAttributes(
                new SourceAttributes.KnowledgeVersion(knowledge.version(), knowledge.hash()),
                day,
                signed.signatures().isEmpty() ? Optional.of(unsigned) : Optional.empty(),
                signed(signed),
                IntStream.range(0, lines.size())
                        .mapToObj(index -> attribute(index + 1, lines.get(index)))
                        .toList(),
                knowledge.evidence().on(day).stream()
                        .map(evidence -> rule(evidence, day, signed))
                        .toList(),
                knowledge.parameters().stream()
                        .flatMap(parameter -> number(parameter, day, signed).stream())
                        .toList(),
                knowledge.wordTables().stream()
                        .map(table -> table(table, signed))
                        .toList());
    }

    private static SourceAttributes.Signed signed(SignedKnowledge signed) {
        return new SourceAttributes.Signed(
                signed.isComplete(),
                signed.signatures().stream()
                        .map(by -> new SourceAttributes.Signatory(by.name(), by.role(), by.on()))
                        .toList(),
                part(signed, Kind.NUMBER),
                part(signed, Kind.RULE),
                part(signed, Kind.TABLE),
                signed.changed().stream().map(line -> line.item().toString()).toList());
    }

    private static SourceAttributes.Part part(SignedKnowledge signed, Kind kind) {
        return new SourceAttributes.Part(signed.signed(kind), signed.all(kind));
    }

    private static String name(SignOff.Signature by) {
        return by.name() + ", " + by.role();
    }

    private SourceAttributes.Attribute attribute(int number, Line line) {
        var ofSources = line.from().filter(From.SOURCES::equals);
        var ofDates = line.from().filter(From.DATES::equals);
        return new SourceAttributes.Attribute(
                number,
                line.name(),
                line.used(),
                line.says(),
                ofSources.map(from -> citations()),
                ofDates.map(from -> knowledge.begins()),
                ofDates.map(from -> knowledge.changes().stream()
                        .filter(day -> day.isAfter(knowledge.begins()))
                        .toList()));
    }

    private List<SourceAttributes.Citation> citations() {
        return knowledge.evidence().sources().stream()
                .map(source -> new SourceAttributes.Citation(
                        source.key(), source.title(), source.year(), source.where(), source.link()))
                .toList();
    }

    private SourceAttributes.RuleBasis rule(RuleEvidence evidence, LocalDate day, SignedKnowledge signed) {
        var by = signed.of(Kind.RULE, evidence.rule().id()).by();
        var text = knowledge.ruleTexts().on(evidence.rule(), day);
        return new SourceAttributes.RuleBasis(
                evidence.rule().id(),
                text.when(),
                text.then(),
                evidence.grades(),
                evidence.sources().stream().map(source -> source.key()).toList(),
                evidence.place(),
                evidence.confirmed(),
                by.map(WrittenAttributes::name),
                by.map(SignOff.Signature::on));
    }

    private static Optional<SourceAttributes.NumberInUse> number(
            Parameter parameter, LocalDate day, SignedKnowledge signed) {
        return parameter
                .on(day)
                .map(dated -> new SourceAttributes.NumberInUse(
                        parameter.id(),
                        parameter.says(),
                        dated.value().toString(),
                        parameter.unit(),
                        dated.basis().source().key(),
                        dated.basis().place(),
                        dated.basis().grade(),
                        by(parameter, signed).map(WrittenAttributes::name),
                        by(parameter, signed).map(SignOff.Signature::on)));
    }

    private static Optional<SignOff.Signature> by(Parameter parameter, SignedKnowledge signed) {
        return signed.of(Kind.NUMBER, parameter.id()).by();
    }

    private static SourceAttributes.TableInUse table(WordTable table, SignedKnowledge signed) {
        var by = signed.of(Kind.TABLE, table.file()).by();
        return new SourceAttributes.TableInUse(
                table.file(),
                table.says(),
                table.source(),
                Optional.of(table.grade()).filter(grade -> !grade.isEmpty()),
                table.rows(),
                by.map(WrittenAttributes::name),
                by.map(SignOff.Signature::on));
    }
}
