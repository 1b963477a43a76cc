package health.setpoint.titration;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.titration.policy.Policy;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** What sites may choose, one choice at a time, on the day of {@link ArbitraryFacts}. */
public final class ArbitraryPolicies {

    private static final Knowledge KNOWLEDGE = Knowledge.load();

    private ArbitraryPolicies() {}

    public static Arbitrary<Policy> any() {
        return Arbitraries.of(
                        SiteChoices.none(),
                        SiteChoices.none().ceiling("L3"),
                        SiteChoices.none().start("L1").veryHighStart("L1"),
                        SiteChoices.none().mode(Policy.Mode.SAFETY_ONLY),
                        SiteChoices.none().preference(Policy.Preference.T_FIRST))
                .map(choices -> KNOWLEDGE.on(ArbitraryFacts.TODAY, choices));
    }
}
