package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.CRITICAL;
import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.person.Hypersensitivity;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.rules.SafetyFinding.Remedy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Route;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Phase B: orders and interactions. {@code startProposed} says that the titration rule would start anastrozole: the
 * rules that withhold look ahead to it.
 */
public final class Interactions {

    private static final List<Drug> SERMS = List.of(Drug.CLOMIPHENE, Drug.RALOXIFENE, Drug.OTHER_SERM);

    private static final String NOT_READABLE = "unknown -";

    private Interactions() {}

    /** allergy to anastrozole or an excipient. */
    static Optional<SafetyFinding> hypersensitivity(Picture picture, boolean startProposed) {
        boolean present = picture.therapies().inhibitorStandsAfterSigning();
        return picture.facts().hypersensitivities().stream()
                .sorted(Comparator.comparing(Hypersensitivity::reference))
                .findFirst()
                .filter(allergy -> present || startProposed)
                .map(allergy -> SafetyFinding.of(
                                RuleId.R_09,
                                present ? CRITICAL : WARNING,
                                Seen.nothing()
                                        .and("substance", allergy.substance())
                                        .andIf(Seen.BY_WORDS, allergy.byWords())
                                        .values())
                        .offering(Remedy.REMOVE_OR_HOLD_INHIBITOR));
    }

    /** two or more aromatase inhibitor orders once the drafts are signed. */
    static Optional<SafetyFinding> twoInhibitorOrders(Picture picture) {
        List<Course> orders = picture.therapies().afterSigning().inhibitors();
        return orders.size() < 2
                ? Optional.empty()
                : Optional.of(SafetyFinding.of(
                                RuleId.R_10,
                                CRITICAL,
                                Seen.nothing()
                                        .and("count", String.valueOf(orders.size()))
                                        .and("orders", asRead(orders))
                                        .values())
                        .offering(Remedy.KEEP_ONE_INHIBITOR));
    }

    /** Each with its dose in mg a week as it was read, and how it stands: {@code letrozole weekly 17.5 active}. */
    private static String asRead(List<Course> orders) {
        return orders.stream()
                .map(order -> order.drug().name().toLowerCase(Locale.ROOT) + " " + dose(order) + " " + state(order))
                .collect(Collectors.joining("; "));
    }

    private static String dose(Course order) {
        return order.dosage().match(new Dosage.Cases<>() {
            @Override
            public String weekly(Dosage.Weekly dosage) {
                return "weekly " + dosage.dose();
            }

            @Override
            public String range(Dosage.Range dosage) {
                return "up_to " + dosage.highest();
            }

            @Override
            public String single(Dosage.Single dosage) {
                return NOT_READABLE;
            }

            @Override
            public String depot(Dosage.Depot dosage) {
                return NOT_READABLE;
            }

            @Override
            public String unreadable(Dosage.Unreadable dosage) {
                return NOT_READABLE;
            }

            @Override
            public String notTaken(Dosage.NotTaken dosage) {
                return NOT_READABLE;
            }
        });
    }

    private static String state(Course order) {
        return switch (order.state()) {
            case DRAFT, DRAFT_STOP -> "draft";
            case ACTIVE, RENEWED -> order.isOrder() ? "active" : "active_by_statement";
            case ON_HOLD -> "on_hold";
            case NOT_TAKEN -> "not_taken";
            case ENDED -> "ended";
        };
    }

    /** Its highest dose is no rate: the high end of a range. */
    private static boolean isUpTo(Course course) {
        return course.dosage() instanceof Dosage.Range;
    }

    /** systemic estrogen. */
    static Optional<SafetyFinding> estrogen(Picture picture, boolean startProposed) {
        return opposing(picture, startProposed, RuleId.R_11, Drug.ESTROGEN);
    }

    /** tamoxifen. */
    static Optional<SafetyFinding> tamoxifen(Picture picture, boolean startProposed) {
        return opposing(picture, startProposed, RuleId.R_12, Drug.TAMOXIFEN);
    }

    /** Drafts, asked about by this call, of the drugs that a rule of interactions speaks of beside the inhibitor. */
    public static List<Course> interactingDrafts(Picture picture, RuleId rule) {
        return drugsOf(rule).stream()
                .flatMap(drug -> picture.therapies().judgedDrafts(drug).stream())
                .filter(Interactions::isSystemic)
                .toList();
    }

    private static List<Drug> drugsOf(RuleId rule) {
        return switch (rule) {
            case R_11 -> List.of(Drug.ESTROGEN);
            case R_12 -> List.of(Drug.TAMOXIFEN);
            case R_13 -> SERMS;
            case R_14 -> List.of(Drug.HCG);
            default -> List.of();
        };
    }

    private static boolean isSystemic(Course course) {
        return course.route() != Route.VAGINAL;
    }

    private static Optional<SafetyFinding> opposing(Picture picture, boolean startProposed, RuleId rule, Drug drug) {
        boolean inhibitor = picture.therapies().inhibitorStandsAfterSigning();
        boolean systemic =
                picture.therapies().afterSigning().standing(drug).stream().anyMatch(Interactions::isSystemic);
        boolean fires = systemic && (inhibitor || startProposed);
        return fires
                ? Optional.of(SafetyFinding.of(
                                rule,
                                inhibitor ? CRITICAL : WARNING,
                                Seen.nothing().values())
                        .offering(Remedy.REMOVE_INTERACTING_DRAFT, Remedy.REMOVE_OR_HOLD_INHIBITOR))
                : Optional.empty();
    }

    /** a SERM beside the inhibitor or testosterone. */
    static Optional<SafetyFinding> serm(Picture picture) {
        String present = SERMS.stream()
                .filter(picture.therapies()::isPresent)
                .map(Seen::word)
                .collect(Collectors.joining(", "));
        return present.isEmpty()
                ? Optional.empty()
                : Optional.of(SafetyFinding.of(
                        RuleId.R_13, INFO, Seen.nothing().and("drug", present).values()));
    }

    /** hCG. */
    static Optional<SafetyFinding> chorionicGonadotropin(Picture picture) {
        return picture.therapies().isPresent(Drug.HCG)
                ? Optional.of(SafetyFinding.of(RuleId.R_14, INFO, Seen.nothing().values()))
                : Optional.empty();
    }

    /** anastrozole above the ceiling once the drafts are signed. */
    static Optional<SafetyFinding> aboveCeiling(Picture picture) {
        WeeklyDose weekly = picture.therapies().afterSigning().highestAnastrozole();
        WeeklyDose ceiling = picture.policy().ceiling();
        if (!weekly.isAbove(ceiling)) {
            return Optional.empty();
        }
        boolean oncology = !weekly.isBelow(picture.policy().ladder().oncologyDose());
        Indicator indicator = oncology ? CRITICAL : WARNING;
        return Optional.of(SafetyFinding.of(
                        RuleId.R_15,
                        indicator,
                        Seen.nothing()
                                .and("weekly", weekly)
                                .and("ceiling", ceiling)
                                .and("oncology", oncology)
                                .andIf(
                                        "upTo",
                                        picture.therapies().afterSigning().standing(Drug.ANASTROZOLE).stream()
                                                .anyMatch(Interactions::isUpTo))
                                .values())
                .offering(Remedy.LOWER_TO_CEILING));
    }
}
