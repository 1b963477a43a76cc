package health.setpoint.chart.medication;

import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.References;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.facts.Hook;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which drafts a call asks about: those that order-select names, and all where what it names is none of them. */
public final class Selections {

    static final String PLACE = "context.selections";

    /** As they are named, and as {@code Type/id}; empty where all are asked about. */
    private final Set<String> named = new HashSet<>();

    Selections(Hook hook, List<String> selections) {
        if (hook == Hook.ORDER_SELECT) {
            for (var selection : selections) {
                named.add(selection);
                References.local(selection).ifPresent(named::add);
            }
        }
    }

    /** Of a call with these drafts; names that are none of them say nothing, so that they are dropped with a note. */
    public static Selections of(Hook hook, List<String> selections, List<ChartEntry> drafts, List<ReadNote> notes) {
        var asked = new Selections(hook, selections);
        if (asked.named.isEmpty() || drafts.stream().anyMatch(asked::name)) {
            return asked;
        }
        notes.add(ReadNote.ignored(PLACE, "none of them is a draft of this call, so that all drafts are judged"));
        return new Selections(hook, List.of());
    }

    boolean name(ChartEntry draft) {
        return named.isEmpty()
                || named.contains(draft.reference())
                || draft.id().filter(named::contains).isPresent()
                || draft.fullUrl().filter(named::contains).isPresent();
    }
}
