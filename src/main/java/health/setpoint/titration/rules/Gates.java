package health.setpoint.titration.rules;

import static health.setpoint.titration.advice.AdviceKind.HOLD;
import static health.setpoint.titration.advice.AdviceKind.NOT_APPLICABLE;
import static health.setpoint.titration.advice.AdviceKind.SAFETY;
import static health.setpoint.titration.advice.Indicator.CRITICAL;
import static health.setpoint.titration.advice.Indicator.INFO;
import static health.setpoint.titration.advice.Indicator.WARNING;

import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Sex;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.Therapies;
import health.setpoint.titration.therapy.Drug;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Phase A: does the pathway apply to this patient at all? The first gate that closes ends the evaluation. */
final class Gates {

    private Gates() {}

    /** neither an inhibitor nor testosterone. */
    static Optional<Gate> nothingToSay(Picture picture) {
        Therapies therapies = picture.therapies();
        return therapies.inhibitorPresent() || therapies.testosterone().isPresent()
                ? Optional.empty()
                : Optional.of(Gate.silent(RuleId.R_08));
    }

    /** sex for clinical use not recorded, or recorded differently. */
    static Optional<Gate> sexUnknown(Picture picture) {
        Sex sex = picture.facts().person().sex();
        boolean differing = sex == Sex.DIFFERING;
        if (sex != Sex.UNRECORDED && !(differing && !mayBePregnantOnInhibitor(picture))) {
            return Optional.empty();
        }
        return Optional.of(Gate.of(
                RuleId.R_01,
                INFO,
                NOT_APPLICABLE,
                Seen.nothing().and("differing", differing).values()));
    }

    /** pregnant, or an inhibitor drafted for a woman who can be. */
    static Optional<Gate> pregnancy(Picture picture) {
        boolean pregnant = picture.facts().person().pregnant();
        Sex sex = picture.facts().person().sex();
        boolean capable = (sex == Sex.FEMALE || sex == Sex.DIFFERING) && mayBePregnantOnInhibitor(picture);
        if (!pregnant && !capable) {
            return Optional.empty();
        }
        String drug = picture.therapies().inhibitorPresent() ? "inhibitor" : "testosterone";
        return Optional.of(Gate.of(
                        RuleId.R_04,
                        CRITICAL,
                        SAFETY,
                        Seen.nothing()
                                .and("drug", drug)
                                .and("pregnant", pregnant)
                                .values())
                .removingInhibitorDraft()
                .removingTestosteroneDraft(pregnant));
    }

    private static boolean mayBePregnantOnInhibitor(Picture picture) {
        boolean drafted =
                Stream.of(Drug.ANASTROZOLE, Drug.LETROZOLE, Drug.EXEMESTANE).anyMatch(picture.therapies()::isDrafted);
        boolean ageFits = picture.age().isEmpty()
                || (picture.age().getAsInt() >= picture.policy().ages().childbearingFrom()
                        && picture.age().getAsInt() <= picture.policy().ages().childbearingTo());
        return drafted && ageFits && !picture.oncologyIndication();
    }

    /** a minor, or age unknown. */
    static Optional<Gate> minor(Picture picture) {
        boolean adult = picture.age().isPresent()
                && picture.age().getAsInt() >= picture.policy().ages().adult();
        return adult
                ? Optional.empty()
                : Optional.of(Gate.of(
                        RuleId.R_03,
                        WARNING,
                        NOT_APPLICABLE,
                        Seen.nothing()
                                .and(
                                        "age",
                                        picture.age().isPresent()
                                                ? String.valueOf(picture.age().getAsInt())
                                                : "")
                                .values()));
    }

    /** a woman, otherwise. */
    static Optional<Gate> woman(Picture picture) {
        return picture.facts().person().sex() == Sex.FEMALE ? Optional.of(Gate.silent(RuleId.R_02)) : Optional.empty();
    }

    /** the inhibitor is for cancer. */
    static Optional<Gate> oncology(Picture picture) {
        return picture.oncologyIndication()
                ? Optional.of(Gate.of(
                        RuleId.R_05,
                        INFO,
                        NOT_APPLICABLE,
                        Seen.nothing()
                                .and("inhibitor", picture.therapies().inhibitorPresent())
                                .andIf(
                                        Seen.BY_WORDS,
                                        picture.problems().onlyByWords(Diagnosis.BREAST_CANCER)
                                                && !picture.therapies().inhibitorForCancer())
                                .and("basis", picture.problems().hasEver(Diagnosis.BREAST_CANCER) ? "breast" : "reason")
                                .values()))
                : Optional.empty();
    }

