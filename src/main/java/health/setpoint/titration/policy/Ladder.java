package health.setpoint.titration.policy;

import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The doses that may be proposed, from the lowest; L1 is the first.
 *
 * @param rungs rising, none of them zero
 * @param startIndex index of the rung at which a start is proposed
 * @param listedIndex index of the rung that list as an alternative
 * @param veryHighStartIndex index of the rung at which R-56 starts
 * @param ceilingIndex index of the highest rung that may be proposed
 * @param oncologyDose mg per week from which a dose is critical
 */
public record Ladder(
        List<Regimen> rungs,

        @ParameterId(value = "ladder.start", unit = ParameterId.RUNG)
        int startIndex,

        @ParameterId(value = "ladder.listed", unit = ParameterId.RUNG)
        int listedIndex,

        @ParameterId(value = "ladder.very-high-start", unit = ParameterId.RUNG)
        int veryHighStartIndex,

        @ParameterId(value = "ladder.ceiling", unit = ParameterId.RUNG)
        int ceilingIndex,

        WeeklyDose oncologyDose) {

    public Ladder {
        rungs = List.copyOf(rungs);
        for (int i = 1; i < rungs.size(); i++) {
            if (!rungs.get(i).weekly().isAbove(rungs.get(i - 1).weekly())) {
                throw new IllegalArgumentException("the ladder does not rise at rung " + (i + 1));
            }
        }
    }

    public Regimen lowest() {
        return rungs.get(0);
    }

    public Regimen start() {
        return rungs.get(Math.min(startIndex, ceilingIndex));
    }

    /** The rung that name beside the start. */
    public Regimen listed() {
        return rungs.get(Math.min(listedIndex, ceilingIndex));
    }

    public Regimen veryHighStart() {
        return rungs.get(Math.min(veryHighStartIndex, ceilingIndex));
    }

    public Regimen ceiling() {
        return rungs.get(ceilingIndex);
    }

    /** The lowest rung above a dose that is not above the ceiling. */
    public Optional<Regimen> above(WeeklyDose dose) {
        return proposable().stream().filter(rung -> rung.weekly().isAbove(dose)).findFirst();
    }

    /** The highest rung below a dose that is not above the ceiling; empty at or below the lowest rung. */
    public Optional<Regimen> below(WeeklyDose dose) {
        return proposable().stream()
                .filter(rung -> rung.weekly().isBelow(dose))
                .max(Comparator.comparing(Regimen::weekly));
    }

    private List<Regimen> proposable() {
        return rungs.subList(0, ceilingIndex + 1);
    }
}
