package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalBodyTest {

    private final JournalBody.Texts texts = texts();

    private static JournalBody.Texts texts() {
        var decision = Decisions.withCards("card-1", "card-2");
        return new JournalBody.Texts(
                decision.facts().map(RecordJson::write),
                decision.advice().map(RecordJson::write),
                "{\"labs\":\"read\"}",
                "{\"chart\":3000}",
                decision.cards().stream().map(card -> card.json().toString()).toList());
    }

    private static byte[] body(JournalBody.Texts texts) {
        try (var bodies = new JournalBody()) {
            return bodies.of(texts).orElseThrow();
        }
    }

    @Test
    void theTextsComeBackAsTheyWere() {
        assertEquals(texts, JournalBody.read(body(texts)));
    }

    @Test
    void anEvaluationThatFailedHasNoFactsAndNoAdvice() {
        var failed = new JournalBody.Texts(Optional.empty(), Optional.empty(), "{}", "{}", List.of("{}", "{}"));
        assertEquals(failed, JournalBody.read(body(failed)));
    }

    @Test
    void oneWriterWritesManyAlike() {
        try (var bodies = new JournalBody()) {
            var first = bodies.of(texts).orElseThrow();
            bodies.of(new JournalBody.Texts(Optional.empty(), Optional.empty(), "", "", List.of("")));
            assertTrue(Arrays.equals(first, bodies.of(texts).orElseThrow()));
        }
    }

    @Test
    void anyByteThatIsChangedOrMissingIsNoticed() {
        var good = body(texts);
        for (int i = 0; i < good.length; i++) {
            var damaged = good.clone();
            damaged[i] ^= 0x55;
            assertThrows(IllegalArgumentException.class, () -> JournalBody.read(damaged), "byte " + i);
            var cut = Arrays.copyOf(good, i);
            assertThrows(IllegalArgumentException.class, () -> JournalBody.read(cut), i + " bytes");
        }
    }

    @Test
    void theDictionaryStaysForEverSinceWhatIsKeptIsReadWithIt() throws Exception {
        assertEquals("822cfbd57f0a7550677b147aae7f8fb81962acc0528c593c744f4a15e363a6de", hash("/db/body-1.txt"));
    }

    private static String hash(String resource) throws Exception {
        try (var in = JournalBody.class.getResourceAsStream(resource)) {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
