package health.setpoint.operator.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import health.setpoint.card.CardWriter;
import health.setpoint.card.explanation.ExplainedCard;
import health.setpoint.card.text.GradeWords;
import health.setpoint.journal.StoredCard;
import health.setpoint.journal.StoredDecision;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.evidence.RuleEvidence;
import health.setpoint.knowledge.source.Source;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the page of one decision shows, in words and ready-made HTML. */
final class DecisionPage {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Knowledge knowledge;
    private final CardWriter cards;

    DecisionPage(Knowledge knowledge, CardWriter cards) {
        this.knowledge = knowledge;
        this.cards = cards;
    }

    /** A card as it was shown, and its rules at length. */
    record ShownCard(String summary, String indicator, String detail, List<String> suggestions, List<FiredRow> fired) {}

    /** A rule that fired; the texts are HTML. */
    record FiredRow(
            String rule, String saw, String why, String grades, String sources, String place, boolean confirmed) {}

    /** A line of the table beside the picture. */
    record TimelineRow(String day, String what, String value) {}

    /** A source in full. */
    record SourceRow(String title, String year, String link, String part) {}

    /** A rule that was tried. */
    record TriedRow(String rule, String when, boolean fired) {}

    /** Everything that the template names. */
    record Content(
            String day,
            String client,
            String moment,
            String version,
            String hash,
            boolean sameKnowledge,
            List<ShownCard> cards,
            String picture,
            List<TimelineRow> timeline,
            List<String> results,
            List<String> drugs,
            List<String> findings,
            List<String> unknown,
            List<String> notes,
            List<SourceRow> sources,
            List<TriedRow> tried) {}

    /** The page of a decision that was evaluated. */
    Content of(StoredDecision decision, Facts facts, Advice advice, Policy policy) {
        List<ExplainedCard> explained = cards.explain(advice, facts, policy);
        Timeline timeline = Timeline.of(facts, advice, policy);
        return new Content(
                facts.today().toString(),
                decision.client(),
                moment(decision.hook()),
                decision.knowledgeVersion().orElse(""),
                decision.knowledgeHash().orElse(""),
                decision.knowledgeHash().equals(Optional.of(policy.hash())),
                shown(decision, explained, facts.today()),
                TimelinePicture.of(timeline),
                rows(timeline),
                cards.results(facts, policy),
                drugs(timeline),
                findings(facts),
                lines(explained, ExplainedCard::unknown),
                lines(explained, ExplainedCard::notes),
                sources(explained, facts.today()),
                advice.trace().stream()
                        .map(tried -> new TriedRow(
                                tried.rule().id(),
                                knowledge
                                        .ruleTexts()
                                        .on(tried.rule(), facts.today())
                                        .when(),
                                tried.fired()))
                        .toList());
    }

