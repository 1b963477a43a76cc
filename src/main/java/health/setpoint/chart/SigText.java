package health.setpoint.chart;

import health.setpoint.knowledge.DoseUnit;
import health.setpoint.knowledge.DoseUnits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A dosage instruction in words, read by a strict grammar: one dose and one frequency in words that mean one thing, and
 * no number left over. Everything else is not understood.
 *
 * @param mg one intake, where the words name exactly one
 * @param perWeek intakes per week, where the words name exactly one
 * @param asNeeded the patient decides
 * @param problem why nothing was understood; empty where something was
 */
record SigText(Optional<BigDecimal> mg, Optional<BigDecimal> perWeek, boolean asNeeded, String problem) {

    private static final int LONGEST = 400;
    private static final BigDecimal WEEK = BigDecimal.valueOf(7);
    static final BigDecimal DAYS_IN_MONTH = new BigDecimal("30.4375");

    private static final Words AS_NEEDED = Words.of(
            "\\b(prn|p\\.r\\.n\\.?|(as|if|when|where) (needed|required|necessary))\\b",
            "prn",
            "p.r.n",
            "needed",
            "required",
            "necessary");
    private static final Words AMBIGUOUS = Words.of(
            "\\b(biw|b\\.i\\.w\\.?|qow|q\\.o\\.w\\.?|bi ?-?weekly|bi ?-?monthly|fortnight(ly)?|semi ?-?weekly)\\b",
            "bi",
            "b.i.w",
            "qow",
            "q.o.w",
            "fortnight",
            "semi");
    private static final Pattern UNCLEAR =
            Pattern.compile("\\b(then|taper\\w*|titrat\\w*|increas\\w*|decreas\\w*|reduc\\w*"
                    + "|until|up to|max\\w*|exceed|alternating|divided|split|except|skip|hold|stop|not|unless|or|between|var(y|ies)"
                    + "|loading|followed|after \\d+|total (weekly|daily)|weekly total|daily total)\\b");
    private static final String DAY = "(?:mon|tues?|weds?|wednes|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?|s)?\\b\\.?";
    private static final Words RANGE = Words.of(
            "\\d(?: ?(?:mg|ml|tabs?|tablets?))? ?(?:-|\\bto\\b) ?\\d|" + DAY + " ?(?:-|to|through|thru) ?" + DAY,
            "-",
            "to",
            "thr");
    private static final Words WORDED_TWICE =
            Words.of("\\((?:one|two|three|four|five|six|seven|eight|nine|ten)\\)", "(");
    private static final Pattern LEFT_OVER =
            Pattern.compile("\\d|\\b(one|two|three|four|five|six|seven|eight|nine|ten|half"
                    + "|halves|quarter|double|twice|thrice|once|hourly|several|both)\\b");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private static final String NUMBER = "(?<![\\d./])(\\d*\\.?\\d+)";
    private static final String FRACTION =
            "one and a half|1 1/2|1 and 1/2|one[- ]half|half|1/2|one[- ]quarter|quarter|1/4"
                    + "|one|two|three|four|\\d*\\.?\\d+|an?";
    private static final String COUNT = "(?<![\\w./])(" + FRACTION + ")[ -]*(?:of +)?(?:(?:an?|one|x) +)?";
    private static final String TABLET = "(?:tab|tabs|tablets?|tablet\\(s\\)|tab\\(s\\)|pills?|caps?|capsules?)\\b";

    private static final Map<String, BigDecimal> WORDS = Map.ofEntries(
            Map.entry("one and a half", new BigDecimal("1.5")),
            Map.entry("1 1/2", new BigDecimal("1.5")),
            Map.entry("1 and 1/2", new BigDecimal("1.5")),
            Map.entry("one half", new BigDecimal("0.5")),
            Map.entry("one-half", new BigDecimal("0.5")),
            Map.entry("half", new BigDecimal("0.5")),
            Map.entry("1/2", new BigDecimal("0.5")),
            Map.entry("one quarter", new BigDecimal("0.25")),
            Map.entry("one-quarter", new BigDecimal("0.25")),
            Map.entry("quarter", new BigDecimal("0.25")),
            Map.entry("1/4", new BigDecimal("0.25")),
            Map.entry("a", BigDecimal.ONE),
            Map.entry("an", BigDecimal.ONE),
            Map.entry("once", BigDecimal.ONE),
            Map.entry("one", BigDecimal.ONE),
            Map.entry("twice", new BigDecimal(2)),
            Map.entry("two", new BigDecimal(2)),
            Map.entry("thrice", new BigDecimal(3)),
            Map.entry("three", new BigDecimal(3)),
            Map.entry("four", new BigDecimal(4)),
            Map.entry("five", new BigDecimal(5)),
            Map.entry("six", new BigDecimal(6)),
            Map.entry("seven", new BigDecimal(7)));

