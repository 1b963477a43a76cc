package health.setpoint.client.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client may rotate and withdraw its keys, and nobody can make the service ask it often. */
@Tag("attack")
class FetchedKeysTest {

    private static final URI PLACE = URI.create("https://ehr.example/jwks.json");

    private long now = Long.MAX_VALUE - Duration.ofHours(2).toNanos();
    private String published = Keys.jwks(Keys.EC);
    private boolean down;
    private int asked;

    private final FetchedKeys keys = new FetchedKeys(
            address -> {
                asked++;
                if (down) {
                    throw new IOException("down");
                }
                return new ObjectMapper().readTree(published);
            },
            () -> now);

    private boolean has(String id) {
        return keys.key(PLACE, id, SigningAlgorithm.ES384).isPresent();
    }

    private void after(Duration time) {
        now += time.toNanos();
    }

    @Test
    void keysAreFetchedOnceAndKept() {
        assertTrue(has("ec-1"));
        after(Duration.ofMinutes(59));
        assertTrue(has("ec-1"));
        assertEquals(1, asked);
    }

    @Test
    void anUnknownIdHasTheKeysFetchedAnew() {
        assertTrue(has("ec-1"));
        published = Keys.jwks(Keys.EC, Keys.SECOND);
        after(FetchedKeys.PAUSE);
        assertTrue(has("ec-2"));
        assertTrue(has("ec-1"));
        assertEquals(2, asked);
    }

    @Test
    void strangeIdsDoNotHaveThemFetchedMoreOftenThanThePauseAllows() {
        assertTrue(has("ec-1"));
        for (int i = 0; i < 1000; i++) {
            assertFalse(has("strange-" + i));
            after(Duration.ofMillis(60));
        }
        assertEquals(2, asked, "in a minute");
        assertTrue(has("ec-1"));
    }

    @Test
    void aKeyThatWasWithdrawnIsForgotten() {
        assertTrue(has("ec-1"));
        published = Keys.jwks(Keys.SECOND);
        after(FetchedKeys.FRESH.plusSeconds(1));
        assertFalse(has("ec-1"));
        assertTrue(has("ec-2"));
    }

    @Test
    void anAddressThatDoesNotAnswerLeavesTheKeysForAWhileOnly() {
        assertTrue(has("ec-1"));
        down = true;
        after(FetchedKeys.FRESH.plusSeconds(1));
        assertTrue(has("ec-1"));
        assertTrue(has("ec-1"));
        assertEquals(2, asked, "it is not asked at every call");
        after(FetchedKeys.STALE);
        assertFalse(has("ec-1"));
        down = false;
        after(FetchedKeys.PAUSE);
        assertTrue(has("ec-1"));
    }

    @Test
    void anAddressThatIsDownAtFirstIsAskedAgainAfterThePause() {
        down = true;
        assertFalse(has("ec-1"));
        down = false;
        assertFalse(has("ec-1"));
        after(FetchedKeys.PAUSE);
        assertTrue(has("ec-1"));
    }

    @Test
    void whatIsNoKeySetMakesNoKeys() {
        for (var odd : new String[] {"[]", "{}", "{\"keys\": 7}", "{\"keys\": [7, null, {}]}"}) {
            published = odd;
            after(FetchedKeys.PAUSE);
            assertFalse(has("ec-1"), odd);
        }
    }

    /** What an address says while it is being rebuilt, or from behind a page that says so, takes no key away. */
    @Test
    void anAnswerWithoutAUsableKeyLeavesTheKnownKeysInForce() {
        assertTrue(has("ec-1"));
        var many = Keys.jwks(
                IntStream.range(0, 101).mapToObj(i -> Keys.ec("ec-" + i)).toArray(PublicJsonWebKey[]::new));
        for (var odd : new String[] {
            "{}",
            "[]",
            "null",
            "",
            "7",
            "\"keys\"",
            "{\"keys\": []}",
            "{\"keys\": null}",
            "{\"keys\": {}}",
            "{\"keys\": [7, null, {}]}",
            "{\"error\": \"temporarily_unavailable\"}",
            "{\"keys\": [{\"kty\": \"oct\", \"kid\": \"ec-1\", \"k\": \"AAAA\"}]}",
            "{\"keys\": [{\"kty\": \"OKP\", \"kid\": \"ec-1\", \"crv\": \"Ed25519\", \"x\": \"AAAA\"}]}",
            "{\"keys\": [{\"kty\": \"EC\", \"kid\": \"ec-1\", \"crv\": \"P-384\", \"x\": \"AA\", \"y\": \"AA\"}]}",
            Keys.jwks(Keys.EC).replace("\"kty\"", "\"use\":\"enc\",\"kty\""),
            many
        }) {
            published = odd;
            after(FetchedKeys.FRESH.plusSeconds(1));
            var before = asked;
            assertTrue(has("ec-1"), odd);
            assertFalse(has("ec-9"), odd);
            assertEquals(before + 1, asked, "asked, and no more often for it: " + odd);
            published = Keys.jwks(Keys.EC);
            after(FetchedKeys.PAUSE);
            assertTrue(has("ec-1"));
        }
        published = "{}";
        after(FetchedKeys.STALE.plusSeconds(1));
        assertFalse(has("ec-1"), "for a while only");
    }

    @Test
    void oneIdForTwoKeysOfAKindIsNoKey() {
        published = Keys.jwks(Keys.EC, Keys.STRANGER);
        assertFalse(has("ec-1"));
    }

    @Test
    void aKeyIsGoodOnlyForItsKindAndForTheAlgorithmThatItNames() {
        published = Keys.jwks(Keys.EC, Keys.RSA).replace("\"kty\":\"RSA\"", "\"kty\":\"RSA\",\"alg\":\"RS384\"");
        assertTrue(has("ec-1"));
        assertFalse(has("rsa-1"));
        assertTrue(keys.key(PLACE, "rsa-1", SigningAlgorithm.RS384).isPresent());
        assertFalse(keys.key(PLACE, "rsa-1", SigningAlgorithm.PS384).isPresent());
        assertFalse(keys.key(PLACE, "ec-1", SigningAlgorithm.ES256).isPresent());
    }

    @Test
    void addressesDoNotLendEachOtherKeys() {
        assertTrue(has("ec-1"));
        published = Keys.jwks(Keys.SECOND);
        assertFalse(keys.key(URI.create("https://other.example/jwks.json"), "ec-1", SigningAlgorithm.ES384)
                .isPresent());
    }

    @Test
    void callsThatComeTogetherShareOneFetch() throws Exception {
        var threads = Executors.newFixedThreadPool(16);
        try {
            var all = threads.invokeAll(IntStream.range(0, 64)
                    .<Callable<Boolean>>mapToObj(i -> () -> has("ec-1"))
                    .toList());
            for (Future<Boolean> one : all) {
                assertTrue(one.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, asked);
    }
}
