package health.setpoint.titration.advice;

import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.therapy.Drug;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The answer of the rules for one patient at one moment.
 *
 * @param cards most serious first; empty where silence is right
 * @param trace every rule that was tried, in order, fired or not
 * @param gaps data that could not be had, to be named on every card
 * @param doubts results that were not understood, to be named on the cards that they concern
 * @param injected testosterone is given by injection, so that dosing texts speak of the injection day
 * @param running drugs that run
 * @param drafted drugs that are drafted
 * @param paused drugs that are only on hold or recorded as not taken
 */
public record Advice(
        List<CardAdvice> cards,
        List<Tried> trace,
        List<Gap> gaps,
        List<Doubt> doubts,
        boolean injected,
        Set<Drug> running,
        Set<Drug> drafted,
        Set<Drug> paused) {

    public Advice {
        cards = List.copyOf(cards);
        trace = List.copyOf(trace);
        gaps = List.copyOf(gaps);
        doubts = List.copyOf(doubts);
        running = inOrder(running);
        drafted = inOrder(drafted);
        paused = inOrder(paused);
    }

    private static Set<Drug> inOrder(Set<Drug> drugs) {
        Set<Drug> inOrder = EnumSet.noneOf(Drug.class);
        inOrder.addAll(drugs);
        return Collections.unmodifiableSet(inOrder);
    }
}
