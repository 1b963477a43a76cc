package health.setpoint.card.explanation;

import health.setpoint.card.text.EvidenceLines;
import health.setpoint.card.text.Markdown;
import health.setpoint.card.text.ResultText;
import health.setpoint.card.text.Texts;
import health.setpoint.card.text.Wording;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Input;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.therapy.Course;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Why a card says what it says, sentence by sentence. */
final class ReasonText {

    private static final int NAMED_SYMPTOMS = 4;
    private static final Pattern BETWEEN_NAMES = Pattern.compile(", ");

    /** Rules of estradiol that can be used, to which symptoms belong. */
    static final Set<RuleId> BY_SYMPTOMS = EnumSet.range(RuleId.R_40, RuleId.R_60);

    /** Notes that the advice itself says in its first sentences. */
    static final Set<Note> SAID_BY_THE_ADVICE = EnumSet.of(
            Note.WITHHELD, Note.SAFETY_ONLY, Note.TESTOSTERONE_ENDED, Note.CONSIDER_STOPPING_OTHER_INHIBITOR);

    /** Context that stands behind the link only. */
    private static final Set<RuleId> BEHIND_THE_LINK = EnumSet.of(RuleId.R_62, RuleId.R_64, RuleId.R_65);

    private final Wording wording;
    private final CardValues values;
    private final ResultText results;
    private final List<Course> courses;

    ReasonText(Wording wording, CardValues values, List<Course> courses) {
        this.wording = wording;
        this.values = values;
        this.results = new ResultText(wording);
        this.courses = courses;
    }

    /**
     * A sentence that stands where there is room.
     *
     * @param rule whose it is; it is named where the sentence is left out
     * @param otherwise what is said in its place where there is room for that only
     */
    record Reason(Markdown text, Optional<RuleId> rule, Optional<Markdown> otherwise) {

        Reason(Markdown text, Optional<RuleId> rule) {
            this(text, rule, Optional.empty());
        }
    }

    /** What the rule of the card saw, with the limit that was passed; the calendar says that line by line. */
    Optional<Markdown> first(CardAdvice card) {
        return card.family() == Family.MONITORING
                ? Optional.empty()
                : Optional.of(texts().markdown(
                                Texts.name(card.primary().rule(), "because"), values.of(card, card.primary())));
    }

    /** The symptoms that belong to the result, and the other results that were looked at. */
    List<Reason> ofTheResult(CardAdvice card) {
        List<Reason> reasons = new ArrayList<>();
        if (BY_SYMPTOMS.contains(card.primary().rule())) {
            reasons.add(new Reason(symptoms(card), Optional.empty()));
        }
        if (card.family() == Family.TITRATION) {
            card.inputs().stream()
                    .filter(input -> input.decisive() && !isNamed(input, card))
                    .map(input -> ofTheInput(card, input))
                    .distinct()
                    .forEach(reasons::add);
        }
        return reasons;
    }

    /** What another rule says of testosterone stands in the place of the bare result, which it names. */
    private Reason ofTheInput(CardAdvice card, Input input) {
        Markdown result = Markdown.sentence(results.line(input));
        return Optional.of(input.result().analyte())
                .filter(Analyte.TESTOSTERONE::equals)
                .flatMap(testosterone -> sayingTestosterone(card))
                .map(finding -> new Reason(also(card, finding), Optional.of(finding.rule()), Optional.of(result)))
                .orElseGet(() -> new Reason(result, Optional.empty()));
    }

    private static Optional<Finding> sayingTestosterone(CardAdvice card) {
        return card.primary().seen().containsKey("testosterone")
                        || card.inputs().stream().noneMatch(ReasonText::isDecisiveTestosterone)
                ? Optional.empty()
                : card.findings().stream()
                        .skip(1)
                        .filter(finding -> finding.seen().containsKey("testosterone"))
                        .filter(finding -> !BEHIND_THE_LINK.contains(finding.rule()))
                        .findFirst();
    }

    private static boolean isDecisiveTestosterone(Input input) {
        return input.decisive() && input.result().analyte() == Analyte.TESTOSTERONE;
    }

    /** The rule's own sentence names value and day of what it rests on. */
    private boolean isNamed(Input input, CardAdvice card) {
        Map<String, String> seen = card.primary().seen();
        Analyte analyte = input.result().analyte();
        return analyte == Analyte.ESTRADIOL && (seen.containsKey("estradiol") || seen.containsKey("shown"))
                || analyte == Analyte.TESTOSTERONE && seen.containsKey("testosterone");
    }

