package health.setpoint.journal.lifecycle;

import health.setpoint.journal.Decision;
import health.setpoint.journal.Feedback;
import health.setpoint.journal.JournalUnavailable;
import health.setpoint.journal.store.GroupCommit;
import health.setpoint.journal.store.JournalFolder;
import health.setpoint.journal.store.JournalRow;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** What the journal counts for operators. Names and tags are public and stable; no tag names a person. */
public final class Meters {

    private final MeterRegistry registry;
    private final Timer write;

    public Meters(MeterRegistry registry) {
        this.registry = registry;
        this.write = Timer.builder("setpoint.journal.write")
                .description("Time until an entry is durable")
                .publishPercentileHistogram()
                .register(registry);
    }

    void watch(GroupCommit writer, JournalFolder folder) {
        gauge(
                "setpoint.journal.store.up",
                "1 while the journal's store can be written",
                () -> writer.storeWorks() ? 1 : 0);
        gauge("setpoint.journal.spool.bytes", "Bytes that wait for the store", writer::spooled);
        gauge(
                "setpoint.journal.folder.lost",
                "1 while a file of the journal is not in its place",
                () -> writer.lost().isPresent() ? 1 : 0);
        gauge("setpoint.journal.folder.free.bytes", "Bytes free on the disk of the journal's folder", folder::free);
        gauge("setpoint.journal.faults", "Faults that the journal's thread met and survived", writer::faults);
    }

    private void gauge(String name, String description, LongSupplier value) {
        Gauge.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    /** Runs a write and times it; counts it where it fails. */
    void timed(Runnable writing) {
        try {
            write.record(writing);
        } catch (JournalUnavailable unavailable) {
            registry.counter("setpoint.journal.unavailable").increment();
            throw unavailable;
        }
    }

    void kept(Decision decision, JournalRow.OfDecision entry) {
        var client = entry.client();
        registry.counter(
                        "setpoint.decisions",
                        "client",
                        client,
                        "hook",
                        entry.hook(),
                        "status",
                        String.valueOf(entry.status()),
                        "silent",
                        String.valueOf(entry.silent()))
                .increment();
        decision.timings().forEach((stage, time) -> registry.timer("setpoint.stage", "stage", stage)
                .record(time));
        if (entry.silent() || entry.status() != 200) {
            return;
        }
        for (var card : entry.cards()) {
            registry.counter(
                            "setpoint.cards",
                            "client",
                            client,
                            "rule",
                            card.rule(),
                            "advice",
                            card.advice(),
                            "indicator",
                            card.indicator())
                    .increment();
        }
    }

    void kept(List<Feedback> events) {
        for (var event : events) {
            registry.counter(
                            "setpoint.feedback",
                            "client",
                            event.client(),
                            "outcome",
                            event.outcome().name().toLowerCase(Locale.ROOT))
                    .increment();
        }
    }
}
