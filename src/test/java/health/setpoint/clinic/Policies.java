package health.setpoint.clinic;

import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.knowledge.ChangedKnowledge;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.policy.Ladder;
import health.setpoint.titration.policy.Policy;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The policy of a row's day under the row's knowledge, and what the column "Policy" changes of it. */
final class Policies {

    private static final Pattern CHANGE = Pattern.compile("(\\S+) (\\S+) from (\\d{4}-\\d{2}-\\d{2})");
    private static final Policy USUAL = Knowledge.load().on(Words.TODAY);

    private Policies() {}

    static Policy of(Row row) {
        Policy policy = ofTheDay(row);
        for (String choice : Words.phrases(row.cell("policy").orElse(""))) {
            policy = with(policy, choice);
        }
        return policy;
    }

    /** The day on which the row's patient is seen. */
    static LocalDate day(Row row) {
        return row.cell("day").map(LocalDate::parse).orElse(Words.TODAY);
    }

    private static Policy ofTheDay(Row row) {
        Optional<String> change = row.cell("knowledge");
        if (change.isEmpty() && day(row).equals(Words.TODAY)) {
            return USUAL;
        }
        return change.map(Policies::changed).orElseGet(Knowledge::load).on(day(row));
    }

    private static Knowledge changed(String cell) {
        Matcher change = CHANGE.matcher(cell);
        if (!change.matches()) {
            throw Words.unknown("knowledge", cell);
        }
        return ChangedKnowledge.from(LocalDate.parse(change.group(3)), change.group(1), change.group(2));
    }

    private static Policy with(Policy policy, String choice) {
        Ladder ladder = policy.ladder();
        return switch (choice) {
            case "safety-only" -> copy(policy, Policy.Mode.SAFETY_ONLY, policy.preference(), ladder);
            case "AI first" -> copy(policy, policy.mode(), Policy.Preference.AI_FIRST, ladder);
            case "T first" -> copy(policy, policy.mode(), Policy.Preference.T_FIRST, ladder);
            case "ceiling 1.5" ->
                copy(policy, policy.mode(), policy.preference(), ladder(ladder, ladder.startIndex(), 2));
            case "start 0.5" ->
                copy(policy, policy.mode(), policy.preference(), ladder(ladder, 0, ladder.ceilingIndex()));
            default -> throw Words.unknown("policy", choice);
        };
    }

    private static Ladder ladder(Ladder ladder, int start, int ceiling) {
        return new Ladder(
                ladder.rungs(),
                start,
                ladder.listedIndex(),
                Math.min(start, ladder.veryHighStartIndex()),
                ceiling,
                ladder.oncologyDose());
    }

    private static Policy copy(Policy policy, Policy.Mode mode, Policy.Preference preference, Ladder ladder) {
        return new Policy(
                policy.version(),
                policy.hash(),
                mode,
                preference,
                policy.estradiol(),
                policy.testosterone(),
                ladder,
                policy.timing(),
                policy.freshness(),
                policy.hematocrit(),
                policy.psa(),
                policy.liver(),
                policy.bone(),
                policy.ages(),
                policy.aromataseFactors(),
                policy.symptoms(),
                policy.monitoring());
    }
}
