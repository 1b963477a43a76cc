package health.setpoint.titration.rules;

import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.Optional;

/** The dose that a titration rule comes to. Each kind says itself what the limits and the orders make of it. */
public sealed interface Proposal {

    /** What a proposal does to the dose. */
    enum Effect {
        NONE,
        START,
        INCREASE,
        REDUCE,
        HOLD,
        KEEP;

        /** A start or an increase: what can be withheld. */
        boolean addsDrug() {
            return this == START || this == INCREASE;
        }

        /** A dose other than the running one, a hold included. */
        boolean changesDose() {
            return switch (this) {
                case START, INCREASE, REDUCE, HOLD -> true;
                case NONE, KEEP -> false;
            };
        }
    }

    /** What it does to the dose. */
    Effect effect();

    /** The regimen to order, where there is one. */
    Optional<Regimen> orderable();

    /** mg per week that the card proposes; none for a hold; empty where it proposes no dose. */
    Optional<WeeklyDose> weekly();

    /** No dose. */
    record None() implements Proposal {
        @Override
        public Effect effect() {
            return Effect.NONE;
        }

        @Override
        public Optional<Regimen> orderable() {
            return Optional.empty();
        }

        @Override
        public Optional<WeeklyDose> weekly() {
            return Optional.empty();
        }
    }

    /** A first dose. */
    record Start(Regimen regimen) implements Proposal {
        @Override
        public Effect effect() {
            return Effect.START;
        }

        @Override
        public Optional<Regimen> orderable() {
            return Optional.of(regimen);
        }

        @Override
        public Optional<WeeklyDose> weekly() {
            return Optional.of(regimen.weekly());
        }
    }

    /** A higher dose. */
    record Increase(Regimen regimen) implements Proposal {
        @Override
        public Effect effect() {
            return Effect.INCREASE;
        }

        @Override
        public Optional<Regimen> orderable() {
            return Optional.of(regimen);
        }

        @Override
        public Optional<WeeklyDose> weekly() {
            return Optional.of(regimen.weekly());
        }
    }

    /** A lower dose. */
    record Reduce(Regimen regimen) implements Proposal {
        @Override
        public Effect effect() {
            return Effect.REDUCE;
        }

        @Override
        public Optional<Regimen> orderable() {
            return Optional.of(regimen);
        }

        @Override
        public Optional<WeeklyDose> weekly() {
            return Optional.of(regimen.weekly());
        }
    }

    /** No tablet until further notice. */
    record Hold() implements Proposal {
        @Override
        public Effect effect() {
            return Effect.HOLD;
        }

        @Override
        public Optional<Regimen> orderable() {
            return Optional.empty();
        }

        @Override
        public Optional<WeeklyDose> weekly() {
            return Optional.of(WeeklyDose.NONE);
        }
    }

    /** The running dose, unchanged. */
    record Keep(WeeklyDose dose) implements Proposal {
        @Override
        public Effect effect() {
            return Effect.KEEP;
        }

        @Override
        public Optional<Regimen> orderable() {
            return Optional.empty();
        }

        @Override
        public Optional<WeeklyDose> weekly() {
            return Optional.of(dose);
        }
    }

    /** A first dose. */
    default boolean isStart() {
        return effect() == Effect.START;
    }

    /** No tablet until further notice. */
    default boolean isHold() {
        return effect() == Effect.HOLD;
    }

    /** A start or an increase: what can be withheld. */
    default boolean addsDrug() {
        return effect().addsDrug();
    }

    /** A dose other than the running one, a hold included. */
    default boolean changesDose() {
        return effect().changesDose();
    }
}
