package health.setpoint.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one address may do, and what many may. */
@Tag("attack")
class AddressRateLimiterTest {

    private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();
    private final AddressRateLimiter limit = new AddressRateLimiter(10, () -> now);

    private void after(Duration time) {
        now += time.toNanos();
    }

    private int passes(String address, int calls) {
        var passed = 0;
        for (int i = 0; i < calls; i++) {
            passed += limit.pause(address).isEmpty() ? 1 : 0;
        }
        return passed;
    }

    @Test
    void soManyPassAtOnceAndAsManyInEveryMinute() {
        assertEquals(10, passes("10.0.0.1", 100));
        for (int minute = 0; minute < 5; minute++) {
            after(Duration.ofMinutes(1));
            assertEquals(10, passes("10.0.0.1", 100));
        }
        after(Duration.ofHours(1));
        assertEquals(10, passes("10.0.0.1", 100), "a quiet hour is no credit");
    }

    @Test
    void whoWaitsAsLongAsToldPasses() {
        passes("10.0.0.1", 10);
        var pause = limit.pause("10.0.0.1").orElseThrow();
        assertTrue(pause.compareTo(Duration.ofSeconds(6)) <= 0, pause::toString);
        after(pause);
        assertEquals(Optional.empty(), limit.pause("10.0.0.1"));
    }

    @Test
    void eachAddressHasItsOwnCountAndANetworkOfIpv6HasOne() {
        assertEquals(10, passes("10.0.0.1", 20));
        assertEquals(10, passes("10.0.0.2", 20));
        assertEquals(10, passes("2001:db8:0:1:0:0:0:7", 20));
        assertEquals(0, passes("2001:db8:0:1:a:b:c:d", 20));
        assertEquals(10, passes("2001:db8:0:2:0:0:0:7", 20));
        assertEquals(10, passes("unix:/run/socket", 20));
        assertEquals(10, passes("", 20));
    }

    @Test
    void ofTooManyAddressesTheNewestShareOneCount() {
        for (int i = 0; i < 1000; i++) {
            assertEquals(1, passes("10.0." + i / 256 + "." + i % 256, 1));
        }
        var passed = 0;
        for (int i = 0; i < 100_000; i++) {
            passed += passes("172." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, 1);
        }
        assertEquals(10, passed);
        assertEquals(9, passes("10.0.0.1", 20), "who was there first keeps its own");
        after(Duration.ofMinutes(2));
        assertEquals(10, passes("192.168.0.1", 20), "those that went quiet make room");
    }
}
