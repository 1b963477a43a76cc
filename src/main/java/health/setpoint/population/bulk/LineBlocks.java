package health.setpoint.population.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** A stream of lines in blocks of whole lines: what is read next is never larger than the longest line that is taken. */
final class LineBlocks {

    /** No resource that a rule asks for is as long. */
    static final int LONGEST_LINE = 16 << 20;

    private static final int BLOCK = 1 << 20;

    private final InputStream in;
    private byte[] rest = new byte[0];
    private long line = 1;
    private boolean isAtEnd;
    private IOException fault;

    LineBlocks(InputStream in) {
        this.in = in;
    }

    /**
     * Whole lines.
     *
     * @param firstLine number of the first one, from 1
     * @param tooLong it is the beginning of a line that is longer than any that is taken; its end is passed over
     */
    record Block(byte[] bytes, int length, long firstLine, boolean tooLong) {}

    /** Why the stream broke off before its end; empty where it did not. */
    Optional<IOException> fault() {
        return Optional.ofNullable(fault);
    }

    /** The next one; empty at the end, and where the stream breaks off, once what came before was given. */
    Optional<Block> next() {
        if (isAtEnd && rest.length == 0) {
            return Optional.empty();
        }
        var bytes = Arrays.copyOf(rest, Math.max(BLOCK, rest.length * 2));
        var length = rest.length;
        rest = new byte[0];
        while (true) {
            length = isAtEnd ? length : fill(bytes, length);
            if (isAtEnd) {
                return length == 0 ? Optional.empty() : Optional.of(block(bytes, length));
            }
            var newline = last(bytes, length);
            if (newline >= 0) {
                rest = Arrays.copyOfRange(bytes, newline + 1, length);
                return Optional.of(block(bytes, newline + 1));
            }
            if (length >= LONGEST_LINE) {
                pass();
                return Optional.of(new Block(bytes, length, line++, true));
            }
            bytes = Arrays.copyOf(bytes, Math.min(bytes.length * 2, LONGEST_LINE));
        }
    }

    /** As much as fits; what came before a fault is not lost. */
    private int fill(byte[] bytes, int from) {
        var length = from;
        try {
            while (length < bytes.length) {
                var read = in.read(bytes, length, bytes.length - length);
                if (read < 0) {
                    isAtEnd = true;
                    return length;
                }
                length += read;
            }
        } catch (IOException cut) {
            fault = cut;
            isAtEnd = true;
        }
        return length;
    }

    private Block block(byte[] bytes, int length) {
        var first = line;
        for (var at = ResourceScan.newline(bytes, 0, length);
                at < length;
                at = ResourceScan.newline(bytes, at + 1, length)) {
            line++;
        }
        return new Block(bytes, length, first, false);
    }

    private static int last(byte[] bytes, int length) {
        for (int i = length - 1; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** To the end of a line that is too long. */
    private void pass() {
        var bytes = new byte[BLOCK];
        while (!isAtEnd) {
            var read = fill(bytes, 0);
            for (int i = 0; i < read; i++) {
                if (bytes[i] == '\n') {
                    rest = Arrays.copyOfRange(bytes, i + 1, read);
                    return;
                }
            }
        }
    }
}
