package health.setpoint.operator.command;

import health.setpoint.client.Endpoint;
import health.setpoint.hook.request.CdsService;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * {@code make-token}: a token as an EHR would send it, to try one's own client file with. Only the token goes to standard
 * output; what it claims, and the public key for the client's file, beside it.
 */
final class MakeTokenCommand {

    static final String WORD = "make-token";

    static final Duration SHORTEST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofHours(1);

    private static final String DISCOVERY = "discovery";
    private static final String FEEDBACK = "/feedback";
    private static final String CURVE = "P-384";

    private final PrintStream out;
    private final PrintStream told;
    private final Clock clock;

    /**
     * What the token is to say.
     *
     * @param forWhat {@code discovery}, the id of a service, or that with {@code /feedback}
     * @param base under which the service is reached
     * @param jku where the token says that its keys are; it says nothing without
     */
    record Wish(
            String forWhat, String base, String issuer, Optional<String> tenant, Optional<String> jku, Duration life) {}

    MakeTokenCommand(PrintStream out, PrintStream told, Clock clock) {
        this.out = out;
        this.told = told;
        this.clock = clock;
    }

    /**
     * Makes one token.
     *
     * @param keyFile a private key as a JWK, made where there is none
     * @return 0 with a token on standard output, 1 without
     */
    int run(Path keyFile, Wish wish) {
        var endpoint = endpoint(wish.forWhat());
        if (endpoint.isEmpty()) {
            told.println("not made: --for is discovery, the id of a service such as " + CdsService.values()[0].id()
                    + ", or that with /feedback");
            return 1;
        }
        if (wish.life().compareTo(SHORTEST) < 0 || wish.life().compareTo(LONGEST) > 0) {
            told.println("not made: --life is 10 to 3600 seconds");
            return 1;
        }
        try {
            var key = key(keyFile);
            var audience = endpoint.get().url(wish.base().replaceAll("/+$", ""));
            tell(key, wish, audience);
            out.println(token(key, wish, audience));
            return 0;
        } catch (IOException unusable) {
            told.println("not made: " + keyFile + " cannot be read or written: " + unusable.getMessage());
        } catch (JoseException noKey) {
            told.println(
                    "not made: " + keyFile + " holds no private key as a JWK, EC " + CURVE + " or RSA, with a kid");
        }
        return 1;
    }

    private static Optional<Endpoint> endpoint(String forWhat) {
        if (forWhat.equals(DISCOVERY)) {
            return Optional.of(Endpoint.discovery());
        }
        var service = forWhat.endsWith(FEEDBACK) ? forWhat.substring(0, forWhat.length() - FEEDBACK.length()) : forWhat;
        return CdsService.byId(service)
                .map(known -> service.equals(forWhat) ? Endpoint.service(service) : Endpoint.feedback(service));
    }

    private PublicJsonWebKey key(Path file) throws IOException, JoseException {
        if (Files.notExists(file)) {
            var made = EcJwkGenerator.generateJwk(EllipticCurves.P384);
            made.setKeyId(UUID.randomUUID().toString());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, made.toJson(OutputControlLevel.INCLUDE_PRIVATE) + "\n");
            told.println("a key pair was made and is kept in " + file + ": for trials, it is not encrypted");
            return made;
        }
        var read = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file, StandardCharsets.UTF_8));
        if (read.getPrivateKey() == null || read.getKeyId() == null || !isFit(read)) {
            throw new JoseException("unfit");
        }
        return read;
    }

    private static boolean isFit(PublicJsonWebKey key) {
        return key instanceof RsaJsonWebKey
                || key instanceof EllipticCurveJsonWebKey curve
                        && curve.getCurveName().equals(CURVE);
    }

    private static String algorithm(PublicJsonWebKey key) {
        return key instanceof RsaJsonWebKey ? "RS384" : "ES384";
    }

    private String token(PublicJsonWebKey key, Wish wish, String audience) throws JoseException {
        var now = clock.instant();
        var claims = new JwtClaims();
        claims.setIssuer(wish.issuer());
        wish.tenant().ifPresent(tenant -> claims.setStringClaim("tenant", tenant));
        claims.setAudience(audience);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(wish.life()).getEpochSecond()));
        claims.setJwtId(UUID.randomUUID().toString());
        var signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(algorithm(key));
        wish.jku().ifPresent(place -> signature.setHeader("jku", place));
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        told.println("claims " + claims.toJson());
        return signature.getCompactSerialization();
    }

    private void tell(PublicJsonWebKey key, Wish wish, String audience) {
        told.println("a token for " + audience + ", good for " + wish.life().toSeconds()
                + " seconds and one call. The client's file says:");
        told.println("  issuer: " + wish.issuer());
        wish.tenant().ifPresent(tenant -> told.println("  tenant: " + tenant));
        told.println("  keys:");
        wish.jku().ifPresent(place -> told.println("    jku: " + place));
        told.println("    jwks: {\"keys\": [" + key.toJson(OutputControlLevel.PUBLIC_ONLY) + "]}");
    }
}
