package health.setpoint.journal.lifecycle;

import health.setpoint.journal.Decision;
import health.setpoint.journal.Feedback;
import health.setpoint.journal.Journal;
import health.setpoint.journal.Pseudonyms;
import health.setpoint.journal.store.GroupCommit;
import health.setpoint.journal.store.JournalRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The journal over a store and its spool. */
public final class DurableJournal implements Journal {

    private final GroupCommit writer;
    private final Pseudonyms pseudonyms;
    private final InstantSource clock;
    private final Meters meters;

    public DurableJournal(GroupCommit writer, Pseudonyms pseudonyms, InstantSource clock, Meters meters) {
        this.writer = writer;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void record(Decision decision) {
        var entry = JournalRow.of(decision, pseudonyms);
        meters.timed(() -> writer.write(List.of(entry)));
        meters.kept(decision, entry);
    }

    @Override
    public void feedback(List<Feedback> events) {
        if (events.isEmpty()) {
            return;
        }
        Instant received = clock.instant();
        List<JournalRow> entries = events.stream()
                .map(event -> (JournalRow) JournalRow.of(event, received))
                .toList();
        meters.timed(() -> writer.write(entries));
        meters.kept(events);
    }

    @Override
    public boolean accepts() {
        return writer.accepts();
    }
}
