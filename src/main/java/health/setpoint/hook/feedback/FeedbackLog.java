package health.setpoint.hook.feedback;

import health.setpoint.client.Client;
import health.setpoint.hook.request.CdsService;
import health.setpoint.journal.Feedback;
import health.setpoint.journal.Journal;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Keeps feedback in the journal, and notes in the log that it came: which card and what became of it, no comment. */
@Singleton
public class FeedbackLog {

    private static final Logger LOG = Logger.getLogger("health.setpoint.feedback");
    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private final Journal journal;

    FeedbackLog(Journal journal) {
        this.journal = journal;
    }

    /**
     * Takes the sound entries of a client's batch, even where others are not.
     *
     * @throws health.setpoint.journal.JournalUnavailable where they could not be made durable
     */
    public void take(Client client, CdsService service, FeedbackReader.Batch batch, String requestId) {
        journal.feedback(batch.events().stream()
                .map(event -> feedback(client, service, event))
                .toList());
        for (var event : batch.events()) {
            LOG.infof(
                    "feedback for %s: card %s %s",
                    service.id(), loggable(event.card()), event.outcome().word());
        }
        if (!batch.faults().isEmpty()) {
            LOG.warnf(
                    "feedback for %s: %d faults in a batch whose other entries were taken, request %s",
                    service.id(), batch.faults().size(), requestId);
        }
    }

    private static Feedback feedback(Client client, CdsService service, FeedbackEvent event) {
        return new Feedback(
                client.name(),
                service.id(),
                event.card(),
                switch (event.outcome()) {
                    case ACCEPTED -> Feedback.Outcome.ACCEPTED;
                    case OVERRIDDEN -> Feedback.Outcome.OVERRIDDEN;
                },
                event.suggestions(),
                event.reason().map(FeedbackEvent.Reason::code),
                event.reason().flatMap(FeedbackEvent.Reason::system),
                event.comment(),
                event.at());
    }

    private static String loggable(String card) {
        return LOGGABLE.matcher(card).matches() ? card : "(unloggable id)";
    }
}
