package health.setpoint.card;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Summary and detail of a card, both from templates. */
final class CardText {

    private static final int SUMMARY_LIMIT = 139;
    /** Cards that speak of a dose, and so carry the off-label and evidence line. */
    static final Set<AdviceKind> DOSE_KINDS =
            EnumSet.of(AdviceKind.START, AdviceKind.INCREASE, AdviceKind.REDUCE, AdviceKind.HOLD, AdviceKind.CONTINUE);

    /** Rules of estradiol that can be used, to which symptoms belong. */
    private static final Set<RuleId> BY_SYMPTOMS = EnumSet.range(RuleId.R_40, RuleId.R_60);

    /** Notes that the advice itself says in its first sentences. */
    static final Set<Note> SAID_BY_THE_ADVICE = EnumSet.of(
            Note.WITHHELD, Note.SAFETY_ONLY, Note.TESTOSTERONE_ENDED, Note.CONSIDER_STOPPING_OTHER_INHIBITOR);

    /** Rules whose reason names value and day of what they rest on. */
    private static final Set<RuleId> NAMING_THEIR_RESULT =
            EnumSet.of(RuleId.R_17, RuleId.R_18, RuleId.R_20, RuleId.R_22, RuleId.R_22B, RuleId.R_23);

    private final Wording wording;
    private final EvidenceLines evidence;
    private final OrderResources orders;
    private final SignOff signOff;
    private final SuggestionWriter suggestions;
    private final List<Gap> gaps;
    private final DoubtLines doubts;
    private final CardValues values;
    private final ResultText results;
    private final OptionText options;

    CardText(
            Wording wording,
            EvidenceLines evidence,
            SignOff signOff,
            OrderResources orders,
            SuggestionWriter suggestions,
            DoubtLines doubts,
            Advice advice) {
        this.wording = wording;
        this.evidence = evidence;
        this.signOff = signOff;
        this.orders = orders;
        this.doubts = doubts;
        this.suggestions = suggestions;
        this.gaps = advice.gaps();
        this.values = new CardValues(wording, advice);
        this.results = new ResultText(wording);
        this.options = new OptionText(wording, suggestions, values, advice);
    }

    /**
     * What is written on a card.
     *
     * @param summary one sentence of plain text, at most 139 UTF-16 units
     * @param detail GitHub-flavoured Markdown without raw HTML
     */
    record Written(String summary, String detail) {}

    /** Both texts of a card, with what it leaves to be done by hand. */
    Written of(CardAdvice card, List<String> byHand) {
        Map<String, Object> shared = values.shared(card);
        Map<String, Object> primary = values.of(shared, card.primary());
        return new Written(summary(card, primary), detail(card, shared, primary, byHand));
    }

    // --- summary

    private String summary(CardAdvice card, Map<String, Object> primary) {
        if (card.family() == CardAdvice.Family.MONITORING) {
            return shortened(monitoringSummary(card));
        }
        return shortened(texts().plain(name(card.primary().rule(), "summary"), primary));
    }

    private String monitoringSummary(CardAdvice card) {
        Due first = card.due().get(0);
        String summary = texts().plain(name(first.rule(), "summary"), values.of(first));
        int more = card.due().size() - 1;
        return more == 0 ? summary : texts().plain("monitoring_more", Map.of("summary", summary, "more", more));
    }

    /** Cut at a word, for values that no test could foresee. */
    private static String shortened(String summary) {
        if (summary.length() <= SUMMARY_LIMIT) {
            return summary;
        }
        String cut = summary.substring(0, SUMMARY_LIMIT - 1);
        return cut.substring(0, Math.max(cut.lastIndexOf(' '), SUMMARY_LIMIT / 2)) + "…";
    }

    // --- detail

    private String detail(
            CardAdvice card, Map<String, Object> shared, Map<String, Object> primary, List<String> byHand) {
        boolean monitoring = card.family() == CardAdvice.Family.MONITORING;
        Map<String, Object> blocks = new HashMap<>();
        blocks.put("advice", monitoring ? markdown("monitoring_advice") : advice(card, primary));
        blocks.put("concerns", Markdown.lines(concerns(card)));
        blocks.put("why", block("why", Markdown.bullets(monitoring ? calendar(card) : why(card, primary))));
        blocks.put("also", block("also", Markdown.bullets(also(card, shared))));
        blocks.put("unknowns", block("unknowns", Markdown.bullets(unknowns(card))));
        blocks.put("options", monitoring ? Markdown.NOTHING : block("options", Markdown.numbered(options.of(card))));
        blocks.put("byHand", block("by_hand", Markdown.bullets(Markdown.escaped(byHand))));
        blocks.put("sample", monitoring ? Markdown.NOTHING : sample(card));
        blocks.put("evidence", Markdown.paragraphs(evidence(card)));
        blocks.put("provenance", provenance(card));
        return texts().paragraphs("detail", blocks).text();
    }

    /** Lines under their heading; nothing where there are none. */
    private Markdown block(String name, Markdown lines) {
        return lines.isNothing() ? lines : texts().block("block_" + name, Map.of("lines", lines));
    }

    private Markdown advice(CardAdvice card, Map<String, Object> primary) {
        return texts().markdown(name(card.primary().rule(), "advice"), primary);
    }

    private List<Markdown> concerns(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>();
        card.draft()
                .ifPresent(draft ->
                        lines.add(texts().markdown("concerns_draft", Map.of("medication", suggestions.draft(draft)))));
        if (card.draftAgrees()) {
            lines.add(markdown("draft_agrees"));
        }
        return lines;
    }