    private record Frequency(Words words, Function<MatchResult, BigDecimal> perWeek) {}

    private static final String TIMES =
            "(?:(once|twice|thrice)|(one|two|three|four|five|six|seven|\\d{1,2}) ?(?:x|times?))";
    private static final String[] IN_TIMES = {"once", "twice", "thrice", "x", "time"};
    private static final String A = "[ -]*(?:/|a|per|each|every|in a)? *";

    private static final List<Frequency> FREQUENCIES = List.of(
            fixed(
                    "every (?:other|second) day|alternate days?|eod|qod|q\\.o\\.d\\.?",
                    new BigDecimal("3.5"),
                    "every ",
                    "alternate",
                    "eod",
                    "qod",
                    "q.o.d"),
            fixed("every (?:other|second) week", new BigDecimal("0.5"), "every "),
            interval(
                    "every (\\d*\\.?\\d+|two|three|four|five|six|seven) ?-?(hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mo)",
                    "every "),
            interval("q ?(\\d*\\.?\\d+) ?-?(hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mo)", "q"),
            times(TIMES + A + "(?:day|daily|d)", WEEK, IN_TIMES),
            times(TIMES + A + "(?:week|weekly|wk)", BigDecimal.ONE, IN_TIMES),
            times(TIMES + A + "(?:month|monthly|mo)", perMonth(), IN_TIMES),
            times("()(\\d{1,2}) ?/ ?(?:week|wk)", BigDecimal.ONE, "/"),
            times("()(\\d{1,2}) ?/ ?(?:day|d)", WEEK, "/"),
            fixed("tiw|t\\.i\\.w\\.?|mwf|m ?[/,-] ?w ?[/,-] ?f", BigDecimal.valueOf(3), "w"),
            fixed("bid|b\\.i\\.d\\.?", BigDecimal.valueOf(14), "bid", "b.i.d"),
            fixed("tid|t\\.i\\.d\\.?", BigDecimal.valueOf(21), "tid", "t.i.d"),
            fixed("qid|q\\.i\\.d\\.?", BigDecimal.valueOf(28), "qid", "q.i.d"),
            fixed(
                    "daily|qd|q\\.d\\.?|(?:every|each|per|a) day|/ ?day|/ ?d|nightly|(?:every|each) (?:night|morning|evening)"
                            + "|q ?hs|q ?am|q ?pm",
                    WEEK,
                    "daily",
                    "q",
                    "day",
                    "/",
                    "night",
                    "morning",
                    "evening"),
            fixed(
                    "weekly|(?:every|each|per|a) (?:week|wk)|/ ?week|/ ?wk|q ?week|q ?wk|qw",
                    BigDecimal.ONE,
                    "week",
                    "wk",
                    "qw"),
            fixed("monthly|(?:every|each|per|a) month|/ ?month", perMonth(), "month"));

    private static final Words WEEKDAY = Words.of(
            "\\b(?:every +|each +|on +)?(mon|tue|wed|thu|fri|sat|sun)" + "(?:s|nes|rs?|ur)?(?:days?|s)?\\b\\.?",
            "mon",
            "tue",
            "wed",
            "thu",
            "fri",
            "sat",
            "sun");
    private static final String[] IN_TABLET = {"tab", "pill", "cap"};
    private static final Words CONCENTRATION = Words.of(
            NUMBER + " ?(?:mg|g|mcg|ug) ?(?:/|per) ?(?:\\d*\\.?\\d+ ?)?(?:ml|g|gm|actuation|actuat|pump|spray)\\b",
            "/",
            "per");
    private static final Words TABLET_OF = Words.of(COUNT + NUMBER + " ?mg " + TABLET, IN_TABLET);
    private static final Words MASS =
            Words.of(NUMBER + " ?(mg|milligrams?|mcg|ug|micrograms?)(?: total)?\\b", "mg", "mcg", "ug", "gram");
    private static final Words TABLETS = Words.of(COUNT + TABLET, IN_TABLET);
    private static final Words TABLETS_WITH_MASS =
            Words.of(COUNT + TABLET + " *\\( ?" + NUMBER + " ?mg(?: total)? ?\\)", "(");
    private static final Words MASS_WITH_TABLETS = Words.of(NUMBER + " ?mg *\\( ?" + COUNT + TABLET + " ?\\)", "(");
    private static final Words OTHERS = Words.of(
            NUMBER + " ?(ml|cc|pumps?|actuations?|sprays?|packets?|sachets?)\\b",
            "ml",
            "cc",
            "pump",
            "actuation",
            "spray",
            "packet",
            "sachet");

