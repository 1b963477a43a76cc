package health.setpoint.hook.evaluation;

import health.setpoint.card.WrittenCard;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.journal.Decision;
import health.setpoint.journal.JournalReader;
import health.setpoint.journal.JournalUnavailable;
import health.setpoint.titration.advice.Indicator;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Leaves out info cards that the same user overrode for the same patient, by the same rule of the same knowledge, in the
 * last days that the client's file names. A warning or critical card is never left out.
 */
@Singleton
class OverrideSuppression {

    private static final Logger LOG = Logger.getLogger("health.setpoint.calls");

    private final JournalReader journal;
    private final Clock clock;

    OverrideSuppression(JournalReader journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** The cards that are still to be shown; all of them while the journal cannot be asked. */
    List<WrittenCard> leave(
            int days, List<WrittenCard> cards, Decision.Call asked, HookRequest call, String knowledgeHash) {
        if (cards.stream().noneMatch(OverrideSuppression::isInfo)) {
            return cards;
        }
        try {
            var now = clock.instant();
            Set<String> overridden = journal.overriddenInfo(
                    asked,
                    call.patientId(),
                    call.userId(),
                    knowledgeHash,
                    now.minus(Duration.ofDays(days)),
                    now.plusSeconds(1));
            return cards.stream()
                    .filter(card -> !isInfo(card) || !overridden.contains(rule(card)))
                    .toList();
        } catch (JournalUnavailable unreadable) {
            LOG.warn("the journal could not be asked for muted cards: all are shown");
            return cards;
        }
    }

    private static boolean isInfo(WrittenCard card) {
        return card.advice().indicator() == Indicator.INFO;
    }

    private static String rule(WrittenCard card) {
        return card.advice().primary().rule().id();
    }
}
