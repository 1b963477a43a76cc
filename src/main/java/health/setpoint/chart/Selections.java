package health.setpoint.chart;

import health.setpoint.titration.Hook;
import java.util.List;

/** Which drafts a call asks about: those that order-select names, and all where it names none. */
record Selections(Hook hook, List<String> named) {

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
