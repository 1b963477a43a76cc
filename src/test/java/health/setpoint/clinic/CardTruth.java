package health.setpoint.clinic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.State;
import health.setpoint.titration.therapy.Drug;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a card says that is not so of this man, or that two cards of one answer say in two ways. It reads the JSON of an
 * answer and the facts, and knows nothing of the rule that fired.
 */
final class CardTruth {

    /** What no card says. */
    private static final List<Pattern> NEVER = patterns(
            "for the reason named on this card",
            "no dose depends on it",
            "commissioning article of this service",
            "TRT titration rules",
            "suppressed:|rules suppressed",
            "\\bAI\\b",
            "\\bAIs\\b",
            "this service drafts",
            "tests named below");

    /** Words about drafts: only where something is drafted. */
    private static final List<Pattern> OF_DRAFTS =
            patterns("\\bdraft(s|ed)?\\b", "\\bonce signed\\b", "before signing", "in these orders");

    /** Words about anastrozole that runs. */
    private static final List<Pattern> OF_RUNNING_ANASTROZOLE = patterns(
            "on anastrozole\\b",
            "\\b(hold|reduce|raise|continue) anastrozole",
            "anastrozole is (active|raised)",
            "raising anastrozole",
            "more anastrozole",
            "increase of anastrozole",
            "the (present|running) dose",
            "keep the dose",
            "adherence, then",
            "tablets are taken as ordered");

    /** Words that speak of an inhibitor as of one that is there. */
    private static final List<Pattern> OF_AN_INHIBITOR =
            patterns("\\bthe (aromatase )?inhibitor\\b", "avoid or stop", "while on ");

    private static final List<Pattern> OF_RUNNING_TESTOSTERONE = patterns(
            "hold(ing)? (or reduce )?testosterone",
            "testosterone continues",
            "ng/dL on therapy\\b",
            "the running order");

    private static final List<Pattern> OF_TESTOSTERONE = patterns("next testosterone dose", "order raises estradiol");

    private static final Map<Drug, Pattern> NAMED = Map.of(
            Drug.LETROZOLE, pattern("letrozole"),
            Drug.EXEMESTANE, pattern("exemestane"),
            Drug.TAMOXIFEN, pattern("tamoxifen(?! for recent tender)"),
            Drug.RALOXIFENE, pattern("raloxifene"),
            Drug.CLOMIPHENE, pattern("clomiphene"),
            Drug.HCG, pattern("hCG(?! and liver)"),
            Drug.ESTROGEN,
                    pattern("\\b(an|the) estrogen\\b|\\bestrogen (with|cancels|on the)|because of.*\\bestrogen\\b"));

    private static final Pattern COUNTED = pattern("(symptoms that counted|too few symptoms to count): ([^\\n.(]+)");
    private static final Pattern NO_SYMPTOMS = pattern("without symptoms|\\bno symptoms\\b");
    private static final Pattern HIGH =
            pattern("high-estrogen (symptoms|ones)|pg/mL with symptoms|symptoms on both sides");
    private static final Pattern LOW = pattern("low-estrogen (symptoms on|signs|symptoms:)|symptoms on both sides");
    private static final Pattern INJECTION = pattern("the (last )?injection|injection peak");

    private static final Map<Pattern, Set<Diagnosis>> DIAGNOSES = Map.of(
            pattern("osteoporosis"), Set.of(Diagnosis.OSTEOPOROSIS),
            pattern("breast cancer (is )?on record"), Set.of(Diagnosis.BREAST_CANCER),
            pattern("prostate cancer (is )?on record"), Set.of(Diagnosis.PROSTATE_CANCER),
            pattern("ischemic heart disease is"), Set.of(Diagnosis.ISCHEMIC_HEART_DISEASE),
            pattern("myocardial infarction is"), Set.of(Diagnosis.MYOCARDIAL_INFARCTION),
            pattern("infertility"), Set.of(Diagnosis.INFERTILITY),
            pattern("cirrhosis"), Set.of(Diagnosis.CIRRHOSIS));

    private final Facts facts;
    private final List<ObjectNode> cards;
    private final List<String> faults = new ArrayList<>();

    private CardTruth(Facts facts, List<ObjectNode> cards) {
        this.facts = facts;
        this.cards = cards;
    }

