package health.setpoint.knowledge.terminology;

import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.knowledge.terminology.CodeSystems.Key;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What codes and names mean. Code systems are recognised by their URL and by their OID as {@code urn:oid:}, ICD of any
 * country by its name too; its codes with or without dot, by prefix. A code that is not listed is not found, never
 * guessed.
 */
public final class Terminology {

    private static final String NONE = "-";

    private final CodeSystems systems;
    private final TextPatterns patterns;
    private final ProblemWords problems;
    private final LabNames labNames;
    private final Map<Key, List<DrugCode>> drugs = new LinkedHashMap<>();
    private final Map<Key, LabCode> labs = new LinkedHashMap<>();
    private final Map<Key, Listed<Diagnosis>> diagnoses = new LinkedHashMap<>();
    private final Map<Key, Listed<Symptom>> symptoms = new LinkedHashMap<>();
    private final Set<Key> pregnancies = new LinkedHashSet<>();
    private final Set<Key> pregnancyStatus = new HashSet<>();
    private final Set<Key> birthSex = new HashSet<>();
    private final Set<Key> cancers = new HashSet<>();
    private final Map<Key, LabTest> tests = new LinkedHashMap<>();
    private final Map<LabTest, Code> orders = new EnumMap<>(LabTest.class);
    private final Map<LabTest, Code> massSpectrometryOrders = new EnumMap<>(LabTest.class);
    private final Map<Key, Code> codes = new LinkedHashMap<>();
    private final Map<String, Meaning> meanings = new LinkedHashMap<>();
    private final List<Code> laboratory = new ArrayList<>();
    private final List<Code> vital = new ArrayList<>();

    private Terminology(CodeSystems systems, TextPatterns patterns, LabNames labNames, ProblemWords problems) {
        this.systems = systems;
        this.patterns = patterns;
        this.labNames = labNames;
        this.problems = problems;
    }

    public static Terminology read(Tables tables) {
        Terminology terminology = new Terminology(
                new CodeSystems(tables.rows("systems.csv", "system", "written")),
                new TextPatterns(tables.rows("text-patterns.csv", "kind", "concept", "formulation", "pattern", "note")),
                new LabNames(tables.rows("lab-names.csv", "means", "kind", "words", "unless", "confidence", "note")),
                new ProblemWords(tables.rows(
                        "problem-words.csv", "kind", "means", "concept", "language", "words", "confidence", "note")));
        tables.rows(
                        "medications.csv",
                        "system",
                        "code",
                        "display",
                        "drug",
                        "formulation",
                        "strength_mg",
                        "per",
                        "confidence",
                        "note")
                .forEach(terminology::addDrug);
        tables.rows(
                        "labs.csv",
                        "system",
                        "code",
                        "display",
                        "analyte",
                        "assay",
                        "group",
                        "confidence",
                        "stands_alone",
                        "note")
                .forEach(terminology::addLab);
        tables.rows("conditions.csv", "system", "code", "display", "means", "concept", "confidence", "note")
                .forEach(terminology::addCondition);
        tables.rows("meanings.csv", "kind", "concept", "system", "property", "op", "value", "display", "note")
                .forEach(terminology::addMeaning);
        tables.rows("lab-requests.csv", "system", "code", "display", "test", "order_for", "confidence", "note")
                .forEach(terminology::addTest);
        for (LabTest test : LabTest.values()) {
            if (!terminology.orders.containsKey(test)) {
                throw new KnowledgeException("lab-requests.csv: no code orders " + test.word());
            }
        }
        return terminology;
    }

    /**
     * The same with what a terminology server adds. A code that a table lists keeps what the table says; one that several sets
     * claim is given to the first of {@link #meanings}.
     *
     * @param added codes by the id of the value set that means them
     */
    public Terminology with(Map<String, List<Code>> added) {
        Terminology wider = new Terminology(systems, patterns, labNames, problems);
        wider.drugs.putAll(drugs);
        wider.labs.putAll(labs);
        wider.diagnoses.putAll(diagnoses);
        wider.symptoms.putAll(symptoms);
        wider.pregnancies.addAll(pregnancies);
        wider.pregnancyStatus.addAll(pregnancyStatus);
        wider.birthSex.addAll(birthSex);
        wider.cancers.addAll(cancers);
        wider.tests.putAll(tests);
        wider.orders.putAll(orders);
        wider.massSpectrometryOrders.putAll(massSpectrometryOrders);
        wider.codes.putAll(codes);
        wider.meanings.putAll(meanings);
        wider.laboratory.addAll(laboratory);
        wider.vital.addAll(vital);
        for (Meaning meaning : meanings.values()) {
            for (Code code : added.getOrDefault(meaning.valueSet(), List.of())) {
                systems.key(code.system(), code.code()).ifPresent(key -> wider.add(key, code, meaning));
            }
        }
        return wider;
    }

