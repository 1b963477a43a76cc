package health.setpoint.titration.advice;

import health.setpoint.titration.labs.LabTest;
import java.time.LocalDate;
import java.util.List;

/**
 * One line of the monitoring calendar.
 *
 * @param rule M-1 to M-8
 * @param window when
 * @param labs what is still to be measured; requests that stand already are left out
 */
public record Due(RuleId rule, Window window, List<LabTest> labs) {

    public Due {
        labs = List.copyOf(labs);
    }

    /** The window is open or over. */
    public boolean isDueBy(LocalDate today) {
        return !window.from().isAfter(today);
    }
}
