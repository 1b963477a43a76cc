package health.setpoint.http.filter;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import health.setpoint.hook.Calls;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Browser clients preflight every call and need the headers on every answer, errors included. */
@QuarkusTest
class CorsTest {

    private static final List<String> ENDPOINTS = List.of(
            "/cds-services",
            "/cds-services/titration-patient-view",
            "/cds-services/titration-order-select",
            "/cds-services/titration-order-sign",
            "/cds-services/titration-order-sign/feedback");

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "http://127.0.0.1:18080",
                "http://localhost:3000",
                "http://localhost",
                "https://localhost:8443",
                "http://[::1]:8081",
            })
    void aPageOfThisMachineMayCall(String origin) {
        for (var endpoint : ENDPOINTS) {
            var method = endpoint.equals("/cds-services") ? "GET" : "POST";
            Calls.request()
                    .header("Origin", origin)
                    .header("Access-Control-Request-Method", method)
                    .header("Access-Control-Request-Headers", "authorization,content-type")
                    .accept("*/*")
                    .options(endpoint)
                    .then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", equalTo(origin))
                    .header("Access-Control-Allow-Methods", containsString(method))
                    .header("Access-Control-Allow-Headers", containsStringIgnoringCase("authorization"))
                    .header("Access-Control-Allow-Headers", containsStringIgnoringCase("content-type"))
                    .header("Access-Control-Allow-Headers", containsStringIgnoringCase("accept"))
                    .header("Access-Control-Allow-Credentials", not(equalTo("true")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example:80",
                "http://127x0y0z1:80",
                "http://evil.example/http://localhost:80",
                "null",
            })
    void aPageFromElsewhereMayNot(String origin) {
        io.restassured.RestAssured.given()
                .header("Origin", origin)
                .get("/cds-services")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
    }

    @Test
    void errorsCarryTheHeadersToo() {
        var origin = "http://127.0.0.1:18080";
        Calls.request()
                .header("Origin", origin)
                .get("/nothing")
                .then()
                .statusCode(404)
                .header("Access-Control-Allow-Origin", equalTo(origin));
        Calls.request()
                .header("Origin", origin)
                .delete("/cds-services")
                .then()
                .statusCode(405)
                .header("Access-Control-Allow-Origin", equalTo(origin));
        Calls.request()
                .header("Origin", origin)
                .contentType("application/json")
                .body("{}")
                .post("/cds-services/titration-order-sign")
                .then()
                .statusCode(400)
                .header("Access-Control-Allow-Origin", equalTo(origin));
        Calls.request()
                .header("Origin", origin)
                .contentType("text/plain")
                .body("{}")
                .post("/cds-services/titration-order-sign")
                .then()
                .statusCode(415)
                .header("Access-Control-Allow-Origin", equalTo(origin));
    }

    @Test
    void optionsWithoutAPreflightSaysWhatTheUrlAnswers() {
        Calls.request().options("/cds-services").then().statusCode(200).header("Allow", containsString("GET"));
        Calls.request()
                .options("/cds-services/titration-order-sign")
                .then()
                .statusCode(200)
                .header("Allow", containsString("POST"));
    }
}