    private void add(Key key, Code code, Meaning meaning) {
        if (codes.putIfAbsent(key, code) != null) {
            return;
        }
        switch (meaning.kind()) {
            case DRUG ->
                drugs.put(
                        key,
                        List.of(new DrugCode(
                                Drug.valueOf(meaning.concept()), Formulation.OTHER, Optional.empty(), true)));
            case DIAGNOSIS -> diagnoses.put(key, new Listed<>(Diagnosis.valueOf(meaning.concept()), true));
            case SYMPTOM -> symptoms.put(key, new Listed<>(Symptom.valueOf(meaning.concept()), true));
            case PREGNANCY -> pregnancies.add(key);
        }
    }

    /** The codes that are listed for what is defined by meaning, each of which counts by itself. */
    public List<Code> codes(Meaning meaning) {
        return switch (meaning.kind()) {
            case DRUG ->
                codes(Drug.valueOf(meaning.concept())).stream()
                        .filter(code ->
                                drugs(code.system(), code.code()).stream().allMatch(DrugCode::verified))
                        .toList();
            case DIAGNOSIS -> codes(Diagnosis.valueOf(meaning.concept()));
            case SYMPTOM -> codes(Symptom.valueOf(meaning.concept()));
            case PREGNANCY -> pregnancyCodes();
        };
    }

    private void addDrug(Tables.Row row) {
        Key key = remember(row);
        if (row.is("drug", NONE)) {
            return;
        }
        Optional<Strength> strength = row.maybe("strength_mg").isEmpty()
                ? Optional.empty()
                : Optional.of(new Strength(number(row, "strength_mg"), row.oneOf("per", Per.class)));
        DrugCode meaning = new DrugCode(
                row.oneOf("drug", Drug.class),
                row.oneOf("formulation", Formulation.class),
                strength,
                Confidence.of(row).standsAlone());
        List<DrugCode> meanings = drugs.computeIfAbsent(key, fresh -> new ArrayList<>());
        if (meanings.stream().anyMatch(other -> other.drug() == meaning.drug())) {
            throw row.refuse(row.text("code") + " stands twice");
        }
        meanings.add(meaning);
    }

    private void addLab(Tables.Row row) {
        Key key = remember(row);
        Code code = codes.get(key);
        switch (row.text("analyte")) {
            case NONE -> {}
            case "PREGNANCY_STATUS" -> {
                pregnancyStatus.add(key);
                vital.add(code);
            }
            case "SEX_AT_BIRTH" -> {
                birthSex.add(key);
                vital.add(code);
            }
            default -> {
                Confidence.of(row);
                LabCode meaning = new LabCode(
                        row.oneOf("analyte", Analyte.class),
                        row.oneOf("assay", Assay.class),
                        row.is("stands_alone", "yes"));
                if (labs.put(key, meaning) != null) {
                    throw row.refuse(row.text("code") + " stands twice");
                }
                (row.is("group", "vital") ? vital : laboratory).add(code);
            }
        }
    }

    private void addCondition(Tables.Row row) {
        Key key = remember(row);
        boolean alone = Confidence.of(row).standsAlone();
        boolean fresh =
                switch (row.text("means")) {
                    case "DIAGNOSIS" ->
                        diagnoses.put(key, new Listed<>(row.oneOf("concept", Diagnosis.class), alone)) == null;
                    case "SYMPTOM" ->
                        symptoms.put(key, new Listed<>(row.oneOf("concept", Symptom.class), alone)) == null;
                    case "PREGNANCY" -> pregnancies.add(key);
                    case "CANCER" -> cancers.add(key);
                    case "UNUSED" -> true;
                    default -> throw row.refuse("unknown word " + row.text("means"));
                };
        if (!fresh) {
            throw row.refuse(row.text("code") + " stands twice");
        }
    }

