package health.setpoint.knowledge.parameter;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.policy.HematocritLimits;
import health.setpoint.titration.policy.Ladder;
import health.setpoint.titration.policy.ParameterId;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.policy.Policy.Ages;
import health.setpoint.titration.policy.Policy.AromataseFactors;
import health.setpoint.titration.policy.Policy.Bone;
import health.setpoint.titration.policy.Policy.EstradiolLimits;
import health.setpoint.titration.policy.Policy.Freshness;
import health.setpoint.titration.policy.Policy.Liver;
import health.setpoint.titration.policy.Policy.Mode;
import health.setpoint.titration.policy.Policy.Monitoring;
import health.setpoint.titration.policy.Policy.Preference;
import health.setpoint.titration.policy.Policy.Psa;
import health.setpoint.titration.policy.Policy.Symptoms;
import health.setpoint.titration.policy.Policy.TestosteroneLimits;
import health.setpoint.titration.policy.Policy.Timing;
import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Builds the policy of one day from its parameters, and refuses parameters that contradict each other. */
public final class PolicyOfDay {

    private static final String DAYS = "d";
    private static final String MONTHS = "mo";
    private static final String YEARS = "a";
    private static final String SHARE = "share";
    private static final String FACTOR = "factor";

    private static final Set<Analyte> PLAUSIBLE = Set.of(
            Analyte.FREE_TESTOSTERONE,
            Analyte.BIOAVAILABLE_TESTOSTERONE,
            Analyte.SHBG,
            Analyte.LH,
            Analyte.FSH,
            Analyte.HEMATOCRIT,
            Analyte.HEMOGLOBIN,
            Analyte.PSA,
            Analyte.AST,
            Analyte.ALT,
            Analyte.BILIRUBIN,
            Analyte.HBA1C,
            Analyte.BMI,
            Analyte.AUDIT_C,
            Analyte.DXA_T_SCORE);

    private final ValuesOfDay values;

    public PolicyOfDay(ValuesOfDay values) {
        this.values = values;
    }

    public Policy policy(String version, String hash) {
        return new Policy(
                version,
                hash,
                values.choice("mode", Mode.class),
                values.choice("preference", Preference.class),
                estradiol(),
                testosterone(),
                ladder(),
                timing(),
                freshness(),
                hematocrit(),
                psa(),
                liver(),
                bone(),
                ages(),
                aromataseFactors(),
                symptoms(),
                monitoring());
    }

    public ReadingLimits readingLimits() {
        Map<Analyte, PlausibleRange> plausible = new EnumMap<>(Analyte.class);
        for (Analyte analyte : PLAUSIBLE) {
            plausible.put(analyte, range("plausible." + word(analyte) + ".", analyte));
        }
        plausible.put(Analyte.ESTRADIOL, range("estradiol.plausible-", Analyte.ESTRADIOL));
        plausible.put(Analyte.TESTOSTERONE, range("testosterone.plausible-", Analyte.TESTOSTERONE));
        return new ReadingLimits(plausible, days("max-age.pregnancy-status"));
    }

    private PlausibleRange range(String prefix, Analyte analyte) {
        rising(analyte.baseUnit(), prefix + "lowest", prefix + "highest");
        return new PlausibleRange(
                values.decimal(prefix + "lowest", analyte.baseUnit()),
                values.decimal(prefix + "highest", analyte.baseUnit()));
    }

    private EstradiolLimits estradiol() {
        String unit = "pg/mL";
        rising(
                unit,
                "estradiol.plausible-lowest",
                "estradiol.severe",
                "estradiol.low",
                "estradiol.fast-fall-below",
                "estradiol.in-range-top",
                "estradiol.borderline-top",
                "estradiol.very-high",
                "estradiol.plausible-highest");
        liesBetweenZeroAndOne("estradiol.conflict-share");
        liesBetweenZeroAndOne("estradiol.fast-fall-share");
        return bound(EstradiolLimits.class);
    }

    private TestosteroneLimits testosterone() {
        String unit = "ng/dL";
        rising(
                unit,
                "testosterone.plausible-lowest",
                "testosterone.low",
                "testosterone.target-lowest",
                "testosterone.target-highest",
                "testosterone.supraphysiologic",
                "testosterone.plausible-highest");
        rising(
                unit,
                "testosterone.low",
                "testosterone.upper-limit-plausible-lowest",
                "testosterone.upper-limit-plausible-highest",
                "testosterone.plausible-highest");
        return bound(TestosteroneLimits.class);
    }

    private Ladder ladder() {
        List<Regimen> rungs = new ArrayList<>();
        Regimen whole = values.dose("ladder.l1");
        Regimen quarter = values.dose("ladder.l1-quarter");
        if (whole.weekly().compareTo(quarter.weekly()) != 0) {
            throw values.refuse("ladder.l1-quarter", "not the weekly dose of ladder.l1");
        }
        rungs.add(values.yes("ladder.quarter-tablets") ? quarter : whole);
        for (String id : List.of("ladder.l2", "ladder.l3", "ladder.l4")) {
            Regimen rung = values.dose(id);
            if (!rung.weekly().isAbove(rungs.get(rungs.size() - 1).weekly())) {
                throw values.refuse(id, "the ladder does not rise");
            }
            rungs.add(rung);
        }
        WeeklyDose oncology = new WeeklyDose(values.decimal("ladder.oncology-dose", "mg/wk"));
        if (!oncology.isAbove(rungs.get(rungs.size() - 1).weekly())) {
            throw values.refuse("ladder.oncology-dose", "not above the ladder");
        }
        return bound(Ladder.class, Map.of("rungs", rungs, "oncologyDose", oncology));
    }

