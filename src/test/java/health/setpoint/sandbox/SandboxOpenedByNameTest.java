package health.setpoint.sandbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.client.access.TestClients;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URL;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** With registered clients the sandbox is there once it is switched on by name; the services stay closed to whoever has no token. */
@QuarkusTest
@TestProfile(SandboxOpenedByNameTest.WithClients.class)
class SandboxOpenedByNameTest {

    public static class WithClients implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "setpoint.clients.folder", TestClients.folder().toString(),
                    "setpoint.sandbox.enabled", "true",
                    "setpoint.public-url", "https://setpoint.example/titration");
        }
    }

    @TestHTTPResource
    URL base;

    @TestFactory
    Stream<DynamicTest> whatTheSandboxServesIsThere() {
        return SandboxProbes.SERVED.stream()
                .map(call -> DynamicTest.dynamicTest(call, () -> assertEquals(200, SandboxProbes.status(base, call))));
    }

    @TestFactory
    Stream<DynamicTest> whoBringsNothingThatFitsIsRefused() {
        return SandboxProbes.REFUSED_INSIDE.stream()
                .map(call -> DynamicTest.dynamicTest(call, () -> {
                    var status = SandboxProbes.status(base, call);
                    assertTrue(status >= 400 && status < 500 && status != 404, call + " " + status);
                }));
    }

    @Test
    void theAppIsTheSandboxesOnly() {
        given().get("/app/configuration").then().statusCode(200).body("proof", equalTo(false));
        given().get("/app/for/anybody/configuration").then().statusCode(404);
        given().get("/app").then().header("Content-Security-Policy", containsString("connect-src 'self';"));
    }

    @Test
    void itsAddressesBeginWhereClientsReachTheService() {
        given().get("/sandbox/fhir/Patient?_count=1")
                .then()
                .body("link[0].url", startsWith("https://setpoint.example/titration/sandbox/fhir/"))
                .body("link[1].url", startsWith("https://setpoint.example/titration/sandbox/fhir"));
    }

    @Test
    void theServicesStayClosed() {
        given().get("/cds-services").then().statusCode(401);
    }
}
