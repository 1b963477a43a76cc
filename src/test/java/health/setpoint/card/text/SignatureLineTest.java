package health.setpoint.card.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.card.CardSamples;
import health.setpoint.card.CardWriter;
import health.setpoint.knowledge.ChangedKnowledge;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.SignedForm;
import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.knowledge.signoff.SignOff.Signature;
import health.setpoint.knowledge.signoff.SignableItem;
import health.setpoint.knowledge.signoff.SignableItem.Kind;
import health.setpoint.knowledge.signoff.SignedKnowledge;
import health.setpoint.knowledge.signoff.SignedKnowledge.Line;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.RuleId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignatureLineTest {

    private static final Signature BERG = new Signature("Anna Berg", "endocrinologist", LocalDate.of(2026, 12, 1));
    private static final Signature ROE = new Signature("Jane Roe", "urologist", LocalDate.of(2026, 12, 3));

    private static Line line(Kind kind, Optional<Signature> by) {
        return new Line(new SignableItem(kind, kind.word(), Map.of()), by, Optional.empty());
    }

    private static String said(Line... lines) {
        return SignatureLine.of(Texts.load(), new SignedKnowledge(List.of(lines)));
    }

    @Test
    void noCardClaimsASignatureThatNobodyGave() {
        assertEquals("not signed by a clinician", said(line(Kind.NUMBER, Optional.empty())));
    }

    @Test
    void whatIsSignedInPartSaysWhichPart() {
        assertEquals(
                "signed in part by Anna Berg (endocrinologist, 2026-12-01): 1 of 2 numbers, 0 of 1 rules, 0 of 0 word tables",
                said(
                        line(Kind.NUMBER, Optional.of(BERG)),
                        line(Kind.NUMBER, Optional.empty()),
                        line(Kind.RULE, Optional.empty())));
    }

    @Test
    void whatIsSignedWhollySaysByWhom() {
        assertEquals(
                "signed by Anna Berg (endocrinologist, 2026-12-01) and Jane Roe (urologist, 2026-12-03)",
                said(line(Kind.NUMBER, Optional.of(BERG)), line(Kind.RULE, Optional.of(ROE))));
    }

    @Test
    void theSmallLineOfACardSaysWhoSignedAndWhatChangedSinceCountsAsUnsigned() {
        SignOff all = SignedForm.read(CardSamples.KNOWLEDGE, CardSamples.TODAY, item -> true);
        assertTrue(detail(CardSamples.KNOWLEDGE, SignOff.NONE).contains(", not signed by a clinician."));
        assertTrue(detail(CardSamples.KNOWLEDGE, all).contains(", signed by Anna Berg (endocrinologist, 2026-02-01)."));
        Knowledge changed = ChangedKnowledge.from(CardSamples.TODAY, "hematocrit.stop", "53");
        String detail = detail(changed, all);
        int numbers = changed.parameters().size();
        int rules = changed.ruleTexts().on(CardSamples.TODAY).size();
        int tables = changed.wordTables().size();
        String signed = ", signed in part by Anna Berg (endocrinologist, 2026-02-01): "
                + "%d of %d numbers, %d of %d rules, %d of %d word tables."
                        .formatted(numbers - 1, numbers, rules - 1, rules, tables, tables);
        assertTrue(detail.contains(signed), detail);
    }

    private static String detail(Knowledge knowledge, SignOff signOff) {
        var card =
                CardSamples.card(RuleId.R_41, AdviceKind.REDUCE).proposing("1").build();
        return new CardWriter(knowledge, CardSamples.BASE, signOff)
                .write(CardSamples.advice(card, List.of(), true), CardSamples.context())
                .get(0)
                .json()
                .path("detail")
                .asText();
    }
}
