package health.setpoint.card;

import health.setpoint.titration.advice.Option;
import health.setpoint.titration.therapy.Regimen;
import java.util.Optional;

/** The dose that an option gives; empty where it gives none, or takes one away. */
final class OfferedDose implements Option.Cases<Optional<Regimen>> {

    static Optional<Regimen> of(Option option) {
        return option.match(new OfferedDose());
    }

    @Override
    public Optional<Regimen> start(Option.Start start) {
        return Optional.of(start.regimen());
    }

    @Override
    public Optional<Regimen> increase(Option.Increase increase) {
        return Optional.of(increase.regimen());
    }

    @Override
    public Optional<Regimen> reduce(Option.Reduce reduce) {
        return Optional.of(reduce.regimen());
    }

    @Override
    public Optional<Regimen> hold(Option.Hold hold) {
        return Optional.empty();
    }

    @Override
    public Optional<Regimen> holdUntilRepeat(Option.HoldUntilRepeat hold) {
        return Optional.empty();
    }

    @Override
    public Optional<Regimen> keepAndRecheck(Option.KeepAndRecheck keep) {
        return Optional.empty();
    }

    @Override
    public Optional<Regimen> watchAndRecheck(Option.WatchAndRecheck watch) {
        return Optional.empty();
    }

    @Override
    public Optional<Regimen> removeDraft(Option.RemoveDraft removal) {
        return Optional.empty();
    }

    @Override
    public Optional<Regimen> reviewTestosterone(Option.ReviewTestosterone review) {
        return Optional.empty();
    }

    @Override
    public Optional<Regimen> checkAdherence(Option.CheckAdherence check) {
        return Optional.empty();
    }

    @Override
    public Optional<Regimen> keepOneInhibitor(Option.KeepOneInhibitor keep) {
        return Optional.empty();
    }

    @Override
    public Optional<Regimen> orderTests(Option.OrderTests order) {
        return Optional.empty();
    }

    @Override
    public Optional<Regimen> signDraft(Option.SignDraft sign) {
        return Optional.empty();
    }
}
