package health.setpoint.chart.observation;

import health.setpoint.chart.fhir.Concept;
import health.setpoint.knowledge.terminology.LabCode;
import health.setpoint.knowledge.terminology.Terminology;
import health.setpoint.titration.labs.Assay;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads by which method a result was measured. */
final class AssayReader {

    private final Terminology terminology;

    AssayReader(Terminology terminology) {
        this.terminology = terminology;
    }

    /** The method as the result states it, else as its code does, else as the words of its code do. */
    Assay read(Concept code, Concept method) {
        return byText(method)
                .or(() -> byCode(method))
                .or(() -> byCode(code))
                .or(() -> byText(code))
                .orElse(Assay.UNKNOWN);
    }

    private Optional<Assay> byText(Concept concept) {
        var said = new ArrayList<Assay>();
        for (var text : concept.texts()) {
            terminology.assayByText(text).ifPresent(said::add);
        }
        return weakest(said);
    }

    private Optional<Assay> byCode(Concept concept) {
        var said = new ArrayList<Assay>();
        for (var coding : concept.codings()) {
            terminology
                    .lab(coding.system(), coding.code())
                    .map(LabCode::assay)
                    .filter(assay -> assay != Assay.UNKNOWN)
                    .ifPresent(said::add);
        }
        return weakest(said);
    }

    /** Of contradicting methods the weaker one. */
    private static Optional<Assay> weakest(List<Assay> said) {
        return said.isEmpty() ? Optional.empty() : Optional.of(Collections.max(said));
    }
}
