package health.setpoint.card.explanation;

import health.setpoint.card.suggestion.SuggestionWriter;
import health.setpoint.card.text.CardDetail;
import health.setpoint.card.text.DrugWords;
import health.setpoint.card.text.EvidenceLines;
import health.setpoint.card.text.Markdown;
import health.setpoint.card.text.Texts;
import health.setpoint.card.text.Wording;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.policy.Policy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Summary and detail of a card, both from templates: what to do, because, not known, options, one small line. */
public final class CardText {

    /** Words of a titration card, without its small line and its link. */
    public static final int TITRATION_WORDS = 120;
    /** Words of a safety or monitoring card. */
    public static final int OTHER_WORDS = 60;

    /** Its reason names every order that stands, the drafted ones too. */
    private static final RuleId NAMING_ITS_DRAFTS = RuleId.R_10;

    private static final int SUMMARY_LIMIT = 139;
    /** For the words that head a block, and for what names the rules that are left out. */
    private static final int TITRATION_HEADINGS = 7;

    private static final int OTHER_HEADINGS = 6;

    /** Cards that speak of a dose, and so say off-label and on what that rests. */
    static final Set<AdviceKind> DOSE_KINDS =
            EnumSet.of(AdviceKind.START, AdviceKind.INCREASE, AdviceKind.REDUCE, AdviceKind.HOLD, AdviceKind.CONTINUE);

    private final Wording wording;
    private final EvidenceLines evidence;
    private final String signed;
    private final SuggestionWriter suggestions;
    private final CardValues values;
    private final ReasonText reasons;
    private final UnknownText unknowns;
    private final OptionText options;
    private final boolean full;

    public CardText(
            Wording wording,
            DrugWords drugs,
            EvidenceLines evidence,
            String signed,
            SuggestionWriter suggestions,
            Advice advice) {
        this.wording = wording;
        this.evidence = evidence;
        this.signed = signed;
        this.suggestions = suggestions;
        this.values = new CardValues(wording, drugs, advice);
        this.reasons = new ReasonText(wording, values, suggestions.context().courses());
        this.unknowns = new UnknownText(wording, advice);
        this.options = new OptionText(wording, suggestions, values, advice);
        this.full = suggestions.context().style().detail() == CardDetail.FULL;
    }

    /**
     * What is written on a card.
     *
     * @param summary one sentence of plain text, at most 139 UTF-16 units
     * @param detail GitHub-flavoured Markdown without raw HTML
     */
    public record Written(String summary, String detail) {}

    /** Both texts of a card, with what it leaves to be done by hand. */
    public Written of(CardAdvice card, List<String> byHand) {
        return new Written(shortened(summary(card)), detail(card, byHand));
    }

