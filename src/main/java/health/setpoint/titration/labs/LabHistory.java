package health.setpoint.titration.labs;

import health.setpoint.titration.policy.Policy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The final results of one man by analyte, sorted once for all rules that ask. */
public final class LabHistory {

    private static final Comparator<LabResult> NEWEST_FIRST = Comparator.comparing(
                    (LabResult lab) -> lab.drawn().day().orElse(LocalDate.MIN), Comparator.reverseOrder())
            .thenComparing(lab -> lab.assay() != Assay.MASS_SPECTROMETRY)
            .thenComparing(LabResult::status)
            .thenComparing(LabHistory::clock, Comparator.reverseOrder())
            .thenComparing(LabHistory::number)
            .thenComparing(LabResult::reference);

    private record Results(Optional<Latest> fresh, List<Latest> readable) {}

    private static final Results NONE = new Results(Optional.empty(), List.of());

    private final Map<Analyte, Results> byAnalyte;

    private LabHistory(Map<Analyte, Results> byAnalyte) {
        this.byAnalyte = byAnalyte;
    }

    /** Orders the final results among {@code labs}. */
    public static LabHistory of(List<LabResult> labs, LocalDateTime now, Policy policy) {
        LocalDateTime latest = latestDraw(now, policy);
        Map<Analyte, List<LabResult>> dated = new EnumMap<>(Analyte.class);
        for (LabResult lab : labs) {
            if (lab.status().isFinal() && isDated(lab, latest)) {
                dated.computeIfAbsent(lab.analyte(), analyte -> new ArrayList<>())
                        .add(lab);
            }
        }
        Map<Analyte, Results> byAnalyte = new EnumMap<>(Analyte.class);
        dated.forEach((analyte, results) -> {
            LocalDate oldest = now.toLocalDate().minusDays(policy.freshness().of(analyte));
            byAnalyte.put(analyte, interpreted(results, oldest));
        });
        return new LabHistory(byAnalyte);
    }

    private static Results interpreted(List<LabResult> results, LocalDate oldest) {
        results.sort(NEWEST_FIRST);
        List<Latest> readable = new ArrayList<>(results.size());
        for (LabResult lab : results) {
            if (lab.reading() instanceof Reading.Measured measured) {
                Bounded value = Bounded.of(lab.analyte(), measured);
                readable.add(new Latest(lab, value, lab.drawn().day().orElseThrow()));
            }
        }
        boolean fresh = results.get(0).reading() instanceof Reading.Measured
                && !readable.get(0).drawn().isBefore(oldest);
        return new Results(fresh ? Optional.of(readable.get(0)) : Optional.empty(), List.copyOf(readable));
    }

    /**
     * The newest result; empty where there is none, where the newest cannot be read, or where it is older than the
     * knowledge allows.
     */
    public Optional<Latest> latest(Analyte analyte) {
        return byAnalyte.getOrDefault(analyte, NONE).fresh();
    }

    /** Every readable result, newest first, of any age. */
    public List<Latest> all(Analyte analyte) {
        return byAnalyte.getOrDefault(analyte, NONE).readable();
    }

    /** No sample was drawn later, since clocks do not differ by more. */
    static LocalDateTime latestDraw(LocalDateTime now, Policy policy) {
        return now.plusHours(policy.timing().futureToleranceHours());
    }

    /** A clinical time that is known and not after the latest that can be. */
    static boolean isDated(LabResult lab, LocalDateTime latest) {
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
