package health.setpoint.titration.advice;

import java.util.Locale;

/** Urgency of a card, from the least. */
public enum Indicator {
    INFO,
    WARNING,
    CRITICAL;

    /** The more urgent of two. */
    public Indicator or(Indicator other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The word that CDS Hooks uses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
