package health.setpoint.sandbox.fhir;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.hook.Calls;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DemoPatientsTest {

    @Test
    void theListTellsOfEachPatientOneStoryAndTheRuleThatItShows() {
        get("/sandbox/patients.json")
                .then()
                .statusCode(200)
                .body("size()", greaterThanOrEqualTo(14))
                .body("id", everyItem(startsWith("setpoint-")))
                .body("story", everyItem(matchesPattern(".{40,160}")))
                .body("rule", everyItem(matchesPattern("[RM]-[0-9]{1,2}[bc]?")))
                .body("rule", hasItems("R-55", "R-40", "R-60", "R-17", "R-31", "R-06", "R-41", "R-16", "R-33", "R-42"))
                .body("dialect", hasItem("epic"))
                .body("gender", hasItems("male", "female"))
                .body("dob", everyItem(matchesPattern("19[0-9]{2}-[0-9]{2}-[0-9]{2}")));
    }

    @Test
    void aChartIsATransactionThatWritesEachResourceUnderItsOwnId() {
        var chart = Calls.json(get("/sandbox/patients/setpoint-start.json").asString());
        assertEquals("transaction", chart.path("type").asText());
        chart.path("entry").forEach(entry -> {
            var resource = entry.path("resource");
            assertEquals(
                    resource.path("resourceType").asText() + "/"
                            + resource.path("id").asText(),
                    entry.path("request").path("url").asText());
        });
    }

    @Test
    void allChartsTogetherWriteNoResourceTwice() {
        var written = new HashSet<String>();
        var entries =
                Calls.json(get("/sandbox/patients-bundle.json").asString()).path("entry");
        entries.forEach(entry -> written.add(entry.path("request").path("url").asText()));
        assertEquals(entries.size(), written.size());
    }

    @Test
    void noDateIsLeftToBeCounted() {
        get("/sandbox/patients-bundle.json").then().statusCode(200);
        assertEquals(-1, get("/sandbox/patients-bundle.json").asString().indexOf("{{"));
        get("/sandbox/patients.json").then().body("draft.authoredOn", not(hasItem(startsWith("{{"))));
    }

    @Test
    void anUnknownPatientIsA404ThatSaysWhereTheyAreListed() {
        get("/sandbox/patients/nobody.json").then().statusCode(404).body("resourceType", equalTo("OperationOutcome"));
    }
}
