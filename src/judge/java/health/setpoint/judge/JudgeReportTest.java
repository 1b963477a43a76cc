package health.setpoint.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.ChangedPolicies;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The long run of the judge and its report. {@code -Dsetpoint.judge=write} asks both engines about 20,000 men, plants an
 * error in each number of the policy, one at a time, and writes {@code docs/clinical/judge.md} below its line.
 */
class JudgeReportTest {

    private static final Path REPORT = Path.of("docs/clinical/judge.md");
    private static final String LINE = "<!-- Below this line: written by JudgeReportTest -->";
    private static final int MEN = 20_000;
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    @Test
    void theReportNamesEveryRuleAndEachManOnWhomTheEnginesDiffer() throws IOException {
        if ("write".equals(System.getProperty("setpoint.judge"))) {
            write();
        }
        var report = Files.readString(REPORT);
        for (var rule : RuleId.values()) {
            assertTrue(report.contains("| " + rule.id() + " |"), rule.id() + " is not in the report: run it again");
        }
    }

    private static void write() throws IOException {
        var chunk = MEN / THREADS + 1;
        var cases = LongStream.range(0, THREADS)
                .parallel()
                .mapToObj(part -> Judge.cases(LongStream.range(part * chunk, Math.min(MEN, (part + 1) * chunk))))
                .flatMap(List::stream)
                .toList();
        assertEquals(MEN, cases.size());
        var head = Files.readString(REPORT);
        Files.writeString(REPORT, head.substring(0, head.indexOf(LINE) + LINE.length()) + "\n\n" + body(cases));
    }

    private static String body(List<Judge.Case> cases) {
        List<String> lines = new ArrayList<>();
        Map<Long, List<String>> different = new TreeMap<>();
        Map<String, Integer> said = new TreeMap<>();
        for (var each : cases) {
            var differences = each.differences(Judge::service);
            if (!differences.isEmpty()) {
                different.put(each.number(), differences);
            }
            each.expected().rules().forEach(rule -> said.merge(rule, 1, Integer::sum));
        }
        var agreed = cases.size() - different.size();
        lines.add("## The long run");
        lines.add("");
        lines.add("Knowledge %s, %d generated men: the engines agree on %d (%.2f %%)."
                .formatted(ConfigLibrary.version(), cases.size(), agreed, 100.0 * agreed / cases.size()));
        different.forEach((number, what) -> lines.add("- man " + number + ": " + String.join("; ", what)));
        lines.add("");
        lines.add("| Rule | Men of whom CQL says it |");
        lines.add("|---|---|");
        Stream.of(RuleId.values())
                .forEach(rule -> lines.add("| %s | %s |"
                        .formatted(
                                rule.id(),
                                said.containsKey(rule.id())
                                        ? said.get(rule.id()).toString()
                                        : "not compared")));
        lines.add("");
        lines.add("## Errors that it sees");
        lines.add("");
        lines.add(
                "Each number of the policy a fifth less and a quarter more, one at a time, in the service alone: the men"
                        + " on whom the engines then differ.");
        lines.add("");
        lines.add("| Number | a fifth less | a quarter more |");
        lines.add("|---|---|---|");
        new ChangedPolicies(Knowledge.load(), Men.NOW.toLocalDate())
                .byParameter()
                .forEach((id, policies) -> lines.add("| `%s` | %s |"
                        .formatted(
                                id,
                                policies.stream()
                                        .map(policy -> "" + seen(cases, policy))
                                        .collect(Collectors.joining(" | ")))));
        return String.join("\n", lines) + "\n";
    }

    private static long seen(List<Judge.Case> cases, Policy wrong) {
        return cases.parallelStream()
                .filter(each -> each.differences(Judge::service).isEmpty())
                .filter(each -> !each.differences(facts -> Titration.advise(facts, wrong))
                        .isEmpty())
                .count();
    }
}
