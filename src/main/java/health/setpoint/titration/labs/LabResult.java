package health.setpoint.titration.labs;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One result as the laboratory reported it. Superseded versions of one result have been dropped before.
 *
 * @param analyte what was measured
 * @param status never cancelled or entered in error
 * @param drawn when the sample was taken, never when it was issued
 * @param reading the value
 * @param assay method; UNKNOWN for analytes where it does not matter
 * @param upperLimit upper limit of the laboratory's own range in the analyte's base unit
 * @param reference the FHIR resource, {@code Observation/id}
 */
public record LabResult(
        Analyte analyte,
        ResultStatus status,
        ClinicalTime drawn,
        Reading reading,
        Assay assay,
        Optional<BigDecimal> upperLimit,
        String reference) {}