    private String summary(CardAdvice card) {
        if (card.family() != Family.MONITORING) {
            return texts().plain(Texts.name(card.primary().rule(), "summary"), values.of(card, card.primary()));
        }
        Due first = card.due().get(0);
        String summary = texts().plain(Texts.name(first.rule(), "summary"), values.of(first));
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

    private String detail(CardAdvice card, List<String> byHand) {
        boolean monitoring = card.family() == Family.MONITORING;
        Map<String, Object> blocks = new HashMap<>();
        Markdown advice = monitoring ? due(card) : advice(card);
        Markdown open = monitoring ? Markdown.NOTHING : Markdown.numbered(options.of(card));
        Markdown left = block(
                "by_hand",
                Markdown.sentences(Markdown.escaped(byHand.stream().distinct().toList())));
        int most =
                card.family() == Family.TITRATION ? TITRATION_WORDS - TITRATION_HEADINGS : OTHER_WORDS - OTHER_HEADINGS;
        Shown shown =
                new Shown(most - Markdown.sentences(List.of(advice, open, left)).words());
        reasons.first(card).ifPresent(shown.because::add);
        shown.unknown.addAll(unknowns.withholding(card));
        unknowns.missing(card).forEach(shown::mayBeUnknown);
        draft(card).ifPresent(shown::mayBeAdvice);
        reasons.ofTheResult(card).forEach(shown::mayBecause);
        reasons.others(card).forEach(shown::mayBecause);
        unknowns.wished(card).forEach(shown::mayBeUnknown);
        reasons.notes(card).forEach(shown::mayBecause);
        shown.advice.add(0, advice);
        blocks.put("advice", Markdown.sentences(shown.advice));
        blocks.put("options", open);
        blocks.put("byHand", left);
        blocks.put("because", block("because", Markdown.sentences(shown.reasons(texts()))));
        blocks.put("unknowns", block("unknowns", Markdown.enumerated(shown.unknown)));
        blocks.put("fine", fine(card));
        blocks.put("explanation", full ? explanation(card) : Markdown.NOTHING);
        return texts().paragraphs("detail", blocks).text();
    }

    /** What there is room for beside what must stand; what stands takes its words whether or not there is room. */
    private static final class Shown {

        private final int room;
        private final List<Markdown> advice = new ArrayList<>();
        private final List<Markdown> because = new ArrayList<>();
        private final List<Markdown> unknown = new ArrayList<>();
        private final List<String> leftOut = new ArrayList<>();

        Shown(int room) {
            this.room = room;
        }

        private boolean takes(Markdown text, List<Markdown> into) {
            int taken = words(advice) + words(because) + words(unknown);
            return taken + text.words() <= room && into.add(text);
        }

        private static int words(List<Markdown> texts) {
            int words = 0;
            for (Markdown text : texts) {
                words += text.words();
            }
            return words;
        }

        void mayBeAdvice(Markdown sentence) {
            takes(sentence, advice);
        }

        void mayBecause(ReasonText.Reason reason) {
            if (!takes(reason.text(), because)) {
                reason.rule().map(RuleId::id).ifPresent(leftOut::add);
                reason.otherwise().ifPresent(shorter -> takes(shorter, because));
            }
        }

        void mayBeUnknown(Markdown item) {
            takes(item, unknown);
        }

        /** Rules whose sentence had no room are named, so that who reads knows to ask. */
        List<Markdown> reasons(Texts texts) {
            List<Markdown> all = new ArrayList<>(because);
            if (!leftOut.isEmpty()) {
                all.add(texts.markdown("block_left_out", Map.of("lines", String.join(", ", leftOut))));
            }
            return all;
        }
    }

    /** Lines under their heading; nothing where there are none. */
    private Markdown block(String name, Markdown lines) {
        return lines.isNothing() ? lines : texts().markdown("block_" + name, Map.of("lines", lines));
    }

    private Markdown advice(CardAdvice card) {
        return texts().markdown(Texts.name(card.primary().rule(), "advice"), values.of(card, card.primary()));
    }

    /** The draft that the card speaks of. */
    private Optional<Markdown> draft(CardAdvice card) {
        return card.draft()
                .filter(draft -> card.primary().rule() != NAMING_ITS_DRAFTS)
                .map(draft -> texts().markdown(
                                "draft",
                                Map.of("medication", suggestions.shortDraft(draft), "agrees", card.draftAgrees())));
    }

    /** What is due, the most pressing first, and in one line what comes later. */
    private Markdown due(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>();
        lines.add(block("due", calendar(card.due())));
        lines.add(block("later", calendar(card.later())));
        return Markdown.lines(lines.stream().filter(line -> !line.isNothing()).toList());
    }

    private Markdown calendar(List<Due> calendar) {
        return Markdown.enumerated(calendar.stream()
                .map(due -> texts().markdown(
                                "monitoring_line",
                                Map.of(
                                        "labs", wording.shortLabs(due.labs(), false),
                                        "due", wording.dueBriefly(due.window()))))
                .toList());
    }

    /** Off-label and evidence in a dozen words, rules, knowledge, and who signed it. */
    private Markdown fine(CardAdvice card) {
        List<String> rules = card.rules().stream().map(RuleId::id).toList();
        String grades = evidence.grades(card.primary().rule());
        Map<String, Object> line = new HashMap<>();
        line.put("dose", speaksOfADose(card));
        line.put("rules", String.join(", ", rules));
        line.put("graded", !grades.isEmpty());
        line.put("grades", grades);
        line.put("version", policy().version());
        line.put("hash", policy().hash());
        line.put("signed", signed);
        return texts().markdown("fine", line);
    }

    private static boolean speaksOfADose(CardAdvice card) {
        return DOSE_KINDS.contains(card.kind())
                || card.restsOn(RuleId.R_65)
                || card.options().stream().anyMatch(option -> option.ordered().isPresent());
    }

    // --- what stands behind the link

    /** A card at length. */
    public ExplainedCard explained(CardAdvice card) {
        List<Markdown> unknown = new ArrayList<>(unknowns.withholding(card));
        unknown.addAll(unknowns.missing(card));
        unknown.addAll(unknowns.wished(card));
        return new ExplainedCard(
                summary(card),
                card.findings().stream()
                        .map(finding -> {
                            Map<String, Object> line = reasons.explained(card, finding, evidence);
                            return new ExplainedCard.FiredRule(
                                    finding.rule(),
                                    line.get("because").toString(),
                                    line.get("more").toString());
                        })
                        .toList(),
                texts(reasons.notesInFull(card)),
                texts(unknown),
                card.family() == Family.MONITORING ? List.of() : texts(options.of(card)));
    }

    private static List<String> texts(List<Markdown> lines) {
        return lines.stream().map(Markdown::text).toList();
    }

    private Markdown explanation(CardAdvice card) {
        List<Markdown> fired = new ArrayList<>();
        for (Finding finding : card.findings()) {
            fired.add(texts().markdown("fired", reasons.explained(card, finding, evidence)));
        }
        return texts().paragraphs(
                        "full",
                        Map.of(
                                "fired", Markdown.bullets(fired),
                                "also", Markdown.bullets(reasons.notesInFull(card)),
                                "sample", sample(card)));
    }

    /** How the sample is drawn, where its hour or its method matters. */
    private Markdown sample(CardAdvice card) {
        return card.recheck()
                .filter(recheck -> Wording.asksForHormones(recheck.labs()))
                .map(recheck -> texts().markdown("sample", Map.of("draw", wording.draw(recheck))))
                .orElse(Markdown.NOTHING);
    }

    private Policy policy() {
        return wording.policy();
    }

    private Texts texts() {
        return wording.texts();
    }
}
