package health.setpoint.titration.policy;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Every number that decides, as it holds on one day at one site. Built from the dated knowledge files; immutable.
 *
 * @param version the version of the knowledge, its content hash apart
 * @param hash content hash of knowledge and site choices
 */
public record Policy(
        String version,
        String hash,
        Mode mode,
        Preference preference,
        EstradiolLimits estradiol,
        TestosteroneLimits testosterone,
        Ladder ladder,
        Timing timing,
        Freshness freshness,
        Hematocrit hematocrit,
        Psa psa,
        Liver liver,
        Bone bone,
        Ages ages,
        AromataseFactors aromataseFactors,
        Symptoms symptoms,
        Monitoring monitoring) {

    /** FULL, or SAFETY_ONLY: every rule, with every start and increase withheld. */
    public enum Mode {
        FULL,
        SAFETY_ONLY
    }

    /** Whether testosterone or the aromatase inhibitor is adjusted first. */
    public enum Preference {
        T_FIRST_IF_SUPRA,
        T_FIRST,
        AI_FIRST
    }

    /**
     * Estradiol bands in pg/mL: LOW below low, IN to inRangeTop, BORDERLINE to borderlineTop, HIGH below veryHigh, else
     * VERY HIGH. Severe: below it a hold is critical. fastFallBelow and fastFallShare are R-48's.
     */
    public record EstradiolLimits(
            BigDecimal low,
            BigDecimal inRangeTop,
            BigDecimal borderlineTop,
            BigDecimal veryHigh,
            BigDecimal severe,
            BigDecimal plausibleLowest,
            BigDecimal plausibleHighest,
            BigDecimal conflictShare,
            BigDecimal fastFallBelow,
            BigDecimal fastFallShare) {}

    /** Testosterone limits in ng/dL; the laboratory's own upper limit counts where it lies in the plausible span. */
    public record TestosteroneLimits(
            BigDecimal low,
            BigDecimal supraphysiologic,
            BigDecimal targetLowest,
            BigDecimal targetHighest,
            BigDecimal plausibleLowest,
            BigDecimal plausibleHighest,
            BigDecimal plausibleUpperLimitLowest,
            BigDecimal plausibleUpperLimitHighest) {}

    /** Days and hours that decide. */
    public record Timing(
            int steadyStateDays,
            int recheckFromDays,
            int recheckToDays,
            int earlyRecheckDays,
            int fastFallRecheckFromDays,
            int fastFallRecheckToDays,
            int fastFallLookbackDays,
            int peakHours,
            int peakRecheckFromDays,
            int peakRecheckToDays,
            int conflictDays,
            int sameDrawDays,
            int futureToleranceHours,
            int holdSurvivesDoubtDays,
            int overSuppressionLookbackDays,
            int symptomLookbackMonths,
            int observedSymptomDays,
            int endedTherapyDays,
            int endedDepotDays,
            int newTestosteroneGapDays,
            int recentEventMonths,
            int renewalGapDays,
            int undatedRenewalDays,
            int injectionSeriesDays) {}

    /** Oldest result, in days, that a rule may use. */
    public record Freshness(Map<Analyte, Integer> maxAgeDays) {

        public Freshness {
            maxAgeDays = Map.copyOf(maxAgeDays);
        }

        /** Days, or 365 where the knowledge names none. */
        public int of(Analyte analyte) {
            return maxAgeDays.getOrDefault(analyte, 365);
        }
    }

    /** Hematocrit limits in %. */
    public record Hematocrit(BigDecimal stop, BigDecimal warnAbove, BigDecimal startAbove) {}

    /** PSA limits in ng/mL. */
    public record Psa(
            BigDecimal rise,
            BigDecimal absolute,
            BigDecimal startNote,
            int baselineDays,
            int riseDays,
            int reductaseInhibitorDays,
            BigDecimal reductaseInhibitorFactor) {}

    /** Liver limits: multiples of the upper limit of normal, and the limits used without a usable range. */
    public record Liver(
            BigDecimal transaminaseMultiple,
            BigDecimal bilirubinMultiple,
            BigDecimal transaminaseUpperLimit,
            BigDecimal bilirubinUpperLimit,
            BigDecimal plausibleTransaminaseLowest,
            BigDecimal plausibleTransaminaseHighest,
            BigDecimal plausibleBilirubinLowest,
            BigDecimal plausibleBilirubinHighest,
            BigDecimal cholesterolRiseShare) {}

    /** T-score limits and the interval between DXA scans. */
    public record Bone(
            BigDecimal osteoporosis, BigDecimal osteopenia, int dxaDays, int dxaEarliestDays, int inhibitorDays) {}

    /** Ages in years. */
    public record Ages(int adult, int childbearingFrom, int childbearingTo, int psaFrom) {}

    /** Cut-offs of the five aromatase factors, for display. */
    public record AromataseFactors(
            BigDecimal bmi, BigDecimal waistCm, BigDecimal bodyFatPercent, int age, int auditC, BigDecimal hba1c) {}

    /** How many nonspecific symptoms, from how many categories, count as symptomatic. */
    public record Symptoms(int nonspecific, int categories) {}

    /** Days of the monitoring calendar. */
    public record Monitoring(
            int stableDays,
            int firstYearIntervalDays,
            int laterIntervalDays,
            int firstYearMonths,
            int hematocritFromDays,
            int hematocritToDays,
            int hematocritIntervalDays,
            int hematocritRepeatFromDays,
            int hematocritRepeatToDays,
            int psaFromMonths,
            int psaToMonths,
            int yearlyDays) {}

    /** The highest dose that may be proposed. */
    public WeeklyDose ceiling() {
        return ladder.ceiling().weekly();
    }
}
