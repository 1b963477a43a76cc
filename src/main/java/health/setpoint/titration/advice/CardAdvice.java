package health.setpoint.titration.advice;

import health.setpoint.titration.therapy.WeeklyDose;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one card says.
 *
 * @param family which kind of card
 * @param indicator the highest of its findings
 * @param kind what it comes to
 * @param findings the primary rule first, then what annotates it in the order of the rules
 * @param currentDose anastrozole that runs now, where it can be computed
 * @param proposedDose the dose that the card proposes; NONE for a hold; absent where it proposes no dose
 * @param recheck what to measure again
 * @param options the courses open to the clinician, the advised one first
 * @param suggestions what can be accepted with one click; empty on patient-view
 * @param due what the monitoring calendar asks for by now, on the monitoring card only
 * @param later what it will ask for, to be told beside that
 * @param inputs results shown
 * @param notes what the text adds
 * @param unknowns what the advice would have liked to know
 * @param withheld why a start, an increase or a continuation is not proposed
 * @param draft the draft order that the card speaks of
 * @param draftAgrees the draft is what the card advises
 */
public record CardAdvice(
        Family family,
        Indicator indicator,
        AdviceKind kind,
        List<Finding> findings,
        Optional<WeeklyDose> currentDose,
        Optional<WeeklyDose> proposedDose,
        Optional<Recheck> recheck,
        List<Option> options,
        List<Suggestion> suggestions,
        List<Due> due,
        List<Due> later,
        List<Input> inputs,
        List<Note> notes,
        List<Unknown> unknowns,
        List<Withheld> withheld,
        Optional<String> draft,
        boolean draftAgrees) {

    /** Kind of card. */
    public enum Family {
        /** The one titration card; also the answer of a gate that ends the evaluation. */
        TITRATION,
        /** One safety concern. */
        SAFETY,
        /** The monitoring calendar. */
        MONITORING
    }

    public CardAdvice {
        findings = List.copyOf(findings);
        options = List.copyOf(options);
        suggestions = List.copyOf(suggestions);
        due = List.copyOf(due);
        later = List.copyOf(later);
        inputs = List.copyOf(inputs);
        notes = List.copyOf(notes);
        unknowns = List.copyOf(unknowns);
        withheld = List.copyOf(withheld);
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("a card rests on a rule");
        }
    }

    /** The same advice, to be read only. */
    public CardAdvice withoutSuggestions() {
        return asking(recheck, options, List.of());
    }

    /** The same advice with other tests to ask for. */
    public CardAdvice asking(Optional<Recheck> tests, List<Option> courses, List<Suggestion> offered) {
        return new CardAdvice(
                family,
                indicator,
                kind,
                findings,
                currentDose,
                proposedDose,
                tests,
                courses,
                offered,
                due,
                later,
                inputs,
                notes,
                unknowns,
                withheld,
                draft,
                draftAgrees);
    }

    /** The same calendar with these lines left; a line that is gone takes its rule with it. */
    public CardAdvice listing(List<Due> open, List<Due> toCome, List<Suggestion> offered) {
        return new CardAdvice(
                family,
                indicator,
                kind,
                findings.stream()
                        .filter(finding -> open.stream().anyMatch(due -> due.rule() == finding.rule()))
                        .toList(),
                currentDose,
                proposedDose,
                recheck,
                options,
                offered,
                open,
                toCome,
                inputs,
                notes,
                unknowns,
                withheld,
                draft,
                draftAgrees);
    }

    /** The rule that the card is about. */
    public Finding primary() {
        return findings.get(0);
    }

    /** A rule is among those of the card. */
    public boolean restsOn(RuleId rule) {
        for (Finding finding : findings) {
            if (finding.rule() == rule) {
                return true;
            }
        }
        return false;
    }

    /** Rule ids without repeats, the primary first; a monitoring card names the rules of its calendar. */
    public Set<RuleId> rules() {
        Set<RuleId> rules = new LinkedHashSet<>();
        for (Finding finding : findings) {
            rules.add(finding.rule());
        }
        return rules;
    }
}
