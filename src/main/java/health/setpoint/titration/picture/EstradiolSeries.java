package health.setpoint.titration.picture;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.policy.Policy;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All estradiol results of one man, the deciding one first: before those of a known day what may be newer than they, after
 * them those without any time.
 */
public final class EstradiolSeries {

    /** Of results that were not understood the latest first: one without a time of day may be that. */
    private static final Comparator<Estradiol> LATEST_FIRST = Comparator.comparing(
            (Estradiol estradiol) -> clock(estradiol, LocalDateTime.MAX), Comparator.reverseOrder());

    private static final Comparator<Estradiol> NEWEST_FIRST = Comparator.comparing(
                    (Estradiol estradiol) -> estradiol.drawn().orElse(LocalDate.MIN), Comparator.reverseOrder())
            .thenComparing(estradiol -> !estradiol.isByMassSpectrometry())
            .thenComparing(estradiol -> estradiol.result().status())
            .thenComparing(estradiol -> clock(estradiol, LocalDateTime.MIN), Comparator.reverseOrder())
            .thenComparing(estradiol -> estradiol.value().map(Bounded::value).orElse(BigDecimal.ZERO))
            .thenComparing(estradiol -> estradiol
                    .value()
                    .map(Bounded::comparator)
                    .map(Enum::ordinal)
                    .orElse(-1))
            .thenComparing(estradiol -> estradiol.result().reference());

    private final List<Estradiol> results;
    private final Policy policy;
    private final List<Estradiol> usable;

    private EstradiolSeries(List<Estradiol> results, Policy policy) {
        this.results = results;
        this.policy = policy;
        this.usable = usable(results);
    }

    /** Interprets and orders the estradiol results among {@code labs}. */
    public static EstradiolSeries of(List<LabResult> labs, LocalDateTime now, Policy policy) {
        LocalDateTime latest = LabHistory.latestDraw(now, policy);
        List<Estradiol> dated = new ArrayList<>();
        List<Estradiol> undated = new ArrayList<>();
        for (LabResult lab : labs) {
            if (lab.analyte() == Analyte.ESTRADIOL) {
                boolean timeKnown = LabHistory.isDated(lab, latest);
                Estradiol estradiol = Estradiol.of(lab, timeKnown, policy.estradiol());
                (timeKnown ? dated : undated).add(estradiol);
            }
        }
        dated.sort(NEWEST_FIRST);
        undated.sort(NEWEST_FIRST);
        Optional<LocalDate> newest = dated.stream().findFirst().flatMap(Estradiol::drawn);
        List<Estradiol> notUnderstood = notUnderstood(dated);
        dated.removeAll(notUnderstood);
        List<Estradiol> all = new ArrayList<>();
        undated.stream()
                .filter(estradiol -> LabHistory.mayBeNewer(estradiol.result(), newest, latest))
                .forEach(all::add);
        undated.removeAll(all);
        all.addAll(notUnderstood);
        all.addAll(dated);
        all.addAll(undated);
        return new EstradiolSeries(List.copyOf(all), policy);
    }

    private static List<Estradiol> usable(List<Estradiol> results) {
        List<Estradiol> usable = new ArrayList<>(results.size());
        for (Estradiol result : results) {
            if (result.isUsable()) {
                usable.add(result);
            }
        }
        return List.copyOf(usable);
    }

    /** What was not understood of the newest day, and may be newer than what would decide of it. */
    private static List<Estradiol> notUnderstood(List<Estradiol> newestFirst) {
        List<Estradiol> unsettling = new ArrayList<>();
        Optional<Estradiol> understood = Optional.empty();
        for (Estradiol result : newestFirst) {
            if (!result.drawn().equals(newestFirst.get(0).drawn())) {
                break;
            }
            if (!result.isUsable()) {
                unsettling.add(result);
            } else if (understood.isEmpty()) {
                understood = Optional.of(result);
            }
        }
        understood.ifPresent(
                decides -> unsettling.removeIf(result -> !SameDay.unsettles(result.result(), decides.result())));
        unsettling.sort(LATEST_FIRST);
        return unsettling;
    }

    private static LocalDateTime clock(Estradiol estradiol, LocalDateTime unknown) {
        return estradiol.result().drawn().clock().orElse(unknown);
    }

    public boolean isEmpty() {
        return results.isEmpty();
    }

    /** Every result, the deciding one first. */
    public List<Estradiol> all() {
        return results;
    }

    /**
     * The newest by clinical time; of one day by method and status among those that were understood, unless one that was
     * not may be newer, or one of which no day can be told; one without any time only where there is no other.
     */
    public Optional<Estradiol> deciding() {
        return results.isEmpty() ? Optional.empty() : Optional.of(results.get(0));
    }

    /** Every usable result, newest first. */
    public List<Estradiol> usable() {
        return usable;
    }

    /** Usable results other than the deciding one, newest first. */
    public List<Estradiol> earlierUsable() {
        return decidingIsUsable() ? usable.subList(1, usable.size()) : usable;
    }

    /** The next most recent usable result, where it contradicts the deciding one. */
    public Optional<Estradiol> contradiction() {
        boolean contradicted = usable.size() > 1 && decidingIsUsable() && contradict(usable.get(0), usable.get(1));
        return contradicted ? Optional.of(usable.get(1)) : Optional.empty();
    }

    /** Every result of the deciding one's day, itself included. */
    public List<Estradiol> ofDecidingDay() {
        Optional<LocalDate> day = deciding().flatMap(Estradiol::drawn);
        return day.isEmpty()
                ? results.stream().limit(1).toList()
                : results.stream().filter(result -> result.drawn().equals(day)).toList();
    }

    private boolean decidingIsUsable() {
        return !results.isEmpty() && results.get(0).isUsable();
    }

    private boolean contradict(Estradiol decides, Estradiol other) {
        long daysApart = ChronoUnit.DAYS.between(
                other.drawn().orElseThrow(), decides.drawn().orElseThrow());
        if (daysApart > policy.timing().conflictDays() || decides.band().equals(other.band())) {
            return false;
        }
        BigDecimal one = decides.value().orElseThrow().value();
        BigDecimal two = other.value().orElseThrow().value();
        BigDecimal share = policy.estradiol().conflictShare().multiply(one.max(two));
        return one.subtract(two).abs().compareTo(share) > 0;
    }
}
