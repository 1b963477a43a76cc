package health.setpoint.chart.observation;

import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.ResultStatus;

/** A result with what tells whether another one replaces it. */
record ResultVersion(LabResult result, ObservationFrame frame) {

    boolean isChanged() {
        return result.status() == ResultStatus.AMENDED || result.status() == ResultStatus.CORRECTED;
    }
}