    /** Every pattern of which it is known which letters it cannot do without. */
    static List<Words> words() {
        return Stream.concat(
                        FREQUENCIES.stream().map(Frequency::words),
                        Stream.of(
                                AS_NEEDED,
                                AMBIGUOUS,
                                RANGE,
                                WORDED_TWICE,
                                WEEKDAY,
                                CONCENTRATION,
                                TABLET_OF,
                                MASS,
                                TABLETS,
                                TABLETS_WITH_MASS,
                                MASS_WITH_TABLETS,
                                OTHERS))
                .toList();
    }

    /**
     * A pattern.
     *
     * @param hints what it finds holds one of these, which are looked for in a fraction of the time
     */
    record Words(Pattern pattern, List<String> hints) {

        static Words of(String pattern, String... hints) {
            return new Words(Pattern.compile(pattern), List.of(hints));
        }

        boolean mayStandIn(StringBuilder text) {
            for (var hint : hints) {
                if (text.indexOf(hint) >= 0) {
                    return true;
                }
            }
            return false;
        }

        boolean standIn(StringBuilder text) {
            return mayStandIn(text) && pattern.matcher(text).find();
        }
    }

    private static Frequency fixed(String words, BigDecimal perWeek, String... hints) {
        return new Frequency(word(words, hints), match -> perWeek);
    }

    private static Frequency times(String words, BigDecimal factor, String... hints) {
        return new Frequency(word(words, hints), match -> number(
                        match.group(1) == null || match.group(1).isEmpty() ? match.group(2) : match.group(1))
                .multiply(factor));
    }

    private static Frequency interval(String words, String... hints) {
        return new Frequency(word(words, hints), match -> {
            var days = number(match.group(1)).multiply(daysIn(match.group(2)));
            return days.signum() == 0 ? BigDecimal.ZERO : WEEK.divide(days, MathContext.DECIMAL64);
        });
    }

    private static Words word(String words, String... hints) {
        return Words.of("(?:(?<![\\w.])|(?=/))(?:" + words + ")(?!\\w)", hints);
    }

    private static BigDecimal perMonth() {
        return WEEK.divide(DAYS_IN_MONTH, MathContext.DECIMAL64);
    }

    private static BigDecimal daysIn(String unit) {
        return switch (unit.charAt(0)) {
            case 'h' -> BigDecimal.ONE.divide(BigDecimal.valueOf(24), MathContext.DECIMAL64);
            case 'd' -> BigDecimal.ONE;
            case 'w' -> WEEK;
            default -> DAYS_IN_MONTH;
        };
    }

    private static BigDecimal number(String written) {
        var word = WORDS.get(written);
        return word != null ? word : new BigDecimal(written);
    }

    static SigText none() {
        return new SigText(Optional.empty(), Optional.empty(), false, "");
    }

    private static SigText unclear(String problem) {
        return new SigText(Optional.empty(), Optional.empty(), false, problem);
    }

