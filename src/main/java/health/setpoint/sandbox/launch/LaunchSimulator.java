package health.setpoint.sandbox.launch;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** The launches, codes and tokens of the simulator: in memory, bounded, each good for a short time, launches and codes once. */
@Singleton
class LaunchSimulator {

    /** Tells the simulator's tokens from what else may stand in an Authorization header. */
    static final String TOKEN_PREFIX = "sandbox-token-";

    static final Duration TOKEN_LIFE = Duration.ofMinutes(60);
    private static final Duration CODE_LIFE = Duration.ofMinutes(1);
    private static final Duration LAUNCH_LIFE = Duration.ofMinutes(5);
    private static final int MOST_KEPT = 1000;
    private static final int RANDOM_BYTES = 32;

    /**
     * Where a launch from the EHR begins.
     *
     * @param server path of the FHIR server
     * @param patient whose chart is open
     * @param appContext of the card's link, where it is launched from one
     */
    record Launch(String server, String patient, Optional<String> appContext, Instant until) {}

    /** What a code was given for; it is redeemed by whoever knows what the challenge was made of. */
    record Code(LaunchGrant grant, String redirect, String challenge, Instant until) {}

    private static final int KEY_BITS = 2048;

    /** Made for the first app that asks who signed in. */
    private RsaJsonWebKey key;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final Map<String, Launch> launches = bounded();
    private final Map<String, Code> codes = bounded();
    private final Map<String, LaunchGrant> tokens = bounded();

    /** Begins a launch from an open chart. */
    synchronized String launch(String server, String patient, Optional<String> appContext) {
        var id = secret("");
        launches.put(id, new Launch(server, patient, appContext, clock.instant().plus(LAUNCH_LIFE)));
        return id;
    }

    /** The launch of this id, which is then used up. */
    synchronized Optional<Launch> opened(String id) {
        return running(launches.remove(id), Launch::until);
    }

    /** A code for an app that was let in. */
    synchronized String code(LaunchGrant grant, String redirect, String challenge) {
        var code = secret("");
        codes.put(code, new Code(grant, redirect, challenge, clock.instant().plus(CODE_LIFE)));
        return code;
    }

    /** When a token that is given now ends. */
    Instant end() {
        return clock.instant().plus(TOKEN_LIFE);
    }

    /** The token for a code, which is used up by whoever brings it, rightly or not. */
    synchronized Optional<Map.Entry<String, LaunchGrant>> redeem(String code, String redirect, String verifier) {
        return running(codes.remove(code), Code::until)
                .filter(kept ->
                        kept.redirect().equals(redirect) && kept.challenge().equals(challenge(verifier)))
                .map(kept -> {
                    var token = secret(TOKEN_PREFIX);
                    tokens.put(token, kept.grant());
                    return Map.entry(token, kept.grant());
                });
    }

    /** Says to an app who signed in: the one user of the sandbox. Signed with a key of this run. */
    String identity(LaunchGrant grant, String issuer, String audience, String user) {
        var claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(audience);
        claims.setSubject("sandbox");
        claims.setClaim("fhirUser", user);
        grant.nonce().ifPresent(nonce -> claims.setClaim("nonce", nonce));
        claims.setIssuedAt(NumericDate.fromSeconds(clock.instant().getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(clock.instant().plus(TOKEN_LIFE).getEpochSecond()));
        var signed = new JsonWebSignature();
        signed.setPayload(claims.toJson());
        signed.setKey(key().getPrivateKey());
        signed.setKeyIdHeaderValue(key().getKeyId());
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return signed.getCompactSerialization();
        } catch (JoseException never) {
            throw new IllegalStateException(never);
        }
    }

    /** The public key by which that is checked, as a JWKS. */
    String keys() {
        return new JsonWebKeySet(key()).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private synchronized RsaJsonWebKey key() {
        if (key == null) {
            try {
                key = RsaJwkGenerator.generateJwk(KEY_BITS);
                key.setKeyId("sandbox");
            } catch (JoseException never) {
                throw new IllegalStateException(never);
            }
        }
        return key;
    }

    /** What a token is good for; empty where it is none of ours, or has ended. */
    synchronized Optional<LaunchGrant> of(String token) {
        return running(tokens.get(token), LaunchGrant::until);
    }

    private <T> Optional<T> running(T kept, Function<T, Instant> until) {
        return Optional.ofNullable(kept).filter(one -> clock.instant().isBefore(until.apply(one)));
    }

    /** PKCE's S256. */
    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private String secret(String prefix) {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static <T> Map<String, T> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MOST_KEPT;
            }
        };
    }
}
