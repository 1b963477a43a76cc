package health.setpoint.titration.advice;

import health.setpoint.titration.Gap;
import java.util.List;

/**
 * The answer of the rules for one patient at one moment.
 *
 * @param cards most serious first; empty where silence is right
 * @param trace every rule that was tried, in order, fired or not
 * @param gaps data that could not be had, to be named on every card
 * @param doubts results that were not understood, to be named on the cards that they concern
 * @param injected testosterone is given by injection, so that dosing texts speak of the injection day
 */
public record Advice(List<CardAdvice> cards, List<Tried> trace, List<Gap> gaps, List<Doubt> doubts, boolean injected) {

    public Advice {
        cards = List.copyOf(cards);
        trace = List.copyOf(trace);
        gaps = List.copyOf(gaps);
        doubts = List.copyOf(doubts);
    }
}
