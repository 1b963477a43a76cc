package health.setpoint.chart.observation;

import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import java.time.LocalDate;
import java.util.Locale;

/** What a result was read as, in words: test, status, day and value, or why it has none. */
final class LabResultNote {

    private LabResultNote() {}

    /** Of a result that no other note is about. */
    static ReadNote of(LabResult result) {
        if (result.reading() instanceof Reading.Measured measured) {
            return ReadNote.read(result.reference(), () -> what(result) + ", " + written(measured));
        }
        if (!(result.reading() instanceof Reading.Unreadable unreadable)) {
            throw new IllegalStateException("a reading without words: " + result.reading());
        }
        return ReadNote.unreadable(
                result.reference(),
                () -> what(result) + ", "
                        + switch (unreadable.why()) {
                            case NO_UNIT -> "no unit";
                            case UNKNOWN_UNIT ->
                                "a unit that is unknown for this test, or two that contradict each other";
                            case NO_NUMBER ->
                                unreadable.shown().isEmpty() ? "no number" : "no plain number: " + unreadable.shown();
                            case ABSENT -> "no value: " + unreadable.shown();
                            case IMPLAUSIBLE -> "no such value exists: " + unreadable.shown();
                            case UNMAPPED -> "no code that is known";
                            case CONTRADICTORY -> "codes or words that name different tests";
                        });
    }

    private static String what(LabResult result) {
        return words(result.analyte()) + ", " + result.status().name().toLowerCase(Locale.ROOT) + ", "
                + result.drawn().day().map(LocalDate::toString).orElse("no time");
    }

    /** The test in words. */
    static String words(Analyte analyte) {
        return analyte == Analyte.DXA_T_SCORE
                ? "T-score of bone density"
                : analyte.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A value as it was reported. */
    static String written(Reading.Measured measured) {
        return measured.comparator().sign()
                + measured.amount().toPlainString() + " "
                + measured.unit().symbol();
    }
}
