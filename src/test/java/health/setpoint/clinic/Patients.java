package health.setpoint.clinic;

import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.LabRequest;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.ResultStatus;
import health.setpoint.titration.labs.Unit;
import health.setpoint.titration.person.Condition;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Hypersensitivity;
import health.setpoint.titration.person.Person;
import health.setpoint.titration.person.Sex;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Injection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns the clinical words of a row into the facts that the rules see; a word it does not know stops the test. */
public final class Patients {

    private static final LocalDate USUAL_DRAW = Words.TODAY.minusDays(3);
    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final LocalDate USUAL_OTHER_LAB = Words.TODAY.minusDays(10);
    private static final LocalDate USUAL_SYMPTOM = Words.TODAY.minusDays(5);
    private static final LocalDate USUAL_CONDITION = LocalDate.of(2020, 1, 1);
    private static final LocalDate TESTOSTERONE_START = LocalDate.of(2024, 3, 1);
    private static final LocalDate INHIBITOR_START = LocalDate.of(2025, 6, 1);
    private static final LocalDate OTHER_DRUG_START = LocalDate.of(2025, 1, 1);
    private static final String USUAL_TESTOSTERONE = "cypionate, 200 weekly";

    private static final Pattern VALUE = Pattern.compile("(<=|>=|<|>)?\\s*(-?\\d+(?:\\.\\d+)?)\\s*(\\S*)");
    private static final Pattern LAB = Pattern.compile("([A-Za-z][A-Za-z0-9 -]*?) ((?:<=|>=|<|>)?-?\\d.*)");
    private static final Pattern HOURS = Pattern.compile("(\\d+) h before the draw");
    private static final Pattern BORN = Pattern.compile("born (\\d{4}-\\d{2}-\\d{2})");

    private static final Map<String, Analyte> LABS = Map.ofEntries(
            Map.entry("Hct", Analyte.HEMATOCRIT),
            Map.entry("PSA", Analyte.PSA),
            Map.entry("AST", Analyte.AST),
            Map.entry("ALT", Analyte.ALT),
            Map.entry("bilirubin", Analyte.BILIRUBIN),
            Map.entry("cholesterol", Analyte.CHOLESTEROL),
            Map.entry("HbA1c", Analyte.HBA1C),
            Map.entry("BMI", Analyte.BMI),
            Map.entry("waist", Analyte.WAIST),
            Map.entry("body fat", Analyte.BODY_FAT),
            Map.entry("AUDIT-C", Analyte.AUDIT_C),
            Map.entry("T-score", Analyte.DXA_T_SCORE),
            Map.entry("SHBG", Analyte.SHBG),
            Map.entry("free T", Analyte.FREE_TESTOSTERONE),
            Map.entry("LH", Analyte.LH),
            Map.entry("FSH", Analyte.FSH));

    private static final Map<String, Symptom> SYMPTOM_WORDS = Map.of(
            "edema", Symptom.FLUID_RETENTION,
            "low libido", Symptom.REDUCED_LIBIDO,
            "poor erection", Symptom.ERECTILE_DYSFUNCTION,
            "breast tenderness", Symptom.BREAST_PAIN);

    private static final Map<String, LabTest> TESTS = Map.ofEntries(
            Map.entry("E2", LabTest.ESTRADIOL),
            Map.entry("TT", LabTest.TESTOSTERONE),
            Map.entry("free T", LabTest.FREE_TESTOSTERONE),
            Map.entry("LH", LabTest.LH),
            Map.entry("FSH", LabTest.FSH),
            Map.entry("SHBG", LabTest.SHBG),
            Map.entry("CBC", LabTest.CBC),
            Map.entry("CMP", LabTest.CMP),
            Map.entry("PSA", LabTest.PSA),
            Map.entry("lipids", LabTest.LIPIDS),
            Map.entry("DXA", LabTest.DXA));

    private final Row row;
    private final LocalDate draw;
    private final List<LabResult> estradiol;
    private final List<Course> testosterone;
    private final List<Course> inhibitors;

