package health.setpoint.titration;

import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Tried;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.rules.Rule;
import health.setpoint.titration.rules.Rule.Annotating;
import health.setpoint.titration.rules.Rule.Effect;
import health.setpoint.titration.rules.Rule.OfSafety;
import health.setpoint.titration.rules.Rule.OnPicture;
import health.setpoint.titration.rules.SafetyFinding;
import health.setpoint.titration.rules.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks rules about one picture and writes down each that was asked, in order. */
final class TracedRules {

    private final Picture picture;
    private final List<Tried> trace = new ArrayList<>();

    TracedRules(Picture picture) {
        this.picture = picture;
    }

    /** Every rule that was asked, in order, fired or not. */
    List<Tried> trace() {
        return trace;
    }

    <F> Optional<F> firstOf(List<Rule<OnPicture<F>>> rules) {
        for (Rule<OnPicture<F>> rule : rules) {
            Optional<F> found = ask(rule);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    <F> Optional<F> ask(Rule<OnPicture<F>> rule) {
        return tried(rule, rule.condition().find(picture));
    }

    Optional<SafetyFinding> ask(Rule<OfSafety> rule, boolean startProposed) {
        return tried(rule, rule.condition().find(picture, startProposed && rule.does(Effect.LOOKS_AHEAD)));
    }

    Verdict annotated(Verdict verdict, List<Rule<Annotating>> rules) {
        Verdict annotated = verdict;
        for (Rule<Annotating> rule : rules) {
            annotated =
                    tried(rule, rule.condition().annotate(annotated, picture)).orElse(annotated);
        }
        return annotated;
    }

    private <F> Optional<F> tried(Rule<?> rule, Optional<F> found) {
        tried(rule.id(), found.isPresent());
        return found;
    }

    void tried(RuleId rule, boolean fired) {
        trace.add(new Tried(rule, fired));
    }
}
