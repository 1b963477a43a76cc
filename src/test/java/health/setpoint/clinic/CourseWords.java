package health.setpoint.clinic;

import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Route;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one drug record from the words of a cell, for instance {@code 1.0, since 2025-06-01, on hold}. */
final class CourseWords {

    private static final Pattern WEEKLY = Pattern.compile("(\\d+(?:\\.\\d+)?)(?: mg)?(?: weekly)?");
    private static final Pattern TIMES = Pattern.compile("(\\d+(?:\\.\\d+)?) mg x (\\d+(?:\\.\\d+)?)");
    private static final Pattern INTERVAL = Pattern.compile("every (\\d+) d");
    private static final Pattern RANGE = Pattern.compile("range to (\\d+(?:\\.\\d+)?)");
    private static final Pattern LINK = Pattern.compile("(renews|based on) (\\d+|draft)");
    private static final Pattern UNREADABLE = Pattern.compile("as directed|as needed|BIW");

    private static final Map<String, Drug> DRUGS = Map.ofEntries(
            Map.entry("anastrozole", Drug.ANASTROZOLE),
            Map.entry("letrozole", Drug.LETROZOLE),
            Map.entry("exemestane", Drug.EXEMESTANE),
            Map.entry("testosterone", Drug.TESTOSTERONE),
            Map.entry("tamoxifen", Drug.TAMOXIFEN),
            Map.entry("raloxifene", Drug.RALOXIFENE),
            Map.entry("clomiphene", Drug.CLOMIPHENE),
            Map.entry("enclomiphene", Drug.OTHER_SERM),
            Map.entry("hCG", Drug.HCG),
            Map.entry("finasteride", Drug.FINASTERIDE),
            Map.entry("dutasteride", Drug.DUTASTERIDE),
            Map.entry("estradiol patch", Drug.ESTROGEN),
            Map.entry("estrogen", Drug.ESTROGEN),
            Map.entry("methyltestosterone", Drug.METHYLTESTOSTERONE),
            Map.entry("warfarin", Drug.WARFARIN));

    private static final Map<String, Formulation> FORMULATIONS = Map.ofEntries(
            Map.entry("cypionate", Formulation.CYPIONATE),
            Map.entry("enanthate", Formulation.ENANTHATE),
            Map.entry("propionate", Formulation.PROPIONATE),
            Map.entry("mixed esters", Formulation.MIXED_ESTERS),
            Map.entry("undecanoate injected", Formulation.UNDECANOATE_INJECTED),
            Map.entry("undecanoate oral", Formulation.UNDECANOATE_ORAL),
            Map.entry("gel", Formulation.GEL),
            Map.entry("solution", Formulation.SOLUTION),
            Map.entry("patch", Formulation.PATCH),
            Map.entry("nasal", Formulation.NASAL),
            Map.entry("pellet", Formulation.PELLET));

    private static final Map<String, Route> ROUTES = Map.of(
            "IM", Route.INTRAMUSCULAR,
            "SC", Route.SUBCUTANEOUS,
            "vaginal", Route.VAGINAL,
            "transdermal", Route.TRANSDERMAL,
            "oral", Route.ORAL);

    private final String column;
    private final LocalDate draw;
    private final Optional<String> replaceable;

    private Drug drug;
    private Formulation formulation = Formulation.OTHER;
    private Course.Source source = Course.Source.ORDER;
    private Course.State state;
    private String reference;
    private Dosage dosage = new Dosage.Unreadable("no dose", "");
    private Route route = Route.ORAL;
    private Optional<LocalDate> authored;
    private Optional<LocalDate> boundsStart = Optional.empty();
    private Optional<LocalDate> effectiveStart = Optional.empty();
    private Optional<LocalDate> end = Optional.empty();
    private Optional<String> replaces = Optional.empty();
    private final List<String> sameTherapyAs = new ArrayList<>();
    private Optional<ClinicalTime> notTaken = Optional.empty();
    private boolean dosed;
    private boolean selected;
    private boolean forCancer;
    private boolean matchedByText;

    private CourseWords(String column, LocalDate draw, Optional<String> replaceable) {
        this.column = column;
        this.draw = draw;
        this.replaceable = replaceable;
    }

