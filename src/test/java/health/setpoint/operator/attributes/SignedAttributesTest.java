package health.setpoint.operator.attributes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.http.HtmlPage;
import health.setpoint.knowledge.ChangedKnowledge;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.SignedForm;
import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.knowledge.signoff.SignableItem;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What source attributes say of knowledge that is signed wholly, in part, or not any more. */
class SignedAttributesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 12, 5);
    private static final Knowledge SHIPPED = Knowledge.load();

    private static SignOff signed(Predicate<SignableItem> agreed) {
        return SignedForm.read(SHIPPED, DAY, agreed);
    }

    private static SourceAttributes attributes(Knowledge knowledge, SignOff signOff) {
        return new WrittenAttributes(knowledge, signOff).on(DAY);
    }

    private static String page(SourceAttributes attributes) {
        return new HtmlPage("source-attributes")
                .answer(200, attributes)
                .build()
                .getEntity()
                .toString();
    }

    @Test
    void unsignedKnowledgeSaysThatNobodySigned() {
        var attributes = attributes(SHIPPED, SignOff.NONE);
        assertTrue(attributes.review().orElseThrow().startsWith("No clinician has signed"));
        assertEquals(0, attributes.signOff().numbers().signed());
        assertTrue(page(attributes).contains("No clinician has signed"));
    }

    @Test
    void partlySignedKnowledgeSaysWhichPart() {
        var attributes = attributes(
                SHIPPED, signed(item -> item.id().equals("R-40") || item.id().equals("units.csv")));
        assertEquals(Optional.empty(), attributes.review());
        assertEquals(1, attributes.signOff().rules().signed());
        assertEquals(0, attributes.signOff().numbers().signed());
        var byRule = attributes.rules().stream()
                .collect(Collectors.toMap(SourceAttributes.RuleBasis::rule, SourceAttributes.RuleBasis::signedBy));
        assertEquals(Optional.of("Anna Berg, endocrinologist"), byRule.get("R-40"));
        assertEquals(Optional.empty(), byRule.get("R-41"));
        var page = page(attributes);
        assertTrue(page.contains("Signed in part: 0 of "), page);
        assertTrue(page.contains("by Anna Berg, endocrinologist, on 2026-02-01."), page);
        assertTrue(page.contains("<td>Anna Berg, endocrinologist, 2026-02-01</td>"), page);
    }

    @Test
    void signedKnowledgeSaysByWhom() {
        var attributes = attributes(SHIPPED, signed(item -> true));
        assertTrue(attributes.signOff().complete());
        assertTrue(attributes.numbers().stream()
                .allMatch(number -> number.signedOn().isPresent()));
        assertTrue(
                attributes.tables().stream().allMatch(table -> table.signedBy().isPresent()));
        assertTrue(page(attributes).contains("Every number, rule and table is signed"));
    }

    @Test
    void aNumberThatChangedSinceIsUnsignedAndNamed() {
        var attributes = attributes(ChangedKnowledge.from(DAY, "hematocrit.stop", "53"), signed(item -> true));
        assertEquals(
                "number hematocrit.stop, rule R-22",
                String.join(", ", attributes.signOff().changedSince()));
        var number = attributes.numbers().stream()
                .filter(each -> each.id().equals("hematocrit.stop"))
                .findFirst()
                .orElseThrow();
        assertEquals(Optional.empty(), number.signedBy());
        assertTrue(page(attributes).contains("not signed any more: number hematocrit.stop, rule R-22."));
    }
}
