package health.setpoint.chart.medication.dosage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.titration.therapy.Dosage;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of the instructions written after public templates")
class SigCorpusTest {

    /** Measured; a reader that understands less has lost something. */
    private static final int READ_OF_THOUSAND = 907;

    private static final int ROWS = 600;
    private static final int WITH_DOSE = 400;

    @Test
    @DisplayName("none is read as another weekly dose than the one by hand")
    void noneIsReadWrongly() {
        var wrong = Sigs.all().stream()
                .filter(sig -> Sigs.weekly(sig.read())
                        .filter(read -> sig.weekly()
                                .filter(dose -> Sigs.isSame(dose, read))
                                .isEmpty())
                        .isPresent())
                .map(sig -> sig + " was read as " + sig.read())
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    @DisplayName("almost all that have a dose are read")
    void mostAreRead() {
        var all = Sigs.all();
        var withDose = all.stream().filter(sig -> sig.weekly().isPresent()).toList();
        var unread = withDose.stream()
                .filter(sig -> Sigs.weekly(sig.read()).isEmpty())
                .map(sig -> sig.text() + ": " + ((Dosage.Unreadable) sig.read()).why())
                .toList();
        assertTrue(all.size() >= ROWS && withDose.size() >= WITH_DOSE, all.size() + ", " + withDose.size());
        assertTrue(
                (withDose.size() - unread.size()) * 1000 >= READ_OF_THOUSAND * withDose.size(),
                (withDose.size() - unread.size()) + " of " + withDose.size() + " are read, not:\n"
                        + String.join("\n", unread));
    }
}