    private List<Markdown> why(CardAdvice card, Map<String, Object> primary) {
        List<Markdown> lines = new ArrayList<>();
        lines.add(ruled(why(card.primary(), primary), card.primary().rule()));
        if (BY_SYMPTOMS.contains(card.primary().rule())) {
            symptoms(card, "symptoms").ifPresent(lines::add);
            symptoms(card, "few").ifPresent(lines::add);
        }
        if (!NAMING_THEIR_RESULT.contains(card.primary().rule())) {
            card.inputs().forEach(input -> lines.add(results.line(input)));
        }
        return lines;
    }

    private Optional<Markdown> symptoms(CardAdvice card, String which) {
        return Optional.ofNullable(card.primary().seen().get(which))
                .map(names -> texts().markdown("symptoms_" + which, Map.of("names", names)));
    }

    private Markdown why(Finding finding, Map<String, Object> values) {
        return texts().markdown(name(finding.rule(), "why"), values);
    }

    private List<Markdown> calendar(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>();
        for (Due due : card.due()) {
            Map<String, Object> line = values.of(due);
            Markdown text = new Markdown(texts().markdown(name(due.rule(), "why"), line)
                    + " "
                    + texts().markdown(name(due.rule(), "advice"), line));
            lines.add(ruled(text, due.rule()));
        }
        if (!card.later().isEmpty()) {
            lines.add(texts().markdown("monitoring_later", Map.of("lines", later(card))));
        }
        return lines;
    }

    /** What comes later, in one line of dates. */
    private String later(CardAdvice card) {
        return card.later().stream()
                .map(due -> texts().plain(
                                "monitoring_later_line",
                                Map.of(
                                        "labs", wording.labs(due.labs(), false),
                                        "when", wording.when(due.window()))))
                .collect(Collectors.joining("; "));
    }

    private List<Markdown> also(CardAdvice card, Map<String, Object> shared) {
        List<Markdown> lines = new ArrayList<>();
        for (Finding finding : card.findings().subList(1, card.findings().size())) {
            if (finding.rule() != RuleId.R_65 && !isMonitoring(finding.rule())) {
                Map<String, Object> seen = values.of(shared, finding);
                Markdown why = why(finding, seen);
                Markdown line = texts().ifAny(name(finding.rule(), "advice"), seen)
                        .map(advice -> new Markdown(why + " " + advice))
                        .orElse(why);
                lines.add(ruled(line, finding.rule()));
            }
        }
        Set<Note> notes = new LinkedHashSet<>(card.notes());
        notes.removeAll(SAID_BY_THE_ADVICE);
        notes.forEach(note ->
                lines.add(texts().markdown("note_" + lowerCase(note), Map.of("p", policy(), "drugs", byNameOnly()))));
        return lines;
    }

    /** Drugs that were recognised by their name only. */
    private String byNameOnly() {
        String names = orders.context().courses().stream()
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

    private Markdown ruled(Markdown text, RuleId rule) {
        return texts().markdown("why_line", Map.of("text", text, "rule", rule.id()));
    }

    private List<Markdown> unknowns(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>();
        card.unknowns().stream()
                .distinct()
                .forEach(unknown -> lines.add(texts().markdown(
                                "unknown_" + lowerCase(unknown),
                                Map.of(
                                        "days",
                                        policy().freshness().of(Analyte.TESTOSTERONE),
                                        "doubtful",
                                        doubts.isAbout(Analyte.TESTOSTERONE)))));
        lines.addAll(doubts.of(card));
        if (gaps.isEmpty()) {
            return lines;
        }
        for (Gap.Why why : Gap.Why.values()) {
            String parts = gaps.stream()
                    .filter(gap -> gap.why() == why)
                    .map(gap -> gap.data().words())
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!parts.isEmpty()) {
                lines.add(texts().markdown("gap_" + lowerCase(why), Map.of("parts", parts)));
            }
        }
        return lines;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    // --- recheck, evidence, provenance

    /** How the sample is drawn, where its hour or its method matters. */
    private Markdown sample(CardAdvice card) {
        return card.recheck()
                .filter(recheck -> Wording.asksForHormones(recheck.labs()))
                .map(recheck -> texts().markdown("sample", Map.of("draw", wording.draw(recheck))))
                .orElse(Markdown.NOTHING);
    }

    private List<Markdown> evidence(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>();
        boolean offersDose = card.options().stream()
                .anyMatch(option -> OfferedDose.of(option).isPresent());
        if (offersDose || DOSE_KINDS.contains(card.kind()) || card.restsOn(RuleId.R_65)) {
            lines.add(texts().markdown("evidence_dose", Map.of("text", markdown("R_65_why"))));
        }
        lines.add(
                card.family() == CardAdvice.Family.MONITORING
                        ? evidence.of(card.due().stream().map(Due::rule).toList())
                        : evidence.of(card.primary().rule()));
        return lines;
    }

    private Markdown provenance(CardAdvice card) {
        List<String> rules = card.rules().stream().map(RuleId::id).toList();
        return texts().markdown(
                        "provenance",
                        Map.of(
                                "rules",
                                texts().plain(
                                                rules.size() == 1 ? "rules_one" : "rules_many",
                                                Map.of("names", String.join(", ", rules))),
                                "signed",
                                texts().plain(signOff.text(), Map.of("names", Wording.enumerated(signOff.names()))),
                                "version",
                                policy().version(),
                                "hash",
                                policy().hash()));
    }

    private Policy policy() {
        return wording.policy();
    }

    private Texts texts() {
        return wording.texts();
    }

    private Markdown markdown(String name) {
        return texts().markdown(name, Map.of("p", policy()));
    }

    private static String name(RuleId rule, String part) {
        return rule.name() + "_" + part;
    }
}
