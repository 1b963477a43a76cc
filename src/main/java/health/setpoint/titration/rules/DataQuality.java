package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;
import static health.setpoint.titration.picture.Estradiol.Quality.IMPLAUSIBLE;
import static health.setpoint.titration.picture.Estradiol.Quality.NOT_FINAL;
import static health.setpoint.titration.picture.Estradiol.Quality.NO_TIME;
import static health.setpoint.titration.picture.Estradiol.Quality.SPANS_BANDS;
import static health.setpoint.titration.picture.Estradiol.Quality.UNREADABLE;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Unknown;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Band;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.picture.Estradiol;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.Therapies;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Phase D: is there an estradiol result, and a dose, on which a titration may rest? The first that fires ends it. */
final class DataQuality {

    private DataQuality() {}

    /** the weekly anastrozole dose, running or drafted, cannot be computed; a low estradiol still gives a hold. */
    static Optional<Verdict> doseUnknown(Picture picture) {
        return unreadableDose(picture).map(course -> {
            Verdict unknown = Verdict.of(RuleId.R_16, WARNING, whose(course), AdviceKind.WAIT)
                    .missing(Unknown.INHIBITOR_DOSE);
            boolean low = picture.therapies().anastrozoleRuns()
                    && picture.band().filter(Band.LOW::equals).isPresent()
                    && estradiolFaults(picture).isEmpty();
            return low
                    ? OnInhibitor.holdAtUnknownDose(picture)
                            .with(unknown.findings().get(0))
                            .missing(Unknown.INHIBITOR_DOSE)
                    : unknown;
        });
    }

    private static Optional<Course> unreadableDose(Picture picture) {
        Therapies therapies = picture.therapies();
        return Stream.concat(therapies.judgedAnastrozoleDrafts().stream(), therapies.runningAnastrozole().stream())
                .filter(course -> !course.dosage().isRate())
                .findFirst();
    }

    private static Map<String, String> whose(Course course) {
        String whose = course.isDraft() ? "draft" : course.isOrder() ? "order" : "statement";
        return Seen.nothing()
                .and("whose", whose)
                .and("why", why(course.dosage()))
                .and(
                        "recorded",
                        course.dosage() instanceof Dosage.NotTaken remark ? remark.recorded() : Optional.empty())
                .values();
    }

    /** Why a dosage is no rate. */
    private static String why(Dosage dosage) {
        return dosage.match(new Dosage.Cases<>() {
            @Override
            public String weekly(Dosage.Weekly rate) {
                throw new IllegalStateException("a rate can be computed: " + rate);
            }

            @Override
            public String range(Dosage.Range range) {
                return "range";
            }

            @Override
            public String single(Dosage.Single single) {
                return "single";
            }

            @Override
            public String depot(Dosage.Depot depot) {
                return "single";
            }

            @Override
            public String unreadable(Dosage.Unreadable unreadable) {
                return unreadable.why();
            }

            @Override
            public String notTaken(Dosage.NotTaken remark) {
                return "not taken";
            }
        });
    }

    /** the faults that also a low result at an unknown dose must not have. */
    private static Optional<Verdict> estradiolFaults(Picture picture) {
        return Stream.<Function<Picture, Optional<Verdict>>>of(
                        DataQuality::noResult,
                        DataQuality::tooOld,
                        DataQuality::notFinal,
                        DataQuality::notInterpretable,
                        DataQuality::bandUnknown,
                        DataQuality::contradictory)
                .flatMap(rule -> rule.apply(picture).stream())
                .findFirst();
    }

    /** no estradiol result at all, or none among those that could be read. */
    static Optional<Verdict> noResult(Picture picture) {
        if (!picture.estradiolSeries().isEmpty()) {
            return Optional.empty();
        }
        Verdict verdict = Verdict.of(
                        RuleId.R_30,
                        warningIfDrafted(picture),
                        Seen.titration(picture)
                                .andIf("incomplete", picture.resultsIncomplete())
                                .values(),
                        AdviceKind.ORDER_LABS)
                .rechecking(picture.draws().now());
        return Optional.of(
                inhibitorDrafted(picture)
                        ? verdict.offering(new Option.RemoveDraft(), new Option.OrderTests())
                        : verdict.offering(new Option.OrderTests()));
    }

