package health.setpoint.hook.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.RequestException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackReaderTest {

    private static final String OVERRIDDEN =
            "\"card\":\"c-1\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2026-11-23T14:41:00.714Z\"";

    @Test
    void anAcceptedSuggestionIsRead() {
        var event = only("""
                {"feedback":[{"card":"e14fcfdb-cb9c-4140-bd7f-ebffa2f9e0a5","outcome":"accepted",
                 "acceptedSuggestions":[{"id":"0b1abfd9-9a20-4883-aa2e-0746fa05df89"}],
                 "outcomeTimestamp":"2026-11-23T14:40:58.662Z"}]}""");
        assertEquals(FeedbackEvent.Outcome.ACCEPTED, event.outcome());
        assertEquals(List.of("0b1abfd9-9a20-4883-aa2e-0746fa05df89"), event.suggestions());
        assertEquals(Instant.parse("2026-11-23T14:40:58.662Z"), event.at());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "\"overrideReason\":{\"reason\":{\"code\":\"declined\",\"system\":\"urn:s\"},\"userComment\":\"why\"}",
                "\"overrideReasons\":{\"reason\":{\"code\":\"declined\",\"system\":\"urn:s\"},\"userComment\":\"why\"}",
                "\"overrideReasons\":[{\"reason\":{\"code\":\"declined\",\"system\":\"urn:s\"},\"userComment\":\"why\"}]",
                "\"overrideReason\":{\"code\":\"declined\",\"system\":\"urn:s\",\"userComment\":\"why\"}",
                "\"extension\":{\"com.example.reason\":{\"reason\":{\"code\":\"declined\",\"system\":\"urn:s\"},\"userComment\":\"why\"}}",
                "\"extension\":{\"com.example.reason\":{\"code\":\"declined\",\"system\":\"urn:s\",\"userComment\":\"why\"}}",
                "\"extension\":[{\"url\":\"urn:x\",\"overrideReason\":{\"reason\":{\"code\":\"declined\",\"system\":\"urn:s\"},\"userComment\":\"why\"}}]",
                "\"overrideReason\":{\"extension\":{\"x\":{\"reason\":{\"code\":\"declined\",\"system\":\"urn:s\"},\"userComment\":\"why\"}}}",
            })
    void anOverrideReasonIsReadHoweverTheClientSpellsIt(String spelling) {
        var event = only("{\"feedback\":[{" + OVERRIDDEN + "," + spelling + "}]}");
        assertEquals(Optional.of(new FeedbackEvent.Reason("declined", Optional.of("urn:s"))), event.reason());
        assertEquals(Optional.of("why"), event.comment());
    }

    @Test
    void aReasonWithoutSystemAndAnOverrideWithoutReasonAreSound() {
        var bare = only("{\"feedback\":[{" + OVERRIDDEN + ",\"overrideReason\":{\"reason\":{\"code\":\"x\"}}}]}");
        assertEquals(Optional.of(new FeedbackEvent.Reason("x", Optional.empty())), bare.reason());
        assertEquals(
                Optional.empty(), only("{\"feedback\":[{" + OVERRIDDEN + "}]}").reason());
    }

    @Test
    void aLongCommentIsCut() {
        var event = only("{\"feedback\":[{" + OVERRIDDEN + ",\"overrideReason\":{\"userComment\":\"" + "a".repeat(5000)
                + "\"}}]}");
        assertEquals(
                FeedbackReader.LONGEST_COMMENT, event.comment().orElseThrow().length());
    }

    @Test
    void anEmptyBatchIsSound() {
        var batch = read("{\"feedback\":[]}");
        assertTrue(batch.events().isEmpty());
        assertTrue(batch.faults().isEmpty());
    }

    @Test
    void anEndlessBatchIsRefusedWhole() {
        var endless = ("{" + OVERRIDDEN + "},").repeat(1000);
        assertEquals(
                1000,
                read("{\"feedback\":[" + endless.substring(0, endless.length() - 1) + "]}")
                        .events()
                        .size());
        assertEquals(
                413,
                assertThrows(RequestException.class, () -> read("{\"feedback\":[" + endless + "{}]}"))
                        .status());
    }

    @Test
    void theSoundEntriesOfAMixedBatchAreTakenAndTheOthersNamed() {
        var batch = read("{\"feedback\":[{\"outcome\":\"overridden\"},{" + OVERRIDDEN + "},7]}");
        assertEquals(1, batch.events().size());
        assertTrue(batch.faults().stream()
                .allMatch(fault -> fault.where().orElseThrow().matches("feedback\\[[02]].*")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "2026-11-23",
                "2026-11-23T14:41:00",
                "2026-11-23T14:41:00.${digits}Z",
            })
    void aTimeThatCannotBeKeptIsRefused(String time) {
        var written = time.replace("${digits}", "0".repeat(100_000));
        assertThrows(
                RequestException.class,
                () -> read("{\"feedback\":[{" + OVERRIDDEN.replace("2026-11-23T14:41:00.714Z", written) + "}]}"));
    }

    @Test
    void theSameEntryTwiceIsTwoEvents() {
        assertEquals(
                2,
                read("{\"feedback\":[{" + OVERRIDDEN + "},{" + OVERRIDDEN + "}]}")
                        .events()
                        .size());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"feedback\":null}",
                "{\"feedback\":{}}",
                "{\"feedback\":\"x\"}",
                "{\"feedback\":[null]}",
                "{\"feedback\":[{}]}",
                "{\"feedback\":[{\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2026-11-23T14:41:00Z\"}]}",
                "{\"feedback\":[{\"card\":7,\"outcome\":\"overridden\",\"outcomeTimestamp\":\"2026-11-23T14:41:00Z\"}]}",
                "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"ignored\",\"outcomeTimestamp\":\"2026-11-23T14:41:00Z\"}]}",
                "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"overridden\"}]}",
                "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"yesterday\"}]}",
                "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"accepted\",\"outcomeTimestamp\":\"2026-11-23T14:41:00Z\"}]}",
                "{\"feedback\":[{\"card\":\"c\",\"outcome\":\"accepted\",\"acceptedSuggestions\":[{}],\"outcomeTimestamp\":\"2026-11-23T14:41:00Z\"}]}",
            })
    void feedbackWithoutOneSoundEntryIsRefused(String body) {
        assertEquals(400, assertThrows(RequestException.class, () -> read(body)).status());
    }

    private static FeedbackEvent only(String body) {
        var batch = read(body);
        assertEquals(List.of(), batch.faults());
        assertEquals(1, batch.events().size());
        return batch.events().get(0);
    }

    private static FeedbackReader.Batch read(String body) {
        return FeedbackReader.read(RequestJson.object(body.getBytes(StandardCharsets.UTF_8)));
    }
}