    /** testosterone beside breast or prostate cancer; joins any other gate. */
    static Optional<Gate> testosteroneAndCancer(Picture picture) {
        boolean prostate = picture.problems().hasEver(Diagnosis.PROSTATE_CANCER);
        boolean cancer = prostate || picture.oncologyIndication();
        if (!cancer || !picture.therapies().testosterone().isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Gate.of(
                        RuleId.R_06,
                        CRITICAL,
                        SAFETY,
                        Seen.nothing()
                                .and("cancer", cancer(picture))
                                .andIf(Seen.BY_WORDS, cancerOnlyByWords(picture))
                                .values())
                .removingTestosteroneDraft(true));
    }

    private static boolean cancerOnlyByWords(Picture picture) {
        return picture.problems().hasEver(Diagnosis.PROSTATE_CANCER)
                ? picture.problems().onlyByWords(Diagnosis.PROSTATE_CANCER)
                : picture.problems().onlyByWords(Diagnosis.BREAST_CANCER)
                        && !picture.therapies().inhibitorForCancer();
    }

    private static String cancer(Picture picture) {
        if (picture.problems().hasEver(Diagnosis.PROSTATE_CANCER)) {
            return "prostate";
        }
        return picture.problems().hasEver(Diagnosis.BREAST_CANCER) ? "breast" : "reason";
    }

    /** an inhibitor without testosterone, now or lately. */
    static Optional<Gate> inhibitorWithoutTestosterone(Picture picture) {
        boolean lately = picture.therapies().testosterone().endedRecently().isPresent();
        if (!picture.therapies().inhibitorPresent()
                || picture.therapies().testosterone().isPresent()
                || lately
                || picture.oncologyIndication()) {
            return Optional.empty();
        }
        boolean low = picture.freshLowEstradiol() && picture.therapies().anastrozoleRuns();
        return Optional.of(Gate.of(
                        RuleId.R_07,
                        WARNING,
                        NOT_APPLICABLE,
                        Seen.titration(picture)
                                .and("low", low)
                                .andIf("incomplete", picture.medicationsIncomplete())
                                .values())
                .holding(low));
    }

    /** R-07b: testosterone has ended, the inhibitor goes on. */
    static Optional<Gate> testosteroneEnded(Picture picture) {
        Optional<LocalDate> ended = picture.therapies().testosterone().endedRecently();
        if (ended.isEmpty()
                || !picture.therapies().inhibitorPresent()
                || picture.therapies().testosterone().isPresent()) {
            return Optional.empty();
        }
        boolean runs = picture.therapies().inhibitorActive();
        AdviceKind kind = runs ? HOLD : NOT_APPLICABLE;
        return Optional.of(Gate.of(
                        RuleId.R_07B,
                        WARNING,
                        kind,
                        Seen.titration(picture)
                                .and("ended", ended)
                                .and("drug", inhibitors(picture))
                                .andIf("incomplete", picture.medicationsIncomplete())
                                .values())
                .removingInhibitorDraft()
                .holding(runs)
                .noting(Note.TESTOSTERONE_ENDED));
    }

    /** R-07c: letrozole or exemestane, and no anastrozole. */
    static Optional<Gate> otherInhibitor(Picture picture) {
        Set<Drug> present = picture.therapies().inhibitorsPresent();
        if (present.isEmpty() || present.contains(Drug.ANASTROZOLE)) {
            return Optional.empty();
        }
        boolean low = picture.freshLowEstradiol();
        Gate gate = Gate.of(
                RuleId.R_07C,
                WARNING,
                NOT_APPLICABLE,
                Seen.titration(picture)
                        .and("drug", inhibitors(picture))
                        .and("low", low)
                        .values());
        return Optional.of(low ? gate.noting(Note.CONSIDER_STOPPING_OTHER_INHIBITOR) : gate);
    }

    private static String inhibitors(Picture picture) {
        return picture.therapies().inhibitorsPresent().stream()
                .map(drug -> drug.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
