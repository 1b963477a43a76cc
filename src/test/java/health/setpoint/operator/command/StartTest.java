package health.setpoint.operator.command;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.hook.SiteClock;
import io.quarkus.test.junit.QuarkusTest;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StartTest {

    @Test
    void theServiceIsReadyOnceItIsWarm() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItem("warm"));
    }

    @Test
    void datesAreThoseOfTheConfiguredZoneElseOfTheMachine() {
        assertEquals(
                ZoneId.of("America/Chicago"),
                new SiteClock().clock(Optional.of("America/Chicago")).getZone());
        assertEquals(
                ZoneId.systemDefault(), new SiteClock().clock(Optional.empty()).getZone());
    }
}
