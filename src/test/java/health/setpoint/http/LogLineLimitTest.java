package health.setpoint.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever calls, the log grows by so much and no more, and says what it leaves out. */
@Tag("attack")
class LogLineLimitTest {

    private long now;
    private final LogLineLimit limit = new LogLineLimit(() -> now);

    private int written(String address, int calls) {
        var written = 0;
        for (int i = 0; i < calls; i++) {
            written += limit.lets(address) ? 1 : 0;
        }
        return written;
    }

    @Test
    void oneAddressHasItsLinesAndTheRestIsCounted() {
        assertEquals(LogLineLimit.OF_ONE_ADDRESS, written("10.0.0.1", 5000));
        assertEquals(3, written("10.0.0.2", 3));
        assertEquals(Optional.of("4940 lines about refused calls were left out: 4940 from 10.0.0.1"), limit.leftOut());
        assertEquals(Optional.empty(), limit.leftOut());
        now += Duration.ofMinutes(1).toNanos();
        assertEquals(LogLineLimit.OF_ONE_ADDRESS, written("10.0.0.1", 5000));
    }

    @Test
    void manyAddressesHaveTheirLinesTogether() {
        var written = 0;
        for (int minute = 0; minute < 10; minute++) {
            for (int i = 0; i < 20_000; i++) {
                written += written("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256, 1);
            }
            now += Duration.ofMinutes(1).toNanos();
        }
        assertTrue(written <= LogLineLimit.OF_ALL * 11, written + " lines in ten minutes");
        var told = limit.leftOut().orElseThrow();
        assertTrue(told.startsWith(200_000 - written + " lines about refused calls were left out: "), told);
        assertTrue(told.endsWith(", and others") && told.length() < 300, told);
    }
}
