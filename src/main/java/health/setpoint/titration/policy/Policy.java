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
        HematocritLimits hematocrit,
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
            @ParameterId(value = "estradiol.low", unit = "pg/mL")
            BigDecimal low,

            @ParameterId(value = "estradiol.in-range-top", unit = "pg/mL")
            BigDecimal inRangeTop,

            @ParameterId(value = "estradiol.borderline-top", unit = "pg/mL")
            BigDecimal borderlineTop,

            @ParameterId(value = "estradiol.very-high", unit = "pg/mL")
            BigDecimal veryHigh,

            @ParameterId(value = "estradiol.severe", unit = "pg/mL")
            BigDecimal severe,

            @ParameterId(value = "estradiol.plausible-lowest", unit = "pg/mL")
            BigDecimal plausibleLowest,

            @ParameterId(value = "estradiol.plausible-highest", unit = "pg/mL")
            BigDecimal plausibleHighest,

            @ParameterId(value = "estradiol.conflict-share", unit = "share")
            BigDecimal conflictShare,

            @ParameterId(value = "estradiol.fast-fall-below", unit = "pg/mL")
            BigDecimal fastFallBelow,

            @ParameterId(value = "estradiol.fast-fall-share", unit = "share")
            BigDecimal fastFallShare) {}

    /** Testosterone limits in ng/dL; the laboratory's own upper limit counts where it lies in the plausible span. */
    public record TestosteroneLimits(
            @ParameterId(value = "testosterone.low", unit = "ng/dL")
            BigDecimal low,

            @ParameterId(value = "testosterone.supraphysiologic", unit = "ng/dL")
            BigDecimal supraphysiologic,

            @ParameterId(value = "testosterone.target-lowest", unit = "ng/dL")
            BigDecimal targetLowest,

            @ParameterId(value = "testosterone.target-highest", unit = "ng/dL")
            BigDecimal targetHighest,

            @ParameterId(value = "testosterone.plausible-lowest", unit = "ng/dL")
            BigDecimal plausibleLowest,

            @ParameterId(value = "testosterone.plausible-highest", unit = "ng/dL")
            BigDecimal plausibleHighest,

            @ParameterId(value = "testosterone.upper-limit-plausible-lowest", unit = "ng/dL")
            BigDecimal plausibleUpperLimitLowest,

            @ParameterId(value = "testosterone.upper-limit-plausible-highest", unit = "ng/dL")
            BigDecimal plausibleUpperLimitHighest) {}

    /** Days and hours that decide. */
    public record Timing(
            @ParameterId(value = "timing.steady-state", unit = "d")
            int steadyStateDays,

            @ParameterId(value = "timing.recheck-from", unit = "d")
            int recheckFromDays,

            @ParameterId(value = "timing.recheck-to", unit = "d")
            int recheckToDays,

            @ParameterId(value = "timing.early-recheck", unit = "d")
            int earlyRecheckDays,

            @ParameterId(value = "timing.fast-fall-recheck-from", unit = "d")
            int fastFallRecheckFromDays,

            @ParameterId(value = "timing.fast-fall-recheck-to", unit = "d")
            int fastFallRecheckToDays,

            @ParameterId(value = "timing.fast-fall-lookback", unit = "d")
            int fastFallLookbackDays,

            @ParameterId(value = "timing.peak", unit = "h") int peakHours,

            @ParameterId(value = "timing.peak-recheck-from", unit = "d")
            int peakRecheckFromDays,

            @ParameterId(value = "timing.peak-recheck-to", unit = "d")
            int peakRecheckToDays,

            @ParameterId(value = "timing.conflict", unit = "d")
            int conflictDays,

            @ParameterId(value = "timing.same-draw", unit = "d")
            int sameDrawDays,

            @ParameterId(value = "timing.future-tolerance", unit = "h")
            int futureToleranceHours,

            @ParameterId(value = "timing.hold-survives-doubt", unit = "d")
            int holdSurvivesDoubtDays,

            @ParameterId(value = "timing.over-suppression-lookback", unit = "d")
            int overSuppressionLookbackDays,

            @ParameterId(value = "timing.symptom-lookback", unit = "mo")
            int symptomLookbackMonths,

            @ParameterId(value = "timing.observed-symptom", unit = "d")
            int observedSymptomDays,

            @ParameterId(value = "timing.ended-therapy", unit = "d")
            int endedTherapyDays,

            @ParameterId(value = "timing.ended-depot", unit = "d")
            int endedDepotDays,

            @ParameterId(value = "timing.new-testosterone-gap", unit = "d")
            int newTestosteroneGapDays,

            @ParameterId(value = "timing.recent-event", unit = "mo")
            int recentEventMonths,

            @ParameterId(value = "timing.renewal-gap", unit = "d")
            int renewalGapDays,

            @ParameterId(value = "timing.undated-renewal", unit = "d")
            int undatedRenewalDays,

            @ParameterId(value = "timing.injection-series", unit = "d")
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

    /** PSA limits in ng/mL. */
    public record Psa(
            @ParameterId(value = "psa.rise", unit = "ng/mL") BigDecimal rise,

            @ParameterId(value = "psa.absolute", unit = "ng/mL")
            BigDecimal absolute,

            @ParameterId(value = "psa.start-note", unit = "ng/mL")
            BigDecimal startNote,

            @ParameterId(value = "psa.baseline", unit = "d") int baselineDays,

            @ParameterId(value = "psa.rise-within", unit = "d")
            int riseDays,

            @ParameterId(value = "psa.reductase-inhibitor", unit = "d")
            int reductaseInhibitorDays,

            @ParameterId(value = "psa.reductase-inhibitor-factor", unit = "factor")
            BigDecimal reductaseInhibitorFactor) {}

    /** Liver limits: multiples of the upper limit of normal, and the limits used without a usable range. */
    public record Liver(
            @ParameterId(value = "liver.transaminase-multiple", unit = "factor")
            BigDecimal transaminaseMultiple,

            @ParameterId(value = "liver.bilirubin-multiple", unit = "factor")
            BigDecimal bilirubinMultiple,

            @ParameterId(value = "liver.transaminase-upper-limit", unit = "U/L")
            BigDecimal transaminaseUpperLimit,

            @ParameterId(value = "liver.bilirubin-upper-limit", unit = "mg/dL")
            BigDecimal bilirubinUpperLimit,

            @ParameterId(value = "liver.transaminase-upper-limit-plausible-lowest", unit = "U/L")
            BigDecimal transaminaseUpperLimitPlausibleLowest,

            @ParameterId(value = "liver.transaminase-upper-limit-plausible-highest", unit = "U/L")
            BigDecimal transaminaseUpperLimitPlausibleHighest,

            @ParameterId(value = "liver.bilirubin-upper-limit-plausible-lowest", unit = "mg/dL")
            BigDecimal bilirubinUpperLimitPlausibleLowest,

            @ParameterId(value = "liver.bilirubin-upper-limit-plausible-highest", unit = "mg/dL")
            BigDecimal bilirubinUpperLimitPlausibleHighest,

            @ParameterId(value = "liver.cholesterol-rise-share", unit = "share")
            BigDecimal cholesterolRiseShare) {}

    /** T-score limits and the interval between DXA scans. */
    public record Bone(
            @ParameterId(value = "bone.osteoporosis", unit = "{Tscore}")
            BigDecimal osteoporosis,

            @ParameterId(value = "bone.osteopenia", unit = "{Tscore}")
            BigDecimal osteopenia,

            @ParameterId(value = "bone.dxa-interval", unit = "d")
            int dxaDays,

            @ParameterId(value = "bone.dxa-earliest", unit = "d")
            int dxaEarliestDays,

            @ParameterId(value = "bone.inhibitor-use", unit = "d")
            int inhibitorDays) {}

    /** Ages in years. */
    public record Ages(
            @ParameterId(value = "ages.adult", unit = "a") int adult,

            @ParameterId(value = "ages.childbearing-from", unit = "a")
            int childbearingFrom,

            @ParameterId(value = "ages.childbearing-to", unit = "a")
            int childbearingTo,

            @ParameterId(value = "ages.psa-from", unit = "a")
            int psaFrom) {}

    /** Cut-offs of the five aromatase factors, for display. */
    public record AromataseFactors(
            @ParameterId(value = "aromatase-factors.bmi", unit = "kg/m2")
            BigDecimal bmi,

            @ParameterId(value = "aromatase-factors.waist", unit = "cm")
            BigDecimal waistCm,

            @ParameterId(value = "aromatase-factors.body-fat", unit = "%")
            BigDecimal bodyFatPercent,

            @ParameterId(value = "aromatase-factors.age", unit = "a")
            int age,

            @ParameterId(value = "aromatase-factors.audit-c", unit = "{score}")
            int auditC,

            @ParameterId(value = "aromatase-factors.hba1c", unit = "%")
            BigDecimal hba1c) {}

    /** How many nonspecific symptoms, from how many categories, count; whether libido and erection do above range. */
    public record Symptoms(
            @ParameterId(value = "symptoms.nonspecific", unit = "symptoms")
            int nonspecific,

            @ParameterId(value = "symptoms.categories", unit = "categories")
            int categories,

            boolean sexualCountsForHigh) {}

    /** Days of the monitoring calendar. */
    public record Monitoring(
            @ParameterId(value = "monitoring.stable", unit = "d")
            int stableDays,

            @ParameterId(value = "monitoring.first-year-interval", unit = "d")
            int firstYearIntervalDays,

            @ParameterId(value = "monitoring.later-interval", unit = "d")
            int laterIntervalDays,

            @ParameterId(value = "monitoring.first-year", unit = "mo")
            int firstYearMonths,

            @ParameterId(value = "monitoring.hematocrit-from", unit = "d")
            int hematocritFromDays,

            @ParameterId(value = "monitoring.hematocrit-to", unit = "d")
            int hematocritToDays,

            @ParameterId(value = "monitoring.hematocrit-interval", unit = "d")
            int hematocritIntervalDays,

            @ParameterId(value = "monitoring.hematocrit-repeat-from", unit = "d")
            int hematocritRepeatFromDays,

            @ParameterId(value = "monitoring.hematocrit-repeat-to", unit = "d")
            int hematocritRepeatToDays,

            @ParameterId(value = "monitoring.psa-from", unit = "mo")
            int psaFromMonths,

            @ParameterId(value = "monitoring.psa-to", unit = "mo")
            int psaToMonths,

            @ParameterId(value = "monitoring.yearly", unit = "d")
            int yearlyDays) {}

    /** The highest dose that may be proposed. */
    public WeeklyDose ceiling() {
        return ladder.ceiling().weekly();
    }
}
