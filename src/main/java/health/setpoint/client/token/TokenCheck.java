package health.setpoint.client.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.Loggable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Checks the token that a caller sends with every call. What may sign, with which key and how, stands in the client's
 * file; the token only says which of these it claims to be.
 */
public final class TokenCheck {

    /** How far clocks may be apart. */
    public static final Duration SKEW = Duration.ofSeconds(60);

    static final int LONGEST_TOKEN = 8192;

    private static final int LONGEST_ID = 256;
    private static final Pattern SCHEME = Pattern.compile("(?i:bearer) +(\\S.*)");
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final List<String> KEYS_IN_TOKENS = List.of("jwk", "x5c", "x5u");
    private static final List<String> EXTENSIONS = List.of("crit", "b64", "zip", "enc");
    private static final BigDecimal LATEST = new BigDecimal("253402300799");
    private static final int MOST_DIGITS_MOVED = 20;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxNumberLength(40)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** What a check came to. */
    sealed interface Verdict {}

    /**
     * The token is the client's, and good for this endpoint now. It may have been used before.
     *
     * @param id the same for the same token only
     * @param until when it is worthless at last
     */
    public record Proven(RegisteredClient caller, String id, Instant until, Claimed claimed) implements Verdict {}

    /** The token is not good. */
    public record Refused(RejectionReason why, Claimed claimed) implements Verdict {}

    /** What the token says of itself, fit for a log line. */
    public record Claimed(String issuer, String tenant, String keyId, String tokenId) {

        static final Claimed NOTHING = new Claimed("(none)", "(none)", "(none)", "(none)");
    }

    private final KeySource fetched;

    public TokenCheck(KeySource fetched) {
        this.fetched = fetched;
    }

    /**
     * Checks the Authorization headers of one call.
     *
     * @param audiences what the token may name as its audience
     */
    public Verdict check(List<String> authorization, Set<String> audiences, Clients clients, Instant now) {
        if (authorization.isEmpty()) {
            return new Refused(RejectionReason.NO_AUTHORIZATION, Claimed.NOTHING);
        }
        if (authorization.size() > 1) {
            return new Refused(RejectionReason.SEVERAL_AUTHORIZATIONS, Claimed.NOTHING);
        }
        var scheme = SCHEME.matcher(authorization.get(0));
        if (!scheme.matches()) {
            return new Refused(RejectionReason.NOT_BEARER, Claimed.NOTHING);
        }
        var token = scheme.group(1).strip();
        if (token.length() > LONGEST_TOKEN) {
            return new Refused(RejectionReason.TOKEN_TOO_LONG, Claimed.NOTHING);
        }
        if (!COMPACT.matcher(token).matches()) {
            return new Refused(RejectionReason.NOT_A_JWT, Claimed.NOTHING);
        }
        var parts = token.split("\\.");
        var header = object(parts[0]);
        if (header.isEmpty()) {
            return new Refused(RejectionReason.HEADER_UNREADABLE, Claimed.NOTHING);
        }
        var claims = object(parts[1]);
        if (claims.isEmpty()) {
            return new Refused(RejectionReason.CLAIMS_UNREADABLE, Claimed.NOTHING);
        }
        return new OneToken(token, header.get(), claims.get(), audiences, now).verdict(clients);
    }