    private void addMeaning(Tables.Row row) {
        Meaning.Kind kind = row.oneOf("kind", Meaning.Kind.class);
        String concept =
                switch (kind) {
                    case DRUG -> row.oneOf("concept", Drug.class).name();
                    case DIAGNOSIS -> row.oneOf("concept", Diagnosis.class).name();
                    case SYMPTOM -> row.oneOf("concept", Symptom.class).name();
                    case PREGNANCY -> NONE;
                };
        if (!systems.knows(row.text("system"))) {
            throw row.refuse("unknown code system " + row.text("system"));
        }
        Meaning one = new Meaning(
                kind,
                concept,
                List.of(new Meaning.Filter(
                        row.text("system"),
                        row.text("property"),
                        row.text("op"),
                        row.text("value"),
                        row.text("display"))));
        meanings.merge(
                one.valueSet(),
                one,
                (a, b) -> new Meaning(
                        kind,
                        concept,
                        Stream.concat(a.filters().stream(), b.filters().stream())
                                .toList()));
    }

    private void addTest(Tables.Row row) {
        Key key = remember(row);
        LabTest test = row.oneOf("test", LabTest.class);
        if (tests.put(key, test) != null) {
            throw row.refuse(row.text("code") + " stands twice");
        }
        Code code = codes.get(key);
        Code other =
                switch (row.text("order_for")) {
                    case NONE -> null;
                    case "any method" -> orders.put(test, code);
                    case "mass spectrometry" -> massSpectrometryOrders.put(test, code);
                    default -> throw row.refuse("unknown word " + row.text("order_for"));
                };
        if (other != null) {
            throw row.refuse(test.word() + " is already ordered by " + other.code());
        }
    }

    private Key remember(Tables.Row row) {
        Key key = systems.key(row);
        codes.put(key, new Code(row.text("system"), row.text("code"), row.text("display")));
        return key;
    }

    private static BigDecimal number(Tables.Row row, String column) {
        return Parameter.number(row.text(column)).orElseThrow(() -> row.refuse("not a number: " + row.text(column)));
    }

    /**
     * What a drug code means. A code of a combination means several drugs; this gives the first of them (testosterone
     * before estrogen), {@link #drugs} gives all.
     */
    public Optional<DrugCode> drug(String system, String code) {
        return drugs(system, code).stream().findFirst();
    }

    /** All drugs that a code means: none, one, or those of a combination. */
    public List<DrugCode> drugs(String system, String code) {
        return systems.key(system, code).map(drugs::get).map(List::copyOf).orElse(List.of());
    }

    /** The drug that a product name or description names; the first where it names several. */
    public Optional<DrugCode> drugByText(String text) {
        return drugsByText(text).stream().findFirst();
    }

    /** All drugs that a product name or description names, each with the most exact formulation that it states. */
    public List<DrugCode> drugsByText(String text) {
        Map<Drug, DrugCode> found = new LinkedHashMap<>();
        for (Tables.Row row : patterns.in("drug", text)) {
            Drug drug = row.oneOf("concept", Drug.class);
            found.putIfAbsent(
                    drug, new DrugCode(drug, row.oneOf("formulation", Formulation.class), Optional.empty(), true));
        }
        return List.copyOf(found.values());
    }

    /** The ingredient of the anastrozole tablet, drug or excipient, that a text names. */
    public Optional<String> anastrozoleIngredient(String text) {
        return patterns.in("ingredient", text).stream().findFirst().map(row -> row.text("concept")
                .toLowerCase(Locale.ROOT));
    }

    /** What a laboratory or observation code means. */
    public Optional<LabCode> lab(String system, String code) {
        return systems.key(system, code).map(labs::get);
    }

    /** Which tests the words of a result name; a code that is not verified counts only beside words that name its test. */
    public LabNames.Named namedTests(String text) {
        return labNames.named(text);
    }

    /** True for words that stand in the place of a value where the laboratory has none: quantity not sufficient. */
    public boolean saysThatNothingWasMeasured(String text) {
        return !patterns.in("absent", text).isEmpty();
    }

    /** True for words in the place of a value that call the result normal. */
    public boolean saysNormal(String text) {
        return patterns.any("verdict", "NORMAL", text);
    }

    /** True for words in the place of a value that call the result low. */
    public boolean saysLow(String text) {
        return patterns.any("verdict", "LOW", text);
    }

    /** True for an answer that only a test strip gives, not a measurement of the analyte: negative, 1+. */
    public boolean isStripAnswer(Analyte analyte, String text) {
        return patterns.any("strip", analyte.name(), text);
    }

