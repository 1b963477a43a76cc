package health.setpoint.card;

import java.util.List;

/** How one family of EHRs takes the suggestions of a card. */
public interface Dialect {

    /** The word for how many suggestions of a card may be taken: {@code at-most-one} or {@code any}. */
    String selectionBehavior();

    /** The suggestions as this family can carry them out; never empty where the given list is not. */
    List<Choice> shape(List<Choice> choices);
}