    private List<ShownCard> shown(StoredDecision decision, List<ExplainedCard> explained, LocalDate day) {
        List<ExplainedCard> left = new ArrayList<>(explained);
        List<ShownCard> shown = new ArrayList<>();
        for (StoredCard stored : decision.cards()) {
            JsonNode card = json(stored.json());
            Optional<ExplainedCard> own = left.stream()
                    .filter(each -> each.fired().get(0).rule().id().equals(stored.rule()))
                    .findFirst();
            own.ifPresent(left::remove);
            List<String> labels = new ArrayList<>();
            card.path("suggestions")
                    .forEach(suggestion -> labels.add(suggestion.path("label").asText()));
            shown.add(new ShownCard(
                    card.path("summary").asText(),
                    card.path("indicator").asText(),
                    CardMarkdown.paragraphs(card.path("detail").asText().split("\n---\n")[0]),
                    labels,
                    own.map(ExplainedCard::fired).orElse(List.of()).stream()
                            .map(rule -> row(rule, day))
                            .toList()));
        }
        return shown;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private FiredRow row(ExplainedCard.FiredRule rule, LocalDate day) {
        RuleEvidence rests = knowledge.evidence().on(rule.rule(), day);
        return new FiredRow(
                rule.rule().id(),
                CardMarkdown.line(rule.saw()),
                CardMarkdown.line(rule.why()),
                rests.grades().stream()
                        .map(grade -> grade.name() + ", " + GradeWords.of(grade))
                        .collect(Collectors.joining("; ")),
                rests.sources().stream().map(Source::title).collect(Collectors.joining("; ")),
                rests.place().orElse(""),
                rests.confirmed());
    }

    private List<SourceRow> sources(List<ExplainedCard> explained, LocalDate day) {
        Map<String, SourceRow> rows = new LinkedHashMap<>();
        explained.stream()
                .flatMap(card -> card.fired().stream())
                .map(ExplainedCard.FiredRule::rule)
                .flatMap(rule -> knowledge.evidence().on(rule, day).sources().stream())
                .forEach(source -> rows.put(
                        source.key(),
                        new SourceRow(
                                source.title(),
                                source.year().map(String::valueOf).orElse(""),
                                source.link().map(Object::toString).orElse(""),
                                source.where().orElse(""))));
        return List.copyOf(rows.values());
    }

    private static String moment(String hook) {
        return switch (hook) {
            case "order-select" -> "While an order was chosen";
            case "order-sign" -> "Before orders were signed";
            case "patient-view" -> "When the chart was opened";
            default -> hook;
        };
    }

    private interface Lines {
        List<String> of(ExplainedCard card);
    }

    private static List<String> lines(List<ExplainedCard> explained, Lines lines) {
        return explained.stream()
                .flatMap(card -> lines.of(card).stream())
                .distinct()
                .map(CardMarkdown::line)
                .toList();
    }

    private List<TimelineRow> rows(Timeline timeline) {
        List<TimelineRow> rows = new ArrayList<>();
        timeline.estradiol()
                .forEach(result -> rows.add(new TimelineRow(
                        result.day().toString(), "Estradiol", result.shown() + " pg/mL" + decided(result))));
        timeline.testosterone()
                .forEach(result -> rows.add(new TimelineRow(
                        result.day().toString(), "Testosterone", result.shown() + " ng/dL" + decided(result))));
        Stream.concat(timeline.inhibitor().stream(), timeline.testosteroneDose().stream())
                .forEach(dose -> rows.add(
                        new TimelineRow(dose.from().map(LocalDate::toString).orElse("unknown"), "Dose", words(dose))));
        timeline.due()
                .forEach(due -> rows.add(new TimelineRow(
                        due.from().toString(),
                        "Due" + (due.to().equals(due.from()) ? "" : " until " + due.to()),
                        cards.tests(due.tests()))));
        return rows.stream()
                .sorted(java.util.Comparator.comparing(TimelineRow::day))
                .toList();
    }

    private static String decided(Timeline.Result result) {
        return result.decided() ? ", the rules decided on it" : "";
    }

    private static String words(Timeline.Dose dose) {
        return dose.drug() + " "
                + dose.weeklyMg()
                        .map(mg -> mg.stripTrailingZeros().toPlainString() + " mg a week")
                        .orElse("at a dose that cannot be computed")
                + ", " + dose.state()
                + dose.to().map(day -> ", until " + day).orElse("");
    }

    private static List<String> drugs(Timeline timeline) {
        return Stream.concat(timeline.inhibitor().stream(), timeline.testosteroneDose().stream())
                .map(dose ->
                        words(dose) + dose.from().map(day -> ", from " + day).orElse(", start not known"))
                .toList();
    }

    /** Diagnoses and symptoms, by their kind and day. */
    private static List<String> findings(Facts facts) {
        Stream<String> diagnoses = facts.conditions().stream()
                .map(condition -> dated(condition.diagnosis(), condition.since().map(LocalDate::toString)));
        Stream<String> symptoms = facts.symptoms().stream()
                .map(report -> dated(report.symptom(), report.since().map(LocalDate::toString)));
        return Stream.concat(diagnoses, symptoms).distinct().toList();
    }

    private static String dated(Enum<?> what, Optional<String> day) {
        return what.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + day.map(since -> ", since " + since).orElse(", undated");
    }
}