    /** True for words that call a reference range the range of the healthy. */
    public boolean isRangeOfNormal(String text) {
        return patterns.any("range", "NORMAL", text) && !patterns.any("range", "OTHER", text);
    }

    /** True for words that call a reference range a target, a decision limit or the like. */
    public boolean isOtherRange(String text) {
        return patterns.any("range", "OTHER", text) && !patterns.any("range", "NORMAL", text);
    }

    /** True for words that say that a reference range is one of women. */
    public boolean isRangeOfWomen(String text) {
        return patterns.any("range", "WOMEN", text);
    }

    /** The method that a text states, for instance {@code LC-MS/MS}. */
    public Optional<Assay> assayByText(String text) {
        return patterns.in("assay", text).stream().findFirst().map(row -> row.oneOf("concept", Assay.class));
    }

    /** True for the question "is she pregnant"; its answer is asked with {@link #isPregnancy}. */
    public boolean isPregnancyStatus(String system, String code) {
        return systems.key(system, code).filter(pregnancyStatus::contains).isPresent();
    }

    /** True for an observation of the sex at birth. */
    public boolean isSexAtBirth(String system, String code) {
        return systems.key(system, code).filter(birthSex::contains).isPresent();
    }

    /** True for a code that says that the patient is pregnant, as a condition or as the answer to a question. */
    public boolean isPregnancy(String system, String code) {
        return systems.key(system, code).filter(key -> find(key, pregnancies)).isPresent();
    }

    /** The diagnosis that a verified code means. */
    public Optional<Diagnosis> diagnosis(String system, String code) {
        return systems.key(system, code)
                .flatMap(key -> find(key, diagnoses))
                .filter(Listed::standsAlone)
                .map(Listed::meaning);
    }

    /** The diagnosis that a text names; only the few that records give as text alone. */
    public Optional<Diagnosis> diagnosisByText(String text) {
        return patterns.in("diagnosis", text).stream().findFirst().map(row -> row.oneOf("concept", Diagnosis.class));
    }

    /** The problems that a text names, the patient's and others. */
    public List<NamedProblem> problemsByText(String text) {
        return problems.in(text);
    }

    /** Whether the words of a problem, whichever it is, say that it is over. */
    public boolean saysOver(String text) {
        return problems.saysOver(text);
    }

    /** Whether a German code of the ICD carries the letter of a diagnosis that was ruled out: {@code C61 A}. */
    public boolean isRuledOut(String system, String code) {
        return systems.isRuledOut(system, code);
    }

    /** Whether the whole of a text denies an allergy. */
    public boolean deniesAllergy(String text) {
        return !patterns.in("denial", text).isEmpty();
    }

    /** Whether a code system is one of which a table lists codes. */
    public boolean knows(String system) {
        return systems.knows(system);
    }

    /** The symptom that a verified code means. */
    public Optional<Symptom> symptom(String system, String code) {
        return systems.key(system, code)
                .flatMap(key -> find(key, symptoms))
                .filter(Listed::standsAlone)
                .map(Listed::meaning);
    }

    /** The symptom that a code means, where it is verified or the text beside it names the same symptom. */
    public Optional<Symptom> symptom(String system, String code, Supplier<String> text) {
        return systems.key(system, code)
                .flatMap(key -> find(key, symptoms))
                .filter(listed -> listed.standsAlone()
                        || patterns.any("symptom", listed.meaning().name(), text.get()))
                .map(Listed::meaning);
    }

    /** The symptom that a text names, the first where it names several. */
    public Optional<Symptom> symptomByText(String text) {
        return patterns.in("symptom", text).stream().findFirst().map(row -> row.oneOf("concept", Symptom.class));
    }

    /** True when a reason code of an aromatase inhibitor names a cancer that is not one of the prostate. */
    public boolean isCancerReason(String system, String code) {
        Optional<Diagnosis> diagnosis = diagnosis(system, code);
        return diagnosis.filter(Diagnosis.BREAST_CANCER::equals).isPresent()
                || diagnosis.filter(Diagnosis.PROSTATE_CANCER::equals).isEmpty()
                        && systems.key(system, code)
                                .filter(key -> find(key, cancers))
                                .isPresent();
    }

    /** True when a reason text of an aromatase inhibitor names a cancer that is not one of the prostate. */
    public boolean isCancerReason(String text) {
        return !patterns.in("cancer", text).isEmpty()
                && patterns.in("prostate", text).isEmpty();
    }

