package health.setpoint.titration.advice;

import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.List;
import java.util.Optional;

/** A course that the clinician may take, in the order in which a card lists them. */
public sealed interface Option {

    /** The answer for this kind of option. */
    <T> T match(Cases<T> cases);

    /** An answer for each kind of option: a kind that is added asks for one wherever options are told apart. */
    interface Cases<T> {

        T start(Start start);

        T increase(Increase increase);

        T reduce(Reduce reduce);

        T hold(Hold hold);

        T holdUntilRepeat(HoldUntilRepeat hold);

        T keepAndRecheck(KeepAndRecheck keep);

        T watchAndRecheck(WatchAndRecheck watch);

        T removeDraft(RemoveDraft removal);

        T reviewTestosterone(ReviewTestosterone review);

        T checkAdherence(CheckAdherence check);

        T keepOneInhibitor(KeepOneInhibitor keep);

        T orderTests(OrderTests order);

        T signDraft(SignDraft sign);
    }

    /** Start anastrozole. */
    record Start(Regimen regimen) implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.start(this);
        }
    }

    /** Raise to the given dose, adherence checked first. */
    record Increase(WeeklyDose from, Regimen regimen) implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.increase(this);
        }
    }

    /** Lower to the given dose. */
    record Reduce(WeeklyDose from, Regimen regimen) implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.reduce(this);
        }
    }

    /** Hold the running anastrozole. */
    record Hold() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.hold(this);
        }
    }

    /** Hold until a doubtful result has been repeated. */
    record HoldUntilRepeat() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.holdUntilRepeat(this);
        }
    }

    /** Keep everything as it is and measure again. */
    record KeepAndRecheck() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.keepAndRecheck(this);
        }
    }

    /** Do not start; measure again. */
    record WatchAndRecheck() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.watchAndRecheck(this);
        }
    }

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

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.removeDraft(this);
        }
    }

    /** Look at dose, interval or route of testosterone. */
    record ReviewTestosterone() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.reviewTestosterone(this);
        }
    }

    /** Check that the tablets are taken as ordered, then measure again. */
    record CheckAdherence() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.checkAdherence(this);
        }
    }

    /** Keep one of several aromatase inhibitors. */
    record KeepOneInhibitor() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.keepOneInhibitor(this);
        }
    }

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

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.orderTests(this);
        }
    }

    /** Sign the draft as it stands: it agrees with the advice. */
    record SignDraft() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.signDraft(this);
        }
    }
}
