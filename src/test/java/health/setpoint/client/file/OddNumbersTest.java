package health.setpoint.client.file;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.setpoint.client.token.FetchedKeys;
import health.setpoint.client.token.Keys;
import health.setpoint.client.token.SigningAlgorithm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers that no clock, counter or key has cost nothing to refuse, wherever a client's files or its keys bring them. */
@Tag("attack")
class OddNumbersTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern NUMBER = Pattern.compile("(?<=[:{\\[, ])\\d[\\d.]*(?=[,}\\]\\n ])");
    private static final List<String> IN_JSON =
            List.of("1e99999999", "-1e99999999", "1e-99999999", "1e2147483647", "0.1e-2147483648", "9".repeat(900));
    private static final List<String> IN_YAML = List.of(
            ".inf",
            "-.inf",
            ".nan",
            "1e99999999",
            "-1e99999999",
            "1e-99999999",
            "0x7fffffffffffffff",
            "0b1",
            "1_000_0",
            "190:20:30",
            "9".repeat(5000),
            "1e2147483648",
            "~",
            "!!float 1e999999999",
            "2026-13-45");

    @Test
    void aClientsFileIsReadOrRefusedWhateverNumberStandsInIt() {
        var numbers = NUMBER.matcher(ClientFiles.WHOLE);
        var places = 0;
        while (numbers.find()) {
            places++;
            for (var odd : IN_YAML) {
                var text = ClientFiles.WHOLE.substring(0, numbers.start())
                        + odd
                        + ClientFiles.WHOLE.substring(numbers.end());
                var read = assertTimeoutPreemptively(
                        PATIENCE,
                        () -> ClientFile.read("north.yaml", ClientFiles.north(text), ClientFiles.OFFER),
                        () -> odd + " at " + numbers.start());
                assertTrue(read.registration().isPresent() == read.faults().isEmpty(), text);
            }
        }
        assertTrue(places >= 7, places + " numbers");
    }

    @Test
    void aCodeMapIsReadOrRefusedWhateverNumberStandsInIt() {
        for (var odd : IN_JSON) {
            for (var place : List.of("\"ConceptMap\"", "\"urn:lab\"", "\"E2\"", "\"2243-4\"", "\"equivalent\"")) {
                var folder = ClientFiles.north(ClientFiles.WHOLE);
                var map = ClientFiles.CODE_MAP.replace(place, odd);
                folder.put("north-codes.json", map.getBytes(StandardCharsets.UTF_8));
                var read = assertTimeoutPreemptively(
                        PATIENCE, () -> ClientFile.read("north.yaml", folder, ClientFiles.OFFER));
                assertTrue(read.registration().isPresent() == read.faults().isEmpty(), map);
            }
        }
    }

    @Test
    void keysWithNumbersThatAreNoneAreNoKeys() throws JsonProcessingException {
        var good = Keys.jwks(Keys.EC);
        for (var odd : IN_JSON) {
            for (var member : List.of("kty", "kid", "crv", "x", "y")) {
                var published = good.replaceAll("\"" + member + "\":\"[^\"]*\"", "\"" + member + "\":" + odd);
                assertFalse(published.equals(good), member);
                var tree = new ObjectMapper().readTree(published);
                var keys = new FetchedKeys(address -> tree, System::nanoTime);
                assertTrue(
                        assertTimeoutPreemptively(
                                        PATIENCE,
                                        () -> keys.key(
                                                URI.create("https://ehr.example/jwks.json"),
                                                "ec-1",
                                                SigningAlgorithm.ES384))
                                .isEmpty(),
                        published);
            }
        }
    }
}