    private Patients(Row row) {
        this.row = row;
        this.estradiol = estradiol("estradiol");
        this.draw = estradiol.stream()
                .findFirst()
                .flatMap(result -> result.drawn().day())
                .orElse(USUAL_DRAW);
        this.testosterone = testosterone();
        this.inhibitors = inhibitors();
    }

    /** A patient in the words of the tables, by column. */
    public static Facts described(Map<String, String> words) {
        return facts(new Row("described", 1, "", false, words));
    }

    static Facts facts(Row row) {
        return new Patients(row).facts();
    }

    /** Nine o'clock on the row's day. */
    private static LocalDateTime now(Row row) {
        return Policies.day(row).atTime(Words.NOW.toLocalTime());
    }

    static Optional<LabTest> test(String word) {
        return Optional.ofNullable(TESTS.get(word));
    }

    private Facts facts() {
        List<LabResult> labs = new ArrayList<>(estradiol);
        labs.addAll(estradiol("earlier estradiol"));
        labs.addAll(testosteroneResults());
        labs.addAll(otherLabs());
        List<Course> courses = new ArrayList<>(inhibitors);
        courses.addAll(testosterone);
        courses.addAll(drafts());
        courses.addAll(otherDrugs());
        List<String> conditionItems = items("conditions");
        return new Facts(
                hook(courses),
                now(row),
                person(conditionItems.contains("pregnant")),
                labs,
                courses,
                injections(),
                conditions(conditionItems),
                symptoms(),
                conditionItems.contains("allergy")
                        ? List.of(new Hypersensitivity("anastrozole", "AllergyIntolerance/allergy"))
                        : List.of(),
                labRequests(),
                items("not read").stream().map(Patients::gap).toList());
    }

    private static Gap gap(String item) {
        List<String> phrases = Words.phrases(item);
        if (phrases.size() != 2) {
            throw Words.unknown("not read", item);
        }
        return new Gap(
                known(Gap.Part.class, "not read", phrases.get(0)), known(Gap.Why.class, "not read", phrases.get(1)));
    }

    private List<String> items(String column) {
        return row.cell(column)
                .filter(text -> !Words.isNone(text))
                .map(Words::items)
                .orElse(List.of());
    }

    private Hook hook(List<Course> courses) {
        boolean drafting =
                courses.stream().anyMatch(course -> course.isDraft() || course.state() == Course.State.DRAFT_STOP);
        return switch (row.cell("hook").orElse(drafting ? "sign" : "view")) {
            case "select" -> Hook.ORDER_SELECT;
            case "sign" -> Hook.ORDER_SIGN;
            case "view" -> Hook.PATIENT_VIEW;
            default -> throw Words.unknown("hook", row.cell("hook").orElse(""));
        };
    }

    private Person person(boolean pregnant) {
        Sex sex =
                switch (row.cell("sex").orElse("male")) {
                    case "male" -> Sex.MALE;
                    case "female" -> Sex.FEMALE;
                    case "not recorded" -> Sex.UNRECORDED;
                    case "records differ" -> Sex.DIFFERING;
                    default -> throw Words.unknown("sex", row.cell("sex").orElse(""));
                };
        String age = row.cell("age").orElse("45");
        Matcher born = BORN.matcher(age);
        if (age.equals("unknown")) {
            return new Person(sex, Optional.empty(), pregnant);
        }
        if (born.matches()) {
            return new Person(sex, Optional.of(LocalDate.parse(born.group(1))), pregnant);
        }
        if (!age.matches("\\d+")) {
            throw Words.unknown("age", age);
        }
        return new Person(sex, Optional.of(Words.TODAY.minusYears(Long.parseLong(age))), pregnant);
    }

    private List<LabResult> estradiol(String column) {
        List<LabResult> results = new ArrayList<>();
        for (String item : items(column)) {
            results.add(result(
                    column,
                    Analyte.ESTRADIOL,
                    item,
                    USUAL_DRAW,
                    Assay.MASS_SPECTROMETRY,
                    "Observation/" + column.replace(' ', '-') + "-" + (results.size() + 1)));
        }
        return results;
    }

