package health.setpoint.hook.feedback;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import health.setpoint.hook.Calls;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FeedbackTest {

    @Test
    void whatTheSandboxSendsIsTaken() {
        send("""
                {"feedback":[{"card":"e14fcfdb-cb9c-4140-bd7f-ebffa2f9e0a5","outcome":"accepted",
                 "acceptedSuggestions":[{"id":"0b1abfd9-9a20-4883-aa2e-0746fa05df89"}],
                 "outcomeTimestamp":"2026-11-23T14:40:58.662Z"}]}""").then().statusCode(200);
        send("""
                {"feedback":[{"card":"e14fcfdb-cb9c-4140-bd7f-ebffa2f9e0a5","outcome":"overridden",
                 "outcomeTimestamp":"2026-11-23T14:41:00.714Z",
                 "overrideReason":{"reason":{"code":"patient-declined","system":"http://example.org/override"}}}]}""").then().statusCode(200);
        send("""
                {"feedback":[{"card":"e14fcfdb-cb9c-4140-bd7f-ebffa2f9e0a5","outcome":"overridden",
                 "outcomeTimestamp":"2026-11-23T14:41:00.714Z"}]}""").then().statusCode(200);
    }

    @Test
    void anEmptyBatchAndAMixedBatchAreTaken() {
        send("{\"feedback\":[]}").then().statusCode(200);
        send("""
                {"feedback":[{"outcome":"overridden","outcomeTimestamp":"2026-11-23T14:41:00Z"},
                 {"card":"not a uuid","outcome":"overridden","outcomeTimestamp":"2026-11-23T14:41:00Z"}]}""").then().statusCode(200);
    }

    @Test
    void aBatchWithoutOneSoundEntryIsA400ThatNamesThePlaceAndRepeatsNothing() {
        send("""
                {"feedback":[{"card":"c","outcome":"Testman-secret","outcomeTimestamp":"2026-11-23T14:41:00Z",
                 "overrideReason":{"userComment":"Testman-secret"}}]}""")
                .then()
                .statusCode(400)
                .body("issue.expression.flatten()", hasItem("feedback[0].outcome"))
                .body(not(containsString("Testman")));
        send("{\"feedback\":{}}").then().statusCode(400);
        send("[]").then().statusCode(400);
        send("").then().statusCode(400);
    }

    private static Response send(String body) {
        return Calls.request()
                .contentType("application/json")
                .body(body)
                .post("/cds-services/titration-order-select/feedback");
    }
}
