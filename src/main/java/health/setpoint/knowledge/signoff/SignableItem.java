package health.setpoint.knowledge.signoff;

import health.setpoint.knowledge.ContentHash;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One thing that a clinician can stand behind: a number, a rule or a table, with all that he was shown of it.
 *
 * @param kind which of the three
 * @param id by which it is known, for instance {@code estradiol.low}, {@code R-40}, {@code units.csv}
 * @param says what is signed, by the names under which a form shows it: its words, value, source and grade
 */
public record SignableItem(Kind kind, String id, Map<String, String> says) {

    /** What can be signed. */
    public enum Kind {
        NUMBER,
        RULE,
        TABLE;

        /** As a form names it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> named(String word) {
            return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
        }
    }

    public SignableItem {
        says = Collections.unmodifiableMap(new LinkedHashMap<>(says));
    }

    /** Twelve hexadecimal digits over everything that is signed: another value, source or word has another mark. */
    public String mark() {
        StringBuilder all = new StringBuilder(kind.word()).append('\n').append(id);
        says.forEach((name, text) -> all.append('\n').append(name).append('=').append(text));
        return ContentHash.ofOne(all.toString());
    }

    /** {@code number estradiol.low}. */
    @Override
    public String toString() {
        return kind.word() + " " + id;
    }
}
