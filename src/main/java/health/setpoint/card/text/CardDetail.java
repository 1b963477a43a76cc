package health.setpoint.card.text;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How much of the reasons stands on the card itself. */
public enum CardDetail {
    /** What a reader needs at a glance; the whole reason stands behind the link. */
    SHORT,
    /** That, and below a line the whole reason: for EHRs that show no links. */
    FULL;

    /** The word by which a client file names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that a word names. */
    public static Optional<CardDetail> named(String word) {
        return Stream.of(values()).filter(detail -> detail.word().equals(word)).findFirst();
    }
}
