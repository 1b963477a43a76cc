package health.setpoint.titration.advice;

import health.setpoint.titration.labs.LabTest;
import java.util.List;

/**
 * What to measure again, and when.
 *
 * @param window the days on which to draw
 * @param labs without repeats, in the order in which a card names them
 * @param massSpectrometry the estradiol should be measured by LC-MS/MS
 * @param trough the sample should be drawn at trough
 */
public record Recheck(Window window, List<LabTest> labs, boolean massSpectrometry, boolean trough) {

    public Recheck {
        labs = List.copyOf(labs);
    }
}