    /** A record that runs unless its words say otherwise. */
    static Course active(String column, Drug drug, LocalDate start, String id, LocalDate draw, String words) {
        CourseWords course = new CourseWords(column, draw, Optional.empty());
        course.drug = drug;
        course.state = Course.State.ACTIVE;
        course.authored = Optional.of(start);
        course.reference = "MedicationRequest/" + id;
        return course.read(words);
    }

    /** An entry of the draft orders; {@code replaceable} is the order that "replaces" and "same id" speak of. */
    static Course draft(
            String column, Drug drug, String id, Optional<String> replaceable, LocalDate draw, String words) {
        CourseWords course = new CourseWords(column, draw, replaceable);
        course.drug = drug;
        course.state = Course.State.DRAFT;
        course.selected = true;
        course.authored = Optional.of(Words.TODAY);
        course.reference = "MedicationRequest/" + id;
        return course.read(words);
    }

    private Course read(String words) {
        for (String phrase : Words.phrases(words)) {
            boolean dose = isDose(phrase);
            dosed |= dose;
            if (!dose
                    && !isDrug(phrase)
                    && !isState(phrase)
                    && !isLink(phrase)
                    && !isRemark(phrase)
                    && !isDate(phrase)) {
                throw Words.unknown(column, phrase);
            }
        }
        if (drug == Drug.TESTOSTERONE) {
            if (!dosed) {
                dosage = weekly(BigDecimal.valueOf(200), BigDecimal.ONE);
            }
            if (formulation == Formulation.OTHER) {
                formulation = Formulation.CYPIONATE;
            }
            if (route == Route.ORAL && formulation != Formulation.UNDECANOATE_ORAL) {
                route = usualRoute(formulation);
            }
            if (formulation.isDepot()) {
                dosage = new Dosage.Depot();
            }
        }
        return new Course(
                drug,
                formulation,
                source,
                state,
                reference,
                drug.name().toLowerCase(java.util.Locale.ROOT),
                dosage,
                route,
                authored,
                boundsStart,
                effectiveStart,
                end,
                replaces,
                List.copyOf(sameTherapyAs),
                notTaken,
                selected,
                forCancer,
                matchedByText);
    }

    private boolean isDrug(String phrase) {
        if (DRUGS.containsKey(phrase)) {
            drug = DRUGS.get(phrase);
            if (phrase.endsWith("patch")) {
                route = Route.TRANSDERMAL;
            }
            return true;
        }
        if (FORMULATIONS.containsKey(phrase)) {
            formulation = FORMULATIONS.get(phrase);
            return true;
        }
        if (ROUTES.containsKey(phrase)) {
            route = ROUTES.get(phrase);
            return true;
        }
        return false;
    }

    private boolean isDose(String phrase) {
        Matcher times = TIMES.matcher(phrase);
        if (times.matches()) {
            BigDecimal intakes = new BigDecimal(times.group(2));
            dosage = weekly(new BigDecimal(times.group(1)).multiply(intakes), intakes);
            return true;
        }
        Matcher weekly = WEEKLY.matcher(phrase);
        if (weekly.matches()) {
            BigDecimal mg = new BigDecimal(weekly.group(1));
            dosage = weekly(mg, drug.isAromataseInhibitor() ? intakes(mg) : BigDecimal.ONE);
            return true;
        }
        Matcher interval = INTERVAL.matcher(phrase);
        if (interval.matches() && dosage instanceof Dosage.Weekly known) {
            BigDecimal intakes = new BigDecimal(7).divide(new BigDecimal(interval.group(1)), 6, RoundingMode.HALF_UP);
            dosage = new Dosage.Weekly(known.dose(), intakes.stripTrailingZeros());
            return true;
        }
        Matcher range = RANGE.matcher(phrase);
        if (range.matches()) {
            dosage = new Dosage.Range(WeeklyDose.of(range.group(1)));
            return true;
        }
        if (UNREADABLE.matcher(phrase).matches()) {
            dosage = new Dosage.Unreadable("the instruction gives no weekly dose", phrase);
            return true;
        }
        return false;
    }

