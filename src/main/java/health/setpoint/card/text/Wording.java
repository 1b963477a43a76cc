package health.setpoint.card.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Regimen;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Words that labels, details and resources of one answer share: tests, dates, doses, names of orders. */
public final class Wording {

    private static final int NAME_LIMIT = 60;
    private static final Pattern UNFIT = Pattern.compile("[\\s\\p{Cntrl}]+");

    private final Texts texts;
    private final Policy policy;
    private final LocalDate today;
    private final boolean injected;

    public Wording(Texts texts, Policy policy, LocalDate today, boolean injected) {
        this.texts = texts;
        this.policy = policy;
        this.today = today;
        this.injected = injected;
    }

    public Texts texts() {
        return texts;
    }

    public Policy policy() {
        return policy;
    }

    /** Testosterone is given by injection. */
    public boolean isInjected() {
        return injected;
    }

    public LocalDate today() {
        return today;
    }

    public String words(String name) {
        return texts.plain(name, Map.of("p", policy));
    }

    // --- tests and dates

    public String lab(LabTest test, boolean massSpectrometry) {
        String word = "lab_" + test.word().replace('-', '_');
        return words(test == LabTest.ESTRADIOL && massSpectrometry ? word + "_ms" : word);
    }

    /** {@code estradiol (LC-MS/MS) and testosterone}. */
    public String labs(List<LabTest> tests, boolean massSpectrometry) {
        List<String> names =
                tests.stream().map(test -> lab(test, massSpectrometry)).toList();
        return enumerated(names);
    }

    /** The same where there is little room. */
    public String shortLabs(List<LabTest> tests, boolean massSpectrometry) {
        return enumerated(tests.stream()
                .map(test -> {
                    String few = "lab_" + test.word().replace('-', '_') + "_short";
                    return texts.has(few) ? words(few) : lab(test, massSpectrometry);
                })
                .toList());
    }

    /** Tests whose time of day, time since the last dose, laboratory and method matter. */
    public static boolean asksForHormones(List<LabTest> tests) {
        return tests.contains(LabTest.ESTRADIOL)
                || tests.contains(LabTest.TESTOSTERONE)
                || tests.contains(LabTest.FREE_TESTOSTERONE);
    }

    public String labs(Recheck recheck) {
        return labs(recheck.labs(), recheck.massSpectrometry());
    }

    /** {@code now (2026-03-02)}, {@code on 2026-05-29}, {@code 2026-03-30 to 2026-04-13}. */
    public String when(Window window) {
        return dated(window, "when");
    }

    /** {@code due now (2026-03-02)}, {@code due 2026-03-30 to 2026-04-13}, {@code overdue since 2026-02-12}. */
    public String due(Window window) {
        return dated(window, window.to().isBefore(today) ? "overdue" : "due");
    }

    /** {@code now}, {@code 2026-03-30 to 2026-04-13}, {@code overdue since 2026-02-12}: under the heading of what is due. */
    public String dueBriefly(Window window) {
        if (window.to().isBefore(today)) {
            return due(window);
        }
        return window.equals(Window.on(today)) ? words("now") : when(window);
    }

    private String dated(Window window, String how) {
        String name = !window.isOneDay() ? "_window" : window.from().equals(today) ? "_today" : "_day";
        return texts.plain(
                how.equals("overdue") ? how : how + name,
                Map.of("from", window.from().toString(), "to", window.to().toString()));
    }

    /** How the sample of a recheck is to be drawn. */
    public String draw(Recheck recheck) {
        return words(recheck.trough() ? "draw_at_trough" : "draw");
    }

    /** How the sample of a recheck is to be drawn, as a sentence for who draws it. */
    public String sampling(Recheck recheck) {
        return texts.plain("resource_draw", Map.of("draw", draw(recheck)));
    }

    /** {@code a, b and c}, in the language of the texts. */
    public String enumerated(List<String> names) {
        return texts.vocabulary().enumerated(names);
    }

    // --- doses

    /** {@code 0.5 mg twice weekly}. */
    public String regimen(Regimen regimen) {
        return texts.plain("regimen", Map.of("mg", regimen.mgPerIntake(), "times", times(regimen, texts)));
    }

    /** {@code 0.5 mg twice weekly (1 mg a week)}. */
    public String full(Regimen regimen) {
        return texts.plain(
                "regimen_full",
                Map.of("regimen", regimen(regimen), "weekly", regimen.weekly().mg()));
    }

    /**
     * The sentence for the patient's label, in English whatever the language, since it is read back from the order; tablets
     * are named where the product is the 1 mg tablet.
     */
    public String dosing(Regimen regimen, boolean byTablet) {
        Texts read = texts.inEnglish();
        String mg = plainNumber(regimen);
        return read.plain(
                "dosing",
                Map.of(
                        "byTablet",
                        byTablet,
                        "tablets",
                        read.plain("tablets", Map.of("mg", mg)),
                        "mg",
                        mg,
                        "times",
                        times(regimen, read),
                        "count",
                        regimen.timesPerWeek(),
                        "injected",
                        injected));
    }

    private static String plainNumber(Regimen regimen) {
        return regimen.mgPerIntake().stripTrailingZeros().toPlainString();
    }

    private static String times(Regimen regimen, Texts texts) {
        String known = "times_" + regimen.timesPerWeek();
        return texts.plain(texts.has(known) ? known : "times_n", Map.of("times", regimen.timesPerWeek()));
    }

    // --- orders

    /** That a new order takes the place of what a statement says is taken. */
    public String replaces(String statement) {
        return texts.plain("resource_replaces", Map.of("statement", statement));
    }

    /** The product as the order names it, one line, shortened; plain text of the record. */
    public Optional<String> medication(ObjectNode order) {
        List<JsonNode> named = new ArrayList<>();
        JsonNode concept = order.path("medicationCodeableConcept");
        named.add(concept.path("text"));
        concept.path("coding").forEach(coding -> named.add(coding.path("display")));
        named.add(order.path("medicationReference").path("display"));
        order.path("contained").forEach(inside -> {
            named.add(inside.path("code").path("text"));
            inside.path("code").path("coding").forEach(coding -> named.add(coding.path("display")));
        });
        return named.stream()
                .filter(JsonNode::isTextual)
                .map(name -> shortened(name.asText()))
                .filter(name -> !name.isEmpty())
                .findFirst();
    }

    private static String shortened(String name) {
        String line = UNFIT.matcher(name).replaceAll(" ").strip();
        return line.length() <= NAME_LIMIT
                ? line
                : line.substring(0, NAME_LIMIT - 1).strip() + "…";
    }
}