    /** drawn too long ago, or before the last change of treatment. */
    static Optional<Verdict> tooOld(Picture picture) {
        return picture.deciding().flatMap(result -> {
            Optional<Picture.TherapyChange> later =
                    picture.lastChange().filter(change -> isBefore(result, change.on()));
            if (later.isEmpty() && !picture.isTooOld(result)) {
                return Optional.empty();
            }
            Seen seen = Seen.titration(picture)
                    .and("reason", later.isPresent() ? "change" : "age")
                    .and("changed", later.map(Picture.TherapyChange::on))
                    .and("drug", later.map(DataQuality::name).orElse(""))
                    .and("maxAge", String.valueOf(picture.policy().freshness().of(Analyte.ESTRADIOL)));
            Verdict verdict = Verdict.of(RuleId.R_31, warningIfDrafted(picture), seen.values(), AdviceKind.ORDER_LABS)
                    .rechecking(picture.lastChange()
                            .map(change -> picture.draws().afterChange(change.on()))
                            .orElseGet(picture.draws()::now));
            boolean recentlyLow = isDoubtfullyLow(result, picture) && mayHold(result, picture)
                    || lowBefore(result, picture).isPresent();
            return Optional.of(orHold(verdict, recentlyLow, picture));
        });
    }

    private static String name(Picture.TherapyChange change) {
        return change.drug().name().toLowerCase(Locale.ROOT);
    }

    private static boolean isBefore(Estradiol result, LocalDate change) {
        return result.drawn().map(day -> day.isBefore(change)).orElse(false);
    }

    /** the deciding result is not final yet. */
    static Optional<Verdict> notFinal(Picture picture) {
        return picture.deciding()
                .filter(result -> result.quality() == NOT_FINAL)
                .map(result -> Verdict.of(
                                RuleId.R_32, INFO, Seen.titration(picture).values(), AdviceKind.WAIT)
                        .offering(new Option.KeepAndRecheck()));
    }

    /** unit missing or unknown, no number, no time, a value that cannot be, or doubt about what was measured. */
    static Optional<Verdict> notInterpretable(Picture picture) {
        return picture.deciding()
                .filter(result -> result.quality() == UNREADABLE
                        || result.quality() == IMPLAUSIBLE
                        || result.quality() == NO_TIME)
                .map(result -> {
                    Optional<Estradiol> before = lowBefore(result, picture);
                    Seen seen = Seen.titration(picture)
                            .and("reason", reason(result))
                            .and("shown", Seen.reported(result.result()))
                            .and("name", name(result))
                            .and("before", before.map(Estradiol::shown).orElse(""))
                            .and("beforeDrawn", before.flatMap(Estradiol::drawn));
                    Verdict verdict = Verdict.of(RuleId.R_33, WARNING, seen.values(), AdviceKind.ORDER_LABS)
                            .rechecking(picture.draws().now());
                    return orHold(verdict, anyDoubtfullyLow(picture) || before.isPresent(), picture);
                });
    }

    /** Where the deciding result has no number at all: the last usable one, if it is low and not too old for a hold. */
    private static Optional<Estradiol> lowBefore(Estradiol deciding, Picture picture) {
        return deciding.value().isPresent()
                ? Optional.empty()
                : picture.estradiolSeries().earlierUsable().stream()
                        .findFirst()
                        .filter(earlier -> isDoubtfullyLow(earlier, picture) && mayHold(earlier, picture));
    }

    private static String reason(Estradiol result) {
        if (result.quality() == NO_TIME) {
            return "time";
        }
        return result.result().reading().fault().map(DataQuality::reason).orElse("value");
    }

    private static String reason(Reading.Unreadable unreadable) {
        return switch (unreadable.why()) {
            case NO_UNIT, UNKNOWN_UNIT -> "unit";
            case NO_NUMBER -> "number";
            case ABSENT -> "absent";
            case IMPLAUSIBLE -> "value";
            case UNMAPPED -> "code";
            case CONTRADICTORY -> "words";
        };
    }

    private static String name(Estradiol result) {
        return result.result()
                .reading()
                .fault()
                .flatMap(Reading.Unreadable::name)
                .orElse("");
    }

