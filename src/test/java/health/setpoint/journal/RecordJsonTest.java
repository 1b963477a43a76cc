package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.therapy.WeeklyDose;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

    @Property(tries = 300, seed = "20261125")
    void factsAreReadAsTheyWereWritten(@ForAll long seed) {
        var facts = new AnyRecord(seed).of(Facts.class);
        var json = RecordJson.write(facts);
        assertEquals(facts, RecordJson.read(json, Facts.class));
        assertEquals(json, RecordJson.write(RecordJson.read(json, Facts.class)));
    }

    @Property(tries = 300, seed = "20261125")
    void adviceIsReadAsItWasWritten(@ForAll long seed) {
        var advice = new AnyRecord(seed).of(Advice.class);
        var json = RecordJson.write(advice);
        assertEquals(advice, RecordJson.read(json, Advice.class));
        assertEquals(json, RecordJson.write(RecordJson.read(json, Advice.class)));
    }

    /** The kept cohort was written by the releases before. */
    @Test
    void keptRowsAreWrittenAgainLetterByLetter() throws IOException {
        for (var row : Files.readAllLines(Path.of("src/test/resources/clinic/cohort.ndjson"))) {
            var advice = row.indexOf(",\"advice\":");
            var facts = row.substring("{\"facts\":".length(), advice);
            assertEquals(facts, RecordJson.write(RecordJson.read(facts, Facts.class)));
            var said = row.substring(advice + ",\"advice\":".length(), row.length() - 1);
            assertEquals(said, RecordJson.write(RecordJson.read(said, Advice.class)));
        }
    }

    record Words(String text) {}

    @Test
    void lettersBeyondSixteenBitsAreEscapedAsTheyWere() {
        assertEquals("{\"text\":\"µ \\uD83D\\uDE00\"}", RecordJson.write(new Words("µ \uD83D\uDE00")));
    }

    record Amount(BigDecimal value) {}

    @Test
    void decimalsKeepTheirScale() {
        assertEquals("{\"value\":\"1.40\"}", RecordJson.write(new Amount(new BigDecimal("1.40"))));
        assertEquals(
                new BigDecimal("1.40"),
                RecordJson.read("{\"value\":\"1.40\"}", Amount.class).value());
        assertEquals(
                new BigDecimal("4E+2"),
                RecordJson.read("{\"value\":\"4E+2\"}", Amount.class).value());
    }

    record Switch(boolean on) {}

    @Test
    void whatIsFalseIsLeftOutAndStillReadWhereItStands() {
        assertEquals("{}", RecordJson.write(new Switch(false)));
        assertEquals("{\"on\":true}", RecordJson.write(new Switch(true)));
        assertEquals(new Switch(false), RecordJson.read("{}", Switch.class));
        assertEquals(new Switch(false), RecordJson.read("{\"on\":false}", Switch.class));
    }

    @Test
    void whatIsNoSuchRecordIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RecordJson.read("{}", WeeklyDose.class));
        assertThrows(IllegalArgumentException.class, () -> RecordJson.read("{", WeeklyDose.class));
        assertThrows(IllegalArgumentException.class, () -> RecordJson.read("{\"now\":\"2026\"}", Facts.class));
    }
}
