package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.ChangedPolicies;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Tried;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A number that is changed alone changes what the rules say that rest on it, and no other: for the men of the kept
 * cohort, which rule is the first to come out otherwise stands in {@code rules-by-parameter.txt}. A wanted change is written with
 * {@code -Dsetpoint.rules-by-parameter=write}.
 */
class RulesByParameterTest {

    private static final Path KEPT = Path.of("src/test/resources/clinic/rules-by-parameter.txt");
    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Policy STANDARD = KNOWLEDGE.on(DAY);

    private record Man(Facts facts, Advice advice) {}

    private static final List<Man> MEN = CohortTest.patients().stream()
            .map(CohortTest.Patient::facts)
            .filter(facts -> facts.today().equals(DAY))
            .map(facts -> new Man(facts, Titration.advise(facts, STANDARD)))
            .toList();

    @Test
    void aNumberThatChangesAloneChangesTheRulesThatRestOnIt() throws IOException {
        var touched = new TreeMap<String, Set<RuleId>>();
        new ChangedPolicies(KNOWLEDGE, DAY)
                .byParameter()
                .forEach((parameter, policies) -> touched.put(parameter, touchedBy(policies)));
        var lines = touched.entrySet().stream().map(RulesByParameterTest::line).toList();
        if ("write".equals(System.getProperty("setpoint.rules-by-parameter"))) {
            Files.write(KEPT, lines);
        }
        assertEquals(Files.readAllLines(KEPT), lines);
        assertTrue(MEN.size() > 300 && touched.size() > 100, MEN.size() + " men, " + touched.size() + " numbers");
    }

    private static String line(Map.Entry<String, Set<RuleId>> parameter) {
        return parameter.getKey() + ":"
                + parameter.getValue().stream().map(rule -> " " + rule.id()).collect(Collectors.joining());
    }

    private static Set<RuleId> touchedBy(List<Policy> policies) {
        Set<RuleId> touched = EnumSet.noneOf(RuleId.class);
        policies.forEach(policy -> MEN.stream()
                .flatMap(man -> firstOtherwise(man.advice(), Titration.advise(man.facts(), policy)).stream())
                .forEach(touched::add));
        return touched;
    }

    /** What follows from the first difference is no concern of the number. */
    private static Optional<RuleId> firstOtherwise(Advice before, Advice after) {
        var tried = IntStream.range(
                        0, Math.min(before.trace().size(), after.trace().size()))
                .filter(index -> !before.trace().get(index).equals(after.trace().get(index)))
                .mapToObj(
                        index -> fired(before.trace().get(index), after.trace().get(index)))
                .findFirst();
        return tried.or(() -> IntStream.range(
                        0, Math.min(before.cards().size(), after.cards().size()))
                .boxed()
                .flatMap(index ->
                        otherwise(before.cards().get(index), after.cards().get(index)).stream())
                .findFirst());
    }

    private static RuleId fired(Tried before, Tried after) {
        return after.fired() ? after.rule() : before.rule();
    }

    /** The rule whose finding is another, or the card's own. */
    private static Optional<RuleId> otherwise(CardAdvice before, CardAdvice after) {
        if (before.equals(after)) {
            return Optional.empty();
        }
        return IntStream.range(
                        0, Math.min(before.findings().size(), after.findings().size()))
                .filter(index ->
                        !before.findings().get(index).equals(after.findings().get(index)))
                .mapToObj(index -> before.findings().get(index).rule())
                .findFirst()
                .or(() -> Optional.of(before.primary().rule()));
    }
}
