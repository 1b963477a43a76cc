package health.setpoint.client.token;

import java.util.Map;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Key pairs of clients and of strangers, made once. */
public final class Keys {

    public static final EllipticCurveJsonWebKey EC = ec("ec-1");
    public static final EllipticCurveJsonWebKey SECOND = ec("ec-2");
    public static final RsaJsonWebKey RSA = rsa("rsa-1");
    /** Of nobody that is registered, under the id of a key that is. */
    public static final EllipticCurveJsonWebKey STRANGER = ec("ec-1");

    private Keys() {}

    static EllipticCurveJsonWebKey ec(String id) {
        try {
            var key = EcJwkGenerator.generateJwk(EllipticCurves.P384);
            key.setKeyId(id);
            return key;
        } catch (JoseException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static RsaJsonWebKey rsa(String id) {
        try {
            var key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The public halves as a JWKS. */
    public static String jwks(PublicJsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    static Map<String, Object> publicHalf(PublicJsonWebKey key) {
        return key.toParams(OutputControlLevel.PUBLIC_ONLY);
    }
}
