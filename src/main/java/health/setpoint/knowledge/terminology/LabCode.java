package health.setpoint.knowledge.terminology;

import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;

/**
 * What a laboratory code means.
 *
 * @param analyte what was measured
 * @param assay the method that the code itself states
 * @param verified false for a code that counts only together with a text that names the analyte
 */
public record LabCode(Analyte analyte, Assay assay, boolean verified) {}