    private List<LabResult> testosteroneResults() {
        String cell = row.cell("testosterone").orElse("650");
        if (Words.isNone(cell)) {
            return List.of();
        }
        List<LabResult> results = new ArrayList<>();
        for (String item : Words.items(cell)) {
            results.add(result(
                    "testosterone",
                    Analyte.TESTOSTERONE,
                    item,
                    draw,
                    Assay.UNKNOWN,
                    "Observation/testosterone-" + (results.size() + 1)));
        }
        return results;
    }

    private List<LabResult> otherLabs() {
        List<LabResult> results = new ArrayList<>();
        boolean hematocritGiven = false;
        for (String item : items("labs")) {
            if (item.equals("no Hct")) {
                hematocritGiven = true;
                continue;
            }
            Matcher lab = LAB.matcher(item);
            if (!lab.matches() || !LABS.containsKey(lab.group(1))) {
                throw Words.unknown("labs", item);
            }
            Analyte analyte = LABS.get(lab.group(1));
            hematocritGiven |= analyte == Analyte.HEMATOCRIT;
            results.add(result(
                    "labs",
                    analyte,
                    lab.group(2),
                    USUAL_OTHER_LAB,
                    Assay.UNKNOWN,
                    "Observation/lab-" + (results.size() + 1)));
        }
        if (!hematocritGiven) {
            results.add(
                    result("labs", Analyte.HEMATOCRIT, "45", USUAL_OTHER_LAB, Assay.UNKNOWN, "Observation/hematocrit"));
        }
        return results;
    }

    private LabResult result(
            String column, Analyte analyte, String words, LocalDate usualDay, Assay usualAssay, String reference) {
        ResultStatus status = ResultStatus.FINAL;
        ClinicalTime drawn = new ClinicalTime.OnDay(usualDay);
        Assay assay = usualAssay;
        Optional<BigDecimal> upperLimit = Optional.empty();
        Optional<Reading> reading = Optional.empty();
        for (String phrase : Words.phrases(words)) {
            Matcher value = VALUE.matcher(phrase);
            Optional<ClinicalTime> time = Words.time(phrase, USUAL_DRAW);
            if (time.isPresent()) {
                drawn = time.get();
            } else if (value.matches()) {
                reading = Optional.of(measured(column, analyte, value));
            } else if (phrase.startsWith("upper limit ")) {
                upperLimit = Optional.of(new BigDecimal(phrase.substring(12)));
            } else {
                switch (phrase) {
                    case "preliminary" -> status = ResultStatus.PRELIMINARY;
                    case "registered" -> status = ResultStatus.REGISTERED;
                    case "amended" -> status = ResultStatus.AMENDED;
                    case "corrected" -> status = ResultStatus.CORRECTED;
                    case "IA" -> assay = Assay.IMMUNOASSAY;
                    case "MS" -> assay = Assay.MASS_SPECTROMETRY;
                    case "assay unknown" -> assay = Assay.UNKNOWN;
                    case "no unit" -> reading = Optional.of(unreadable(Reading.Why.NO_UNIT, analyte, reading));
                    case "unknown unit" ->
                        reading = Optional.of(unreadable(Reading.Why.UNKNOWN_UNIT, analyte, reading));
                    case "no number" -> reading = Optional.of(unreadable(Reading.Why.NO_NUMBER, analyte, reading));
                    case "not measured" ->
                        reading = Optional.of(new Reading.Unreadable(Reading.Why.ABSENT, "quantity not sufficient"));
                    case "unmapped" -> reading = Optional.of(unreadable(Reading.Why.UNMAPPED, analyte, reading));
                    case "other words" ->
                        reading = Optional.of(unreadable(Reading.Why.CONTRADICTORY, analyte, reading));
                    case "implausible" -> reading = Optional.of(unreadable(Reading.Why.IMPLAUSIBLE, analyte, reading));
                    default -> throw Words.unknown(column, phrase);
                }
            }
        }
        return new LabResult(
                analyte,
                status,
                drawn,
                reading.orElseThrow(() -> Words.unknown(column, words)),
                assay,
                upperLimit,
                reference);
    }

    private static Reading measured(String column, Analyte analyte, Matcher value) {
        Unit unit = Words.unit(analyte, value.group(3)).orElseThrow(() -> Words.unknown(column, value.group()));
        String sign = value.group(1) == null ? "" : value.group(1);
        Comparator comparator = java.util.Arrays.stream(Comparator.values())
                .filter(candidate -> candidate.sign().equals(sign))
                .findFirst()
                .orElseThrow();
        return new Reading.Measured(comparator, new BigDecimal(value.group(2)), unit);
    }

