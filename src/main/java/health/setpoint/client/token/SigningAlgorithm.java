package health.setpoint.client.token;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Algorithms of which a client's file may name some. Symmetric ones and {@code none} are not among them. */
public enum SigningAlgorithm {
    ES256("EC", "P-256"),
    ES384("EC", "P-384"),
    ES512("EC", "P-521"),
    RS256("RSA", ""),
    RS384("RSA", ""),
    RS512("RSA", ""),
    PS256("RSA", ""),
    PS384("RSA", ""),
    PS512("RSA", "");

    /** Those that CDS Hooks recommends; accepted where a file names none. */
    public static final Set<SigningAlgorithm> RECOMMENDED = Set.of(ES384, RS384);

    private final String keyType;
    private final String curve;

    SigningAlgorithm(String keyType, String curve) {
        this.keyType = keyType;
        this.curve = curve;
    }

    /** Whether a key of this type, and on this curve where it has one, can sign so. */
    boolean fits(String type, String ofCurve) {
        return keyType.equals(type) && curve.equals(ofCurve);
    }

    public static Optional<SigningAlgorithm> called(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst();
    }
}
