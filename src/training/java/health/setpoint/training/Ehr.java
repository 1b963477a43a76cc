package health.setpoint.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** An EHR that is registered with the service for the training, and calls it as real ones do: a signed token a call. */
final class Ehr {

    private static final int COORDINATE = 48;
    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private final String name;
    private final String base;
    private final KeyPair key;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Ehr(String name, String base, KeyPair key) {
        this.name = name;
        this.base = base;
        this.key = key;
    }

    /** Registers one by a file in the folder of the clients. */
    static Ehr registered(Path folder, String name, String dialect, String mode, String base)
            throws IOException, GeneralSecurityException {
        var keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(new ECGenParameterSpec("secp384r1"));
        var ehr = new Ehr(name, base, keys.generateKeyPair());
        var point = ((ECPublicKey) ehr.key.getPublic()).getW();
        Files.writeString(
                folder.resolve(name + ".yaml"),
                String.join(
                        "\n",
                        "name: " + name,
                        "mode: " + mode,
                        "issuer: " + ehr.issuer(),
                        "keys:",
                        "  jwks: {keys: [{kty: EC, use: sig, alg: ES384, crv: P-384, kid: \"1\", x: \""
                                + coordinate(point.getAffineX().toByteArray()) + "\", y: \""
                                + coordinate(point.getAffineY().toByteArray()) + "\"}]}",
                        "fhir-servers:",
                        "  - {url: " + base + "/sandbox/fhir, token: none}",
                        "http-on-this-machine: allowed-for-trying",
                        "zone: America/Chicago",
                        "dialect: " + dialect,
                        "limits: {calls-per-second: 1000, calls-at-once: 50}",
                        "may: [explain, reports]",
                        ""));
        return ehr;
    }

    private String issuer() {
        return "https://" + name + ".example/fhir/r4";
    }

    private static String coordinate(byte[] number) {
        var bytes = new byte[COORDINATE];
        var from = Math.max(0, number.length - COORDINATE);
        System.arraycopy(number, from, bytes, COORDINATE - (number.length - from), number.length - from);
        return URL_SAFE.encodeToString(bytes);
    }

    /** A token for a path, good for a minute. */
    String token(String path) throws GeneralSecurityException {
        return token(path, Instant.now(), UUID.randomUUID().toString());
    }

    /** A token for a path that was signed then. */
    String token(String path, Instant signed, String id) throws GeneralSecurityException {
        var head = "{\"alg\":\"ES384\",\"typ\":\"JWT\",\"kid\":\"1\"}";
        var claims = "{\"iss\":\"" + issuer() + "\",\"aud\":\"" + base + path + "\",\"iat\":" + signed.getEpochSecond()
                + ",\"exp\":" + signed.plusSeconds(60).getEpochSecond() + ",\"jti\":\"" + id + "\"}";
        var text = encoded(head) + "." + encoded(claims);
        var signature = Signature.getInstance("SHA384withECDSAinP1363Format");
        signature.initSign(key.getPrivate());
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + URL_SAFE.encodeToString(signature.sign());
    }

    private static String encoded(String json) {
        return URL_SAFE.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, String body)
            throws GeneralSecurityException, IOException, InterruptedException {
        return post(path, body, token(path.replaceFirst("[?].*", "")));
    }

    HttpResponse<String> post(String path, String body, String token) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path, String... headers)
            throws GeneralSecurityException, IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        if (Arrays.stream(headers).noneMatch("Authorization"::equals)) {
            request.header("Authorization", "Bearer " + token(path.replaceFirst("[?].*", "")));
        }
        return sent(request);
    }

    private HttpResponse<String> sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