    static List<String> faults(Facts facts, List<ObjectNode> cards) {
        CardTruth truth = new CardTruth(facts, cards);
        cards.forEach(truth::card);
        truth.oneOrderEach();
        truth.oneDateEach();
        return truth.faults;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    private static List<Pattern> patterns(String... regexes) {
        return Arrays.stream(regexes)
                .map(regex -> regex.contains("AI") ? Pattern.compile(regex) : pattern(regex))
                .toList();
    }

    // --- one card

    private void card(ObjectNode card) {
        String text = card.path("summary").asText() + "\n" + card.path("detail").asText();
        says(text, NEVER, false, "is never written");
        says(
                text,
                OF_DRAFTS,
                any(course -> course.isDraft() || course.state() == State.DRAFT_STOP),
                "nothing is drafted");
        says(text, OF_RUNNING_ANASTROZOLE, runs(Drug.ANASTROZOLE), "anastrozole does not run");
        says(
                text,
                OF_AN_INHIBITOR,
                any(course -> course.drug().isAromataseInhibitor() && stands(course)),
                "no inhibitor");
        says(text, OF_RUNNING_TESTOSTERONE, runs(Drug.TESTOSTERONE), "testosterone does not run");
        says(text, OF_TESTOSTERONE, runs(Drug.TESTOSTERONE) || drafted(Drug.TESTOSTERONE), "no testosterone");
        says(text, patterns("no anastrozole for now"), !runs(Drug.ANASTROZOLE), "anastrozole runs");
        NAMED.forEach((drug, named) -> says(text, List.of(named), any(course -> course.drug() == drug), "no " + drug));
        says(text, patterns("\\bhold letrozole"), runs(Drug.LETROZOLE), "letrozole does not run");
        says(text, patterns("\\bhold exemestane"), runs(Drug.EXEMESTANE), "exemestane does not run");
        symptoms(text);
        says(
                text,
                List.of(INJECTION),
                any(CardTruth::isInjected) || !facts.injections().isEmpty(),
                "no injection");
        DIAGNOSES.forEach((named, diagnoses) ->
                says(text, List.of(named), diagnoses.stream().anyMatch(this::has), "no such diagnosis"));
        activeOrDrafted(text);
        duplicates(card, text);
    }

    private void says(String text, List<Pattern> patterns, boolean allowed, String why) {
        if (allowed) {
            return;
        }
        for (Pattern pattern : patterns) {
            Matcher found = pattern.matcher(text);
            if (found.find()) {
                faults.add("'" + found.group() + "', but " + why + ": " + sentence(text, found.start()));
            }
        }
    }

    private static String sentence(String text, int at) {
        int from = Math.max(text.lastIndexOf('\n', at), 0);
        int to = text.indexOf('\n', at);
        return text.substring(from, to < 0 ? text.length() : to).strip();
    }

    private void symptoms(String text) {
        Matcher counted = COUNTED.matcher(text);
        while (counted.find()) {
            for (String name : counted.group(2).split(", ")) {
                Symptom symptom =
                        Symptom.valueOf(name.strip().toUpperCase(Locale.ROOT).replace(' ', '_'));
                if (facts.symptoms().stream().noneMatch(report -> report.symptom() == symptom)) {
                    faults.add("a symptom that is not on record: " + symptom);
                }
            }
        }
        says(text, List.of(NO_SYMPTOMS), facts.symptoms().isEmpty(), "symptoms are on record");
        says(text, List.of(HIGH), hasSymptomOf(Symptom.Side.HIGH), "no symptom of high estradiol is on record");
        says(text, List.of(LOW), hasSymptomOf(Symptom.Side.LOW), "no symptom of low estradiol is on record");
        boolean gynecomastia = facts.symptoms().stream().anyMatch(report -> report.symptom() == Symptom.GYNECOMASTIA);
        says(text, patterns("gynecomastia"), gynecomastia, "no gynecomastia is on record");
    }

    private boolean hasSymptomOf(Symptom.Side side) {
        return facts.symptoms().stream()
                .map(report -> report.symptom().side())
                .anyMatch(of -> of == side || of == Symptom.Side.SHARED);
    }

    /** {@code letrozole is active}, {@code anastrozole and letrozole are drafted}. */
    private void activeOrDrafted(String text) {
        for (Drug drug : Drug.values()) {
            String name = drug == Drug.HCG ? "hCG" : drug.name().toLowerCase(Locale.ROOT);
            if (pattern("\\b" + name + "( and \\w+)? (is|are) active")
                            .matcher(text)
                            .find()
                    && !runs(drug)) {
                faults.add(drug + " is said to be active");
            }
            if (pattern("\\b" + name + "( and \\w+)? (is|are) drafted")
                            .matcher(text)
                            .find()
                    && !drafted(drug)) {
                faults.add(drug + " is said to be drafted");
            }
        }
    }

    /** A card about several inhibitors names each order that stands, with its dose. */
    private void duplicates(ObjectNode card, String text) {
        if (!text.contains("keep one")) {
            return;
        }
        for (Course course : facts.courses()) {
            if (course.drug().isAromataseInhibitor() && (course.isDraft() || (course.isOrder() && course.isActive()))) {
                boolean replaced = facts.courses().stream()
                        .anyMatch(draft -> draft.isDraft()
                                && draft != course
                                && (draft.reference().equals(course.reference())
                                        || draft.replaces()
                                                .filter(course.reference()::equals)
                                                .isPresent()));
                String dose = course.dosage() instanceof health.setpoint.titration.therapy.Dosage.Weekly weekly
                        ? weekly.dose() + " mg a week"
                        : "";
                if (!replaced
                        && !text.contains(course.drug().name().toLowerCase(Locale.ROOT) + " " + dose)
                        && any(stop -> stop.state() == State.DRAFT_STOP) == false) {
                    faults.add("a duplicate does not name " + course.drug() + " " + dose + ": "
                            + card.path("detail").asText());
                }
            }
        }
    }

    // --- what the facts hold

    private boolean any(Predicate<Course> matches) {
        return facts.courses().stream().anyMatch(matches);
    }

    private static boolean stands(Course course) {
        return course.state() != State.ENDED;
    }

    /** Active, the subject of a draft that stops it, or ended these days and drafted again. */
    private boolean runs(Drug drug) {
        return any(course -> course.drug() == drug
                && (course.isActive() || course.state() == State.DRAFT_STOP || (endedLately(course) && drafted(drug))));
    }

    private boolean endedLately(Course course) {
        return course.state() == State.ENDED
                && course.end()
                        .filter(end -> !end.isBefore(facts.today().minusDays(7)))
                        .isPresent();
    }

    private boolean drafted(Drug drug) {
        return any(course -> course.drug() == drug && course.isDraft());
    }

    private static boolean isInjected(Course course) {
        return course.drug() == Drug.TESTOSTERONE
                && stands(course)
                && (course.route().isInjection() || course.formulation().hasInjectionPeak());
    }

    private boolean has(Diagnosis diagnosis) {
        boolean brittle = diagnosis == Diagnosis.OSTEOPOROSIS
                && facts.labs().stream()
                        .filter(result -> result.analyte() == Analyte.DXA_T_SCORE)
                        .anyMatch(CardTruth::isOsteoporotic);
        return brittle || facts.conditions().stream().anyMatch(condition -> condition.diagnosis() == diagnosis);
    }

    private static boolean isOsteoporotic(LabResult score) {
        return score.reading() instanceof Reading.Measured measured
                && measured.amount().compareTo(new BigDecimal("-2.5")) <= 0;
    }

    // --- the answer as a whole

    /** No test is ordered by two cards. */
    private void oneOrderEach() {
        Map<String, Integer> orderedBy = new HashMap<>();
        for (int place = 0; place < cards.size(); place++) {
            for (JsonNode action : cards.get(place).findValues("resource")) {
                if (action.path("resourceType").asText().equals("ServiceRequest")) {
                    String code = test(action);
                    Integer before = orderedBy.putIfAbsent(code, place);
                    if (before != null && before != place) {
                        faults.add(code + " is ordered by two cards: "
                                + cards.get(before).path("summary").asText() + " and "
                                + cards.get(place).path("summary").asText());
                    }
                }
            }
        }
    }

    private static String test(JsonNode request) {
        String text = request.at("/code/text").asText();
        return text.replace(" (LC-MS/MS)", "");
    }

    /** No two cards, and no two lines, give two dates for one test. */
    private void oneDateEach() {
        Map<String, Map<String, String>> dates = new TreeMap<>();
        for (ObjectNode card : cards) {
            JsonNode advice = card.at("/extension/health.setpoint.advice");
            String summary = card.path("summary").asText();
            dated(advice.path("recheck"), summary, dates);
            advice.path("due").forEach(line -> dated(line, summary, dates));
            advice.path("later").forEach(line -> dated(line, summary, dates));
        }
        dates.forEach((test, windows) -> {
            if (windows.size() > 1) {
                faults.add(test + " has several dates: " + windows);
            }
        });
    }

    private static void dated(JsonNode line, String summary, Map<String, Map<String, String>> dates) {
        String window = line.path("from").asText() + ".." + line.path("to").asText();
        line.path("labs").forEach(test -> dates.computeIfAbsent(test.asText(), key -> new TreeMap<>())
                .put(window, summary));
    }
}
