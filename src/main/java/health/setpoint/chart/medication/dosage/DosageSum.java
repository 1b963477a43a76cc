package health.setpoint.chart.medication.dosage;

import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What several instructions add up to: each counts once, and where they contradict each other none does. */
final class DosageSum {

    private DosageSum() {}

    /** The dosage of steps that hold together. */
    static Dosage of(List<DosageStep> all) {
        var steps = distinct(all);
        if (steps.isEmpty()) {
            return new Dosage.Unreadable(
                    "Its instructions differ and do not say whether they add up.",
                    WrittenDosage.of(all.stream().map(DosageStep::instruction).toList()));
        }
        var weekly = WeeklyDose.NONE;
        var intakes = BigDecimal.ZERO;
        var isRange = false;
        var isRate = false;
        for (var step : steps) {
            var dosage = step.dosage();
            if (dosage instanceof Dosage.Unreadable unreadable) {
                return steps.size() == 1
                        ? unreadable
                        : new Dosage.Unreadable(
                                unreadable.why(),
                                WrittenDosage.of(steps.stream()
                                        .map(DosageStep::instruction)
                                        .toList()));
            } else if (dosage instanceof Dosage.Weekly rate) {
                weekly = weekly.plus(rate.dose());
                intakes = intakes.add(rate.intakesPerWeek());
                isRate = true;
            } else if (dosage instanceof Dosage.Range range) {
                weekly = weekly.plus(range.highest());
                isRange = true;
            }
        }
        if (isRange) {
            return new Dosage.Range(weekly);
        }
        return isRate ? new Dosage.Weekly(weekly, WeeklyRate.plain(intakes)) : new Dosage.Single();
    }

    /** Each instruction once, without notes; none where it cannot be told whether two are one. */
    private static List<DosageStep> distinct(List<DosageStep> steps) {
        var said = steps.stream().filter(step -> !step.isNote()).toList();
        var distinct = new ArrayList<DosageStep>();
        for (var step : said.isEmpty() ? steps : said) {
            var alike = distinct.stream().filter(other -> !step.adds(other)).toList();
            var isReadable = step.isReadable() && alike.stream().allMatch(DosageStep::isReadable);
            if (isReadable && alike.stream().anyMatch(other -> !step.dosage().equals(other.dosage()))) {
                return List.of();
            }
            if (alike.isEmpty() || !isReadable) {
                distinct.add(step);
            }
        }
        return distinct;
    }
}
