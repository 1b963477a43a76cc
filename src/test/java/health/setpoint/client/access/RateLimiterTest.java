package health.setpoint.client.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.client.CallLimits;
import health.setpoint.client.Client;
import health.setpoint.client.file.ClientFiles;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one client asks too much does not take the service from the others. */
@Tag("attack")
class RateLimiterTest {

    private long now = 12_345;
    private final RateLimiter turnstile = new RateLimiter(() -> now);

    private static Client client(String name, int perSecond, int atOnce) {
        var local = Client.local(ClientFiles.OFFER, ZoneOffset.UTC);
        return new Client(
                name,
                local.mode(),
                local.services(),
                local.style(),
                local.site(),
                local.choices(),
                local.policies(),
                0,
                new CallLimits(perSecond, atOnce),
                Set.of(),
                Optional.empty());
    }

    @Test
    void asManyCallsAsAgreedPassInASecondAndNoMore() {
        var client = client("north", 10, 5);
        for (int second = 0; second < 5; second++) {
            var passed = 0;
            for (int i = 0; i < 100; i++) {
                passed += turnstile.pause(client).isEmpty() ? 1 : 0;
            }
            assertEquals(10, passed, "second " + second);
            now += Duration.ofSeconds(1).toNanos();
        }
    }

    @Test
    void whoWaitsAsLongAsToldPasses() {
        var client = client("north", 3, 5);
        while (turnstile.pause(client).isEmpty()) {
            now += 1;
        }
        var pause = turnstile.pause(client).orElseThrow();
        assertTrue(pause.compareTo(Duration.ofSeconds(1)) <= 0, pause::toString);
        now += pause.toNanos();
        assertTrue(turnstile.pause(client).isEmpty());
    }

    @Test
    void aQuietHourIsNoCreditForMoreThanASecond() {
        var client = client("north", 10, 5);
        turnstile.pause(client);
        now += Duration.ofHours(1).toNanos();
        var passed = 0;
        while (turnstile.pause(client).isEmpty()) {
            passed++;
        }
        assertEquals(10, passed);
    }

    @Test
    void eachClientHasItsOwnCount() {
        var north = client("north", 1, 1);
        assertTrue(turnstile.pause(north).isEmpty());
        assertFalse(turnstile.pause(north).isEmpty());
        assertTrue(turnstile.pause(client("south", 1, 1)).isEmpty());
    }

    @Test
    void asManyCallsAsAgreedAreUnderWayAtOnce() {
        var client = client("north", 100, 2);
        var first = turnstile.enter(client).orElseThrow();
        turnstile.enter(client).orElseThrow();
        assertTrue(turnstile.enter(client).isEmpty());
        first.run();
        first.run();
        assertTrue(turnstile.enter(client).isPresent(), "one left");
        assertTrue(turnstile.enter(client).isEmpty(), "leaving twice is leaving once");
    }

    @Test
    void theClockMayRunOver() {
        now = Long.MAX_VALUE - Duration.ofMillis(500).toNanos();
        var client = client("north", 10, 5);
        for (int i = 0; i < 10; i++) {
            assertTrue(turnstile.pause(client).isEmpty());
        }
        assertFalse(turnstile.pause(client).isEmpty());
        now += Duration.ofSeconds(1).toNanos();
        assertTrue(turnstile.pause(client).isEmpty());
    }
}