    /** The words in one spelling, so that two instructions can be compared. */
    static String normal(String text) {
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

    /** Reads an instruction; tablets, millilitres and the like count only with a product strength. */
    static SigText read(String text, Optional<ProductStrength> strength, DoseUnits units) {
        if (text.length() > LONGEST) {
            return unclear("the instruction is too long to be read");
        }
        var words = new StringBuilder(normal(text));
        if (WORDED_TWICE.mayStandIn(words)) {
            words = new StringBuilder(
                    SPACES.matcher(WORDED_TWICE.pattern().matcher(words).replaceAll(" "))
                            .replaceAll(" "));
        }
        if (AS_NEEDED.standIn(words)) {
            return new SigText(Optional.empty(), Optional.empty(), true, "to be taken as needed");
        }
        if (AMBIGUOUS.standIn(words)) {
            return unclear("the frequency is an ambiguous abbreviation");
        }
        if (UNCLEAR.matcher(words).find() || RANGE.standIn(words)) {
            return unclear("the instruction in words is not one dose at one interval");
        }
        var rest = new StringBuilder(words);
        var frequencies = frequencies(rest);
        var doses = doses(rest, strength, units);
        if (frequencies.size() > 1
                || doses.isEmpty()
                || doses.get().size() > 1
                || LEFT_OVER.matcher(rest).find()) {
            return unclear("the instruction in words is not one dose at one interval");
        }
        var dose = doses.get().stream().findFirst().filter(mg -> mg.signum() > 0);
        var perWeek = frequencies.stream().findFirst().filter(rate -> rate.signum() > 0);
        return new SigText(dose, perWeek, false, dose.isEmpty() && perWeek.isEmpty() ? "no dose in words" : "");
    }

    private static Set<BigDecimal> frequencies(StringBuilder rest) {
        var found = new TreeSet<BigDecimal>();
        for (var frequency : FREQUENCIES) {
            take(rest, frequency.words())
                    .forEach(match -> found.add(round(frequency.perWeek().apply(match))));
        }
        var days = new HashSet<String>();
        take(rest, WEEKDAY).forEach(match -> days.add(match.group(1)));
        if (!days.isEmpty()) {
            found.add(round(BigDecimal.valueOf(days.size())));
        }
        return found;
    }

    /** Every different dose that the words name, in mg; empty where one of them has no known strength. */
    private static Optional<Set<BigDecimal>> doses(
            StringBuilder rest, Optional<ProductStrength> strength, DoseUnits units) {
        var found = new TreeSet<BigDecimal>();
        take(rest, CONCENTRATION);
        for (var match : take(rest, TABLETS_WITH_MASS)) {
            found.add(round(number(match.group(2))));
            ProductStrength.mg(number(match.group(1)), DoseUnit.TABLET, strength)
                    .ifPresent(mg -> found.add(round(mg)));
        }
        for (var match : take(rest, MASS_WITH_TABLETS)) {
            found.add(round(number(match.group(1))));
            ProductStrength.mg(number(match.group(2)), DoseUnit.TABLET, strength)
                    .ifPresent(mg -> found.add(round(mg)));
        }
        for (var match : take(rest, TABLET_OF)) {
            found.add(round(number(match.group(1)).multiply(number(match.group(2)))));
        }
        for (var match : take(rest, MASS)) {
            units.named(match.group(2))
                    .flatMap(DoseUnit::mg)
                    .ifPresent(mg -> found.add(round(number(match.group(1)).multiply(mg))));
        }
        for (var match : take(rest, TABLETS)) {
            var mg = ProductStrength.mg(number(match.group(1)), DoseUnit.TABLET, strength);
            if (mg.isEmpty()) {
                return Optional.empty();
            }
            found.add(round(mg.get()));
        }
        var others = take(rest, OTHERS);
        if (found.isEmpty()) {
            for (var match : others) {
                var mg = units.named(match.group(2))
                        .flatMap(unit -> ProductStrength.mg(number(match.group(1)), unit, strength));
                if (mg.isEmpty()) {
                    return Optional.empty();
                }
                found.add(round(mg.get()));
            }
        }
        return Optional.of(found);
    }

    private static BigDecimal round(BigDecimal value) {
        return value.setScale(6, RoundingMode.HALF_UP);
    }

    /** Takes what a pattern finds out of the words that have not been understood yet. */
    private static List<MatchResult> take(StringBuilder rest, Words words) {
        if (!words.mayStandIn(rest)) {
            return List.of();
        }
        var found = new ArrayList<MatchResult>();
        var matcher = words.pattern().matcher(rest);
        while (matcher.find()) {
            found.add(matcher.toMatchResult());
        }
        for (int i = found.size() - 1; i >= 0; i--) {
            rest.replace(found.get(i).start(), found.get(i).end(), " ; ");
        }
        return found;
    }
}
