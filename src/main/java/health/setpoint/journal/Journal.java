package health.setpoint.journal;

import java.util.List;

/** What was advised and what became of it. Both calls return once the entries survive a crash. */
public interface Journal {

    /**
     * Keeps a decision.
     *
     * @throws JournalUnavailable where it could not be made durable: then the answer must not leave
     */
    void record(Decision decision);

    /**
     * Keeps a batch of feedback, all or none; an event that is known already stays once.
     *
     * @throws JournalUnavailable where it could not be made durable
     */
    void feedback(List<Feedback> events);

    /** A decision or feedback brought now can be made durable. */
    boolean accepts();
}
