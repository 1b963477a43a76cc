package health.setpoint.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/**
 * Signs who may read one decision until when, with the key of the journal's hashes: the one that is kept in its folder, or
 * the configured one, which several instances share.
 */
public final class DecisionLinks {

    /** 160 bits in hexadecimal digits: nobody finds one that holds. */
    private static final int LENGTH = 40;

    private final Pseudonyms keyed;

    public DecisionLinks(Pseudonyms keyed) {
        this.keyed = keyed;
    }

    /** Signed with a key of at least 32 characters. */
    public static DecisionLinks keyed(String key) {
        return new DecisionLinks(Pseudonyms.keyed(key));
    }

    /** The signature over a decision and the second at which the link ends. */
    public String signature(String decision, Instant until) {
        return keyed.of("decision-link", decision + "\n" + until.getEpochSecond())
                .substring(0, LENGTH);
    }

    /** It was signed here, for this decision and this end. */
    public boolean isSigned(String decision, Instant until, String signature) {
        return MessageDigest.isEqual(
                signature(decision, until).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }
}
