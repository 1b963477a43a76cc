package health.setpoint.titration.picture;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.stream.Stream;

/** Two results of one test on one day, of which only one was understood. */
final class SameDay {

    private SameDay() {}

    /**
     * The result that was not understood may be newer than the one that was, and does not just tell of the same draw what
     * that one tells: a preliminary value, the same value, or that nothing was measured.
     */
    static boolean unsettles(LabResult notUnderstood, LabResult understood) {
        Optional<LocalDateTime> one = notUnderstood.drawn().clock();
        Optional<LocalDateTime> other = understood.drawn().clock();
        if (one.isEmpty() || other.isEmpty()) {
            return !isToldBy(understood, notUnderstood, one.equals(other));
        }
        int later = one.get().compareTo(other.get());
        return later > 0
                || later == 0 && !isMeasuredOtherwise(notUnderstood) && !isToldBy(understood, notUnderstood, true);
    }

    /** The laboratory says that it has no value, of a draw of which it has one. */
    private static boolean isMeasuredOtherwise(LabResult notUnderstood) {
        return notUnderstood
                .reading()
                .fault()
                .filter(fault -> fault.why() == Reading.Why.ABSENT)
                .isPresent();
    }

    private static boolean isToldBy(LabResult understood, LabResult notUnderstood, boolean ofOneDraw) {
        if (ofOneDraw && !notUnderstood.status().isFinal()) {
            return true;
        }
        Optional<Reading.Measured> known = understood.reading().number();
        return known.isPresent()
                && possible(notUnderstood.reading())
                        .map(value -> Bounded.of(understood.analyte(), value))
                        .anyMatch(value -> isSame(value, known.get(), understood.analyte())
                                || ofOneDraw && mayBe(value, known.get(), understood.analyte()));
    }

    private static Stream<Reading.Measured> possible(Reading reading) {
        return Stream.concat(
                reading.number().stream(), reading.fault().stream().flatMap(fault -> fault.possible().stream()));
    }

    private static boolean isSame(Bounded value, Reading.Measured known, Analyte analyte) {
        Bounded other = Bounded.of(analyte, known);
        return value.comparator() == other.comparator() && value.value().compareTo(other.value()) == 0;
    }

    /** A bound that holds for the exact value that is known. */
    private static boolean mayBe(Bounded bound, Reading.Measured known, Analyte analyte) {
        BigDecimal exact = Bounded.of(analyte, known).value();
        int side = exact.compareTo(bound.value());
        return known.comparator() == Comparator.NONE
                && switch (bound.comparator()) {
                    case NONE -> side == 0;
                    case BELOW -> side < 0;
                    case AT_MOST -> side <= 0;
                    case ABOVE -> side > 0;
                    case AT_LEAST -> side >= 0;
                };
    }
}
