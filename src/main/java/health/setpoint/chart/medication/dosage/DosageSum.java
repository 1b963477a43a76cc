package health.setpoint.chart.medication.dosage;

import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        var sum = steps.stream().map(step -> step.dosage().match(PART)).reduce(Part.NOTHING, Part::and);
        return sum.fault().map(fault -> ofAll(fault, steps)).orElseGet(sum::dosage);
    }

    private static Dosage ofAll(Dosage.Unreadable fault, List<DosageStep> steps) {
        return steps.size() == 1
                ? fault
                : new Dosage.Unreadable(
                        fault.why(),
                        WrittenDosage.of(
                                steps.stream().map(DosageStep::instruction).toList()));
    }

    /** What an instruction adds. */
    private record Part(
            WeeklyDose weekly, BigDecimal intakes, boolean isRange, boolean isRate, Optional<Dosage.Unreadable> fault) {

        static final Part NOTHING = new Part(WeeklyDose.NONE, BigDecimal.ZERO, false, false, Optional.empty());

        Part and(Part other) {
            return new Part(
                    weekly.plus(other.weekly),
                    intakes.add(other.intakes),
                    isRange || other.isRange,
                    isRate || other.isRate,
                    fault.or(other::fault));
        }

        Dosage dosage() {
            if (isRange) {
                return new Dosage.Range(weekly);
            }
            return isRate ? new Dosage.Weekly(weekly, WeeklyRate.plain(intakes)) : new Dosage.Single();
        }
    }

    private static final Dosage.Cases<Part> PART = new Dosage.Cases<>() {
        @Override
        public Part weekly(Dosage.Weekly rate) {
            return new Part(rate.dose(), rate.intakesPerWeek(), false, true, Optional.empty());
        }

        @Override
        public Part range(Dosage.Range range) {
            return new Part(range.highest(), BigDecimal.ZERO, true, false, Optional.empty());
        }

        @Override
        public Part single(Dosage.Single once) {
            return Part.NOTHING;
        }

        @Override
        public Part depot(Dosage.Depot depot) {
            return Part.NOTHING;
        }

        @Override
        public Part unreadable(Dosage.Unreadable fault) {
            return new Part(WeeklyDose.NONE, BigDecimal.ZERO, false, false, Optional.of(fault));
        }

        @Override
        public Part notTaken(Dosage.NotTaken remark) {
            return Part.NOTHING;
        }
    };

    /** Each instruction once, without notes; none where it cannot be told whether two are one. */
    private static List<DosageStep> distinct(List<DosageStep> steps) {
        if (steps.size() == 1) {
            return steps;
        }
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
