package health.setpoint.journal.lifecycle;

import health.setpoint.journal.Decision;
import health.setpoint.journal.Feedback;
import health.setpoint.journal.Journal;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The journal behind a switch, so that its share of the cost can be measured. Part of the measured build only. */
@Alternative
@Priority(1)
@Singleton
public class JournalSwitch implements Journal {

    private final Journal kept;
    private final AtomicBoolean on = new AtomicBoolean(true);

    JournalSwitch(JournalBeans opened) {
        this.kept = opened.journal();
    }

    /** Keeps entries from now on, or drops them. */
    public void turn(boolean keeping) {
        on.set(keeping);
    }

    @Override
    public void record(Decision decision) {
        if (on.get()) {
            kept.record(decision);
        }
    }

    @Override
    public void feedback(List<Feedback> events) {
        if (on.get()) {
            kept.feedback(events);
        }
    }

    @Override
    public boolean accepts() {
        return kept.accepts();
    }
}
