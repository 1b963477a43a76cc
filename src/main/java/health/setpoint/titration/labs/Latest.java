package health.setpoint.titration.labs;

import health.setpoint.titration.policy.Policy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The newest final result of an analyte other than estradiol, as the rules compare it. */
public record Latest(LabResult result, Bounded value, LocalDate drawn) {

    private static final Comparator<LabResult> NEWEST_FIRST = Comparator.comparing(
                    (LabResult lab) -> lab.drawn().day().orElse(LocalDate.MIN), Comparator.reverseOrder())
            .thenComparing(lab -> lab.assay() != Assay.MASS_SPECTROMETRY)
            .thenComparing(LabResult::status)
            .thenComparing(Latest::clock, Comparator.reverseOrder())
            .thenComparing(Latest::number)
            .thenComparing(LabResult::reference);

    /**
     * The newest final result; empty where there is none, where the newest cannot be read, or where it is older than the
     * knowledge allows.
     */
    public static Optional<Latest> of(List<LabResult> labs, Analyte analyte, LocalDateTime now, Policy policy) {
        LocalDate oldest = now.toLocalDate().minusDays(policy.freshness().of(analyte));
        return all(labs, analyte, now, policy).stream()
                .findFirst()
                .flatMap(Latest::readable)
                .filter(latest -> !latest.drawn().isBefore(oldest));
    }

    /** Every readable final result of an analyte, newest first, of any age. */
    public static List<Latest> history(List<LabResult> labs, Analyte analyte, LocalDateTime now, Policy policy) {
        return all(labs, analyte, now, policy).stream()
                .flatMap(lab -> readable(lab).stream())
                .toList();
    }

    private static List<LabResult> all(List<LabResult> labs, Analyte analyte, LocalDateTime now, Policy policy) {
        return labs.stream()
                .filter(lab -> lab.analyte() == analyte && lab.status().isFinal() && isDated(lab, now, policy))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    private static Optional<Latest> readable(LabResult lab) {
        return lab.reading() instanceof Reading.Measured measured
                ? Optional.of(new Latest(
                        lab,
                        Bounded.of(lab.analyte(), measured),
                        lab.drawn().day().orElseThrow()))
                : Optional.empty();
    }

    /** A clinical time that is known and not further ahead than clocks may differ. */
    static boolean isDated(LabResult lab, LocalDateTime now, Policy policy) {
        LocalDateTime latest = now.plusHours(policy.timing().futureToleranceHours());
        if (lab.drawn() instanceof ClinicalTime.At at) {
            return !at.moment().isAfter(latest);
        }
        return lab.drawn().day().map(day -> !day.atStartOfDay().isAfter(latest)).orElse(false);
    }

    private static LocalDateTime clock(LabResult lab) {
        return lab.drawn() instanceof ClinicalTime.At at ? at.moment() : LocalDateTime.MIN;
    }

    private static BigDecimal number(LabResult lab) {
        return lab.reading() instanceof Reading.Measured measured
                ? measured.unit().toBase(measured.amount())
                : BigDecimal.ZERO;
    }
}
