package health.setpoint.population.export;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.http.body.RequestJson;
import health.setpoint.population.export.BulkExport.ExportFailed;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Access tokens by SMART Backend Services: the client proves who it is by a signed assertion, and no secret leaves this
 * process. Tokens are renewed before they end and never told.
 */
public final class BackendServices {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(4);
    private static final Duration BEFORE_ITS_END = Duration.ofSeconds(30);
    private static final long SHORTEST_LIFE_SECONDS = 60;
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final URI base;
    private final Optional<URI> tokenEndpoint;
    private final String clientId;
    private final PublicJsonWebKey key;
    private final String scope;
    private final HttpClient http;
    private final Clock clock;
    private Optional<URI> discovered = Optional.empty();
    private String token = "";
    private Instant until = Instant.EPOCH;

    /**
     * Tokens for one server.
     *
     * @param tokenEndpoint as the server's administrator names it; discovered at the server otherwise
     * @param keyFile a private key as a JWK with a kid, EC P-384 or RSA, whose public half the server knows
     * @throws IOException where the file holds no such key
     */
    public BackendServices(
            URI base,
            Optional<URI> tokenEndpoint,
            String clientId,
            Path keyFile,
            String scope,
            HttpClient http,
            Clock clock)
            throws IOException {
        this.base = ExportRequest.safe(base);
        this.tokenEndpoint = tokenEndpoint.map(ExportRequest::safe);
        this.clientId = clientId;
        this.key = key(keyFile);
        this.scope = scope;
        this.http = http;
        this.clock = clock;
    }

    private static PublicJsonWebKey key(Path file) throws IOException {
        try {
            var read = PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file, StandardCharsets.UTF_8));
            if (read.getPrivateKey() != null && read.getKeyId() != null) {
                return read;
            }
        } catch (JoseException noKey) {
            // told below, without what the file holds
        }
        throw new IOException(file + " holds no private key as a JWK with a kid");
    }

    /** A token that is good for some while. */
    synchronized String token() throws IOException, InterruptedException, ExportFailed {
        if (clock.instant().isBefore(until.minus(BEFORE_ITS_END))) {
            return token;
        }
        var endpoint = endpoint();
        var form = Map.of(
                "grant_type",
                "client_credentials",
                "scope",
                scope,
                "client_assertion_type",
                ASSERTION_TYPE,
                "client_assertion",
                assertion(endpoint));
        var answer = http.send(
                HttpRequest.newBuilder(endpoint)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                                .map(each -> each.getKey() + "="
                                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                                .collect(Collectors.joining("&"))))
                        .build(),
                BodyHandlers.ofByteArray());
        var body = json(answer.body());
        if (answer.statusCode() != 200 || body.path("access_token").asText().isEmpty()) {
            throw new ExportFailed("the server gives no token: status " + answer.statusCode()
                    + Optional.of(body.path("error").asText())
                            .filter(error -> error.matches("[a-z_]{1,40}"))
                            .map(error -> ", " + error)
                            .orElse(""));
        }
        token = body.path("access_token").asText();
        until = clock.instant()
                .plusSeconds(
                        Math.max(SHORTEST_LIFE_SECONDS, body.path("expires_in").asLong()));
        return token;
    }

    /** The server does not take the token any more. */
    synchronized void forget() {
        until = Instant.EPOCH;
    }

    private URI endpoint() throws IOException, InterruptedException, ExportFailed {
        if (tokenEndpoint.isPresent()) {
            return tokenEndpoint.get();
        }
        if (discovered.isEmpty()) {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(
                                    base.toString().replaceAll("/+$", "") + "/.well-known/smart-configuration"))
                            .timeout(PATIENCE)
                            .header("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofByteArray());
            var named = json(answer.body()).path("token_endpoint").asText();
            if (answer.statusCode() != 200 || named.isEmpty()) {
                throw new ExportFailed("the server names no token endpoint at .well-known/smart-configuration");
            }
            discovered = Optional.of(address(named));
        }
        return discovered.get();
    }

    private static URI address(String named) throws ExportFailed {
        try {
            return ExportRequest.safe(URI.create(named));
        } catch (IllegalArgumentException unsafe) {
            throw new ExportFailed("the token endpoint that the server names is not https");
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return RequestJson.exact().readTree(body);
        } catch (IOException noJson) {
            return RequestJson.exact().missingNode();
        }
    }

    private String assertion(URI endpoint) throws ExportFailed {
        var now = clock.instant();
        var claims = new JwtClaims();
        claims.setIssuer(clientId);
        claims.setSubject(clientId);
        claims.setAudience(endpoint.toString());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(now.plus(ASSERTION_LIFE).getEpochSecond()));
        claims.setJwtId(UUID.randomUUID().toString());
        var signature = new JsonWebSignature();
        signature.setHeader("typ", "JWT");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue(key instanceof RsaJsonWebKey ? "RS384" : "ES384");
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException unfit) {
            throw new ExportFailed("the key cannot sign: EC P-384 or RSA is wanted");
        }
    }
}
