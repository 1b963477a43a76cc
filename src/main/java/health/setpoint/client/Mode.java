package health.setpoint.client;

import java.util.Arrays;
import java.util.Optional;

/** How far a client is switched on. */
public enum Mode {
    /** Every call of a service is answered 404. */
    OFF("off"),
    /** Evaluated and kept in the journal, answered with no cards. */
    SHADOW("shadow"),
    /** Every rule, with every start and increase withheld. */
    SAFETY_ONLY("safety-only"),
    /** Everything. */
    FULL("full");

    private final String word;

    Mode(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Mode> called(String word) {
        return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}
