package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.rules.Rule.Effect;
import health.setpoint.titration.therapy.Injection;
import java.util.Optional;

/** How the deciding sample was measured and drawn: annotates what rests on it, and decides nothing. */
final class SampleQuality {

    private SampleQuality() {}

    /** a low result that was not measured by mass spectrometry. */
    static Optional<Verdict> lowByImmunoassay(Verdict verdict, Picture picture) {
        boolean fires = RuleTable.does(verdict.rule(), Effect.RESTS_ON_LOW)
                && picture.band().filter(Band.LOW::equals).isPresent()
                && picture.deciding()
                        .filter(result -> !result.isByMassSpectrometry())
                        .isPresent();
        return fires
                ? Optional.of(verdict.with(
                        new Finding(RuleId.R_35, INFO, Seen.titration(picture).values())))
                : Optional.empty();
    }

    /** drawn within two days after an injection of a short ester. */
    static Optional<Verdict> drawnAtPeak(Verdict verdict, Picture picture) {
        if (!RuleTable.does(verdict.rule(), Effect.OVERSTATED_AT_PEAK)) {
            return Optional.empty();
        }
        return picture.deciding()
                .flatMap(result -> picture.peakInjection(result.result().drawn()))
                .map(injection -> verdict.with(peak(injection, picture))
                        .rechecking(picture.draws()
                                .recheck(Window.after(
                                        picture.today(),
                                        picture.policy().timing().peakRecheckFromDays(),
                                        picture.policy().timing().peakRecheckToDays()))));
    }

    private static Finding peak(Injection injection, Picture picture) {
        Indicator indicator = picture.therapies().judgedInhibitorDrafts().isEmpty() ? INFO : WARNING;
        return new Finding(
                RuleId.R_37,
                indicator,
                Seen.titration(picture).and("given", injection.given().day()).values());
    }
}
