package health.setpoint.chart;

import health.setpoint.titration.Hook;
import java.util.List;

/** Which drafts a call asks about: those that order-select names, and all where what it names is none of them. */
record Selections(Hook hook, List<String> named) {

    static final String PLACE = "context.selections";

    /** Of a call with these drafts; names that are none of them say nothing, so that they are dropped with a note. */
    static Selections of(ChartRequest request, List<Entry> drafts, List<ReadNote> notes) {
        var asked = new Selections(request.hook(), request.selections());
        if (request.hook() != Hook.ORDER_SELECT
                || asked.named().isEmpty()
                || drafts.stream().anyMatch(asked::name)) {
            return asked;
        }
        notes.add(ReadNote.ignored(PLACE, "none of them is a draft of this call, so that all drafts are judged"));
        return new Selections(request.hook(), List.of());
    }

    boolean name(Entry draft) {
        if (hook != Hook.ORDER_SELECT || named.isEmpty()) {
            return true;
        }
        var reference = draft.reference();
        return named.stream()
                .anyMatch(selected -> selected.equals(reference)
                        || draft.id().map(selected::equals).orElse(false)
                        || References.local(selected).map(reference::equals).orElse(false)
                        || draft.fullUrl().map(selected::equals).orElse(false));
    }
}