    /** the assay's limit leaves more than one band open. */
    static Optional<Verdict> bandUnknown(Picture picture) {
        return picture.deciding()
                .filter(result -> result.quality() == SPANS_BANDS)
                .map(result -> {
                    Verdict verdict = Verdict.of(
                                    RuleId.R_34, INFO, Seen.titration(picture).values(), AdviceKind.ORDER_LABS)
                            .rechecking(picture.draws().now());
                    return orHold(verdict, anyDoubtfullyLow(picture), picture);
                });
    }

    /** two results within a week that cannot both be right. */
    static Optional<Verdict> contradictory(Picture picture) {
        return picture.estradiolSeries().contradiction().map(other -> {
            Estradiol deciding = picture.deciding().orElseThrow();
            Seen seen = Seen.titration(picture)
                    .and("assay", assay(deciding))
                    .and("other", other.shown())
                    .and("otherDrawn", other.drawn())
                    .and("otherAssay", assay(other));
            Verdict verdict = Verdict.of(RuleId.R_36, WARNING, seen.values(), AdviceKind.ORDER_LABS)
                    .rechecking(picture.draws().now());
            boolean low = isDoubtfullyLow(deciding, picture) || isDoubtfullyLow(other, picture);
            return orHold(verdict, low, picture);
        });
    }

    private static String assay(Estradiol result) {
        return result.result().assay().name().toLowerCase(Locale.ROOT);
    }

    /** treatment changed less than 28 days before the sample; a low result is acted upon all the same. */
    static Optional<Verdict> tooSoonAfterChange(Picture picture) {
        if (picture.band().filter(Band.LOW::equals).isPresent()) {
            return Optional.empty();
        }
        return picture.deciding().flatMap(Estradiol::drawn).flatMap(drawn -> picture.lastChange()
                .filter(change -> ChronoUnit.DAYS.between(change.on(), drawn)
                        < picture.policy().timing().steadyStateDays())
                .map(change -> changedRecently(picture, change, drawn)));
    }

    private static Verdict changedRecently(Picture picture, Picture.TherapyChange change, LocalDate drawn) {
        var recheck = picture.draws().afterChange(change.on());
        Seen seen = Seen.titration(picture)
                .and("days", String.valueOf(ChronoUnit.DAYS.between(change.on(), drawn)))
                .and("changed", change.on())
                .and("drug", name(change))
                .and("from", recheck.window().from())
                .and("to", recheck.window().to());
        return Verdict.of(RuleId.R_38, INFO, seen.values(), AdviceKind.WAIT)
                .offering(new Option.KeepAndRecheck())
                .rechecking(recheck);
    }

    // --- hold survives doubt

    /** A doubtful result that may be low: below 20, or with an upper limit of 40 or less. */
    private static boolean isDoubtfullyLow(Estradiol result, Picture picture) {
        return result.value()
                .filter(value -> value.liesBelow(picture.policy().estradiol().low())
                        || (!value.isExact()
                                && value.liesAtOrBelow(
                                        picture.policy().estradiol().inRangeTop())))
                .isPresent();
    }

    /** One of the results of the deciding one's day may be low. */
    private static boolean anyDoubtfullyLow(Picture picture) {
        return picture.estradiolSeries().ofDecidingDay().stream().anyMatch(result -> isDoubtfullyLow(result, picture));
    }

    private static boolean mayHold(Estradiol result, Picture picture) {
        return result.drawn()
                .map(day -> picture.daysSince(day) <= picture.policy().timing().holdSurvivesDoubtDays())
                .orElse(false);
    }

    private static Verdict orHold(Verdict verdict, boolean mayBeLow, Picture picture) {
        if (!mayBeLow || !picture.therapies().anastrozoleRuns()) {
            return inhibitorDrafted(picture)
                    ? verdict.offering(new Option.OrderTests(), new Option.KeepAndRecheck())
                    : verdict.offering(new Option.OrderTests());
        }
        return verdict.asWarning().offering(new Option.HoldUntilRepeat(), new Option.KeepAndRecheck());
    }

    private static Indicator warningIfDrafted(Picture picture) {
        return inhibitorDrafted(picture) ? WARNING : INFO;
    }

    private static boolean inhibitorDrafted(Picture picture) {
        return !picture.therapies().judgedInhibitorDrafts().isEmpty();
    }
}
