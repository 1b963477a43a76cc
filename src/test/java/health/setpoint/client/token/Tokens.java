package health.setpoint.client.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.lang.JoseException;

/** A token as a client mints it, to be spoilt one piece at a time. */
public final class Tokens {

    public static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    public static final String BASE = "https://setpoint.example";
    public static final String ORDER_SIGN = BASE + "/cds-services/titration-order-sign";
    static final String ISSUER = "https://ehr.example/r4";
    public static final String JKU = "https://ehr.example/jwks.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    final Map<String, Object> header = new LinkedHashMap<>();
    public final Map<String, Object> claims = new LinkedHashMap<>();
    Key key;
    String algorithm;

    private Tokens() {}

    /** A good token of five minutes for order-sign. */
    public static Tokens good() {
        return signedBy(Keys.EC, "ES384");
    }

    public static Tokens signedBy(PublicJsonWebKey key, String algorithm) {
        var token = new Tokens();
        token.key = key.getPrivateKey();
        token.algorithm = algorithm;
        token.header.put("typ", "JWT");
        token.header.put("kid", key.getKeyId());
        token.header.put("jku", JKU);
        token.claims.put("iss", ISSUER);
        token.claims.put("aud", ORDER_SIGN);
        token.claims.put("iat", NOW.getEpochSecond());
        token.claims.put("exp", NOW.plusSeconds(300).getEpochSecond());
        token.claims.put("jti", UUID.randomUUID().toString());
        return token;
    }

    public Tokens header(String name, Object value) {
        header.put(name, value);
        return this;
    }

    public Tokens claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    public Tokens without(String name) {
        header.remove(name);
        claims.remove(name);
        return this;
    }

    String payload() {
        try {
            return JSON.writeValueAsString(claims);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Signed. */
    public String token() {
        return token(payload());
    }

    public String token(String payload) {
        try {
            var signature = new JsonWebSignature();
            signature.setDoKeyValidation(false);
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            header.forEach((name, value) -> {
                if (!name.equals(HeaderParameterNames.CRITICAL)) {
                    signature.getHeaders().setObjectHeaderValue(name, value);
                }
            });
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setPayload(payload);
            signature.setKey(key);
            return signature.getCompactSerialization();
        } catch (JoseException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** With these bytes as the header, and the signature of another. */
    String withHeader(String json) {
        var token = token();
        return encoded(json) + token.substring(token.indexOf('.'));
    }

    static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
