package health.setpoint.titration.picture;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.DoubtfulResult;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Latest;
import health.setpoint.titration.labs.Reading;
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
import java.util.stream.Stream;

/** The results of one man by analyte, sorted once for all rules that ask. */
public final class LabHistory {

    private static final Comparator<LabResult> NEWEST_FIRST = Comparator.comparing(
                    (LabResult lab) -> lab.drawn().day().orElse(LocalDate.MIN), Comparator.reverseOrder())
            .thenComparing(lab -> lab.assay() != Assay.MASS_SPECTROMETRY)
            .thenComparing(LabResult::status)
            .thenComparing(LabHistory::clock, Comparator.reverseOrder())
            .thenComparing(LabHistory::number)
            .thenComparing(LabResult::reference);

    /**
     * @param readable the final results that can be compared, newest first
     * @param oldest the first day of a result that is fresh
     * @param doubtful what may be newer than all of them, and fresh, newest first
     */
    private record Results(List<Latest> readable, LocalDate oldest, List<DoubtfulResult> doubtful) {

        Optional<Latest> known() {
            return readable.isEmpty() || readable.get(0).drawn().isBefore(oldest)
                    ? Optional.empty()
                    : Optional.of(readable.get(0));
        }
    }

    private static final Results NONE = new Results(List.of(), LocalDate.MAX, List.of());

    private final Map<Analyte, Results> byAnalyte;

    private LabHistory(Map<Analyte, Results> byAnalyte) {
        this.byAnalyte = byAnalyte;
    }

    /** Orders the results among {@code labs}. */
    public static LabHistory of(List<LabResult> labs, LocalDateTime now, Policy policy) {
        LocalDateTime latest = latestDraw(now, policy);
        Map<Analyte, List<LabResult>> dated = new EnumMap<>(Analyte.class);
        Map<Analyte, List<DoubtfulResult>> undecided = new EnumMap<>(Analyte.class);
        for (LabResult lab : labs) {
            boolean isDated = isDated(lab, latest);
            if (lab.status().isFinal() && isDated) {
                dated.computeIfAbsent(lab.analyte(), analyte -> new ArrayList<>())
                        .add(lab);
            } else if (lab.analyte().isActedUpon()) {
                undecided
                        .computeIfAbsent(lab.analyte(), analyte -> new ArrayList<>())
                        .add(new DoubtfulResult(
                                lab, isDated ? DoubtfulResult.Fault.NOT_FINAL : DoubtfulResult.Fault.NO_TIME));
            }
        }
        Map<Analyte, Results> byAnalyte = new EnumMap<>(Analyte.class);
        for (Analyte analyte : Analyte.values()) {
            List<LabResult> results = dated.getOrDefault(analyte, List.of());
            List<DoubtfulResult> others = undecided.getOrDefault(analyte, List.of());
            if (!results.isEmpty() || !others.isEmpty()) {
                LocalDate oldest =
                        now.toLocalDate().minusDays(policy.freshness().of(analyte));
                byAnalyte.put(analyte, interpreted(new ArrayList<>(results), others, oldest, policy));
            }
        }
        return new LabHistory(byAnalyte);
    }

    private static Results interpreted(
            List<LabResult> results, List<DoubtfulResult> others, LocalDate oldest, Policy policy) {
        results.sort(NEWEST_FIRST);
        List<Latest> readable = new ArrayList<>(results.size());
        List<DoubtfulResult> unreadable = new ArrayList<>();
        for (LabResult lab : results) {
            Optional<Reading.Measured> measured = lab.reading().number();
            if (measured.isPresent() && isPlausible(lab.analyte(), measured.get(), policy)) {
                Bounded value = Bounded.of(lab.analyte(), measured.get());
                readable.add(new Latest(lab, value, lab.drawn().day().orElseThrow()));
            } else {
                unreadable.add(new DoubtfulResult(lab, DoubtfulResult.Fault.UNREADABLE));
            }
        }
        List<DoubtfulResult> doubtful = new ArrayList<>(Stream.concat(unreadable.stream(), others.stream())
                .filter(other -> other.drawn().isEmpty()
                        || readable.isEmpty()
                        || mayBeNewer(other.result(), readable.get(0).result()))
                .filter(other -> readable.isEmpty()
                        || !isSurelyBefore(other, readable.get(0).drawn()))
                .toList());
        if (!readable.isEmpty() && !readable.get(0).value().isExact()) {
            doubtful.add(new DoubtfulResult(readable.get(0).result(), DoubtfulResult.Fault.NOT_EXACT));
        }
        return new Results(
                List.copyOf(readable),
                oldest,
                doubtful.stream()
                        .filter(DoubtfulResult::isWorthNaming)
                        .filter(each ->
                                each.drawn().map(day -> !day.isBefore(oldest)).orElse(!isSurelyBefore(each, oldest)))
                        .sorted(Comparator.comparing(
                                        (DoubtfulResult each) -> each.drawn().isEmpty())
                                .thenComparing(DoubtfulResult::result, NEWEST_FIRST))
                        .toList());
    }

