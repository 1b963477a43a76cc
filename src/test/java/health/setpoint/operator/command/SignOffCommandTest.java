package health.setpoint.operator.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.ChangedKnowledge;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.signoff.SignableItem;
import health.setpoint.knowledge.signoff.SignableItems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignOffCommandTest {

    private static final LocalDate DAY = LocalDate.of(2026, 12, 5);
    private static final Knowledge SHIPPED = Knowledge.load();

    @TempDir
    Path folder;

    private Path form;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream faults = new ByteArrayOutputStream();

    @BeforeEach
    void place() {
        form = folder.resolve("form.yaml");
    }

    private int run(Knowledge knowledge, Path file) {
        return run(knowledge, file, Optional.empty(), Optional.empty());
    }

    private int run(Knowledge knowledge, Path file, Optional<Path> signed, Optional<Path> book) {
        out.reset();
        faults.reset();
        var clock = Clock.fixed(DAY.atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
        return new SignOffCommand(knowledge, print(out), print(faults), clock).run(file, signed, book);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String refused() {
        return faults.toString(StandardCharsets.UTF_8).strip();
    }

    private void fill(String from, String to) throws IOException {
        var text = Files.readString(form);
        assertTrue(text.contains(from), from);
        Files.writeString(form, text.replace(from, to));
    }

    private void written() {
        assertEquals(0, run(SHIPPED, form));
    }

    private void signedBy(String name) throws IOException {
        fill("  name:\n  role:\n  on:\n", "  name: " + name + "\n  role: endocrinologist\n  on: 2026-12-01\n");
    }

    @Test
    void theFormListsEveryNumberRuleAndTableAndSignsNothing() throws IOException {
        written();
        var text = Files.readString(form);
        for (var item : SignableItems.on(SHIPPED, DAY)) {
            assertTrue(text.contains("- " + item.kind().word() + ": \"" + item.id() + "\"\n"), item.toString());
        }
        assertEquals(2, run(SHIPPED, form));
        assertTrue(told().startsWith("Not yet signed by a clinician.\n"), told());
        assertTrue(told().contains("  0 of " + SHIPPED.wordTables().size() + " tables\n"), told());
    }

    @Test
    void aFormThatIsThereIsNeverOverwritten() throws IOException {
        written();
        var before = Files.readString(form);
        run(SHIPPED, form);
        assertEquals(before, Files.readString(form));
    }

    @Test
    void everyItemThatIsAgreedToIsSigned() throws IOException {
        written();
        signedBy("Anna Berg");
        fill("agreed: no", "agreed: yes");
        assertEquals(0, run(SHIPPED, form));
        assertTrue(told().startsWith("Signed by Anna Berg, endocrinologist, 2026-12-01.\n"), told());
        assertFalse(told().contains("not signed"), told());
    }

    @Test
    void aPartThatIsAgreedToIsSignedAndTheRestIsNamed() throws IOException {
        written();
        signedBy("Anna Berg");
        agreeTo("number", "estradiol.low");
        assertEquals(2, run(SHIPPED, form));
        assertTrue(told().startsWith("Signed in part by Anna Berg, endocrinologist, 2026-12-01: 1 of "), told());
        assertTrue(told().contains("not signed: number estradiol.in-range-top, "), told());
    }

    private void agreeTo(String kind, String id) throws IOException {
        var item = SignableItems.on(SHIPPED, DAY).stream()
                .filter(each -> each.kind().word().equals(kind) && each.id().equals(id))
                .findFirst()
                .orElseThrow();
        fill("mark: \"" + item.mark() + "\"\n  agreed: no", "mark: \"" + item.mark() + "\"\n  agreed: yes");
    }

    @Test
    void aNumberThatChangesAfterTheSigningIsUnsignedAndNamedAndSoAreTheRulesThatQuoteIt() throws IOException {
        written();
        signedBy("Anna Berg");
        fill("agreed: no", "agreed: yes");
        var changed = ChangedKnowledge.from(DAY, "estradiol.low", "18");
        assertEquals(2, run(changed, form));
        assertTrue(
                told().contains("changed since Anna Berg signed on 2026-12-01, so not signed: number estradiol.low\n"));
        assertTrue(told().contains("so not signed: rule R-40\n"), told());
        assertFalse(told().contains("so not signed: rule R-22\n"), told());
        assertFalse(told().contains("so not signed: table"), told());
    }

    @Test
    void aSecondFormAsksOnlyForWhatChanged() throws IOException {
        written();
        signedBy("Anna Berg");
        fill("agreed: no", "agreed: yes");
        var changed = ChangedKnowledge.from(DAY, "hematocrit.stop", "53");
        var second = folder.resolve("second.yaml");
        assertEquals(0, run(changed, second, Optional.of(form), Optional.empty()));
        var text = Files.readString(second);
        assertTrue(
                text.contains("\n# Changed since Anna Berg signed on 2026-12-01.\n- number: \"hematocrit.stop\"\n"),
                text);
        assertFalse(text.contains("- number: \"estradiol.low\""));
        Files.writeString(
                second,
                text.replace("  name:\n  role:\n  on:\n", "  name: Jane Roe\n  role: urologist\n  on: 2026-12-05\n")
                        .replace("agreed: no", "agreed: YES"));
        assertEquals(0, run(changed, second, Optional.of(form), Optional.empty()));
        assertTrue(told().startsWith(
                        "Signed by Anna Berg, endocrinologist, 2026-12-01; Jane Roe, urologist, 2026-12-05."));
    }

    @Test
    void aValueOfALaterDayIsSignedBesideTheOneItFollows() throws IOException {
        var changed = ChangedKnowledge.from(DAY.plusDays(30), "estradiol.low", "18");
        assertEquals(0, run(changed, form));
        var text = Files.readString(form);
        assertTrue(text.contains("value: \"20\"\n  unit: \"pg/mL\"\n  from: \"2026-01-01\""), text);
        assertTrue(text.contains("value: \"18\"\n  unit: \"pg/mL\"\n  from: \"2027-01-04\""), text);
    }

    @Test
    void theRuleBookShowsWhoSignedWhat() throws IOException {
        written();
        signedBy("Anna Berg");
        agreeTo("number", "estradiol.low");
        agreeTo("rule", "R-40");
        var book = folder.resolve("rule-book.md");
        run(SHIPPED, form, Optional.empty(), Optional.of(book));
        var page = Files.readString(book);
        assertTrue(page.contains("**Signed in part by Anna Berg, endocrinologist, 2026-12-01: 1 of "), page);
        assertTrue(page.lines()
                .anyMatch(line ->
                        line.startsWith("| R-40 |") && line.endsWith("| Anna Berg, endocrinologist, 2026-12-01 |")));
        assertTrue(page.lines().anyMatch(line -> line.startsWith("| R-41 |") && line.endsWith("| no |")));
    }

    @Test
    void anAlteredItemIsRefused() throws IOException {
        written();
        signedBy("Anna Berg");
        fill("value: \"20\"\n  unit: \"pg/mL\"", "value: \"25\"\n  unit: \"pg/mL\"");
        assertEquals(1, run(SHIPPED, form));
        assertTrue(refused().contains("number estradiol.low is not as it was written for signing"), refused());
        assertEquals(1, refused().lines().count());
    }

    @Test
    void agreementWithoutANameIsRefused() throws IOException {
        written();
        fill("agreed: no", "agreed: yes");
        assertEquals(1, run(SHIPPED, form));
        assertTrue(refused().contains("on of who signs is missing"), refused());
    }

    @Test
    void aDayToComeIsRefused() throws IOException {
        written();
        fill("  name:\n  role:\n  on:\n", "  name: A\n  role: b\n  on: 2026-12-06\n");
        fill("agreed: no", "agreed: yes");
        assertEquals(1, run(SHIPPED, form));
        assertTrue(refused().contains("the day 2026-12-06 is still to come"), refused());
    }

    @Test
    void aWordThatIsNeitherYesNorNoIsRefused() throws IOException {
        written();
        agreeTo("number", "estradiol.low");
        fill("agreed: yes", "agreed: maybe");
        assertEquals(1, run(SHIPPED, form));
        assertTrue(refused().matches("refused: form.yaml:\\d+: agreed is yes or no, not maybe"), refused());
    }

    @Test
    void aFileThatIsNoFormIsRefused() throws IOException {
        Files.writeString(form, "hello: world\n");
        assertEquals(1, run(SHIPPED, form));
        assertEquals("refused: form.yaml:1: items is missing", refused());
    }

    @Test
    void theMarkIsOverAllThatIsShown() {
        var item = SignableItems.on(SHIPPED, DAY).get(0);
        for (var name : item.says().keySet()) {
            var says = new LinkedHashMap<>(item.says());
            says.put(name, says.get(name) + " ");
            assertFalse(item.mark().equals(new SignableItem(item.kind(), item.id(), says).mark()), name);
        }
    }
}
