package health.setpoint.chart.medication.sig;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What an instruction has said of doses, frequencies, days and the like, as its words are gone through. */
final class SigContent {

    /** What the instruction is or holds beside its numbers. */
    enum Trait {
        RANGE,
        CONTRADICTION,
        AS_NEEDED,
        REFERENCE,
        CONDITION
    }

    private static final int DECIMALS = 6;

    private final List<SigDose> doses = new ArrayList<>();
    private final List<SigStrength> strengths = new ArrayList<>();
    private final Set<BigDecimal> rates = new TreeSet<>();
    private final Set<BigDecimal> daysPerWeek = new TreeSet<>();
    private final Set<BigDecimal> possible = new TreeSet<>();
    private final Set<BigDecimal> durations = new TreeSet<>();
    private final List<Set<String>> days = new ArrayList<>();
    private final Set<String> times = new LinkedHashSet<>();
    private final Set<String> drugs = new LinkedHashSet<>();
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final List<String> stops = new ArrayList<>();
    private final List<String> ambiguous = new ArrayList<>();

    void addRate(BigDecimal perWeek) {
        rates.add(perWeek.setScale(DECIMALS, RoundingMode.HALF_UP));
    }

    /** One of the rates per week that an ambiguous abbreviation may mean. */
    void addPossible(BigDecimal perWeek) {
        possible.add(perWeek.setScale(DECIMALS));
    }

    void add(Trait trait) {
        traits.add(trait);
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    /** It says nothing but words that change nothing. */
    boolean isPlain() {
        return traits.isEmpty() && !speaksOfDose();
    }

    /** It speaks of a dose, a time, a condition or a stop; what refers to another text alone does not. */
    boolean speaksOfDose() {
        return Stream.of(doses, strengths, stops, rates, daysPerWeek, possible, durations, days, times)
                        .anyMatch(said -> !said.isEmpty())
                || traits.stream().anyMatch(trait -> trait != Trait.REFERENCE);
    }

    List<SigDose> doses() {
        return doses;
    }

    List<SigStrength> strengths() {
        return strengths;
    }

    /** Intakes per week. */
    Set<BigDecimal> rates() {
        return rates;
    }

    /** On so many days a week. */
    Set<BigDecimal> daysPerWeek() {
        return daysPerWeek;
    }

    /** Rates per week that ambiguous abbreviations may mean. */
    Set<BigDecimal> possible() {
        return possible;
    }

    /** For so many days. */
    Set<BigDecimal> durations() {
        return durations;
    }

    /** Days of the week, list by list. */
    List<Set<String>> days() {
        return days;
    }

    /** Times of day. */
    Set<String> times() {
        return times;
    }

    /** Every drug that it names. */
    Set<String> drugs() {
        return drugs;
    }

    /** Words that say that it is not to be taken any more. */
    List<String> stops() {
        return stops;
    }

    /** Abbreviations with more than one meaning. */
    List<String> ambiguous() {
        return ambiguous;
    }
}
