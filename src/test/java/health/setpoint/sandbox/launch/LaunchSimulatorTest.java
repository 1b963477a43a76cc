package health.setpoint.sandbox.launch;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launch simulator, as an app and as an attacker see it. */
@Tag("attack")
@QuarkusTest
class LaunchSimulatorTest {

    /** The example of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String PATIENT = "setpoint-start";

    @TestHTTPResource
    URL base;

    private String root;
    private String server;

    @BeforeEach
    void address() {
        root = base.toString().replaceAll("/+$", "");
        server = root + "/sandbox/fhir/space/launch-simulator-test";
    }

    @Test
    void aLaunchFromAChartGivesATokenForThatChartOnly() {
        var token = token("launch patient/Patient.rs patient/Observation.rs");
        get(token, "/Patient/" + PATIENT).then().statusCode(200).body("id", equalTo(PATIENT));
        get(token, "/Observation?patient=" + PATIENT).then().statusCode(200);
        get(token, "/Observation?patient=Patient/" + PATIENT).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Patient/setpoint-stable",
                "/Patient?name=Olsen",
                "/Observation?patient=setpoint-stable",
                "/Observation?patient=setpoint-start&patient=setpoint-stable",
                "/Observation?patient=setpoint-start,setpoint-stable",
                "/Observation",
                "/Observation?patient=setpoint-start&_revinclude=Condition:subject",
                "/Observation/setpoint-stable-e2",
                "/Condition?patient=setpoint-start",
                "/Patient/setpoint-start/$everything",
                "/Patient/setpoint-start/_history",
                "/"
            })
    void whatIsOutsideItsScopesAndItsPatientIsRefused(String path) {
        get(token("launch patient/Patient.rs patient/Observation.rs"), path)
                .then()
                .statusCode(403);
    }

    @Test
    void aTokenWritesNothingAndOpensNoOtherSpace() {
        var token = token("launch patient/*.rs");
        given().header("Authorization", "Bearer " + token)
                .contentType("application/fhir+json")
                .body("{\"resourceType\":\"Patient\",\"id\":\"setpoint-start\"}")
                .put(server + "/Patient/" + PATIENT)
                .then()
                .statusCode(403);
        given().header("Authorization", "Bearer " + token)
                .get(root + "/sandbox/fhir/Patient/" + PATIENT)
                .then()
                .statusCode(403);
    }

    @Test
    void aMadeUpTokenIsA401() {
        get("sandbox-token-made-up", "/Patient/" + PATIENT)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer");
    }

    @Test
    void aCodeIsGoodOnceAndForItsVerifierAndItsAddress() {
        var code = code("launch patient/*.rs");
        redeem(code, "x".repeat(43), "/app").then().statusCode(400).body("error", equalTo("invalid_grant"));
        redeem(code, VERIFIER, "/app").then().statusCode(400).body("error", equalTo("invalid_grant"));
        redeem(code("launch patient/*.rs"), VERIFIER, "/apple")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_grant"));
        var good = code("launch patient/*.rs");
        redeem(good, VERIFIER, "/app")
                .then()
                .statusCode(200)
                .body("patient", equalTo(PATIENT))
                .body("token_type", equalTo("Bearer"));
        redeem(good, VERIFIER, "/app").then().statusCode(400);
    }

    @Test
    void aLaunchIsGoodOnce() {
        var launch = launch();
        assertTrue(answer(asked("launch patient/*.rs", launch)).containsKey("code"));
        assertEquals(
                "access_denied", answer(asked("launch patient/*.rs", launch)).get("error"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example/app", "/app/../evil", "/app?x=1", "/app#", "//evil.example/app", "/apple"})
    void nobodyIsSentToAnAddressThatIsNotTheApps(String redirect) {
        var asked = asked("launch patient/*.rs", launch());
        asked.put("redirect_uri", redirect.startsWith("/") ? root + redirect : redirect);
        authorize(asked).then().statusCode(400).header("Location", nullValue());
        asked.put("redirect_uri", root + "/app");
        asked.put("client_id", "somebody");
        authorize(asked).then().statusCode(400).header("Location", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "response_type,token,unsupported_response_type",
        "code_challenge_method,plain,invalid_request",
        "code_challenge,short,invalid_request",
        "aud,https://evil.example/fhir,invalid_request",
        "scope,user/*.cruds,invalid_scope",
        "launch,made-up,access_denied",
    })
    void whatIsAskedAmissIsToldToTheApp(String parameter, String value, String error) {
        var asked = asked("launch patient/*.rs", launch());
        asked.put(parameter, value);
        var answer = answer(asked);
        assertEquals(error, answer.get("error"));
        assertEquals("state & of the app", answer.get("state"));
    }

    @Test
    void withoutALaunchThePatientIsChosen() {
        var asked = asked("launch/patient patient/*.rs", launch());
        asked.remove("launch");
        authorize(asked).then().statusCode(200).body(containsString("Whose chart may the app open?"));
        asked.put("patient", "setpoint-stable");
        assertTrue(answer(asked).containsKey("code"));
    }

    @Test
    void theServerSaysWhereToAsk() {
        given().get(server + "/.well-known/smart-configuration")
                .then()
                .statusCode(200)
                .body("authorization_endpoint", equalTo(root + "/sandbox/auth/authorize"))
                .body("code_challenge_methods_supported[0]", equalTo("S256"));
    }

    private Map<String, String> asked(String scope, String launch) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("response_type", "code");
        asked.put("client_id", "setpoint-app");
        asked.put("redirect_uri", root + "/app");
        asked.put("scope", scope);
        asked.put("state", "state & of the app");
        asked.put("aud", server);
        asked.put("launch", launch);
        asked.put("code_challenge", CHALLENGE);
        asked.put("code_challenge_method", "S256");
        return asked;
    }

    private String launch() {
        return given().formParam("iss", server)
                .formParam("patient", PATIENT)
                .post("/sandbox/auth/launch")
                .then()
                .statusCode(200)
                .extract()
                .path("launch");
    }

    private static Response authorize(Map<String, String> asked) {
        return given().redirects()
                .follow(false)
                .header("Accept", "text/html")
                .queryParams(asked)
                .get("/sandbox/auth/authorize");
    }

    /** What came back to the app. */
    private static Map<String, String> answer(Map<String, String> asked) {
        var answer = authorize(asked);
        assertEquals(302, answer.statusCode());
        return Arrays.stream(URI.create(answer.header("Location")).getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private String code(String scope) {
        return answer(asked(scope, launch())).get("code");
    }

    private Response redeem(String code, String verifier, String redirect) {
        return given().formParam("grant_type", "authorization_code")
                .formParam("code", code)
                .formParam("redirect_uri", root + redirect)
                .formParam("client_id", "setpoint-app")
                .formParam("code_verifier", verifier)
                .post("/sandbox/auth/token");
    }

    private String token(String scope) {
        return redeem(code(scope), VERIFIER, "/app").path("access_token");
    }

    private Response get(String token, String path) {
        return given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + token)
                .get(server + path);
    }
}
