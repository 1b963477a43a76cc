package health.setpoint.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.RuleId;

/**
 * A card of a decision.
 *
 * @param uuid by which feedback names it
 * @param rule that it is about
 * @param advice what it comes to
 * @param indicator how urgent it is
 * @param json the whole card
 */
public record AnsweredCard(String uuid, RuleId rule, AdviceKind advice, Indicator indicator, ObjectNode json) {}
