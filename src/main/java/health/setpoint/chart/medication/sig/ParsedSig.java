package health.setpoint.chart.medication.sig;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a dosage instruction in words says.
 *
 * @param mg one intake, where the words name exactly one and its strength is known
 * @param perWeek intakes per week, where the words name exactly one rate
 * @param possible rates per week that an ambiguous abbreviation may mean
 * @param days for so many days only
 * @param occasions days and times of day that it names
 * @param asNeeded the patient decides
 * @param isNote nothing but words that change nothing
 * @param speaksOfDose holds a number, a time, a condition or a stop, understood or not
 * @param problem why it was not understood, a sentence for the reader; empty where it was
 * @param missing what its amount lacks, a sentence for the reader; empty where it lacks nothing
 * @param ambiguity which abbreviation has the possible rates, a sentence for the reader; empty where there are none
 */
public record ParsedSig(
        Optional<BigDecimal> mg,
        Optional<BigDecimal> perWeek,
        Set<BigDecimal> possible,
        Optional<BigDecimal> days,
        Set<String> occasions,
        boolean asNeeded,
        boolean isNote,
        boolean speaksOfDose,
        String problem,
        String missing,
        String ambiguity) {

    private static final Pattern SPACES = Pattern.compile("\\s+");

    public static ParsedSig notUnderstood(String problem, boolean speaksOfDose) {
        return new ParsedSig(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Set.of(),
                false,
                false,
                speaksOfDose,
                problem,
                "",
                "");
    }

    static ParsedSig takenAsNeeded() {
        return new ParsedSig(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Set.of(),
                true,
                false,
                true,
                "It is to be taken as needed.",
                "",
                "");
    }

    boolean isUnderstood() {
        return problem.isEmpty();
    }

    /** Beside a structure it would be overlooked that the words may say something else. */
    public boolean isDoubt() {
        return !isUnderstood() && speaksOfDose;
    }

    /** An instruction in one spelling, so that two can be compared. */
    public static String normal(String text) {
        var plain = text.toLowerCase(Locale.ROOT)
                .replace("½", " 1/2 ")
                .replace("¼", " 1/4 ")
                .replace('–', '-')
                .replace('—', '-')
                .replace('×', 'x')
                .replace('µ', 'u')
                .replace('μ', 'u')
                .replace('\u00a0', ' ');
        return SPACES.matcher(plain).replaceAll(" ").strip();
    }
}