    /** As the chart is read: a doubt of the test leaves its one value, a doubt of the unit those that are plausible. */
    private static Reading unreadable(Reading.Why why, Analyte analyte, Optional<Reading> number) {
        Optional<Reading.Measured> measured =
                number.filter(Reading.Measured.class::isInstance).map(Reading.Measured.class::cast);
        String shown = measured.map(value -> value.comparator().sign() + value.amount())
                .orElse("pending");
        List<Reading.Measured> possible = measured.stream()
                .flatMap(value -> why.isOfTest() ? Stream.of(value) : guesses(analyte, value))
                .toList();
        return new Reading.Unreadable(
                why, shown, why.isOfTest() ? Optional.of("as the laboratory calls it") : Optional.empty(), possible);
    }

    private static Stream<Reading.Measured> guesses(Analyte analyte, Reading.Measured value) {
        return analyte.isSafetyLab()
                ? KNOWLEDGE.units().guesses(analyte).stream()
                        .filter(unit -> KNOWLEDGE
                                .readingLimits(Words.TODAY)
                                .of(analyte)
                                .orElseThrow()
                                .holds(unit.toBase(value.amount())))
                        .map(unit -> new Reading.Measured(value.comparator(), value.amount(), unit))
                : Stream.of();
    }

    private List<Course> inhibitors() {
        List<Course> courses = new ArrayList<>();
        for (String item : items("ai")) {
            String words =
                    item + row.cell("ai changed").map(when -> changed(when)).orElse("");
            courses.add(CourseWords.active(
                    "ai", Drug.ANASTROZOLE, INHIBITOR_START, "ai-" + (courses.size() + 1), draw, words));
        }
        for (String item : items("ai before")) {
            courses.add(CourseWords.active(
                    "ai before", Drug.ANASTROZOLE, INHIBITOR_START, "earlier-ai-" + (courses.size() + 1), draw, item));
        }
        return courses;
    }

    private static String changed(String when) {
        return when.equals("unknown") ? ", start unknown" : ", changed " + when;
    }

    private List<Course> testosterone() {
        String cell = row.cell("t").orElse(USUAL_TESTOSTERONE);
        List<Course> courses = new ArrayList<>();
        if (Words.isNone(cell)) {
            return courses;
        }
        for (String item : Words.items(cell)) {
            String words =
                    item + row.cell("t changed").map(when -> changed(when)).orElse("");
            courses.add(CourseWords.active(
                    "t", Drug.TESTOSTERONE, TESTOSTERONE_START, "t-" + (courses.size() + 1), draw, words));
        }
        return courses;
    }

    private List<Course> drafts() {
        List<Course> courses = new ArrayList<>();
        Optional<String> inhibitor = replaceable(inhibitors);
        for (String item : items("draft")) {
            courses.add(CourseWords.draft(
                    "draft", Drug.ANASTROZOLE, "draft-" + (courses.size() + 1), inhibitor, draw, item));
        }
        Optional<String> therapy = replaceable(testosterone);
        for (String item : items("t draft")) {
            courses.add(CourseWords.draft(
                    "t draft", Drug.TESTOSTERONE, "draft-t-" + (courses.size() + 1), therapy, draw, item));
        }
        return courses;
    }

    private static Optional<String> replaceable(List<Course> courses) {
        return courses.stream().filter(Course::isOrder).map(Course::reference).findFirst();
    }

    private List<Course> otherDrugs() {
        List<Course> courses = new ArrayList<>();
        for (String item : items("other drugs")) {
            courses.add(CourseWords.active(
                    "other drugs", Drug.WARFARIN, OTHER_DRUG_START, "other-" + (courses.size() + 1), draw, item));
        }
        return courses;
    }

