package health.setpoint.titration.rules;

import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.picture.Picture;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rule of phase B or C found.
 *
 * @param finding what fired
 * @param remedies what the card offers about the orders
 * @param tests what it asks to be measured, and when
 * @param shown results that it rests on
 */
public record SafetyFinding(
        Finding finding, List<Remedy> remedies, Optional<Recheck> tests, List<LabResult> shown, List<Note> notes) {

    /** What a safety card offers about the orders. */
    public enum Remedy {
        /** Take out the drafted drug that must not stand beside an inhibitor. */
        REMOVE_INTERACTING_DRAFT,
        /** Take the drafted inhibitor out, or hold the running one. */
        REMOVE_OR_HOLD_INHIBITOR,
        /** Take the drafted inhibitor out of a duplicate, or stop the older order. */
        KEEP_ONE_INHIBITOR,
        /** Bring a dose above the ceiling down. */
        LOWER_TO_CEILING,
        /** Take drafted testosterone out. */
        REMOVE_TESTOSTERONE_DRAFT
    }

    static SafetyFinding of(RuleId rule, Indicator indicator, Map<String, String> seen) {
        return new SafetyFinding(new Finding(rule, indicator, seen), List.of(), Optional.empty(), List.of(), List.of());
    }

    /** The remedies in the order in which they are advised. */
    SafetyFinding offering(Remedy... offered) {
        return new SafetyFinding(finding, List.of(offered), tests, shown, notes);
    }

    SafetyFinding testing(Picture picture, LabTest... labs) {
        return testing(new Recheck(Window.on(picture.today()), List.of(labs), false, false));
    }

    SafetyFinding testing(Recheck recheck) {
        return new SafetyFinding(finding, remedies, Optional.of(recheck), shown, notes);
    }

    SafetyFinding showing(LabResult... results) {
        return new SafetyFinding(finding, remedies, tests, List.of(results), notes);
    }

    SafetyFinding noting(Note note) {
        return new SafetyFinding(finding, remedies, tests, shown, List.of(note));
    }

    public RuleId rule() {
        return finding.rule();
    }
}
