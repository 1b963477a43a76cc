package health.setpoint.titration.advice;

import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.List;
import java.util.Optional;

/** A course that the clinician may take, in the order in which a card lists them. */
public sealed interface Option {

    /** Start anastrozole. */
    record Start(Regimen regimen) implements Option {}

    /** Raise to the given dose, adherence checked first. */
    record Increase(WeeklyDose from, Regimen regimen) implements Option {}

    /** Lower to the given dose. */
    record Reduce(WeeklyDose from, Regimen regimen) implements Option {}

    /** Hold the running anastrozole. */
    record Hold() implements Option {}

    /** Hold until a doubtful result has been repeated. */
    record HoldUntilRepeat() implements Option {}

    /** Keep everything as it is and measure again. */
    record KeepAndRecheck() implements Option {}

    /** Do not start; measure again. */
    record WatchAndRecheck() implements Option {}

    /**
     * Take drafted orders out.
     *
     * @param drafts their references; empty where it is the draft that the card is about
     */
    record RemoveDraft(List<String> drafts) implements Option {

        public RemoveDraft {
            drafts = List.copyOf(drafts);
        }

        /** The draft that the card is about. */
        public RemoveDraft() {
            this(List.of());
        }
    }

    /** Look at dose, interval or route of testosterone. */
    record ReviewTestosterone() implements Option {}

    /** Check that the tablets are taken as ordered, then measure again. */
    record CheckAdherence() implements Option {}

    /** Keep one of several aromatase inhibitors. */
    record KeepOneInhibitor() implements Option {}

    /**
     * Order tests.
     *
     * @param tests which, and when; empty where they are those of the card's recheck
     */
    record OrderTests(Optional<Recheck> tests) implements Option {

        /** The tests of the card's recheck. */
        public OrderTests() {
            this(Optional.empty());
        }
    }

    /** Sign the draft as it stands: it agrees with the advice. */
    record SignDraft() implements Option {}
}
