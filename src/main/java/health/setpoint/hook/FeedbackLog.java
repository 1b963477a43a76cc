package health.setpoint.hook;

import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Notes in the log that feedback came: which card and what became of it, never a reason or a comment. */
@Singleton
class FeedbackLog {

    private static final Logger LOG = Logger.getLogger("health.setpoint.feedback");
    private static final Pattern LOGGABLE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** Takes the sound entries of a batch, even where others are not. */
    void take(Service service, FeedbackReader.Batch batch, String requestId) {
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

    private static String loggable(String card) {
        return LOGGABLE.matcher(card).matches() ? card : "(unloggable id)";
    }
}
