package health.setpoint.chart.observation;

import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.knowledge.terminology.LabNames;
import health.setpoint.titration.labs.Analyte;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which tests the codes and the words of an Observation name. */
final class TestNames {

    private final ReadContext context;
    private final Map<String, LabNames.Named> names = new HashMap<>();

    TestNames(ReadContext context) {
        this.context = context;
    }

    /** The words beside a code that name another test than it; the client's own map is taken at its word. */
    Optional<String> contradicting(Set<Analyte> coded, Concept code) {
        var analyte = coded.iterator().next();
        return code.texts().stream()
                .filter(text -> named(text).contradicts(analyte))
                .filter(text -> !isMapped(code))
                .findFirst();
    }

    private boolean isMapped(Concept code) {
        return code.codings().stream().anyMatch(coding -> context.codes()
                .target(coding)
                .flatMap(target -> context.terminology().lab(target.system(), target.code()))
                .isPresent());
    }

    /** What words name. */
    LabNames.Named named(String text) {
        return names.computeIfAbsent(text, context.terminology()::namedTests);
    }

    /** What its codes mean; a code that does not stand alone only where its words bear it out. */
    Set<Analyte> analytes(Concept code) {
        var found = EnumSet.noneOf(Analyte.class);
        var unsure = EnumSet.noneOf(Analyte.class);
        for (var coding : code.codings()) {
            context.terminology().lab(coding.system(), coding.code()).ifPresent(lab -> (lab.verified() ? found : unsure)
                    .add(lab.analyte()));
        }
        unsure.removeAll(found);
        unsure.removeIf(analyte -> !names(analyte, code));
        found.addAll(unsure);
        return found;
    }

    /** What its codes mean, whether its words bear it out or not. */
    Set<Analyte> unconfirmed(Concept code) {
        var found = EnumSet.noneOf(Analyte.class);
        for (var coding : code.codings()) {
            context.terminology().lab(coding.system(), coding.code()).ifPresent(lab -> found.add(lab.analyte()));
        }
        return found;
    }

    private boolean names(Analyte analyte, Concept code) {
        return code.texts().stream().anyMatch(text -> named(text).mayMean(analyte));
    }
}