    private Markdown symptoms(CardAdvice card) {
        Map<String, String> seen = card.primary().seen();
        if (card.notes().contains(Note.MIXED_PICTURE)) {
            return texts().markdown("symptoms_mixed", Map.of());
        }
        for (String which : List.of("symptoms", "few")) {
            if (seen.containsKey(which)) {
                return texts().markdown(
                                "symptoms_" + which,
                                Map.of("names", some(texts().vocabulary().words(seen.get(which)))));
            }
        }
        return seen.containsKey("unreadForms")
                ? texts().markdown(
                                "symptoms_unread",
                                Map.of("forms", texts().vocabulary().forms(seen.get("unreadForms"))))
                : texts().markdown(seen.containsKey("free") ? "symptoms_free" : "symptoms_none", Map.of());
    }

    /** A card has room for a few names; the page names all. */
    private String some(String names) {
        List<String> all = Arrays.asList(BETWEEN_NAMES.split(names));
        return all.size() <= NAMED_SYMPTOMS
                ? names
                : texts().plain(
                                "names_more",
                                Map.of(
                                        "names",
                                        String.join(", ", all.subList(0, NAMED_SYMPTOMS)),
                                        "more",
                                        all.size() - NAMED_SYMPTOMS));
    }

    /** What else fired, and for the calendar why its lines are due. */
    List<Reason> others(CardAdvice card) {
        List<Reason> reasons = new ArrayList<>();
        boolean monitoring = card.family() == Family.MONITORING;
        if (monitoring) {
            card.due()
                    .forEach(due -> reasons.add(new Reason(
                            texts().markdown(Texts.name(due.rule(), "because"), values.of(due)), Optional.empty())));
        } else {
            Optional<Finding> said = card.family() == Family.TITRATION ? sayingTestosterone(card) : Optional.empty();
            card.findings().stream()
                    .skip(1)
                    .filter(finding -> said.filter(finding::equals).isEmpty())
                    .filter(finding -> !BEHIND_THE_LINK.contains(finding.rule()) && !isMonitoring(finding.rule()))
                    .forEach(finding -> reasons.add(new Reason(also(card, finding), Optional.of(finding.rule()))));
        }
        return reasons;
    }

    /** What the text adds. */
    List<Reason> notes(CardAdvice card) {
        return told(card).stream()
                .map(note -> new Reason(note(note, ""), Optional.empty()))
                .toList();
    }

    private Markdown also(CardAdvice card, Finding finding) {
        Map<String, Object> seen = values.of(card, finding);
        return texts().ifAny(Texts.name(finding.rule(), "also"), seen)
                .orElseGet(() -> texts().markdown(Texts.name(finding.rule(), "because"), seen));
    }

    private static List<Note> told(CardAdvice card) {
        return card.notes().stream()
                .distinct()
                .filter(note -> !SAID_BY_THE_ADVICE.contains(note))
                .toList();
    }

    private Markdown note(Note note, String part) {
        return texts().markdown(noteText(note) + part, Map.of("p", wording.policy(), "drugs", byNameOnly()));
    }

    static String noteText(Note note) {
        return "note_" + note.name().toLowerCase(Locale.ROOT);
    }

    /** Drugs that were recognised by their name only. */
    private String byNameOnly() {
        String names = courses.stream()
                .filter(course -> course.matchedByText() && (course.isActive() || course.isDraft()))
                .map(Course::name)
                .filter(name -> !name.isBlank())
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? wording.words("drug_any") : names;
    }

    private static boolean isMonitoring(RuleId rule) {
        return rule.name().startsWith("M_");
    }

    // --- in full

    /** What the text about a rule that fired asks for: what it saw, why that matters, on what it rests. */
    Map<String, Object> explained(CardAdvice card, Finding finding, EvidenceLines evidence) {
        Map<String, Object> seen = values.of(card, finding);
        Map<String, Object> line = new HashMap<>();
        line.put("rule", finding.rule().id());
        line.put(
                "because",
                texts().ifAny(Texts.name(finding.rule(), "because"), seen).orElse(Markdown.NOTHING));
        line.put("more", texts().markdown(Texts.name(finding.rule(), "more"), seen));
        line.put("evidence", evidence.of(finding.rule()));
        return line;
    }

    /** What the text adds, at length. */
    List<Markdown> notesInFull(CardAdvice card) {
        return told(card).stream()
                .map(note -> note(note, texts().has(noteText(note) + "_more") ? "_more" : ""))
                .toList();
    }

    private Texts texts() {
        return wording.texts();
    }
}
