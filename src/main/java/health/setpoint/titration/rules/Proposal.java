package health.setpoint.titration.rules;

import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.Optional;

/** The dose that a titration rule comes to. */
public sealed interface Proposal {

    /** No dose. */
    record None() implements Proposal {}

    /** A first dose. */
    record Start(Regimen regimen) implements Proposal {}

    /** A higher dose. */
    record Increase(Regimen regimen) implements Proposal {}

    /** A lower dose. */
    record Reduce(Regimen regimen) implements Proposal {}

    /** No tablet until further notice. */
    record Hold() implements Proposal {}

    /** The running dose, unchanged. */
    record Keep(WeeklyDose dose) implements Proposal {}

    /** A first dose. */
    default boolean isStart() {
        return this instanceof Start;
    }

    /** A start or an increase: what can be withheld. */
    default boolean addsDrug() {
        return this instanceof Start || this instanceof Increase;
    }

    /** A dose other than the running one, a hold included. */
    default boolean changesDose() {
        return this instanceof Hold || orderable().isPresent();
    }

    /** The regimen to order, where there is one. */
    default Optional<Regimen> orderable() {
        if (this instanceof Start start) {
            return Optional.of(start.regimen());
        }
        if (this instanceof Increase increase) {
            return Optional.of(increase.regimen());
        }
        return this instanceof Reduce reduce ? Optional.of(reduce.regimen()) : Optional.empty();
    }

    /** mg per week that the card proposes; none for a hold; empty where it proposes no dose. */
    default Optional<WeeklyDose> weekly() {
        if (this instanceof Hold) {
            return Optional.of(WeeklyDose.NONE);
        }
        return this instanceof Keep keep
                ? Optional.of(keep.dose())
                : orderable().map(Regimen::weekly);
    }
}
