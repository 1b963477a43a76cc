package health.setpoint.card;

import java.util.List;

/** CDS Hooks 2.0 as it is written: one suggestion at most, all its actions together, {@code update} understood. */
public final class StandardDialect implements Dialect {

    @Override
    public String selectionBehavior() {
        return "at-most-one";
    }

    @Override
    public List<Choice> shape(List<Choice> choices) {
        return choices;
    }
}