    private List<Injection> injections() {
        List<Injection> injections = new ArrayList<>();
        Formulation ester =
                testosterone.stream().findFirst().map(Course::formulation).orElse(Formulation.CYPIONATE);
        for (String item : items("injection")) {
            ClinicalTime given;
            Matcher hours = HOURS.matcher(item);
            if (hours.matches()) {
                ClinicalTime drawn = estradiol.get(0).drawn();
                if (!(drawn instanceof ClinicalTime.At at)) {
                    throw new IllegalArgumentException("hours before the draw need a clock time of the draw");
                }
                given = new ClinicalTime.At(at.moment().minusHours(Long.parseLong(hours.group(1))));
            } else {
                given = Words.time(item, draw).orElseThrow(() -> Words.unknown("injection", item));
            }
            injections.add(
                    new Injection(ester, given, "MedicationAdministration/injection-" + (injections.size() + 1)));
        }
        return injections;
    }

    private List<Condition> conditions(List<String> items) {
        List<Condition> conditions = new ArrayList<>();
        for (String item : items) {
            if (item.equals("pregnant") || item.equals("allergy")) {
                continue;
            }
            boolean active = true;
            boolean inWords = false;
            Optional<LocalDate> since = Optional.of(USUAL_CONDITION);
            Optional<Diagnosis> diagnosis = Optional.empty();
            for (String phrase : Words.phrases(item)) {
                Optional<LocalDate> day =
                        phrase.startsWith("since ") ? Words.day(phrase.substring(6), draw) : Optional.empty();
                if (day.isPresent()) {
                    since = day;
                } else if (phrase.equals("undated")) {
                    since = Optional.empty();
                } else if (phrase.equals("resolved")) {
                    active = false;
                } else if (phrase.equals("in words")) {
                    inWords = true;
                } else {
                    diagnosis = Optional.of(known(Diagnosis.class, "conditions", phrase));
                }
            }
            conditions.add(new Condition(
                    diagnosis.orElseThrow(() -> Words.unknown("conditions", item)),
                    active,
                    since,
                    "Condition/condition-" + (conditions.size() + 1),
                    inWords));
        }
        return conditions;
    }

    private List<SymptomReport> symptoms() {
        List<SymptomReport> symptoms = new ArrayList<>();
        for (String item : items("symptoms")) {
            SymptomReport.Origin origin = SymptomReport.Origin.CONDITION;
            boolean inWords = false;
            Optional<LocalDate> since = Optional.of(USUAL_SYMPTOM);
            Optional<Symptom> symptom = Optional.empty();
            for (String phrase : Words.phrases(item)) {
                Optional<LocalDate> day =
                        phrase.startsWith("since ") ? Words.day(phrase.substring(6), draw) : Optional.empty();
                if (day.isPresent()) {
                    since = day;
                } else if (phrase.equals("undated")) {
                    since = Optional.empty();
                } else if (phrase.equals("in words")) {
                    inWords = true;
                } else if (phrase.equals("observed")) {
                    origin = SymptomReport.Origin.OBSERVATION;
                } else if (phrase.equals("questionnaire")) {
                    origin = SymptomReport.Origin.QUESTIONNAIRE;
                } else if (SYMPTOM_WORDS.containsKey(phrase)) {
                    symptom = Optional.of(SYMPTOM_WORDS.get(phrase));
                } else {
                    symptom = Optional.of(known(Symptom.class, "symptoms", phrase));
                }
            }
            symptoms.add(new SymptomReport(
                    symptom.orElseThrow(() -> Words.unknown("symptoms", item)),
                    origin,
                    since,
                    "Condition/symptom-" + (symptoms.size() + 1),
                    inWords));
        }
        return symptoms;
    }

    private static <E extends Enum<E>> E known(Class<E> type, String column, String words) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(Words.enumName(words))) {
                return constant;
            }
        }
        throw Words.unknown(column, words);
    }

    private List<LabRequest> labRequests() {
        List<LabRequest> requests = new ArrayList<>();
        for (String item : items("open requests")) {
            boolean immunoassay = item.endsWith(" (immunoassay)");
            String word = item.replace(" (immunoassay)", "");
            requests.add(new LabRequest(
                    test(word).orElseThrow(() -> Words.unknown("open requests", item)),
                    immunoassay,
                    "ServiceRequest/request-" + (requests.size() + 1)));
        }
        return requests;
    }
}
