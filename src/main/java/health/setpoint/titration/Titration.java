package health.setpoint.titration;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.policy.Policy;

/** The decision: facts about one man, his draft orders and a policy in; advice out. */
public final class Titration {

    private Titration() {}

    /** Evaluates every rule; a pure function of its arguments. */
    public static Advice advise(Facts facts, Policy policy) {
        return new Deliberation(new Picture(facts, policy)).advise();
    }
}