    private static Optional<ObjectNode> object(String part) {
        try {
            // As text: from bytes the parser would guess the encoding, and pass over a byte order mark.
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(part)))
                    .toString();
            return JSON.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node) {
        return Optional.ofNullable(node.textValue()).filter(text -> !text.isBlank() && text.length() <= LONGEST_ID);
    }

    /** A moment as tokens write it: seconds since 1970, fractions allowed. */
    private static Optional<Instant> moment(JsonNode node) {
        if (!node.isNumber()) {
            return Optional.empty();
        }
        var seconds = node.decimalValue();
        // Before anything is reckoned with it: written out, 1e99999999 has a hundred million digits.
        if (Math.abs((long) seconds.scale()) > MOST_DIGITS_MOVED) {
            return Optional.empty();
        }
        if (seconds.signum() < 0 || seconds.compareTo(LATEST) > 0) {
            return Optional.empty();
        }
        return Optional.of(Instant.ofEpochMilli(seconds.movePointRight(3).longValue()));
    }

    private final class OneToken {

        private final String token;
        private final ObjectNode header;
        private final ObjectNode claims;
        private final Set<String> audiences;
        private final Instant now;
        private final Claimed claimed;

        OneToken(String token, ObjectNode header, ObjectNode claims, Set<String> audiences, Instant now) {
            this.token = token;
            this.header = header;
            this.claims = claims;
            this.audiences = audiences;
            this.now = now;
            this.claimed = new Claimed(
                    Loggable.of(claims.path("iss").asText()),
                    Loggable.of(claims.path("tenant").asText()),
                    Loggable.of(header.path("kid").asText()),
                    Loggable.of(claims.path("jti").asText()));
        }

        Verdict verdict(Clients clients) {
            if (!"JWT".equalsIgnoreCase(header.path("typ").textValue())) {
                return refused(RejectionReason.WRONG_TYPE);
            }
            if (KEYS_IN_TOKENS.stream().anyMatch(header::has)) {
                return refused(RejectionReason.KEY_IN_TOKEN);
            }
            if (EXTENSIONS.stream().anyMatch(header::has)) {
                return refused(RejectionReason.CRITICAL_EXTENSION);
            }
            var issuer = text(claims.path("iss"));
            if (issuer.isEmpty()) {
                return refused(RejectionReason.ISSUER_MISSING);
            }
            var tenant = text(claims.path("tenant"));
            if (claims.has("tenant") && tenant.isEmpty()) {
                return refused(RejectionReason.TENANT_MALFORMED);
            }
            return clients.of(issuer.get(), tenant)
                    .map(this::of)
                    .orElseGet(() -> refused(RejectionReason.CLIENT_UNKNOWN));
        }

        private Verdict of(RegisteredClient caller) {
            var trust = caller.trust();
            var algorithm =
                    text(header.path("alg")).flatMap(SigningAlgorithm::called).filter(trust.algorithms()::contains);
            if (algorithm.isEmpty()) {
                return refused(RejectionReason.ALGORITHM_NOT_ACCEPTED);
            }
            if (header.has("jku") && !isRegistered(header.path("jku"), trust)) {
                return refused(RejectionReason.KEY_PLACE_NOT_REGISTERED);
            }
            var keyId = text(header.path("kid"));
            if (keyId.isEmpty()) {
                return refused(RejectionReason.KEY_ID_MISSING);
            }
            // What costs nothing is checked before a key is fetched or a signature computed.
            var why = claims(trust);
            if (why.isPresent()) {
                return refused(why.get());
            }
            var key = key(trust, keyId.get(), algorithm.get());
            if (key.isEmpty()) {
                return refused(RejectionReason.KEY_UNKNOWN);
            }
            if (!isSigned(key.get(), algorithm.get())) {
                return refused(RejectionReason.SIGNATURE_WRONG);
            }
            var tokenId = claims.path("jti").textValue();
            return new Proven(
                    caller,
                    id(trust, tokenId),
                    moment(claims.path("exp")).orElseThrow().plus(SKEW),
                    claimed);
        }

        private static boolean isRegistered(JsonNode place, Trust trust) {
            return trust.keys()
                    .jku()
                    .filter(registered -> registered.toString().equals(place.textValue()))
                    .isPresent();
        }

        private Optional<PublicKey> key(Trust trust, String id, SigningAlgorithm algorithm) {
            var fixed = trust.keys().fixed();
            return fixed.isPresent()
                    ? fixed.get().key(id, algorithm)
                    : fetched.key(trust.keys().jku().orElseThrow(), id, algorithm);
        }

        private boolean isSigned(PublicKey key, SigningAlgorithm algorithm) {
            try {
                var signature = new JsonWebSignature();
                signature.setAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm.name()));
                signature.setCompactSerialization(token);
                signature.setKey(key);
                return signature.verifySignature();
            } catch (JoseException | RuntimeException broken) {
                return false;
            }
        }

        private Optional<RejectionReason> claims(Trust trust) {
            var audience = audience();
            if (audience.isPresent()) {
                return audience;
            }
            var expires = moment(claims.path("exp"));
            if (expires.isEmpty()) {
                return Optional.of(RejectionReason.EXPIRY_MISSING);
            }
            var issued = moment(claims.path("iat"));
            if (issued.isEmpty()) {
                return Optional.of(RejectionReason.ISSUE_TIME_MISSING);
            }
            var notBefore = moment(claims.path("nbf"));
            if (claims.has("nbf") && notBefore.isEmpty()) {
                return Optional.of(RejectionReason.NOT_BEFORE_MALFORMED);
            }
            if (!now.isBefore(expires.get().plus(SKEW))) {
                return Optional.of(RejectionReason.EXPIRED);
            }
            if (issued.get().isAfter(now.plus(SKEW))) {
                return Optional.of(RejectionReason.ISSUED_IN_FUTURE);
            }
            if (notBefore.isPresent() && notBefore.get().isAfter(now.plus(SKEW))) {
                return Optional.of(RejectionReason.NOT_YET_VALID);
            }
            if (expires.get().isAfter(issued.get().plus(trust.longestToken()))) {
                return Optional.of(RejectionReason.LIFETIME_TOO_LONG);
            }
            return text(claims.path("jti")).isEmpty()
                    ? Optional.of(RejectionReason.TOKEN_ID_MISSING)
                    : Optional.empty();
        }

        private Optional<RejectionReason> audience() {
            var named = claims.path("aud");
            if (named.isTextual()) {
                return audiences.contains(named.textValue())
                        ? Optional.empty()
                        : Optional.of(RejectionReason.AUDIENCE_WRONG);
            }
            if (!named.isArray() || named.isEmpty()) {
                return Optional.of(RejectionReason.AUDIENCE_MISSING);
            }
            var ours = false;
            for (var one : named) {
                if (!one.isTextual()) {
                    return Optional.of(RejectionReason.AUDIENCE_MISSING);
                }
                ours |= audiences.contains(one.textValue());
            }
            return ours ? Optional.empty() : Optional.of(RejectionReason.AUDIENCE_WRONG);
        }

        private Verdict refused(RejectionReason why) {
            return new Refused(why, claimed);
        }
    }

    /** By client and jti, as a hash: of one length whatever is sent, and the store learns nothing that it need not. */
    private static String id(Trust trust, String tokenId) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : List.of(trust.issuer(), trust.tenant().orElse(""), tokenId)) {
                var bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
