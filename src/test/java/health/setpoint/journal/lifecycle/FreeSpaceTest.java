package health.setpoint.journal.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class FreeSpaceTest {

    private final Logger log = Logger.getLogger("health.setpoint.journal");
    private final Lines lines = new Lines();

    private static final class Lines extends Handler {
        final List<String> levels = new java.util.ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            levels.add(line.getLevel().getName().replace("WARNING", "WARN"));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        log.addHandler(lines);
    }

    @AfterEach
    void leave() {
        log.removeHandler(lines);
    }

    @Test
    void littleSpaceIsWarnedOfOnceAndItsEndSaidOnce() {
        var space = new FreeSpace(100);
        for (long free : new long[] {1000, 100, 99, 50, 0, 105, 99, 111, 1000, 20}) {
            space.look(free);
        }
        assertEquals(List.of("WARN", "INFO", "WARN"), lines.levels);
    }
}
