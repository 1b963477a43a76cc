package health.setpoint.titration.picture;

import health.setpoint.titration.advice.Doubt;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.DoubtfulResult;
import health.setpoint.titration.labs.DoubtfulResult.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Testosterone and safety results that may be newer than those on which the rules rest and were not understood. Where one
 * of them may lie beyond the limit of its rule, a start or increase is withheld as if it did.
 */
final class Doubts {

    /** More of one test tell a reader nothing new. */
    private static final int MOST_OF_A_TEST = 3;

    private final Picture picture;

    private Doubts(Picture picture) {
        this.picture = picture;
    }

    static List<Doubt> of(Picture picture) {
        Doubts doubts = new Doubts(picture);
        List<Doubt> all = new ArrayList<>();
        for (Analyte analyte : Analyte.values()) {
            if (analyte.isActedUpon() && analyte != Analyte.ESTRADIOL) {
                picture.doubtful(analyte).stream()
                        .flatMap(doubtful -> doubts.of(doubtful).stream())
                        .sorted(Comparator.comparing((Doubt doubt) -> !doubt.withholds()))
                        .limit(MOST_OF_A_TEST)
                        .forEach(all::add);
            }
        }
        return List.copyOf(all);
    }

    /** None where it is only a bound that lies on one side of the limit. */
    private Optional<Doubt> of(DoubtfulResult doubtful) {
        if (doubtful.result().analyte() == Analyte.TESTOSTERONE) {
            return testosterone(doubtful);
        }
        Optional<BigDecimal> crossing = crossing(doubtful);
        boolean told = doubtful.fault() != Fault.NOT_EXACT || crossing.isPresent();
        return told ? Optional.of(new Doubt(doubtful, crossing, crossing.isPresent())) : Optional.empty();
    }

    /** What cannot be read leaves testosterone unknown; what is not final or has no time withholds where it would be out of range. */
    private Optional<Doubt> testosterone(DoubtfulResult doubtful) {
        if (doubtful.fault() == Fault.NOT_EXACT) {
            return Optional.empty();
        }
        boolean outOfRange = doubtful.possible().stream()
                .anyMatch(value -> value.mayLieAbove(picture.testosteroneLimit(doubtful.result()))
                        || picture.therapies().testosterone().isActive()
                                && value.liesBelow(
                                        picture.policy().testosterone().low()));
        return Optional.of(new Doubt(doubtful, Optional.empty(), doubtful.fault() == Fault.UNREADABLE || outOfRange));
    }

    private Optional<BigDecimal> crossing(DoubtfulResult doubtful) {
        return switch (doubtful.result().analyte()) {
            case HEMATOCRIT -> {
                BigDecimal stop = picture.policy().hematocrit().stop();
                yield limit(doubtful, stop, value -> value.mayLieAtOrAbove(stop), value -> value.liesAtOrAbove(stop));
            }
            case DXA_T_SCORE -> {
                BigDecimal osteoporosis = picture.policy().bone().osteoporosis();
                yield limit(
                        doubtful,
                        osteoporosis,
                        value -> value.mayLieAtOrBelow(osteoporosis),
                        value -> value.liesAtOrBelow(osteoporosis));
            }
            case AST, ALT, BILIRUBIN -> {
                BigDecimal impaired = SafetyLabLimits.liverLimit(doubtful.result(), picture);
                yield limit(
                        doubtful, impaired, value -> value.mayLieAbove(impaired), value -> value.liesAbove(impaired));
            }
            case PSA -> {
                BigDecimal referral = SafetyLabLimits.psaLimit(doubtful.drawn(), picture);
                yield limit(
                        doubtful, referral, value -> value.mayLieAbove(referral), value -> value.liesAbove(referral));
            }
            default -> Optional.empty();
        };
    }

    private interface Side {
        boolean holds(Bounded value);
    }

    /** A bound that surely crosses the limit is no doubt: its rule fires. */
    private static Optional<BigDecimal> limit(DoubtfulResult doubtful, BigDecimal limit, Side may, Side does) {
        boolean certain = doubtful.fault() == Fault.NOT_EXACT
                && doubtful.possible().stream().allMatch(does::holds);
        return !certain && doubtful.possible().stream().anyMatch(may::holds) ? Optional.of(limit) : Optional.empty();
    }
}
