package health.setpoint.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.card.suggestion.CardContext;
import health.setpoint.knowledge.ChangedKnowledge;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.evidence.Evidence;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.RuleId;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a clinician reads follows the numbers of the day. */
class NumbersOfTheDayTest {

    private static final Path TEXTS = Path.of("src/main/resources/cards/en");
    private static final Pattern COMMENT = Pattern.compile("\\{!.*?!}", Pattern.DOTALL);
    private static final Pattern EXPRESSION = Pattern.compile("\\{[^{}]*}");
    private static final Pattern DIGIT = Pattern.compile("\\d");

    /** Names and years of publications. */
    private static final Pattern NO_NUMBERS = Pattern.compile("\\bE2\\b|\\bHbA1c\\b|\\b(19|20)\\d\\d\\b");

    /** Facts of trials, series, labels and products, which no day changes; the count of a list; parts of a week. */
    private static final List<String> FACTS = List.of(
            "Medians in the published series: 9.5 before and 27.1 after treatment",
            "of 5 factors",
            "doubled on a 5-alpha-reductase inhibitor",
            "one series of 44 men;",
            "series of 34,016 men",
            "3.50 % had one on testosterone and 2.46 % on placebo",
            "3.50 % on testosterone, 2.46 % on placebo",
            "38.6 % against 18.5 %",
            "series of 44 men, of whom more than a quarter ended below 20 pg/mL",
            "lowers anastrozole by 27 %",
            "lowers anastrozole concentrations by 27 %",
            "1 mg twice weekly lowered estradiol as much as 1 mg daily",
            "trial of 1 mg daily",
            "1 mg tablet",
            "3-4 days later");

    /** Sections of labels and guidelines, and facts of trials and series. */
    private static final List<String> PLACES = List.of(
            "2.2",
            "5.2",
            "7.1",
            "7.2",
            "5.1, 5.3",
            "arm of 1 mg twice weekly",
            "median fall 65 to 22",
            "3.50 % on testosterone, 2.46 % on placebo");

    private static final LocalDate NEW = LocalDate.parse("2026-03-03");
    private static final Knowledge LOWERED = ChangedKnowledge.from(NEW, "estradiol.low", "18");

    @Test
    void everyNumberOfACardTextIsAValueOrAFactThatNoDayChanges() throws IOException {
        List<String> found = new ArrayList<>();
        Set<String> unused = new LinkedHashSet<>(FACTS);
        try (var files = Files.list(TEXTS)) {
            for (Path file : files.sorted().toList()) {
                String text = COMMENT.matcher(Files.readString(file)).replaceAll("");
                for (String line : text.split("\n")) {
                    String rest = without(EXPRESSION.matcher(line).replaceAll(" "), FACTS, unused);
                    if (DIGIT.matcher(NO_NUMBERS.matcher(rest).replaceAll("")).find()) {
                        found.add(file.getFileName() + ": " + line);
                    }
                }
            }
        }
        assertEquals(List.of(), found);
        assertEquals(Set.of(), unused);
    }

    @Test
    void everyNumberOfTheEvidenceIsAValueOrAFactThatNoDayChanges() throws IOException {
        List<String> found = new ArrayList<>();
        Set<String> unused = new LinkedHashSet<>(PLACES);
        Pattern place = Pattern.compile("^  - \\{rule: .* place: \"(.*?)\".*");
        for (String line : Files.readAllLines(Path.of("src/main/resources/knowledge/evidence.yaml"))) {
            var matcher = place.matcher(line);
            if (matcher.matches()) {
                String rest = without(EXPRESSION.matcher(matcher.group(1)).replaceAll(" "), PLACES, unused);
                if (DIGIT.matcher(rest).find()) {
                    found.add(line);
                }
            }
        }
        assertEquals(List.of(), found);
        assertEquals(Set.of(), unused);
    }

    private static String without(String text, List<String> allowed, Set<String> unused) {
        String rest = text;
        for (String phrase : allowed) {
            if (rest.contains(phrase)) {
                unused.remove(phrase);
                rest = rest.replace(phrase, "");
            }
        }
        return rest;
    }

    @Test
    void theEvidenceQuotesTheFloorOfItsDay() {
        Evidence evidence = LOWERED.evidence();
        assertEquals(
                Optional.of("below 20"),
                evidence.on(RuleId.R_41, NEW.minusDays(1)).place());
        assertEquals(Optional.of("below 18"), evidence.on(RuleId.R_41, NEW).place());
        assertEquals(
                Optional.of("recheck 4-6 weeks"), evidence.on(RuleId.R_38, NEW).place());
    }

    @Test
    void aCardQuotesTheFloorOfItsDay() {
        CardWriter writer = new CardWriter(LOWERED, URI.create("https://setpoint.example"));
        assertTrue(detail(writer, NEW.minusDays(1)).contains("below 20"), detail(writer, NEW.minusDays(1)));
        assertTrue(detail(writer, NEW).contains("below 18"), detail(writer, NEW));
    }

    private static String detail(CardWriter writer, LocalDate day) {
        var usual = CardSamples.context();
        var context = new CardContext(
                usual.hook(), usual.client(), usual.hookInstance(), usual.patientId(), usual.userId(), day, Map.of());
        var reduction =
                CardSamples.card(RuleId.R_41, AdviceKind.REDUCE).proposing("1").build();
        var advice = CardSamples.advice(reduction, List.of(), true);
        return writer.write(advice, context).get(0).json().path("detail").asText();
    }
}
