package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardWords;
import health.setpoint.clinic.DialectAnswers.Site;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.ArbitraryFacts;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;

/**
 * A card interrupts a prescriber, and is short: every row of the clinic tables and 20,000 generated patients, in every
 * dialect. The build counts a part of the patients; {@code -Dsetpoint.card-length=write} counts all and writes what was found
 * to {@code docs/clinical/card-length.md}.
 */
class CardLengthTest {

    private static final Path PAGE = Path.of("docs/clinical/card-length.md");
    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final boolean WRITES = "write".equals(System.getProperty("setpoint.card-length"));
    private static final int PATIENTS = WRITES ? 20_000 : 2_000;
    private static final int EACH_OTHER_DIALECT = 4;
    private static final long SEED = 20261130;

    private final Map<Family, List<Integer>> words = new EnumMap<>(Family.class);
    private final List<Integer> summaries = new ArrayList<>();
    private final Set<String> faults = new LinkedHashSet<>();

    @Example
    void every_card_is_short_for_every_patient_and_in_every_dialect() throws IOException {
        for (Path file : ClinicTables.files()) {
            ClinicTables.rows(file).forEach(row -> count(Patients.facts(row), Policies.of(row), DialectAnswers.SITES));
        }
        var patients = ArbitraryFacts.everyone().generator(1000);
        var random = new Random(SEED);
        for (int i = 0; i < PATIENTS; i++) {
            Facts facts = patients.next(random).value();
            Site other = DialectAnswers.SITES.get(1 + i / EACH_OTHER_DIALECT % (DialectAnswers.SITES.size() - 1));
            count(
                    facts,
                    KNOWLEDGE.on(facts.today()),
                    i % EACH_OTHER_DIALECT == 0
                            ? List.of(DialectAnswers.STANDARD, other)
                            : List.of(DialectAnswers.STANDARD));
        }
        assertEquals(List.of(), faults.stream().limit(20).toList());
        if (WRITES) {
            Files.writeString(PAGE, page());
        }
    }

    private void count(Facts facts, Policy policy, List<Site> sites) {
        for (Site site : sites) {
            for (var written : DialectAnswers.written(facts, policy, site)) {
                ObjectNode card = written.json();
                Family family = written.advice().family();
                int count = CardWords.of(card);
                words.computeIfAbsent(family, none -> new ArrayList<>()).add(count);
                int summary = card.path("summary").asText().length();
                summaries.add(summary);
                if (count > CardWords.limit(family)) {
                    faults.add(count + " words:\n" + card.path("detail").asText());
                }
                if (summary >= 140 || card.path("summary").asText().endsWith("…")) {
                    faults.add(summary + " letters: " + card.path("summary").asText());
                }
            }
        }
    }

    private String page() {
        StringBuilder rows = new StringBuilder();
        words.forEach((family, counts) -> rows.append("| ")
                .append(family.name().charAt(0))
                .append(family.name().substring(1).toLowerCase(Locale.ROOT))
                .append(" card, words | ")
                .append(CardWords.limit(family))
                .append(distribution(counts)));
        rows.append("| Summary, characters | 139").append(distribution(summaries));
        return """
                # How long cards are

                Generated; do not edit. `./mvnw test -Dtest=CardLengthTest -Dsetpoint.card-length=write` counts the cards of every row of the clinic tables in every dialect and of %,d generated patients, each in the standard dialect and every fourth in another, and writes this page. The build counts %,d of the patients.

                What is counted is the detail by white space, headings and list numbers too; the link and the small line (off-label, evidence, rules, knowledge, signature) are not.

                | | limit | cards | median | 95th | longest |
                |---|---|---|---|---|---|
                %s
                What has no room on a card stands on the page behind its link; rules whose sentence had none are named on the card (`Also: R-19`).
                """.formatted(PATIENTS, 2_000, rows);
    }

    private static String distribution(List<Integer> counts) {
        List<Integer> sorted = counts.stream().sorted().toList();
        return " | %,d | %d | %d | %d |%n"
                .formatted(
                        sorted.size(),
                        sorted.get(sorted.size() / 2),
                        sorted.get((int) (sorted.size() * 0.95)),
                        sorted.get(sorted.size() - 1));
    }
}