    private Timing timing() {
        notFalling(DAYS, "timing.steady-state", "timing.recheck-from", "timing.recheck-to");
        notFalling(DAYS, "timing.fast-fall-recheck-from", "timing.fast-fall-recheck-to");
        notFalling(DAYS, "timing.peak-recheck-from", "timing.peak-recheck-to");
        return bound(Timing.class);
    }

    private Freshness freshness() {
        Map<Analyte, Integer> ages = new EnumMap<>(Analyte.class);
        for (Analyte analyte : Analyte.values()) {
            ages.put(analyte, days("max-age." + word(analyte)));
        }
        return new Freshness(ages);
    }

    private HematocritLimits hematocrit() {
        String start = values.yes("hematocrit.altitude") ? "hematocrit.start-above-altitude" : "hematocrit.start-above";
        notFalling("%", "hematocrit.start-above", "hematocrit.start-above-altitude");
        notFalling("%", start, "hematocrit.warn-above");
        rising("%", "hematocrit.warn-above", "hematocrit.stop");
        return bound(HematocritLimits.class).startingAbove(values.decimal(start, "%"));
    }

    private Psa psa() {
        notFalling("ng/mL", "psa.start-note", "psa.absolute");
        return bound(Psa.class);
    }

    private Liver liver() {
        rising(
                "U/L",
                "liver.transaminase-upper-limit-plausible-lowest",
                "liver.transaminase-upper-limit",
                "liver.transaminase-upper-limit-plausible-highest");
        rising(
                "mg/dL",
                "liver.bilirubin-upper-limit-plausible-lowest",
                "liver.bilirubin-upper-limit",
                "liver.bilirubin-upper-limit-plausible-highest");
        liesNotBelowOne("liver.transaminase-multiple");
        liesNotBelowOne("liver.bilirubin-multiple");
        liesBetweenZeroAndOne("liver.cholesterol-rise-share");
        return bound(Liver.class);
    }

    private Bone bone() {
        rising("{Tscore}", "bone.osteoporosis", "bone.osteopenia");
        notFalling(DAYS, "bone.dxa-earliest", "bone.dxa-interval");
        return bound(Bone.class);
    }

    private Ages ages() {
        rising(YEARS, "ages.childbearing-from", "ages.adult", "ages.childbearing-to");
        return bound(Ages.class);
    }

    private AromataseFactors aromataseFactors() {
        return bound(AromataseFactors.class);
    }

    private Symptoms symptoms() {
        return new Symptoms(
                values.whole("symptoms.nonspecific", "symptoms"),
                values.whole("symptoms.categories", "categories"),
                values.yes("symptoms.sexual-counts-for-high"));
    }

    private Monitoring monitoring() {
        notFalling(DAYS, "monitoring.first-year-interval", "monitoring.later-interval");
        notFalling(DAYS, "monitoring.hematocrit-from", "monitoring.hematocrit-to");
        notFalling(DAYS, "monitoring.hematocrit-repeat-from", "monitoring.hematocrit-repeat-to");
        notFalling(MONTHS, "monitoring.psa-from", "monitoring.psa-to");
        return bound(Monitoring.class);
    }

    private int days(String id) {
        return values.whole(id, DAYS);
    }

    private void liesBetweenZeroAndOne(String id) {
        BigDecimal share = values.decimal(id, SHARE);
        if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) >= 0) {
            throw values.refuse(id, "a share lies between 0 and 1");
        }
    }

    private void liesNotBelowOne(String id) {
        BigDecimal multiple = values.decimal(id, FACTOR);
        if (multiple.compareTo(BigDecimal.ONE) < 0) {
            throw values.refuse(id, "a multiple of the upper limit is not below 1");
        }
    }

    /** The record whose components name their parameters. */
    private <R extends Record> R bound(Class<R> type) {
        return bound(type, Map.of());
    }

    /** The same where some components are put together from several parameters; these by their name. */
    private <R extends Record> R bound(Class<R> type, Map<String, Object> composed) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] taken = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object own = composed.get(components[i].getName());
            taken[i] = own == null ? value(components[i]) : own;
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(taken);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(type.getName(), broken);
        }
    }

    private Object value(RecordComponent component) {
        ParameterId parameter = component.getAnnotation(ParameterId.class);
        if (parameter == null) {
            throw new IllegalStateException(component + " names no parameter");
        }
        if (parameter.unit().equals(ParameterId.RUNG)) {
            return values.rung(parameter.value());
        }
        return component.getType() == int.class
                ? values.whole(parameter.value(), parameter.unit())
                : values.decimal(parameter.value(), parameter.unit());
    }

    private void rising(String unit, String... ids) {
        ordered(unit, 1, ids);
    }

    private void notFalling(String unit, String... ids) {
        ordered(unit, 0, ids);
    }

    private void ordered(String unit, int least, String... ids) {
        for (int i = 1; i < ids.length; i++) {
            BigDecimal before = values.decimal(ids[i - 1], unit);
            BigDecimal here = values.decimal(ids[i], unit);
            if (here.compareTo(before) < least) {
                throw values.refuse(ids[i], "%s crosses %s, which is %s".formatted(here, ids[i - 1], before));
            }
        }
    }

    private static String word(Analyte analyte) {
        return analyte.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
