package health.setpoint.chart;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.Terminology;
import java.time.LocalDate;

/**
 * What every reader of one request works with.
 *
 * @param knowledge codes and units
 * @param codes local codes of the client
 * @param time dates in the site's zone
 * @param references resources of the request by address
 * @param today the evaluation date
 */
record Source(Knowledge knowledge, CodeMap codes, FhirTime time, References references, LocalDate today) {

    Terminology terminology() {
        return knowledge.terminology();
    }
}
