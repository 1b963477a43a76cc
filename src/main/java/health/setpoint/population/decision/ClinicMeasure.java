package health.setpoint.population.decision;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.picture.Picture;
import java.util.Locale;
import java.util.Set;

/** What a practice counts of its patients. Each asks what the rules know already; none has a limit of its own. */
public enum ClinicMeasure {
    /** On an inhibitor with a fresh estradiol that is low. */
    OVER_SUPPRESSED_ON_INHIBITOR {
        @Override
        boolean concerns(Picture picture) {
            return picture.therapies().inhibitorActive();
        }

        @Override
        boolean isMet(Picture picture, Advice advice) {
            return picture.freshLowEstradiol();
        }
    },
    /** The window in which estradiol was wanted after a change of the inhibitor or of testosterone is over. */
    OVERDUE_AFTER_CHANGE {
        private static final Set<RuleId> AFTER_CHANGE = Set.of(RuleId.M_3, RuleId.M_3B);

        @Override
        boolean concerns(Picture picture) {
            return picture.therapies().inhibitorActive()
                    || picture.therapies().testosterone().isActive();
        }

        @Override
        boolean isMet(Picture picture, Advice advice) {
            return advice.cards().stream()
                    .flatMap(card -> card.due().stream())
                    .anyMatch(due -> AFTER_CHANGE.contains(due.rule())
                            && due.labs().contains(LabTest.ESTRADIOL)
                            && due.window().to().isBefore(picture.today()));
        }
    },
    /** Anastrozole runs at more than the policy lets anybody propose. */
    ABOVE_CEILING {
        @Override
        boolean concerns(Picture picture) {
            return picture.therapies().runningDose().isPresent();
        }

        @Override
        boolean isMet(Picture picture, Advice advice) {
            return picture.therapies()
                    .runningDose()
                    .filter(dose -> dose.isAbove(picture.policy().ceiling()))
                    .isPresent();
        }
    },
    /** On an inhibitor without an estradiol result for as long as the yearly tests allow. */
    NO_RESULT_IN_A_YEAR {
        @Override
        boolean concerns(Picture picture) {
            return picture.therapies().inhibitorActive();
        }

        @Override
        boolean isMet(Picture picture, Advice advice) {
            return picture.newest(Analyte.ESTRADIOL)
                    .filter(newest -> picture.daysSince(newest.drawn())
                            <= picture.policy().monitoring().yearlyDays())
                    .isEmpty();
        }
    },
    /** On an inhibitor with osteoporosis on record, or by his bone density. */
    OSTEOPOROSIS_ON_INHIBITOR {
        @Override
        boolean concerns(Picture picture) {
            return picture.therapies().inhibitorActive();
        }

        @Override
        boolean isMet(Picture picture, Advice advice) {
            return picture.problems().hasEver(Diagnosis.OSTEOPOROSIS)
                    || picture.known(Analyte.DXA_T_SCORE)
                            .filter(score -> score.value()
                                    .liesAtOrBelow(picture.policy().bone().osteoporosis()))
                            .isPresent();
        }
    };

    /** As rows, reports and the Measure resources write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    abstract boolean concerns(Picture picture);

    abstract boolean isMet(Picture picture, Advice advice);
}
