package health.setpoint.card.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * Name-based ids (version 5): the same client, call, rule and order give the same id, so that a retry gives the same card;
 * two clients never share one, whatever they call their calls.
 */
public final class StableUuid {

    private static final UUID SETPOINT = UUID.fromString("6f1c3c0e-5d0c-4d6c-9a52-1d1f5b0b7a3e");

    private StableUuid() {}

    /** The ids of one client's cards stand in a namespace that bears its name. */
    public static UUID namespace(String client) {
        return of(SETPOINT, client);
    }

    public static String of(UUID namespace, String hookInstance, String rule, String order) {
        return of(namespace, hookInstance + "|" + rule + "|" + order).toString();
    }

    public static UUID of(UUID namespace, String name) {
        byte[] space = ByteBuffer.allocate(16)
                .putLong(namespace.getMostSignificantBits())
                .putLong(namespace.getLeastSignificantBits())
                .array();
        MessageDigest sha1 = sha1();
        sha1.update(space);
        byte[] hash = Arrays.copyOf(sha1.digest(name.getBytes(StandardCharsets.UTF_8)), 16);
        hash[6] = (byte) (hash[6] & 0x0f | 0x50);
        hash[8] = (byte) (hash[8] & 0x3f | 0x80);
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-1", missing);
        }
    }
}