    /** True when the name of a product says that it is no plain tablet. */
    public boolean namesNoTablet(String text) {
        return !patterns.in("no-tablet", text).isEmpty();
    }

    /** True when a remark says that a drug is not taken. */
    public boolean saysNotTaken(String text) {
        return !patterns.in("not-taken", text).isEmpty();
    }

    /** The test that a lab or imaging request asks for. */
    public Optional<LabTest> labTest(String system, String code) {
        return systems.key(system, code).map(tests::get);
    }

    /** The code by which a test is ordered, whatever the method. */
    public Code orderCode(LabTest test) {
        return orders.get(test);
    }

    /** The code by which a test is ordered where the method matters. */
    public Code orderCode(LabTest test, Assay wanted) {
        return wanted == Assay.MASS_SPECTROMETRY
                ? massSpectrometryOrders.getOrDefault(test, orders.get(test))
                : orders.get(test);
    }

    /** Codes of results that laboratories report, for a search. */
    public List<Code> laboratoryCodes() {
        return List.copyOf(laboratory);
    }

    /** Codes of observations that are no laboratory results: vital signs, scores, statuses; for a search. */
    public List<Code> observationCodes() {
        return List.copyOf(vital);
    }

    /** Codes under which a symptom may be observed or diagnosed, for a search. */
    public List<Code> symptomCodes() {
        return of(symptoms.keySet());
    }

    /** The code that a code map best names for a result of an analyte. */
    public Code code(Analyte analyte) {
        return codes(analyte).get(0);
    }

    /** Codes of the given analytes. */
    public List<Code> codes(Analyte... analytes) {
        Set<Analyte> wanted = new LinkedHashSet<>(Arrays.asList(analytes));
        return labs.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getValue().analyte()))
                .map(entry -> codes.get(entry.getKey()))
                .toList();
    }

    /** Codes of the given drugs. */
    public List<Code> codes(Drug... wanted) {
        Set<Drug> drugsWanted = new LinkedHashSet<>(Arrays.asList(wanted));
        return drugs.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(found -> drugsWanted.contains(found.drug())))
                .map(entry -> codes.get(entry.getKey()))
                .toList();
    }

    /** Codes that mean a diagnosis by themselves; those of the ICD stand for what is below them too. */
    public List<Code> codes(Diagnosis wanted) {
        return meaning(diagnoses, wanted);
    }

    /** Codes that mean a symptom by themselves. */
    public List<Code> codes(Symptom wanted) {
        return meaning(symptoms, wanted);
    }

    /** Codes that say that the patient is pregnant. */
    public List<Code> pregnancyCodes() {
        return of(pregnancies);
    }

    /** What is defined by meaning, in the order in which a code of several is given to the first. */
    public List<Meaning> meanings() {
        return List.copyOf(meanings.values());
    }

    private <T> List<Code> meaning(Map<Key, Listed<T>> listed, T wanted) {
        return listed.entrySet().stream()
                .filter(entry -> entry.getValue().standsAlone()
                        && entry.getValue().meaning().equals(wanted))
                .map(entry -> codes.get(entry.getKey()))
                .toList();
    }

    /** Codes by which the given tests are requested. */
    public List<Code> codes(LabTest... wanted) {
        Set<LabTest> testsWanted = new LinkedHashSet<>(Arrays.asList(wanted));
        return tests.entrySet().stream()
                .filter(entry -> testsWanted.contains(entry.getValue()))
                .map(entry -> codes.get(entry.getKey()))
                .toList();
    }

    /** Every code that any table lists, of whatever meaning and confidence. */
    public List<Code> all() {
        return List.copyOf(codes.values());
    }

    private List<Code> of(Set<Key> keys) {
        return keys.stream().map(codes::get).toList();
    }

    private static <T> Optional<T> find(Key key, Map<Key, T> listed) {
        for (Key at = key; !at.isEmpty(); at = at.shorter()) {
            if (listed.containsKey(at)) {
                return Optional.of(listed.get(at));
            }
            if (!key.isHierarchical()) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean find(Key key, Set<Key> listed) {
        for (Key at = key; !at.isEmpty(); at = at.shorter()) {
            if (listed.contains(at)) {
                return true;
            }
            if (!key.isHierarchical()) {
                return false;
            }
        }
        return false;
    }

    private record Listed<T>(T meaning, boolean standsAlone) {}
}
