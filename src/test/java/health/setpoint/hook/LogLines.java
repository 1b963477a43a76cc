package health.setpoint.hook;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the service writes to its log while a test runs. */
public final class LogLines extends Handler implements AutoCloseable {

    private final Formatter words = new SimpleFormatter();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    public LogLines() {
        Logger.getLogger("").addHandler(this);
    }

    public List<String> all() {
        return lines;
    }

    /** The lines with these words; waited for, since a line is written once its answer is on the way. */
    public List<String> with(String words, Duration patience) {
        var until = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < until && found(words).isEmpty()) {
            Thread.onSpinWait();
        }
        return found(words);
    }

    private List<String> found(String words) {
        return lines.stream().filter(line -> line.contains(words)).toList();
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(words.formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
