package health.setpoint.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What of a decision is read whole and never searched, as compressed bytes: facts, advice, states of the prefetch, timings
 * and cards, a line of JSON each. One byte says which dictionary they are compressed with; the rest is zlib's format
 * (RFC 1950), whose checksum shows damage.
 */
public final class JournalBody implements AutoCloseable {

    /** H2 keeps a longer one only as a large object; it stands as text then, as all did before. */
    public static final int LONGEST = 1_000_000;

    /** What stands in the columns of the texts beside a body: JSON, for those who read them alone. */
    public static final String ELSEWHERE = "{}";

    /** SQL's state for data that are corrupted. */
    public static final String DAMAGED = "XX001";

    private static final byte FIRST_DICTIONARY = 1;
    /** What entries are made of. Never changed, since kept entries are read with it; a better one gets a number of its own. */
    private static final byte[] DICTIONARY = dictionary();

    private static final int BUFFER = 4096;
    private static final int TEXTS_BEFORE_CARDS = 4;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final byte[] buffer = new byte[BUFFER];

    private static byte[] dictionary() {
        try (var in = JournalBody.class.getResourceAsStream("/db/body-1.txt")) {
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The texts of a decision, each JSON without a line break. */
    public record Texts(
            Optional<String> facts, Optional<String> advice, String prefetch, String timings, List<String> cards) {

        public Texts {
            cards = List.copyOf(cards);
        }
    }

    /** The body of a decision; empty where it would be too long for a row. */
    public Optional<byte[]> of(Texts decision) {
        var lines = new StringBuilder();
        lines.append(decision.facts().orElse("")).append('\n');
        lines.append(decision.advice().orElse("")).append('\n');
        lines.append(decision.prefetch()).append('\n').append(decision.timings());
        decision.cards().forEach(card -> lines.append('\n').append(card));
        deflater.reset();
        deflater.setDictionary(DICTIONARY);
        deflater.setInput(lines.toString().getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        var body = new ByteArrayOutputStream(BUFFER);
        body.write(FIRST_DICTIONARY);
        while (!deflater.finished()) {
            body.write(buffer, 0, deflater.deflate(buffer));
        }
        return body.size() > LONGEST ? Optional.empty() : Optional.of(body.toByteArray());
    }

    /** @throws IllegalArgumentException where it is no body, or damaged; the message tells nothing of its content */
    public static Texts read(byte[] body) {
        if (body.length == 0 || body[0] != FIRST_DICTIONARY) {
            throw new IllegalArgumentException("no body that this release can read");
        }
        var inflater = new Inflater();
        try {
            inflater.setInput(body, 1, body.length - 1);
            return texts(inflated(inflater));
        } catch (DataFormatException damaged) {
            throw new IllegalArgumentException("a damaged body");
        } finally {
            inflater.end();
        }
    }

    private static String inflated(Inflater inflater) throws DataFormatException {
        var text = new ByteArrayOutputStream(4 * BUFFER);
        var buffer = new byte[BUFFER];
        while (!inflater.finished()) {
            var length = inflater.inflate(buffer);
            text.write(buffer, 0, length);
            if (length == 0) {
                if (!inflater.needsDictionary()) {
                    throw new DataFormatException("cut off");
                }
                inflater.setDictionary(DICTIONARY);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /** JSON has no line break within: each of the texts is one line. */
    private static Texts texts(String lines) throws DataFormatException {
        List<String> texts = new ArrayList<>(List.of(lines.split("\n", -1)));
        if (texts.size() < TEXTS_BEFORE_CARDS) {
            throw new DataFormatException("too few lines");
        }
        return new Texts(
                Optional.of(texts.get(0)).filter(text -> !text.isEmpty()),
                Optional.of(texts.get(1)).filter(text -> !text.isEmpty()),
                texts.get(2),
                texts.get(3),
                texts.subList(TEXTS_BEFORE_CARDS, texts.size()));
    }

    @Override
    public void close() {
        deflater.end();
    }
}
