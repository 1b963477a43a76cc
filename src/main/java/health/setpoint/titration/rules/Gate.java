package health.setpoint.titration.rules;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.RuleId;
import java.util.List;
import java.util.Map;

/**
 * A rule of phase A that ends the evaluation, or joins one that does.
 *
 * @param finding what fired
 * @param kind what its card comes to
 * @param spoken false for the gates that answer with silence
 * @param removesInhibitorDraft offers to take a drafted inhibitor out
 * @param removesTestosteroneDraft offers to take drafted testosterone out
 * @param holds offers to hold the running inhibitor
 * @param notes what its text adds
 */
public record Gate(
        Finding finding,
        AdviceKind kind,
        boolean spoken,
        boolean removesInhibitorDraft,
        boolean removesTestosteroneDraft,
        boolean holds,
        List<Note> notes) {

    static Gate of(RuleId rule, Indicator indicator, AdviceKind kind, Map<String, String> seen) {
        return new Gate(new Finding(rule, indicator, seen), kind, true, false, false, false, List.of());
    }

    static Gate silent(RuleId rule) {
        return new Gate(
                new Finding(rule, Indicator.INFO, Map.of()),
                AdviceKind.NOT_APPLICABLE,
                false,
                false,
                false,
                false,
                List.of());
    }

    Gate removingInhibitorDraft() {
        return new Gate(finding, kind, spoken, true, removesTestosteroneDraft, holds, notes);
    }

    Gate removingTestosteroneDraft(boolean removes) {
        return new Gate(finding, kind, spoken, removesInhibitorDraft, removes, holds, notes);
    }

    Gate holding(boolean offersHold) {
        return new Gate(finding, kind, spoken, removesInhibitorDraft, removesTestosteroneDraft, offersHold, notes);
    }

    Gate noting(Note note) {
        return new Gate(finding, kind, spoken, removesInhibitorDraft, removesTestosteroneDraft, holds, List.of(note));
    }

    public RuleId rule() {
        return finding.rule();
    }
}
