package health.setpoint.titration.rules;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Unknown;
import health.setpoint.titration.advice.Withheld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the deciding titration rule comes to, before and after annotations and limits.
 *
 * @param findings the deciding rule first
 * @param withheld why a start, an increase or a continuation is not proposed
 * @param silent the rule has nothing to say by itself
 */
public record Verdict(
        List<Finding> findings,
        AdviceKind kind,
        Proposal proposal,
        List<Option> options,
        Optional<Recheck> recheck,
        List<Note> notes,
        List<Unknown> unknowns,
        List<Withheld> withheld,
        boolean silent) {

    public Verdict {
        findings = List.copyOf(findings);
        options = List.copyOf(options);
        notes = List.copyOf(notes);
        unknowns = List.copyOf(unknowns);
        withheld = List.copyOf(withheld);
    }

    static Verdict of(RuleId rule, Indicator indicator, Map<String, String> seen, AdviceKind kind) {
        return of(new Finding(rule, indicator, seen), kind);
    }

    /** What one finding comes to by itself. */
    public static Verdict of(Finding finding, AdviceKind kind) {
        return new Verdict(
                List.of(finding),
                kind,
                new Proposal.None(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                false);
    }

    public RuleId rule() {
        return findings.get(0).rule();
    }

    public Indicator indicator() {
        Indicator highest = Indicator.INFO;
        for (Finding finding : findings) {
            highest = highest.or(finding.indicator());
        }
        return highest;
    }

    public boolean fired(RuleId rule) {
        for (Finding finding : findings) {
            if (finding.rule() == rule) {
                return true;
            }
        }
        return false;
    }

    /** The deciding rule as a warning, whatever it is by itself. */
    Verdict asWarning() {
        List<Finding> urgent = new ArrayList<>(findings);
        urgent.set(0, findings.get(0).as(Indicator.WARNING));
        return new Verdict(urgent, kind, proposal, options, recheck, notes, unknowns, withheld, silent);
    }

    public Verdict proposing(Proposal next) {
        return new Verdict(findings, kind, next, options, recheck, notes, unknowns, withheld, silent);
    }

    public Verdict as(AdviceKind next) {
        return new Verdict(findings, next, proposal, options, recheck, notes, unknowns, withheld, silent);
    }

    /** Only the course of no change. */
    public Verdict offeringNoChange() {
        return offering(new Option.KeepAndRecheck());
    }

    public Verdict offering(Option... next) {
        return offering(List.of(next));
    }

    public Verdict offering(List<Option> next) {
        return new Verdict(findings, kind, proposal, next, recheck, notes, unknowns, withheld, silent);
    }

    public Verdict rechecking(Recheck next) {
        return new Verdict(findings, kind, proposal, options, Optional.of(next), notes, unknowns, withheld, silent);
    }

    public Verdict with(Finding finding) {
        List<Finding> more = new ArrayList<>(findings);
        more.add(finding);
        return new Verdict(more, kind, proposal, options, recheck, notes, unknowns, withheld, silent);
    }

    public Verdict noting(Note note) {
        List<Note> more = new ArrayList<>(notes);
        more.add(note);
        return new Verdict(findings, kind, proposal, options, recheck, more, unknowns, withheld, silent);
    }

    public Verdict missing(Unknown unknown) {
        List<Unknown> more = new ArrayList<>(unknowns);
        more.add(unknown);
        return new Verdict(findings, kind, proposal, options, recheck, notes, more, withheld, silent);
    }

    /** What estradiol alone would give is not given, for these reasons. */
    public Verdict withheldFor(List<Withheld> reasons) {
        return new Verdict(findings, kind, proposal, options, recheck, notes, unknowns, reasons, silent);
    }

    public Verdict unspoken() {
        return new Verdict(findings, kind, proposal, options, recheck, notes, unknowns, withheld, true);
    }

    public Verdict spoken() {
        return new Verdict(findings, kind, proposal, options, recheck, notes, unknowns, withheld, false);
    }
}
