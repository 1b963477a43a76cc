package health.setpoint.card.explanation;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardSamples;
import health.setpoint.card.json.CardCodes;
import health.setpoint.card.json.JsonNodes;
import health.setpoint.card.suggestion.CardContext;
import health.setpoint.card.suggestion.CardStyle;
import health.setpoint.card.text.CardDetail;
import health.setpoint.card.text.Markdown;
import health.setpoint.card.text.Texts;
import health.setpoint.conformance.CdsHooksConformance;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Reason;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Unknown;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CardTextTest {

    /** are silent; the context rules annotate only. */
    private static final Set<RuleId> WITHOUT_CARD =
            EnumSet.of(RuleId.R_02, RuleId.R_08, RuleId.R_62, RuleId.R_64, RuleId.R_65);

    private static final Due DUE = new Due(
            RuleId.M_3,
            new Window(CardSamples.TODAY.minusDays(20), CardSamples.TODAY.minusDays(6)),
            List.of(LabTest.TESTOSTERONE, LabTest.ESTRADIOL));

    @TestFactory
    Stream<DynamicTest> everyRuleWritesACardInEveryKindOfAdvice() {
        return Stream.of(RuleId.values())
                .filter(rule -> !WITHOUT_CARD.contains(rule))
                .filter(rule -> !rule.name().startsWith("M_"))
                .flatMap(rule -> Stream.of(AdviceKind.values())
                        .filter(kind -> kind != AdviceKind.MONITOR)
                        .map(kind -> DynamicTest.dynamicTest(
                                rule + " as " + kind.word(),
                                () -> assertIsGood(CardSamples.write(sample(rule, kind))))));
    }

    @TestFactory
    Stream<DynamicTest> everyMonitoringRuleWritesACard() {
        return Stream.of(RuleId.values())
                .filter(rule -> rule.name().startsWith("M_"))
                .map(rule -> DynamicTest.dynamicTest(rule.id(), () -> {
                    Due own = new Due(rule, DUE.window(), List.of(LabTest.TESTOSTERONE, LabTest.ESTRADIOL));
                    ObjectNode card = CardSamples.write(CardSamples.card(rule, AdviceKind.MONITOR)
                            .of(Family.MONITORING)
                            .at(Indicator.INFO)
                            .withoutRecheck()
                            .due(
                                    own,
                                    DUE,
                                    DUE,
                                    new Due(RuleId.M_8, Window.on(CardSamples.TODAY), List.of(LabTest.LIPIDS)))
                            .build());
                    assertIsGood(card);
                    assertTrue(card.path("summary").asText().endsWith("(+3 more)"), card::toString);
                    assertTrue(card.path("detail").asText().contains("overdue since 2026-02-24"), card::toString);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleCanAnnotateACard() {
        return Stream.of(RuleId.values())
                .filter(rule -> rule != RuleId.R_02 && rule != RuleId.R_08)
                .filter(rule -> !rule.name().startsWith("M_"))
                .map(rule -> DynamicTest.dynamicTest(
                        rule.id(),
                        () -> assertIsGood(CardSamples.write(CardSamples.card(RuleId.R_42, AdviceKind.CONTINUE, rule)
                                .current("1")
                                .proposing("1")
                                .build()))));
    }

    private static CardAdvice sample(RuleId rule, AdviceKind kind) {
        CardSamples.Builder card = CardSamples.card(rule, kind, RuleId.R_62, RuleId.R_64, RuleId.R_65)
                .noting(Note.values())
                .missing(Unknown.values())
                .current("1.75")
                .on(CardSamples.DRAFT, true);
        card = switch (kind) {
            case START ->
                card.proposing("1").offering(new Option.Start(CardSamples.TWICE), new Option.WatchAndRecheck());
            case INCREASE ->
                card.proposing("2")
                        .offering(
                                new Option.CheckAdherence(),
                                new Option.Increase(WeeklyDose.of("1.75"), CardSamples.HIGHEST),
                                new Option.ReviewTestosterone());
            case REDUCE ->
                card.proposing("1.5")
                        .offering(
                                new Option.Reduce(WeeklyDose.of("1.75"), CardSamples.THRICE),
                                new Option.Hold(),
                                new Option.KeepAndRecheck());
            case HOLD -> card.proposing("0").offering(new Option.Hold(), new Option.KeepAndRecheck());
            case CONTINUE -> card.proposing("1.75").offering(new Option.KeepAndRecheck());
            default ->
                card.offering(
                        new Option.RemoveDraft(),
                        new Option.OrderTests(),
                        new Option.HoldUntilRepeat(),
                        new Option.KeepOneInhibitor(),
                        new Option.SignDraft());
        };
        return card.build();
    }

    private static void assertIsGood(ObjectNode card) {
        ObjectNode answer = JsonNodes.object();
        answer.putArray("cards").add(card);
        String summary = card.path("summary").asText();
        String detail = card.path("detail").asText();
        String texts = summary + "\n" + detail;
        assertAll(
                () -> assertEquals(List.of(), CdsHooksConformance.ofResponse(answer, "order-sign")),
                () -> assertFalse(summary.endsWith("…"), "the summary had to be cut: " + summary),
                () -> assertFalse(texts.contains("!"), "an exclamation mark: " + texts),
                () -> assertFalse(texts.matches("(?s).*\\bnull\\b.*"), texts),
                () -> assertFalse(texts.contains("NOT_FOUND") || texts.contains("{"), texts),
                () -> assertFalse(texts.contains(CardSamples.PATIENT), texts),
                () -> assertFalse(texts.matches("(?s).*(  | [,.;]|[^0-9]\\.\\.).*"), "a gap in a sentence: " + texts),
                () -> assertTrue(detail.contains("not signed by a clinician"), detail),
                () -> assertTrue(detail.contains(CardSamples.KNOWLEDGE.hash()), detail));
    }

    @Test
    void aDoseCardSaysOffLabelItsEvidenceAndThatNothingMayBeChanged() {
        for (AdviceKind kind : List.of(
                AdviceKind.START, AdviceKind.INCREASE, AdviceKind.REDUCE, AdviceKind.HOLD, AdviceKind.CONTINUE)) {
            RuleId rule =
                    switch (kind) {
                        case START -> RuleId.R_54;
                        case INCREASE -> RuleId.R_46;
                        case CONTINUE -> RuleId.R_42;
                        default -> RuleId.R_41;
                    };
            String detail = CardSamples.write(sample(rule, kind)).path("detail").asText();
            assertTrue(detail.contains("Off-label."), detail);
            assertTrue(detail.contains("one series of 44 men"), detail);
            assertTrue(detail.contains("(evidence "), detail);
            assertTrue(detail.contains("No change; ") || detail.contains("No anastrozole for now; "), detail);
        }
    }

    @Test
    void aDoseCardWhoseOptionsLackNoChangeGetsIt() {
        String detail = CardSamples.write(CardSamples.card(RuleId.R_41, AdviceKind.REDUCE)
                        .proposing("1")
                        .offering(new Option.Reduce(WeeklyDose.of("1.5"), CardSamples.TWICE), new Option.Hold())
                        .build())
                .path("detail")
                .asText();
        assertTrue(detail.contains("3. No change; same tests about 2026-03-16"), detail);
    }

    @Test
    void theSummariesAreThoseOfTheRules() {
        assertEquals(
                "E2 72 pg/mL on anastrozole: check adherence, then 1 mg twice weekly is an option (off-label)",
                summary(RuleId.R_46, AdviceKind.INCREASE, "72", Reason.HIGH));
        assertEquals(
                "E2 15 pg/mL with low-estrogen signs: hold anastrozole",
                summary(RuleId.R_40, AdviceKind.HOLD, "15", Reason.SYMPTOMS));
        assertEquals(
                "E2 <5 pg/mL, below the limit of the assay: hold anastrozole",
                summary(RuleId.R_40, AdviceKind.HOLD, "<5", Reason.ASSAY));
        assertEquals(
                "E2 8 pg/mL, very low: hold anastrozole", summary(RuleId.R_40, AdviceKind.HOLD, "8", Reason.SEVERE));
        assertEquals(
                "E2 15 pg/mL below 20: reduce anastrozole to 0.5 mg three times weekly (off-label)",
                summary(RuleId.R_41, AdviceKind.REDUCE, "15"));
        assertEquals("E2 30 pg/mL in range 20-40: continue", summary(RuleId.R_42, AdviceKind.CONTINUE, "30"));
        assertEquals(
                "E2 50 pg/mL with symptoms: anastrozole 0.5 mg twice weekly is an option (off-label)",
                summary(RuleId.R_54, AdviceKind.START, "50"));
        assertEquals(
                "E2 50 pg/mL with symptoms: a start of anastrozole is withheld",
                summary(RuleId.R_54, AdviceKind.SAFETY, "50"));
        assertEquals(
                "E2 95 pg/mL (>= 90), symptoms on both sides: review testosterone; 0.5 mg twice weekly is an option (off-label)",
                summary(RuleId.R_56, AdviceKind.START, "95"));
    }

    private static String summary(RuleId rule, AdviceKind kind, String estradiol) {
        return summary(kind, new Finding(rule, Indicator.INFO, seen(estradiol)));
    }

    private static String summary(RuleId rule, AdviceKind kind, String estradiol, Reason reason) {
        return summary(kind, new Finding(rule, Indicator.INFO, seen(estradiol)).because(reason));
    }

    private static Map<String, String> seen(String estradiol) {
        return Map.of("estradiol", estradiol, "drawn", "2026-02-27");
    }

    private static String summary(AdviceKind kind, Finding finding) {
        CardAdvice sample = sample(finding.rule(), kind);
        return CardSamples.write(new CardAdvice(
                        sample.family(),
                        sample.indicator(),
                        kind,
                        List.of(finding),
                        sample.currentDose(),
                        sample.proposedDose(),
                        sample.recheck(),
                        sample.options(),
                        List.of(),
                        List.of(),
                        List.of(),
                        sample.inputs(),
                        sample.notes(),
                        sample.unknowns(),
                        sample.withheld(),
                        sample.draft(),
                        true))
                .path("summary")
                .asText();
    }

    @Test
    void aResultInAnotherUnitIsShownAsReportedAndAsCompared() {
        String detail = CardSamples.write(sample(RuleId.R_55, AdviceKind.START))
                .path("detail")
                .asText();
        assertTrue(detail.contains("Estradiol 264 pmol/L = 71.9 pg/mL (2026-02-27, method not stated)"), detail);
        String same = CardSamples.write(CardSamples.card(RuleId.R_55, AdviceKind.WATCH)
                        .inputs(CardSamples.estradiol("72.0", CardSamples.PG_PER_ML))
                        .build())
                .path("detail")
                .asText();
        assertTrue(same.contains("Estradiol 72.0 pg/mL (2026-02-27"), same);
    }

    @Test
    void whatIsMissingIsNamed() {
        Advice advice = CardSamples.advice(
                sample(RuleId.R_46, AdviceKind.INCREASE),
                List.of(
                        new Gap(Gap.Part.ALLERGIES, Gap.Why.NOT_SENT),
                        new Gap(Gap.Part.MEDICATION_DISPENSES, Gap.Why.NOT_SENT),
                        new Gap(Gap.Part.LABS, Gap.Why.PARTIAL),
                        new Gap(Gap.Part.CONDITIONS, Gap.Why.FAILED)),
                true);
        String detail = CardSamples.WRITER
                .write(advice, CardSamples.context())
                .get(0)
                .json()
                .path("detail")
                .asText();
        assertTrue(detail.contains("not sent: allergies, dispenses"), detail);
        assertTrue(detail.contains("first pages only: laboratory results"), detail);
        assertTrue(detail.contains("failed to load: conditions"), detail);
        assertTrue(
                detail.contains("**Not known:** ") && detail.contains("testosterone (no usable result of 90 days)"),
                detail);
    }

    @Test
    void aCardInFullSaysBelowALineWhyEachRuleFiredAndOnWhatItRests() {
        var advice = CardSamples.advice(sample(RuleId.R_55, AdviceKind.START), List.of(), true);
        var usual = CardSamples.context();
        var full = new CardContext(
                usual.hook(),
                usual.client(),
                usual.hookInstance(),
                usual.patientId(),
                usual.userId(),
                usual.today(),
                usual.orders(),
                usual.courses(),
                CardStyle.STANDARD.with(CardDetail.FULL));
        String shortly = detail(advice, usual);
        String inFull = detail(advice, full);
        assertTrue(inFull.startsWith(shortly + "\n\n---\n\n"), inFull);
        assertTrue(inFull.contains("- **R-55** Estradiol 264 pmol/L = 71.9 pg/mL"), inFull);
        assertTrue(inFull.contains("Benefit has not been shown in a randomised trial. Evidence grade C"), inFull);
        assertTrue(inFull.contains("- **R-62** Testosterone/estradiol ratio 27.1"), inFull);
        assertTrue(inFull.contains("This supports your decision and does not replace it."), inFull);
    }

    private static String detail(Advice advice, CardContext context) {
        return CardSamples.WRITER
                .write(advice, context)
                .get(0)
                .json()
                .path("detail")
                .asText();
    }

    @Test
    void dataOfTheRecordCannotBecomeMarkUp() {
        ObjectNode draft = CardSamples.draft();
        draft.putObject("medicationCodeableConcept")
                .put("text", "<script>alert(1)</script> **anastrozole** [x](javascript:y) | `z` www.evil.example");
        String detail = CardSamples.write(
                        CardSamples.card(RuleId.R_55, AdviceKind.WATCH)
                                .on(CardSamples.DRAFT, false)
                                .build(),
                        CardSamples.context(java.util.Map.of(CardSamples.DRAFT, draft)),
                        true)
                .path("detail")
                .asText();
        assertTrue(detail.contains("\\<script>alert(1)\\</script> \\*\\*anastrozole\\*\\* \\[x\\](javascript"), detail);
        assertFalse(detail.contains(" <script>"), detail);
    }

    @Test
    void numbersAreNotSpoiltByEscaping() {
        assertEquals(
                "<5 pg/mL, >=90, 0.5-1 mg (T-score -1.8)", Markdown.escape("<5 pg/mL, >=90, 0.5-1 mg (T-score -1.8)"));
        assertEquals("\\<b>x", Markdown.escape("<b>x"));
        assertEquals("one line", Markdown.escape("one\n\nline"));
        assertEquals("www\\.evil.example", Markdown.escape("www.evil.example"));
        assertEquals("\\# x", Markdown.escape("# x"));
    }

    @Test
    void everyRuleHasATopicAndNoTextIsLeftOver() {
        Texts texts = Texts.load();
        CardCodes book = CardCodes.load();
        List<String> faults = new ArrayList<>();
        for (RuleId rule : RuleId.values()) {
            if (!WITHOUT_CARD.contains(rule)) {
                if (!book.hasTopic(rule)) {
                    faults.add("no topic: " + rule);
                }
                for (String part : List.of("summary", "because", "more")) {
                    if (!texts.has(rule.name() + "_" + part)) {
                        faults.add("no " + part + ": " + rule);
                    }
                }
            }
        }
        Arrays.stream(Note.values())
                .filter(note -> ReasonText.SAID_BY_THE_ADVICE.contains(note)
                        == texts.has("note_" + note.name().toLowerCase(java.util.Locale.ROOT)))
                .forEach(note -> faults.add("no text, or one that is never shown: " + note));
        assertEquals(List.of(), faults);
    }
}
