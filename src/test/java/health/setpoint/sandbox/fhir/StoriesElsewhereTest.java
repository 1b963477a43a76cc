package health.setpoint.sandbox.fhir;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;

import health.setpoint.chart.fetch.HapiServer;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each invented patient, downloaded and loaded into a FHIR server that is not ours, shows his rule there too. */
@QuarkusTest
class StoriesElsewhereTest {

    @TestFactory
    Stream<DynamicTest> loadedIntoAPlainHapiServerAPatientShowsHisRule() {
        return StoriesTest.patients()
                .map(patient -> DynamicTest.dynamicTest(patient.path("id").asText(), () -> {
                    var server = new HapiServer().start();
                    try {
                        var base = "http://127.0.0.1:" + server.port() + "/fhir";
                        given().contentType("application/fhir+json")
                                .body(get("/sandbox/patients/"
                                                + patient.path("id").asText() + ".json")
                                        .asString())
                                .post(base)
                                .then()
                                .statusCode(200);
                        var call = StoriesTest.call(patient);
                        call.put("fhirServer", base);
                        StoriesTest.assertShows(patient, call);
                    } finally {
                        server.stop();
                    }
                }));
    }
}
