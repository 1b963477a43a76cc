package health.setpoint.client.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import health.setpoint.client.Endpoint;
import health.setpoint.client.file.ClientFiles;
import health.setpoint.client.file.ClientFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every way in which a token can be wrong, and the reason that the log gets. */
@Tag("attack")
class TokenCheckTest {

    private static final Instant NOW = Tokens.NOW;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<URI> FETCHED = new ArrayList<>();
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static HttpServer foreign;

    @BeforeAll
    static void listen() throws IOException {
        foreign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        foreign.createContext("/", exchange -> {
            ASKED.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        foreign.start();
    }

    @AfterAll
    static void stop() {
        foreign.stop(0);
    }

    private static String foreignJku() {
        return "http://127.0.0.1:" + foreign.getAddress().getPort() + "/jwks.json";
    }

    private final Clients clients = clients();
    private final TokenCheck check = new TokenCheck(new FetchedKeys(
            address -> {
                FETCHED.add(address);
                return JSON.readTree(Keys.jwks(Keys.EC, Keys.RSA));
            },
            System::nanoTime));

    private static Clients clients() {
        var ehr = """
                name: ehr
                mode: full
                issuer: https://ehr.example/r4
                keys: {jku: "https://ehr.example/jwks.json"}
                zone: UTC
                """;
        var tenants = ehr.replace("name: ehr", "name: ward").replace("keys:", "tenant: ward-7\nkeys:");
        var strict = ehr.replace("name: ehr", "name: strict")
                .replace("ehr.example/r4", "strict.example")
                .replace("zone:", "algorithms: [ES384]\nlongest-token: 2m\nzone:");
        var fixed = ehr.replace("name: ehr", "name: fixed")
                .replace("ehr.example/r4", "fixed.example")
                .replace("{jku: \"https://ehr.example/jwks.json\"}", "{jwks: " + Keys.jwks(Keys.EC) + "}");
        var folder = ClientFiles.folder("a.yaml", ehr, "b.yaml", tenants, "c.yaml", strict, "d.yaml", fixed);
        var reading = ClientFolder.read(folder, ClientFolder.Reading.NONE, ClientFiles.OFFER);
        assertEquals(List.of(), reading.faults());
        return reading.clients();
    }

    private TokenCheck.Verdict verdict(Endpoint endpoint, String... authorization) {
        return check.check(List.of(authorization), endpoint.audiences(Tokens.BASE), clients, NOW);
    }

    private TokenCheck.Verdict verdict(String token) {
        return verdict(Endpoint.service("titration-order-sign"), "Bearer " + token);
    }

    private String outcome(String... authorization) {
        return outcome(verdict(Endpoint.service("titration-order-sign"), authorization));
    }

    private static String outcome(TokenCheck.Verdict verdict) {
        return verdict instanceof TokenCheck.Refused refused
                ? refused.why().word()
                : ((TokenCheck.Proven) verdict).caller().client().name();
    }

    private static long in(long seconds) {
        return NOW.plusSeconds(seconds).getEpochSecond();
    }

    @TestFactory
    Stream<DynamicTest> aTokenThatIsRightIsTheClients() {
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("ES384", Tokens.good().token());
        tokens.put("RS384", Tokens.signedBy(Keys.RSA, "RS384").token());
        tokens.put("without a jku", Tokens.good().without("jku").token());
        tokens.put("typ in small letters", Tokens.good().header("typ", "jwt").token());
        tokens.put(
                "aud as a list that holds ours",
                Tokens.good()
                        .claim("aud", List.of("https://other.example", Tokens.ORDER_SIGN))
                        .token());
        tokens.put(
                "times with fractions",
                Tokens.good()
                        .claim("exp", in(300) + 0.5)
                        .claim("iat", in(0) - 0.25)
                        .token());
        tokens.put(
                "expired within the skew",
                Tokens.good().claim("iat", in(-300)).claim("exp", in(-59)).token());
        tokens.put(
                "issued ahead within the skew",
                Tokens.good().claim("iat", in(60)).token());
        tokens.put(
                "nbf ahead within the skew", Tokens.good().claim("nbf", in(60)).token());
        tokens.put("nbf five minutes ago", Tokens.good().claim("nbf", in(-300)).token());
        tokens.put("a whole hour", Tokens.good().claim("exp", in(3600)).token());
        tokens.put(
                "claims and headers that nobody knows",
                Tokens.good().claim("sub", "us").header("x5t", "AA").token());
        return tokens.entrySet().stream()
                .map(token ->
                        dynamicTest(token.getKey(), () -> assertEquals("ehr", outcome("Bearer " + token.getValue()))));
    }

    @Test
    void theSchemeMayBeWrittenInSmallLetters() {
        assertEquals("ehr", outcome("bearer " + Tokens.good().token()));
    }

    private record Case(String name, String why, String... authorization) {}

    private static Case bearer(String name, RejectionReason why, String token) {
        return new Case(name, why.word(), "Bearer " + token);
    }

    @TestFactory
    Stream<DynamicTest> aTokenThatIsWrongIsRefusedForThisReason() throws Exception {
        List<Case> cases = new ArrayList<>();
        var token = Tokens.good().token();
        var parts = token.split("\\.");
        // how it is sent
        cases.add(new Case("no header", RejectionReason.NO_AUTHORIZATION.word()));
        cases.add(new Case(
                "two headers", RejectionReason.SEVERAL_AUTHORIZATIONS.word(), "Bearer " + token, "Bearer " + token));
        cases.add(new Case("basic", RejectionReason.NOT_BEARER.word(), "Basic dXNlcjpwYXNz"));
        cases.add(new Case("no scheme", RejectionReason.NOT_BEARER.word(), token));
        cases.add(new Case("nothing after the scheme", RejectionReason.NOT_BEARER.word(), "Bearer "));
        cases.add(bearer(
                "oversized",
                RejectionReason.TOKEN_TOO_LONG,
                Tokens.good().claim("pad", "x".repeat(9000)).token()));
        cases.add(bearer("two tokens", RejectionReason.NOT_A_JWT, token + "," + token));
        cases.add(bearer("two parts", RejectionReason.NOT_A_JWT, parts[0] + "." + parts[1]));
        cases.add(bearer("no signature", RejectionReason.NOT_A_JWT, parts[0] + "." + parts[1] + "."));
        cases.add(bearer("four parts", RejectionReason.NOT_A_JWT, token + ".AA"));
        cases.add(bearer("encrypted, five parts", RejectionReason.NOT_A_JWT, token + ".AA.AA"));
        cases.add(bearer("padded base64", RejectionReason.NOT_A_JWT, parts[0] + "=." + parts[1] + "." + parts[2]));
        cases.add(bearer("a null in it", RejectionReason.NOT_A_JWT, parts[0] + "\u0000." + parts[1] + "." + parts[2]));
        // its header
        cases.add(bearer(
                "header no JSON",
                RejectionReason.HEADER_UNREADABLE,
                Tokens.good().withHeader("typ=JWT")));
        cases.add(bearer(
                "header a list",
                RejectionReason.HEADER_UNREADABLE,
                Tokens.good().withHeader("[]")));
        cases.add(bearer(
                "alg twice",
                RejectionReason.HEADER_UNREADABLE,
                Tokens.good().withHeader("{\"typ\":\"JWT\",\"alg\":\"none\",\"alg\":\"ES384\"}")));
        for (var mark : List.of("\uFEFF", " \uFEFF", "\uFFFE", "\u0000", "\u00EF\u00BB\u00BF")) {
            cases.add(bearer(
                    "header after " + (int) mark.charAt(mark.length() - 1),
                    RejectionReason.HEADER_UNREADABLE,
                    Tokens.good().withHeader(mark + "{\"typ\":\"JWT\",\"kid\":\"ec-1\",\"alg\":\"ES384\"}")));
            cases.add(bearer(
                    "claims after " + (int) mark.charAt(mark.length() - 1),
                    RejectionReason.CLAIMS_UNREADABLE,
                    Tokens.good().token(mark + Tokens.good().payload())));
        }
        for (var encoding : List.of("UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16")) {
            var claims = Tokens.good().payload().getBytes(Charset.forName(encoding));
            cases.add(bearer(
                    "claims in " + encoding,
                    RejectionReason.CLAIMS_UNREADABLE,
                    parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims) + "." + parts[2]));
        }
        cases.add(bearer(
                "claims no UTF-8",
                RejectionReason.CLAIMS_UNREADABLE,
                parts[0] + "."
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString("{\"iss\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1))
                        + "." + parts[2]));
        cases.add(bearer(
                "deep header", RejectionReason.HEADER_UNREADABLE, Tokens.good().withHeader("[".repeat(500))));
        cases.add(bearer(
                "no typ",
                RejectionReason.WRONG_TYPE,
                Tokens.good().without("typ").token()));
        cases.add(bearer(
                "an access token's typ",
                RejectionReason.WRONG_TYPE,
                Tokens.good().header("typ", "at+jwt").token()));
        cases.add(bearer(
                "typ a number",
                RejectionReason.WRONG_TYPE,
                Tokens.good().header("typ", 1).token()));
        var embedded = Tokens.signedBy(Keys.STRANGER, "ES384");
        cases.add(bearer(
                "embedded jwk that signed it",
                RejectionReason.KEY_IN_TOKEN,
                embedded.header("jwk", Keys.publicHalf(Keys.STRANGER)).token()));
        cases.add(bearer(
                "x5c",
                RejectionReason.KEY_IN_TOKEN,
                Tokens.good().header("x5c", List.of("MIIB")).token()));
        cases.add(bearer(
                "x5u",
                RejectionReason.KEY_IN_TOKEN,
                Tokens.good().header("x5u", foreignJku()).token()));
        cases.add(bearer(
                "crit",
                RejectionReason.CRITICAL_EXTENSION,
                Tokens.good().withHeader("{\"typ\":\"JWT\",\"alg\":\"ES384\",\"kid\":\"ec-1\",\"crit\":[\"exp\"]}")));
        cases.add(bearer(
                "empty crit",
                RejectionReason.CRITICAL_EXTENSION,
                Tokens.good().withHeader("{\"typ\":\"JWT\",\"alg\":\"ES384\",\"kid\":\"ec-1\",\"crit\":[]}")));
        cases.add(bearer(
                "b64 false",
                RejectionReason.CRITICAL_EXTENSION,
                Tokens.good().withHeader("{\"typ\":\"JWT\",\"alg\":\"ES384\",\"kid\":\"ec-1\",\"b64\":false}")));
        cases.add(bearer(
                "zip",
                RejectionReason.CRITICAL_EXTENSION,
                Tokens.good().header("zip", "DEF").token()));
        // its algorithm
        cases.add(bearer("none", RejectionReason.ALGORITHM_NOT_ACCEPTED, unsigned("none")));
        cases.add(bearer("None", RejectionReason.ALGORITHM_NOT_ACCEPTED, unsigned("None")));
        cases.add(bearer("nOnE", RejectionReason.ALGORITHM_NOT_ACCEPTED, unsigned("nOnE")));
        cases.add(bearer(
                "no alg",
                RejectionReason.ALGORITHM_NOT_ACCEPTED,
                Tokens.good().withHeader("{\"typ\":\"JWT\",\"kid\":\"ec-1\"}")));
        for (var hmac : List.of("HS256", "HS384", "HS512")) {
            cases.add(bearer(
                    hmac + " with the public key as its secret",
                    RejectionReason.ALGORITHM_NOT_ACCEPTED,
                    hmacWithPublicKey(hmac)));
        }
        cases.add(bearer(
                "RS256, not in the file",
                RejectionReason.ALGORITHM_NOT_ACCEPTED,
                Tokens.signedBy(Keys.RSA, "RS256").token()));
        cases.add(bearer(
                "PS384, not in the file",
                RejectionReason.ALGORITHM_NOT_ACCEPTED,
                Tokens.signedBy(Keys.RSA, "PS384").token()));
        cases.add(bearer(
                "es384 in small letters",
                RejectionReason.ALGORITHM_NOT_ACCEPTED,
                Tokens.good().withHeader("{\"typ\":\"JWT\",\"kid\":\"ec-1\",\"alg\":\"es384\"}")));
        cases.add(bearer(
                "RS384 where the file has ES384 only",
                RejectionReason.ALGORITHM_NOT_ACCEPTED,
                Tokens.signedBy(Keys.RSA, "RS384")
                        .claim("iss", "https://strict.example")
                        .token()));
        // its key
        cases.add(bearer(
                "foreign jku",
                RejectionReason.KEY_PLACE_NOT_REGISTERED,
                Tokens.signedBy(Keys.STRANGER, "ES384")
                        .header("jku", foreignJku())
                        .token()));
        cases.add(bearer(
                "jku with another port",
                RejectionReason.KEY_PLACE_NOT_REGISTERED,
                Tokens.good()
                        .header("jku", "https://ehr.example:8443/jwks.json")
                        .token()));
        cases.add(bearer(
                "jku with a user",
                RejectionReason.KEY_PLACE_NOT_REGISTERED,
                Tokens.good()
                        .header("jku", "https://ehr.example@evil.example/jwks.json")
                        .token()));
        cases.add(bearer(
                "jku with a query",
                RejectionReason.KEY_PLACE_NOT_REGISTERED,
                Tokens.good().header("jku", Tokens.JKU + "?a").token()));
        cases.add(bearer(
                "jku in capitals",
                RejectionReason.KEY_PLACE_NOT_REGISTERED,
                Tokens.good().header("jku", Tokens.JKU.toUpperCase(Locale.ROOT)).token()));
        cases.add(bearer(
                "jku a list",
                RejectionReason.KEY_PLACE_NOT_REGISTERED,
                Tokens.good().header("jku", List.of(Tokens.JKU)).token()));
        cases.add(bearer(
                "jku of a client that handed its keys over",
                RejectionReason.KEY_PLACE_NOT_REGISTERED,
                Tokens.good().claim("iss", "https://fixed.example").token()));
        cases.add(bearer(
                "no kid",
                RejectionReason.KEY_ID_MISSING,
                Tokens.good().without("kid").token()));
        cases.add(bearer(
                "kid a number",
                RejectionReason.KEY_ID_MISSING,
                Tokens.good().header("kid", 7).token()));
        cases.add(bearer(
                "kid too long",
                RejectionReason.KEY_ID_MISSING,
                Tokens.good().header("kid", "k".repeat(257)).token()));
        cases.add(bearer(
                "kid that climbs",
                RejectionReason.KEY_UNKNOWN,
                Tokens.good().header("kid", "../../../dev/null").token()));
        cases.add(bearer(
                "kid that injects",
                RejectionReason.KEY_UNKNOWN,
                Tokens.good().header("kid", "x' union select 'a").token()));
        cases.add(bearer(
                "kid of nobody",
                RejectionReason.KEY_UNKNOWN,
                Tokens.good().header("kid", "ec-9").token()));
        cases.add(bearer(
                "kid of the RSA key on ES384",
                RejectionReason.KEY_UNKNOWN,
                Tokens.good().header("kid", "rsa-1").token()));
        // its signature
        cases.add(bearer(
                "a stranger's key under the client's kid",
                RejectionReason.SIGNATURE_WRONG,
                Tokens.signedBy(Keys.STRANGER, "ES384").token()));
        cases.add(bearer(
                "claims changed after signing",
                RejectionReason.SIGNATURE_WRONG,
                parts[0] + "." + Tokens.encoded(Tokens.good().payload()) + "." + parts[2]));
        cases.add(bearer(
                "header changed after signing",
                RejectionReason.SIGNATURE_WRONG,
                Tokens.good().withHeader("{\"typ\":\"JWT\",\"kid\":\"ec-1\",\"alg\":\"ES384\"}")));
        cases.add(bearer("signature cut", RejectionReason.SIGNATURE_WRONG, token.substring(0, token.length() - 8)));
        cases.add(bearer(
                "signature of zeros",
                RejectionReason.SIGNATURE_WRONG,
                parts[0] + "." + parts[1] + "." + "A".repeat(128)));
        // whose it is
        cases.add(bearer(
                "claims no JSON",
                RejectionReason.CLAIMS_UNREADABLE,
                Tokens.good().token("sub=me")));
        cases.add(bearer(
                "claims a text",
                RejectionReason.CLAIMS_UNREADABLE,
                Tokens.good().token("\"me\"")));
        cases.add(bearer(
                "aud twice",
                RejectionReason.CLAIMS_UNREADABLE,
                Tokens.good().token(twice("aud", "\"https://other.example\""))));
        cases.add(bearer(
                "exp twice", RejectionReason.CLAIMS_UNREADABLE, Tokens.good().token(twice("exp", "4102444800"))));
        cases.add(bearer(
                "something after the claims",
                RejectionReason.CLAIMS_UNREADABLE,
                Tokens.good().token(Tokens.good().payload() + "{}")));
        cases.add(bearer(
                "no iss",
                RejectionReason.ISSUER_MISSING,
                Tokens.good().without("iss").token()));
        cases.add(bearer(
                "iss a list",
                RejectionReason.ISSUER_MISSING,
                Tokens.good().claim("iss", List.of(Tokens.ISSUER)).token()));
        cases.add(bearer(
                "iss of nobody",
                RejectionReason.CLIENT_UNKNOWN,
                Tokens.good().claim("iss", "https://evil.example").token()));
        cases.add(bearer(
                "iss with a slash more",
                RejectionReason.CLIENT_UNKNOWN,
                Tokens.good().claim("iss", Tokens.ISSUER + "/").token()));
        cases.add(bearer(
                "tenant of nobody",
                RejectionReason.CLIENT_UNKNOWN,
                Tokens.good().claim("tenant", "ward-8").token()));
        cases.add(bearer(
                "tenant null",
                RejectionReason.TENANT_MALFORMED,
                Tokens.good()
                        .claim("tenant", null)
                        .token(Tokens.good().payload().replace("{", "{\"tenant\":null,"))));
        cases.add(bearer(
                "tenant a number",
                RejectionReason.TENANT_MALFORMED,
                Tokens.good().claim("tenant", 7).token()));
        // for whom
        cases.add(bearer(
                "no aud",
                RejectionReason.AUDIENCE_MISSING,
                Tokens.good().without("aud").token()));
        cases.add(bearer(
                "aud an empty list",
                RejectionReason.AUDIENCE_MISSING,
                Tokens.good().claim("aud", List.of()).token()));
        cases.add(bearer(
                "aud an object",
                RejectionReason.AUDIENCE_MISSING,
                Tokens.good().claim("aud", Map.of("url", Tokens.ORDER_SIGN)).token()));
        cases.add(bearer(
                "aud a list with a number",
                RejectionReason.AUDIENCE_MISSING,
                Tokens.good().claim("aud", List.of(Tokens.ORDER_SIGN, 7)).token()));
        cases.add(bearer(
                "aud another service of ours",
                RejectionReason.AUDIENCE_WRONG,
                Tokens.good()
                        .claim("aud", Tokens.BASE + "/cds-services/titration-order-select")
                        .token()));
        cases.add(bearer(
                "aud discovery",
                RejectionReason.AUDIENCE_WRONG,
                Tokens.good().claim("aud", Tokens.BASE + "/cds-services").token()));
        cases.add(bearer(
                "aud the base",
                RejectionReason.AUDIENCE_WRONG,
                Tokens.good().claim("aud", Tokens.BASE).token()));
        cases.add(bearer(
                "aud the service's feedback",
                RejectionReason.AUDIENCE_WRONG,
                Tokens.good().claim("aud", Tokens.ORDER_SIGN + "/feedback").token()));
        cases.add(bearer(
                "aud with another host",
                RejectionReason.AUDIENCE_WRONG,
                Tokens.good()
                        .claim("aud", Tokens.ORDER_SIGN.replace("setpoint", "evil"))
                        .token()));
        cases.add(bearer(
                "aud over http",
                RejectionReason.AUDIENCE_WRONG,
                Tokens.good()
                        .claim("aud", Tokens.ORDER_SIGN.replace("https", "http"))
                        .token()));
        cases.add(bearer(
                "aud with a slash more",
                RejectionReason.AUDIENCE_WRONG,
                Tokens.good().claim("aud", Tokens.ORDER_SIGN + "/").token()));
        cases.add(bearer(
                "aud a list without ours",
                RejectionReason.AUDIENCE_WRONG,
                Tokens.good().claim("aud", List.of("https://other.example")).token()));
        // when
        cases.add(bearer(
                "no exp",
                RejectionReason.EXPIRY_MISSING,
                Tokens.good().without("exp").token()));
        cases.add(bearer(
                "exp a text",
                RejectionReason.EXPIRY_MISSING,
                Tokens.good().claim("exp", String.valueOf(in(300))).token()));
        cases.add(bearer(
                "exp beyond all time",
                RejectionReason.EXPIRY_MISSING,
                Tokens.good().token(Tokens.good().payload().replaceAll("\"exp\":\\d+", "\"exp\":1e30"))));
        cases.add(bearer(
                "exp below zero",
                RejectionReason.EXPIRY_MISSING,
                Tokens.good().claim("exp", -1).token()));
        cases.add(bearer(
                "expired",
                RejectionReason.EXPIRED,
                Tokens.good().claim("iat", in(-300)).claim("exp", in(-60)).token()));
        cases.add(bearer(
                "no iat",
                RejectionReason.ISSUE_TIME_MISSING,
                Tokens.good().without("iat").token()));
        cases.add(bearer(
                "iat a text",
                RejectionReason.ISSUE_TIME_MISSING,
                Tokens.good().claim("iat", "now").token()));
        cases.add(bearer(
                "issued ahead",
                RejectionReason.ISSUED_IN_FUTURE,
                Tokens.good().claim("iat", in(61)).token()));
        cases.add(bearer(
                "nbf ahead",
                RejectionReason.NOT_YET_VALID,
                Tokens.good().claim("nbf", in(61)).token()));
        cases.add(bearer(
                "nbf a text",
                RejectionReason.NOT_BEFORE_MALFORMED,
                Tokens.good().claim("nbf", "now").token()));
        cases.add(bearer(
                "longer than an hour",
                RejectionReason.LIFETIME_TOO_LONG,
                Tokens.good().claim("exp", in(3601)).token()));
        cases.add(bearer(
                "for ever",
                RejectionReason.LIFETIME_TOO_LONG,
                Tokens.good().claim("exp", 4102444800L).token()));
        cases.add(bearer(
                "longer than the file allows",
                RejectionReason.LIFETIME_TOO_LONG,
                Tokens.good()
                        .claim("iss", "https://strict.example")
                        .claim("exp", in(121))
                        .token()));
        cases.add(bearer(
                "no jti",
                RejectionReason.TOKEN_ID_MISSING,
                Tokens.good().without("jti").token()));
        cases.add(bearer(
                "jti empty",
                RejectionReason.TOKEN_ID_MISSING,
                Tokens.good().claim("jti", " ").token()));
        cases.add(bearer(
                "jti a number",
                RejectionReason.TOKEN_ID_MISSING,
                Tokens.good().claim("jti", 7).token()));
        cases.add(bearer(
                "jti too long",
                RejectionReason.TOKEN_ID_MISSING,
                Tokens.good().claim("jti", "j".repeat(257)).token()));
        assertTrue(cases.size() >= 80, cases.size() + " cases");
        return cases.stream()
                .map(one -> dynamicTest(one.name(), () -> {
                    assertEquals(one.why(), outcome(one.authorization()));
                    assertEquals(0, ASKED.get(), "nobody asks the address that a token names");
                    assertTrue(FETCHED.stream().allMatch(URI.create(Tokens.JKU)::equals), FETCHED::toString);
                }));
    }

    /** Written out such a number has up to two thousand million digits: it is refused before anything is reckoned. */
    @Test
    void numbersBeyondAllMeasureCostNothing() {
        var why = Map.of("exp", "expiry-missing", "iat", "issue-time-missing", "nbf", "not-before-malformed");
        var began = System.nanoTime();
        for (var number : List.of(
                "1e99999999",
                "1e-99999999",
                "1e2147483647",
                "1e-2147483647",
                "9".repeat(25) + "e99999999",
                "-1e99999999")) {
            for (var claim : why.keySet()) {
                var payload = Tokens.good().without(claim).payload();
                var token = Tokens.good().token(payload.replace("{", "{\"" + claim + "\":" + number + ","));
                assertEquals(why.get(claim), outcome("Bearer " + token), claim + " " + number);
            }
            for (var claim : List.of("iss", "aud", "jti", "tenant", "other")) {
                var payload = Tokens.good().without(claim).payload();
                var token = Tokens.good().token(payload.replace("{", "{\"" + claim + "\":" + number + ","));
                assertEquals(claim.equals("other"), outcome("Bearer " + token).equals("ehr"), claim + " " + number);
                var header = "{\"typ\":\"JWT\",\"alg\":\"ES384\",\"kid\":" + number + "}";
                assertEquals("key-id-missing", outcome("Bearer " + Tokens.good().withHeader(header)));
            }
        }
        for (var number : List.of("1e99999999999999999999", "1e-99999999999999999999", "9".repeat(41))) {
            var payload = Tokens.good().without("exp").payload().replace("{", "{\"exp\":" + number + ",");
            assertEquals("claims-unreadable", outcome("Bearer " + Tokens.good().token(payload)), number);
        }
        var millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        assertTrue(millis < 5000, millis + " ms for 100 tokens, which are signed here too");
    }

    private static String unsigned(String algorithm) {
        return Tokens.encoded("{\"typ\":\"JWT\",\"kid\":\"ec-1\",\"alg\":\"" + algorithm + "\"}") + "."
                + Tokens.encoded(Tokens.good().payload()) + ".AA";
    }

    private static String hmacWithPublicKey(String algorithm) {
        var token = Tokens.signedBy(Keys.RSA, algorithm);
        token.key = new HmacKey(Keys.RSA.getPublicKey().getEncoded());
        return token.token();
    }

    private static String twice(String claim, String value) {
        return Tokens.good().payload().replace("{", "{\"" + claim + "\":" + value + ",");
    }

    @Test
    void aTenantsTokenIsTheTenantsClient() {
        assertEquals(
                "ward",
                outcome("Bearer " + Tokens.good().claim("tenant", "ward-7").token()));
    }

    @Test
    void keysThatWereHandedOverNeedNoAddress() {
        var token = Tokens.good().claim("iss", "https://fixed.example").without("jku");
        assertEquals("fixed", outcome("Bearer " + token.token()));
    }

    @Test
    void aFileMayChooseOtherAlgorithms() {
        var yaml = """
                name: other
                mode: full
                issuer: https://other.example
                algorithms: [RS256, PS384, ES384]
                keys: {jwks: %s}
                zone: UTC
                """.formatted(Keys.jwks(Keys.EC, Keys.RSA));
        var others = ClientFolder.read(ClientFiles.folder("a.yaml", yaml), ClientFolder.Reading.NONE, ClientFiles.OFFER)
                .clients();
        for (var algorithm : List.of("RS256", "PS384")) {
            var token = Tokens.signedBy(Keys.RSA, algorithm)
                    .claim("iss", "https://other.example")
                    .without("jku");
            var verdict = check.check(List.of("Bearer " + token.token()), Set.of(Tokens.ORDER_SIGN), others, NOW);
            assertInstanceOf(TokenCheck.Proven.class, verdict, algorithm);
        }
    }

    @Test
    void feedbackTakesItsOwnUrlAndTheServices() {
        var feedback = Endpoint.feedback("titration-order-sign");
        for (var audience : List.of(Tokens.ORDER_SIGN, Tokens.ORDER_SIGN + "/feedback")) {
            assertEquals(
                    "ehr",
                    outcome(verdict(
                            feedback,
                            "Bearer " + Tokens.good().claim("aud", audience).token())));
        }
        assertEquals(
                "audience-wrong",
                outcome(verdict(
                        feedback,
                        "Bearer "
                                + Tokens.good()
                                        .claim("aud", Tokens.BASE + "/cds-services")
                                        .token())));
    }

    @Test
    void discoveryTakesItsOwnUrlOnly() {
        assertEquals(
                "ehr",
                outcome(verdict(
                        Endpoint.discovery(),
                        "Bearer "
                                + Tokens.good()
                                        .claim("aud", Tokens.BASE + "/cds-services")
                                        .token())));
        assertEquals(
                "audience-wrong",
                outcome(verdict(Endpoint.discovery(), "Bearer " + Tokens.good().token())));
    }

    @Test
    void theSameTokenHasTheSameIdAndOthersHaveOthers() {
        var token = Tokens.good();
        assertEquals(id(token.token()), id(token.token()), "signed twice, one jti");
        assertNotEquals(id(token.token()), id(Tokens.good().token()));
        assertNotEquals(id(token.token()), id(token.claim("tenant", "ward-7").token()), "jtis are the client's own");
    }

    private String id(String token) {
        return ((TokenCheck.Proven) verdict(token)).id();
    }

    @Test
    void aTokenIsRememberedUntilItIsWorthless() {
        var proven = (TokenCheck.Proven) verdict(Tokens.good().token());
        assertEquals(NOW.plusSeconds(300).plus(TokenCheck.SKEW), proven.until());
        assertEquals(
                "expired",
                outcome(check.check(
                        List.of("Bearer " + Tokens.good().token()),
                        Set.of(Tokens.ORDER_SIGN),
                        clients,
                        proven.until())));
    }

    @Test
    void whatTheTokenClaimsIsMadeFitForALogLine() {
        var token = Tokens.good()
                .claim("iss", "https://evil.example/\n2026 INFO all is well")
                .claim("jti", "j".repeat(200));
        var refused = (TokenCheck.Refused) verdict(token.token());
        assertEquals(
                "https://evil.example/?2026?INFO?all?is?well", refused.claimed().issuer());
        assertEquals(105, refused.claimed().tokenId().length());
    }

    @Test
    void anAttackWithRandomBytesIsAlwaysRefused() {
        var random = new Random(7);
        var good = Tokens.good().token();
        for (int i = 0; i < 2000; i++) {
            var bytes = good.getBytes(StandardCharsets.US_ASCII);
            for (int n = 0; n <= random.nextInt(3); n++) {
                bytes[random.nextInt(bytes.length)] = (byte) (33 + random.nextInt(94));
            }
            var changed = new String(bytes, StandardCharsets.US_ASCII);
            if (!sameBits(good, changed)) {
                assertInstanceOf(TokenCheck.Refused.class, verdict(changed), changed);
            }
        }
    }

    /** The last letter of each part carries bits that mean nothing. */
    private static boolean sameBits(String one, String other) {
        var ones = one.split("\\.");
        var others = other.split("\\.");
        if (others.length != 3) {
            return false;
        }
        for (int i = 0; i < 3; i++) {
            try {
                var decoder = Base64.getUrlDecoder();
                if (!Arrays.equals(decoder.decode(ones[i]), decoder.decode(others[i]))
                        || i < 2 && !ones[i].equals(others[i])) {
                    return false;
                }
            } catch (IllegalArgumentException noBase64) {
                return false;
            }
        }
        return true;
    }
}
