package health.setpoint.population.bulk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** 64 bits for a reference such as {@code Observation/o1}: millions of them fit into a small heap. */
final class ResourceHash {

    private ResourceHash() {}

    /** Two references get the same once in some ten billion billion pairs. */
    static long of(String reference) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(reference.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
