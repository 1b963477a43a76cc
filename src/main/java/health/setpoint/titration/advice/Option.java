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

    /** Every kind of course, one for each record, so that a switch over them leaves none out. */
    enum Kind {
        START,
        INCREASE,
        REDUCE,
        HOLD,
        HOLD_UNTIL_REPEAT,
        KEEP_AND_RECHECK,
        WATCH_AND_RECHECK,
        REMOVE_DRAFT,
        REVIEW_TESTOSTERONE,
        CHECK_ADHERENCE,
        KEEP_ONE_INHIBITOR,
        ORDER_TESTS,
        SIGN_DRAFT;

        /** Anastrozole is not taken until further notice. */
        public boolean holds() {
            return this == HOLD || this == HOLD_UNTIL_REPEAT;
        }

        /** A start or an increase: what can be withheld. */
        public boolean addsDrug() {
            return this == START || this == INCREASE;
        }

        /** No order is changed; what is measured decides later. */
        public boolean changesNothing() {
            return switch (this) {
                case KEEP_AND_RECHECK, WATCH_AND_RECHECK, ORDER_TESTS -> true;
                case START,
                        INCREASE,
                        REDUCE,
                        HOLD,
                        HOLD_UNTIL_REPEAT,
                        REMOVE_DRAFT,
                        REVIEW_TESTOSTERONE,
                        CHECK_ADHERENCE,
                        KEEP_ONE_INHIBITOR,
                        SIGN_DRAFT -> false;
            };
        }
    }

    /** Which kind of course it is. */
    Kind kind();

    /** The dose that it orders; empty where it orders none. */
    default Optional<Regimen> ordered() {
        return Optional.empty();
    }

    /** The tests that it names apart from those of the card's recheck. */
    default Optional<Recheck> ownTests() {
        return Optional.empty();
    }

    /** Start anastrozole. */
    record Start(Regimen regimen) implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.start(this);
        }

        @Override
        public Kind kind() {
            return Kind.START;
        }

        @Override
        public Optional<Regimen> ordered() {
            return Optional.of(regimen);
        }
    }

    /** Raise to the given dose, adherence checked first. */
    record Increase(WeeklyDose from, Regimen regimen) implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.increase(this);
        }

        @Override
        public Kind kind() {
            return Kind.INCREASE;
        }

        @Override
        public Optional<Regimen> ordered() {
            return Optional.of(regimen);
        }
    }

    /** Lower to the given dose. */
    record Reduce(WeeklyDose from, Regimen regimen) implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.reduce(this);
        }

        @Override
        public Kind kind() {
            return Kind.REDUCE;
        }

        @Override
        public Optional<Regimen> ordered() {
            return Optional.of(regimen);
        }
    }

    /** Hold the running anastrozole. */
    record Hold() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.hold(this);
        }

        @Override
        public Kind kind() {
            return Kind.HOLD;
        }
    }

    /** Hold until a doubtful result has been repeated. */
    record HoldUntilRepeat() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.holdUntilRepeat(this);
        }

        @Override
        public Kind kind() {
            return Kind.HOLD_UNTIL_REPEAT;
        }
    }

    /** Keep everything as it is and measure again. */
    record KeepAndRecheck() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.keepAndRecheck(this);
        }

        @Override
        public Kind kind() {
            return Kind.KEEP_AND_RECHECK;
        }
    }

    /** Do not start; measure again. */
    record WatchAndRecheck() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.watchAndRecheck(this);
        }

        @Override
        public Kind kind() {
            return Kind.WATCH_AND_RECHECK;
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

        @Override
        public Kind kind() {
            return Kind.REMOVE_DRAFT;
        }
    }

    /** Look at dose, interval or route of testosterone. */
    record ReviewTestosterone() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.reviewTestosterone(this);
        }

        @Override
        public Kind kind() {
            return Kind.REVIEW_TESTOSTERONE;
        }
    }

    /** Check that the tablets are taken as ordered, then measure again. */
    record CheckAdherence() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.checkAdherence(this);
        }

        @Override
        public Kind kind() {
            return Kind.CHECK_ADHERENCE;
        }
    }

    /** Keep one of several aromatase inhibitors. */
    record KeepOneInhibitor() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.keepOneInhibitor(this);
        }

        @Override
        public Kind kind() {
            return Kind.KEEP_ONE_INHIBITOR;
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

        @Override
        public Kind kind() {
            return Kind.ORDER_TESTS;
        }

        @Override
        public Optional<Recheck> ownTests() {
            return tests;
        }
    }

    /** Sign the draft as it stands: it agrees with the advice. */
    record SignDraft() implements Option {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.signDraft(this);
        }

        @Override
        public Kind kind() {
            return Kind.SIGN_DRAFT;
        }
    }
}
