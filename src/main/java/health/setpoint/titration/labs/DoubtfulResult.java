package health.setpoint.titration.labs;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A result that may be newer than every one that can be used, may not decide itself, and must not be passed over.
 *
 * @param result as reported
 * @param fault why it may not decide
 */
public record DoubtfulResult(LabResult result, Fault fault) {

    /** Why a result may not decide. */
    public enum Fault {
        /** Its reading says what is wrong. */
        UNREADABLE,
        NOT_FINAL,
        NO_TIME,
        /** Known as a bound only. */
        NOT_EXACT
    }

    /** What it may be, as the rules compare it; nothing where no number was sent. */
    public List<Bounded> possible() {
        return Stream.concat(
                        result.reading().number().stream(),
                        result.reading().fault().stream().flatMap(fault -> fault.possible().stream()))
                .map(reading -> Bounded.of(result.analyte(), reading))
                .toList();
    }

    /** The day of the draw, empty where it is unknown. */
    public Optional<LocalDate> drawn() {
        return fault == Fault.NO_TIME ? Optional.empty() : result.drawn().day();
    }

    /** It was sent with something that can be told. */
    public boolean isWorthNaming() {
        return result.status().isFinal()
                || result.reading()
                        .fault()
                        .filter(fault -> fault.shown().isEmpty())
                        .isEmpty();
    }
}
