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
     */
    record Launch(String server, String patient, Instant until) {}

    /** What a code was given for; it is redeemed by whoever knows what the challenge was made of. */
    record Code(LaunchGrant grant, String redirect, String challenge, Instant until) {}

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.system();
    private final Map<String, Launch> launches = bounded();
    private final Map<String, Code> codes = bounded();
    private final Map<String, LaunchGrant> tokens = bounded();

    /** Begins a launch from an open chart. */
    synchronized String launch(String server, String patient) {
        var id = secret("");
        launches.put(id, new Launch(server, patient, clock.instant().plus(LAUNCH_LIFE)));
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
