package health.setpoint.titration.picture;

import health.setpoint.titration.labs.Band;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.person.SymptomReport.Origin;
import health.setpoint.titration.policy.Policy;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the symptoms say, given the band of estradiol.
 *
 * @param high the high-estradiol rule is met
 * @param low the low-estradiol rule is met
 * @param counted symptoms that counted for either side
 * @param sexualNeeded the high-estradiol rule is met, and would not be without libido and erection
 * @param someNotCounted symptoms are on record that are too old, undated or older than the present therapy
 */
public record SymptomPicture(
        boolean high, boolean low, Set<Symptom> counted, boolean sexualNeeded, boolean someNotCounted) {

    /** Both sides at once: asymptomatic for a start or increase, symptomatic for a reduction. */
    public boolean isMixed() {
        return high && low;
    }

    /** Symptomatic as a start or increase asks. */
    public boolean speaksForMore() {
        return high && !low;
    }

    /** A symptom that counted. */
    public boolean has(Symptom symptom) {
        return counted.contains(symptom);
    }

    /**
     * Counts the reports.
     *
     * @param band of the deciding estradiol, empty where it is not usable: shared symptoms then count for neither side
     * @param after start of testosterone or last change of the inhibitor; a condition counts only when it began later
     * @param inhibitorRuns makes joint pain specific
     */
    public static SymptomPicture of(
            List<SymptomReport> reports,
            Optional<Band> band,
            Optional<LocalDate> after,
            boolean inhibitorRuns,
            LocalDate today,
            Policy policy) {
        Set<Symptom> present = EnumSet.noneOf(Symptom.class);
        boolean someNotCounted = false;
        for (SymptomReport report : reports) {
            if (counts(report, after, today, policy)) {
                present.add(report.symptom());
            } else {
                someNotCounted = true;
            }
        }
        boolean sharedAreHigh = band.map(Band::isAboveRange).orElse(false);
        boolean sharedAreLow = band.map(Band.LOW::equals).orElse(false);
        Set<Symptom> high = side(present, Symptom.Side.HIGH, sharedAreHigh);
        Set<Symptom> low = side(present, Symptom.Side.LOW, sharedAreLow);
        Set<Symptom> notSexual = EnumSet.noneOf(Symptom.class);
        notSexual.addAll(high);
        notSexual.removeIf(symptom -> symptom.category() == Symptom.Category.SEXUAL);
        if (!policy.symptoms().sexualCountsForHigh()) {
            high = notSexual;
        }
        Set<Symptom> counted = EnumSet.noneOf(Symptom.class);
        counted.addAll(high);
        counted.addAll(low);
        return new SymptomPicture(
                isMet(high, true, policy),
                isMet(low, inhibitorRuns, policy),
                Set.copyOf(counted),
                isMet(high, true, policy) && !isMet(notSexual, true, policy),
                someNotCounted);
    }

    private static boolean counts(SymptomReport report, Optional<LocalDate> after, LocalDate today, Policy policy) {
        if (report.since().isEmpty()) {
            return false;
        }
        LocalDate since = report.since().orElseThrow();
        if (report.origin() != Origin.CONDITION) {
            return !since.isBefore(today.minusDays(policy.timing().observedSymptomDays()));
        }
        boolean recent = !since.isBefore(today.minusMonths(policy.timing().symptomLookbackMonths()));
        return recent && after.map(since::isAfter).orElse(true);
    }

    private static Set<Symptom> side(Set<Symptom> present, Symptom.Side side, boolean withShared) {
        Set<Symptom> ofSide = EnumSet.noneOf(Symptom.class);
        for (Symptom symptom : present) {
            if (symptom.side() == side || (withShared && symptom.side() == Symptom.Side.SHARED)) {
                ofSide.add(symptom);
            }
        }
        return ofSide;
    }

    private static boolean isMet(Set<Symptom> symptoms, boolean specificCounts, Policy policy) {
        Set<Symptom.Category> categories = EnumSet.noneOf(Symptom.Category.class);
        for (Symptom symptom : symptoms) {
            if (specificCounts && symptom.isSpecific()) {
                return true;
            }
            categories.add(symptom.category());
        }
        return symptoms.size() >= policy.symptoms().nonspecific()
                && categories.size() >= policy.symptoms().categories();
    }
}
