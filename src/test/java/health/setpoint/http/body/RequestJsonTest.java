package health.setpoint.http.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import health.setpoint.http.error.RequestException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("attack")
class RequestJsonTest {

    @Test
    void decimalsStayAsTheLaboratoryWroteThem() {
        var value = read("{\"value\":1.40}").get("value");
        assertEquals("1.40", value.decimalValue().toPlainString());
        assertEquals("{\"value\":1.40}", read("{\"value\":1.40}").toString());
        assertEquals(
                "0.00", read("{\"value\":0.00}").get("value").decimalValue().toPlainString());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1,}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "// comment\n{}",
                "{\"value\":20,\"value\":72}",
                "{\"value\":1e999999999}",
                "{\"value\":1e-999999999}",
                "{\"value\":1e99999999999999}",
                "{\"value\":-1e-99999999}",
                "{\"value\":0e99999999}",
                "{\"value\":1e101}",
            })
    void whatIsNoPlainJsonObjectIsRefused(String body) {
        var refusal = assertThrows(RequestException.class, () -> read(body));
        assertEquals(400, refusal.status());
    }

    @Test
    void nestingBeyondTheLimitIsRefusedAndNestingBelowItIsNot() {
        read("{\"a\":" + "[".repeat(RequestJson.DEEPEST - 1) + "]".repeat(RequestJson.DEEPEST - 1) + "}");
        assertThrows(
                RequestException.class,
                () -> read("{\"a\":" + "[".repeat(RequestJson.DEEPEST) + "]".repeat(RequestJson.DEEPEST) + "}"));
        assertThrows(RequestException.class, () -> read("{\"a\":".repeat(100_000)));
    }

    @Test
    void numbersOfAbsurdLengthAreRefused() {
        assertThrows(RequestException.class, () -> read("{\"a\":" + "9".repeat(1000) + "}"));
        assertThrows(RequestException.class, () -> read("{\"a\":-0." + "1".repeat(10_000) + "}"));
        assertThrows(RequestException.class, () -> read("{\"a\":1e" + "0".repeat(10_000) + "1}"));
    }

    @Test
    void textThatIsNoUtf8IsRefused() {
        assertThrows(
                RequestException.class,
                () -> RequestJson.object("{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void noPieceOfTheBodyStandsInTheRefusal() {
        var refusal = assertThrows(RequestException.class, () -> read("{\"patient\": Testman}"));
        assertFalse(refusal.issues().toString().contains("Testman"));
        assertFalse(refusal.getMessage().contains("Testman"));
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode read(String body) {
        return RequestJson.object(body.getBytes(StandardCharsets.UTF_8));
    }
}
