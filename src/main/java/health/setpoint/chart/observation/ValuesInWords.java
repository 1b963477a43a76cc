package health.setpoint.chart.observation;

import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.knowledge.terminology.UnitTable;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a text may mean that is no plain number with a unit. No rule takes it for the value; a safety result withholds
 * where it may cross its limit, and a low estradiol offers a hold.
 */
final class ValuesInWords {

    private static final int LONGEST_TEXT = 200;
    /** Numbers of one text that are looked at. */
    private static final int MOST_NUMBERS = 4;

    private static final Pattern ANY_NUMBER =
            Pattern.compile("(?<![\\p{L}\\d.,])-?\\d{1,9}(?:[.,]\\d{1,9}){0,2}(?![\\d])");
    private static final Pattern ANY_DIGIT = Pattern.compile("\\d");

    /** One value, or two ends of a range, with a unit behind it and what else was written. */
    private static final Pattern ESTRADIOL = Pattern.compile(
            "[^\\d]{0,40}?(?<below><=?|=<|\\u2264|less than|lower than|below|under|up to|at most)?\\s*"
                    + "(?<first>\\d{1,6}(?:[.,]\\d{1,3})?)"
                    + "(?:\\s*(?:-|\\u2013|to|bis)\\s*(?<last>\\d{1,6}(?:[.,]\\d{1,3})?))?"
                    + "\\s*(?<unit>[^\\s\\d,.;:()\\[\\]*-][^\\s\\d,;()\\[\\]*]{0,20})[^\\d]*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern ABOVE = Pattern.compile(
            "[>\\u2265]|\\b(?:greater|more|higher|above|over|exceeds|at least)\\b", Pattern.CASE_INSENSITIVE);

    private final UnitTable units;
    private final Terminology terminology;
    private final PlausibleValues values;

    ValuesInWords(UnitTable units, Terminology terminology, PlausibleValues values) {
        this.units = units;
        this.terminology = terminology;
        this.values = values;
    }

    /** Nothing of a test by which no dose is withheld or held. */
    List<Reading.Measured> of(Analyte analyte, String text) {
        if (analyte == Analyte.ESTRADIOL) {
            return estradiol(text);
        }
        if (!analyte.isSafetyLab()) {
            return List.of();
        }
        return ANY_DIGIT.matcher(text).find() ? numbers(analyte, text) : unbounded(analyte, text);
    }

    /** The one value, or the upper end of the range, of an estradiol whose number and unit can be made out. */
    List<Reading.Measured> estradiol(String text) {
        if (text.length() > LONGEST_TEXT || ABOVE.matcher(text).find()) {
            return List.of();
        }
        var said = ESTRADIOL.matcher(text);
        if (!said.matches()) {
            return List.of();
        }
        var isRange = said.group("last") != null;
        var amount = new BigDecimal((isRange ? said.group("last") : said.group("first")).replace(',', '.'));
        var comparator =
                isRange ? Comparator.AT_MOST : said.group("below") == null ? Comparator.NONE : Comparator.BELOW;
        return units.unit(Analyte.ESTRADIOL, said.group("unit"), amount).stream()
                .map(unit -> new Reading.Measured(comparator, amount, unit))
                .toList();
    }

    /** What its numbers may mean: a comma parts thousands or decimals, and a T-score may have lost its minus. */
    private List<Reading.Measured> numbers(Analyte analyte, String text) {
        var found = new ArrayList<Reading.Measured>();
        var number = ANY_NUMBER.matcher(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        for (int count = 0; count < MOST_NUMBERS && number.find(); count++) {
            Stream.of(number.group().replace(",", ""), number.group().replace(',', '.'))
                    .distinct()
                    .filter(written -> written.indexOf('.') == written.lastIndexOf('.'))
                    .map(BigDecimal::new)
                    .flatMap(amount -> analyte == Analyte.DXA_T_SCORE
                            ? Stream.of(amount, amount.abs().negate()).distinct()
                            : Stream.of(amount))
                    .forEach(amount -> found.addAll(values.plausible(analyte, Comparator.NONE, amount)));
        }
        return found;
    }

    /** Words without a number may mean any value, but where they say on which side of the limit it lies. */
    private List<Reading.Measured> unbounded(Analyte analyte, String text) {
        var isLowBad = analyte == Analyte.DXA_T_SCORE;
        if (text.isBlank() || terminology.saysNormal(text) || !isLowBad && terminology.saysLow(text)) {
            return List.of();
        }
        Optional<Unit> unit = units.unit(analyte, analyte.baseUnit());
        return unit.stream()
                .map(base -> new Reading.Measured(
                        isLowBad ? Comparator.AT_MOST : Comparator.AT_LEAST, BigDecimal.ZERO, base))
                .toList();
    }
}
