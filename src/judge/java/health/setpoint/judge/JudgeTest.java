package health.setpoint.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.knowledge.ChangedKnowledge;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules in Java and the same rules in CQL, written apart from them from the clinical logic, say the same of the same
 * charts.
 */
class JudgeTest {

    private static final int MEN = 300;
    /** Men on whom the two once differed; docs/clinical/judge.md says what came of it. */
    private static final Set<Long> ONCE_DIFFERENT =
            Set.of(428L, 612L, 720L, 815L, 826L, 932L, 1024L, 1213L, 1282L, 1340L, 2142L, 2552L);

    private static List<Judge.Case> cases;

    @BeforeAll
    static void ask() {
        cases = Judge.cases(LongStream.concat(
                LongStream.range(0, MEN),
                ONCE_DIFFERENT.stream().mapToLong(Long::longValue).sorted()));
    }

    @Test
    void bothEnginesSayTheSameOfEveryMan() {
        Map<Long, List<String>> different = new LinkedHashMap<>();
        for (var each : cases) {
            var differences = each.differences(Judge::service);
            if (!differences.isEmpty()) {
                different.put(each.number(), differences);
            }
        }
        assertEquals(Map.of(), different);
    }

    @Test
    void theMenAreNotAllAlike() {
        var rules = new TreeSet<String>();
        cases.forEach(each -> rules.addAll(each.expected().rules()));
        assertTrue(rules.size() >= 45, () -> rules.size() + " rules: " + rules);
    }

    /** An error in one number of the service at a time, and the least that it may be. */
    @TestFactory
    Stream<DynamicTest> anErrorInANumberIsSeen() {
        return Map.ofEntries(
                        Map.entry("estradiol.low", "19"),
                        Map.entry("estradiol.in-range-top", "41"),
                        Map.entry("estradiol.borderline-top", "61"),
                        Map.entry("estradiol.very-high", "91"),
                        Map.entry("estradiol.severe", "9"),
                        Map.entry("ladder.start", "L1"),
                        Map.entry("ladder.ceiling", "L3"),
                        Map.entry("timing.steady-state", "21"),
                        Map.entry("timing.recheck-to", "43"),
                        Map.entry("max-age.estradiol", "120"),
                        Map.entry("hematocrit.stop", "54.1"),
                        Map.entry("psa.absolute", "4.1"),
                        Map.entry("bone.osteoporosis", "-2.6"),
                        Map.entry("bone.osteopenia", "-1.2"),
                        Map.entry("testosterone.low", "299"),
                        Map.entry("monitoring.first-year-interval", "90"))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(error -> dynamicTest(error.getKey() + " " + error.getValue(), () -> {
                    var policy = wrong(error.getKey(), error.getValue()).on(Men.NOW.toLocalDate());
                    assertSeen(facts -> Titration.advise(facts, policy));
                }));
    }

    private static Knowledge wrong(String parameter, String value) {
        return ChangedKnowledge.from(Men.NOW.toLocalDate().minusDays(1), parameter, value);
    }

    private static void assertSeen(Function<Facts, Advice> service) {
        assertFalse(
                cases.stream().allMatch(each -> each.differences(service).isEmpty()),
                "the judge did not see the planted error");
    }
}
