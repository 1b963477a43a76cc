package health.setpoint.clinic;

import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.policy.Ladder;
import health.setpoint.titration.policy.Policy;

/** The policy of the tables' evaluation day, and what the column "Policy" changes of it. */
final class Policies {

    private static final Policy USUAL = Knowledge.load().on(Words.TODAY);

    private Policies() {}

    static Policy of(Row row) {
        Policy policy = USUAL;
        for (String choice : Words.phrases(row.cell("policy").orElse(""))) {
            policy = with(policy, choice);
        }
        return policy;
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
