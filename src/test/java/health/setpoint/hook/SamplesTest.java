package health.setpoint.hook;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The README's requests, fetched and sent as the README says. */
@QuarkusTest
class SamplesTest {

    private static final String ADVICE = "extension.'health.setpoint.advice'";

    @Test
    void aSampleIsDatedFromTheDayOnWhichItIsAskedFor() {
        var sample =
                Calls.json(Samples.on("order-sign", LocalDate.of(2031, 3, 1)).orElseThrow());
        assertEquals(
                "2031-02-17",
                sample.at("/prefetch/labs/entry/1/resource/effectiveDateTime").textValue());
        assertEquals(
                "2031-03-01",
                sample.at("/context/draftOrders/entry/0/resource/authoredOn").textValue());
        for (var name : Samples.NAMES) {
            assertFalse(Samples.on(name, LocalDate.of(2031, 3, 1)).orElseThrow().contains("{{"));
        }
    }

    @Test
    void theDraftOfTheOrderSignSampleIsLoweredToTheStartingDose() {
        Calls.send("order-sign", sample("order-sign"))
                .then()
                .statusCode(200)
                .body("cards[0].indicator", equalTo("warning"))
                .body("cards[0]." + ADVICE + ".rules", hasItem("R-55"))
                .body("cards[0]." + ADVICE + ".advice", equalTo("start"))
                .body("cards[0]." + ADVICE + ".proposedWeeklyDoseMg", equalTo(1.0f))
                .body("cards[0].suggestions[0].actions[0].type", equalTo("update"));
    }

    @Test
    void theDraftOfTheOrderSelectSampleIsFarAboveTheCeiling() {
        Calls.send("order-select", sample("order-select"))
                .then()
                .statusCode(200)
                .body("cards[0].indicator", equalTo("critical"))
                .body("cards." + ADVICE + ".rules.flatten()", hasItem("R-15"));
    }

    @Test
    void thePatientViewSampleHoldsTheInhibitorAndSuggestsNothing() {
        Calls.send("patient-view", sample("patient-view"))
                .then()
                .statusCode(200)
                .body("cards[0].indicator", equalTo("warning"))
                .body("cards[0]." + ADVICE + ".rules", hasItem("R-40"))
                .body("cards[0]." + ADVICE + ".advice", equalTo("hold"))
                .body("cards[0].suggestions", nullValue());
    }

    @Test
    void anUnknownSampleIsA404() {
        Calls.request().get("/samples/nothing.json").then().statusCode(404);
        Calls.request().get("/samples/..%2Fapplication.json").then().statusCode(404);
    }

    private static String sample(String name) {
        return Calls.request()
                .get("/samples/" + name + ".json")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
