package health.setpoint.chart.medication.sig;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many intakes there are in a week.
 *
 * @param perWeek where the words name exactly one rate
 * @param problem why they do not, a sentence for the reader; empty where they name one or none
 */
record SigFrequency(Optional<BigDecimal> perWeek, String problem) {

    private static final BigDecimal DAYS_IN_WEEK = BigDecimal.valueOf(7);

    private static SigFrequency of(BigDecimal perWeek) {
        return new SigFrequency(Optional.of(perWeek), "");
    }

    private static SigFrequency none() {
        return new SigFrequency(Optional.empty(), "");
    }

    private static SigFrequency two() {
        return new SigFrequency(Optional.empty(), "It names two different frequencies.");
    }

    /**
     * The rate that an instruction names.
     *
     * @param namesProductFirst its first dose names the product
     */
    static SigFrequency of(SigContent said, boolean namesProductFirst) {
        var clauses = said.doses().stream().filter(dose -> !dose.isEqual()).count() - (namesProductFirst ? 1 : 0);
        if (clauses > 1) {
            return ofClauses(said, clauses);
        }
        var rates = new TreeSet<>(said.rates());
        rates.addAll(said.daysPerWeek());
        said.days().forEach(list -> rates.add(BigDecimal.valueOf(list.size())));
        if (rates.size() > 1 || Set.copyOf(said.days()).size() > 1) {
            return two();
        }
        if (rates.isEmpty()) {
            return said.times().size() > 1 ? two() : none();
        }
        var rate = rates.first();
        var isOfDays = !said.days().isEmpty() || !said.daysPerWeek().isEmpty();
        return isAt(said, rate, isOfDays) && isPossible(said, rate) ? of(rate) : two();
    }

    /** The same dose said of different days: half a tablet Monday, half a tablet Thursday. */
    private static SigFrequency ofClauses(SigContent said, long clauses) {
        var all = new LinkedHashSet<String>();
        said.days().forEach(all::addAll);
        var count = said.days().stream().mapToInt(Set::size).sum();
        return said.rates().isEmpty()
                        && said.daysPerWeek().isEmpty()
                        && said.possible().isEmpty()
                        && said.times().size() < 2
                        && said.days().size() == clauses
                        && all.size() == count
                ? of(BigDecimal.valueOf(count))
                : two();
    }

    /** One time of day belongs to one intake a day or less, two to two a day. */
    private static boolean isAt(SigContent said, BigDecimal rate, boolean isOfDays) {
        var perDay = rate.compareTo(DAYS_IN_WEEK) <= 0 || isOfDays
                ? 1
                : rate.divideToIntegralValue(DAYS_IN_WEEK).intValue();
        return said.times().isEmpty() || said.times().size() == perDay;
    }

    /** Where an ambiguous word stands beside a plain one, the plain one has to be one of its meanings. */
    private static boolean isPossible(SigContent said, BigDecimal rate) {
        return said.possible().isEmpty() || said.possible().stream().anyMatch(each -> each.compareTo(rate) == 0);
    }
}
