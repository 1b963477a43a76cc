package health.setpoint.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.CardAdvice;

/**
 * A card as it is answered, beside the advice that it was made from.
 *
 * @param uuid by which feedback names it
 * @param advice what it says
 * @param json the card of CDS Hooks
 */
public record WrittenCard(String uuid, CardAdvice advice, ObjectNode json) {}