    /** Estradiol and testosterone as the policy bounds them; of the others the chart leaves no value that cannot be. */
    private static boolean isPlausible(Analyte analyte, Reading.Measured measured, Policy policy) {
        return switch (analyte) {
            case ESTRADIOL ->
                isBetween(
                        analyte,
                        measured,
                        policy.estradiol().plausibleLowest(),
                        policy.estradiol().plausibleHighest());
            case TESTOSTERONE ->
                isBetween(
                        analyte,
                        measured,
                        policy.testosterone().plausibleLowest(),
                        policy.testosterone().plausibleHighest());
            default -> true;
        };
    }

    private static boolean isBetween(
            Analyte analyte, Reading.Measured measured, BigDecimal lowest, BigDecimal highest) {
        BigDecimal value = Bounded.of(analyte, measured).value();
        return value.compareTo(lowest) >= 0 && value.compareTo(highest) <= 0;
    }

    private static boolean mayBeNewer(LabResult notUnderstood, LabResult understood) {
        int days = notUnderstood
                .drawn()
                .day()
                .orElseThrow()
                .compareTo(understood.drawn().day().orElseThrow());
        return days > 0 || days == 0 && SameDay.unsettles(notUnderstood, understood);
    }

    /**
     * The newest result; empty where there is none, where the newest cannot be read, or where it is older than the
     * knowledge allows.
     */
    public Optional<Latest> latest(Analyte analyte) {
        Results results = byAnalyte.getOrDefault(analyte, NONE);
        boolean passedOver =
                results.doubtful().stream().anyMatch(doubtful -> doubtful.fault() == DoubtfulResult.Fault.UNREADABLE);
        return passedOver ? Optional.empty() : results.known();
    }

    /** The newest result that can be read and is fresh, whatever came after it. */
    public Optional<Latest> known(Analyte analyte) {
        return byAnalyte.getOrDefault(analyte, NONE).known();
    }

    /** What may be newer than every result that can be used, and may not decide itself; newest first. */
    public List<DoubtfulResult> doubtful(Analyte analyte) {
        return byAnalyte.getOrDefault(analyte, NONE).doubtful();
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
        if (lab.drawn().clock().isPresent()) {
            return !lab.drawn().clock().get().isAfter(latest);
        }
        return lab.drawn().day().map(day -> !day.atStartOfDay().isAfter(latest)).orElse(false);
    }

    /** A time was written that names no day, and the day that it means may not lie before the newest known one. */
    static boolean mayBeNewer(LabResult lab, Optional<LocalDate> newest, LocalDateTime latest) {
        return lab.drawn() instanceof ClinicalTime.Between between
                && !between.earliest().atStartOfDay().isAfter(latest)
                && newest.map(day -> !between.latest().isBefore(day)).orElse(true);
    }

    private static boolean isSurelyBefore(DoubtfulResult doubtful, LocalDate day) {
        return doubtful.result().drawn() instanceof ClinicalTime.Between between
                && between.latest().isBefore(day);
    }

    private static LocalDateTime clock(LabResult lab) {
        return lab.drawn().clock().orElse(LocalDateTime.MIN);
    }

    private static BigDecimal number(LabResult lab) {
        return lab.reading()
                .number()
                .map(measured -> measured.unit().toBase(measured.amount()))
                .orElse(BigDecimal.ZERO);
    }
}