    /** Another record of the same cell, by its place. */
    private boolean isLink(String phrase) {
        Matcher link = LINK.matcher(phrase);
        if (!link.matches()) {
            return false;
        }
        String record =
                link.group(2).equals("draft") ? "draft-1" : (drug == Drug.TESTOSTERONE ? "t-" : "ai-") + link.group(2);
        String named = "MedicationRequest/" + record;
        if (link.group(1).equals("renews")) {
            replaces = Optional.of(named);
        } else {
            sameTherapyAs.add(named);
        }
        return true;
    }

    private boolean isState(String phrase) {
        switch (phrase) {
            case "on hold" -> state = Course.State.ON_HOLD;
            case "not taken" -> {
                state = Course.State.NOT_TAKEN;
                statement();
            }
            case "ended long ago" -> state = Course.State.ENDED;
            case "draft" -> {
                state = Course.State.DRAFT;
                selected = true;
                authored = Optional.of(Words.TODAY);
            }
            case "given" -> source = Course.Source.ADMINISTRATION;
            case "stop" -> state = Course.State.DRAFT_STOP;
            case "statement" -> statement();
            case "same id" -> reference = replaceable.orElseThrow(() -> Words.unknown(column, phrase));
            case "replaces" -> replaces = Optional.of(replaceable.orElseThrow(() -> Words.unknown(column, phrase)));
            case "not selected" -> selected = false;
            case "for cancer" -> forCancer = true;
            case "by name only" -> matchedByText = true;
            case "start unknown" -> {
                authored = Optional.empty();
                boundsStart = Optional.empty();
                effectiveStart = Optional.empty();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void statement() {
        source = Course.Source.STATEMENT;
        reference = reference.replace("MedicationRequest", "MedicationStatement");
        effectiveStart = authored;
        authored = Optional.empty();
    }

    /** A remark of a day, or of none, that the drug is not taken. */
    private boolean isRemark(String phrase) {
        if (!phrase.startsWith("said not taken")) {
            return false;
        }
        Optional<LocalDate> day =
                Words.day(phrase.substring("said not taken".length()).strip(), draw);
        notTaken = Optional.of(day.<ClinicalTime>map(ClinicalTime.OnDay::new).orElseGet(ClinicalTime.Unknown::new));
        return day.isPresent() || phrase.equals("said not taken");
    }

    private boolean isDate(String phrase) {
        int space = phrase.lastIndexOf("since ") == 0
                ? 6
                : phrase.startsWith("changed ")
                        ? 8
                        : phrase.startsWith("ended ") ? 6 : phrase.startsWith("held ") ? 5 : 0;
        if (space == 0) {
            return false;
        }
        Optional<LocalDate> day = Words.day(phrase.substring(space), draw);
        if (day.isEmpty()) {
            return false;
        }
        switch (phrase.substring(0, space - 1)) {
            case "since" -> {
                if (source == Course.Source.STATEMENT) {
                    effectiveStart = day;
                } else {
                    authored = day;
                }
            }
            case "changed" -> boundsStart = day;
            case "held" -> {
                state = Course.State.ON_HOLD;
                boundsStart = day;
            }
            default -> {
                state = Course.State.ENDED;
                end = day;
            }
        }
        return true;
    }

    private static Dosage weekly(BigDecimal mg, BigDecimal intakes) {
        return new Dosage.Weekly(new WeeklyDose(mg), intakes.stripTrailingZeros());
    }

    /** The usual number of intakes of an anastrozole dose: half tablets up to 1.5 mg, then whole ones. */
    private static BigDecimal intakes(BigDecimal mg) {
        return mg.compareTo(new BigDecimal("1.75")) <= 0 ? mg.multiply(BigDecimal.valueOf(2)) : mg;
    }

    private static Route usualRoute(Formulation formulation) {
        return switch (formulation) {
            case GEL, SOLUTION, PATCH -> Route.TRANSDERMAL;
            case NASAL -> Route.NASAL;
            case PELLET -> Route.IMPLANT;
            case UNDECANOATE_ORAL -> Route.ORAL;
            default -> Route.INTRAMUSCULAR;
        };
    }
}
