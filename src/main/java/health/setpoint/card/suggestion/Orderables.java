package health.setpoint.card.suggestion;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.therapy.Regimen;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a site orders where we say a dose or a test: one entry of its own list for each step of the ladder and for each
 * test. EHRs that take no dose from a suggestion take it from that entry. A dose is named by mg and times a week, never by
 * its rung, so that a ladder that changes cannot send the entry of another dose.
 *
 * @param doses one for each dose, none twice
 * @param tests one for each test, none twice
 */
public record Orderables(List<Dose> doses, List<Test> tests) {

    /** A site that has mapped nothing. */
    public static final Orderables NONE = new Orderables(List.of(), List.of());

    /**
     * An entry that orders anastrozole in one dose.
     *
     * @param mg mg per intake, above 0
     * @param timesPerWeek 1 or more
     * @param system code system, a URI
     * @param code the entry's code
     * @param display its name as the clinician sees it
     */
    public record Dose(BigDecimal mg, int timesPerWeek, String system, String code, String display) {

        public Dose {
            requireText(system, "system");
            requireText(code, "code");
            requireText(display, "display");
            if (mg.signum() <= 0 || timesPerWeek < 1) {
                throw new IllegalArgumentException("an orderable needs mg above 0, once a week or more: " + code);
            }
        }

        boolean orders(Regimen regimen) {
            return mg.compareTo(regimen.mgPerIntake()) == 0 && timesPerWeek == regimen.timesPerWeek();
        }
    }

    /**
     * An entry that orders a test.
     *
     * @param test our word for it: estradiol, testosterone, free-testosterone, lh, fsh, shbg, cbc, cmp, psa, lipids, dxa
     * @param system code system, a URI
     * @param code the entry's code
     * @param display its name as the clinician sees it
     */
    public record Test(String test, String system, String code, String display) {

        public Test {
            requireText(system, "system");
            requireText(code, "code");
            requireText(display, "display");
            if (Arrays.stream(LabTest.values()).noneMatch(known -> known.word().equals(test))) {
                throw new IllegalArgumentException(
                        "no test is called " + test + "; there are " + String.join(", ", words()));
            }
        }
    }

    /**
     * @throws IllegalArgumentException where a dose or a test is mapped twice, or one entry stands for two doses
     */
    public Orderables {
        doses = List.copyOf(doses);
        tests = List.copyOf(tests);
        Map<String, Dose> byCode = new HashMap<>();
        for (Dose dose : doses) {
            if (doses.stream().filter(other -> sameDose(other, dose)).count() > 1) {
                throw new IllegalArgumentException("two orderables for anastrozole " + words(dose));
            }
            Dose other = byCode.put(dose.system() + "|" + dose.code(), dose);
            if (other != null) {
                throw new IllegalArgumentException("the orderable " + dose.code() + " cannot stand for both "
                        + words(other) + " and " + words(dose));
            }
        }
        Set<String> mapped = new HashSet<>();
        for (Test test : tests) {
            if (!mapped.add(test.test())) {
                throw new IllegalArgumentException("two orderables for the test " + test.test());
            }
        }
    }

    /** Steps of the ladder of a day that have no orderable, in words such as {@code 0.5 mg, 2 times a week}. */
    public List<String> missing(Knowledge knowledge, LocalDate day, SiteChoices choices) {
        return knowledge.on(day, choices).ladder().rungs().stream()
                .filter(rung -> of(rung).isEmpty())
                .map(rung -> words(rung.mgPerIntake(), rung.timesPerWeek()))
                .toList();
    }

    Optional<Dose> of(Regimen regimen) {
        return doses.stream().filter(dose -> dose.orders(regimen)).findFirst();
    }

    Optional<Test> of(LabTest test) {
        return tests.stream().filter(entry -> entry.test().equals(test.word())).findFirst();
    }

    private static List<String> words() {
        return Arrays.stream(LabTest.values()).map(LabTest::word).toList();
    }

    private static boolean sameDose(Dose one, Dose other) {
        return one.mg().compareTo(other.mg()) == 0 && one.timesPerWeek() == other.timesPerWeek();
    }

    private static String words(Dose dose) {
        return words(dose.mg(), dose.timesPerWeek());
    }

    private static String words(BigDecimal mg, int timesPerWeek) {
        return mg.stripTrailingZeros().toPlainString() + " mg, " + timesPerWeek + " times a week";
    }

    private static void requireText(String text, String what) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an orderable needs a " + what);
        }
    }
}
