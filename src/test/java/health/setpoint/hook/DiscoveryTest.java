package health.setpoint.hook;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DiscoveryTest {

    private static final Pattern DATE = Pattern.compile("=(ge)?(\\d{4}-\\d{2}-\\d{2})");

    @Test
    void offersOneServiceForEachHook() {
        Calls.request()
                .get("/cds-services")
                .then()
                .statusCode(200)
                .body(
                        "services.id",
                        contains("titration-order-select", "titration-order-sign", "titration-patient-view"))
                .body("services.hook", contains("order-select", "order-sign", "patient-view"))
                .body("services.title", everyItem(notNullValue()))
                .body("services.description", everyItem(notNullValue()))
                .body("services.usageRequirements", everyItem(containsString("patient, labs, medicationRequests")))
                .body("services.version", everyItem(matchesPattern("\\d+\\.\\d+\\.\\d+")))
                .body("services.extension.'health.setpoint.knowledge'.hash", everyItem(notNullValue()));
    }

    @Test
    void asksForTheSameKeysInOneOrder() {
        for (var service : services()) {
            var keys = new ArrayList<String>();
            service.path("prefetch").fieldNames().forEachRemaining(keys::add);
            assertEquals(List.of("patient", "labs", "medicationRequests"), keys.subList(0, 3));
        }
    }

    @Test
    void countsDateLimitsFromTodayAndUsesOneDateParameterPerQuery() {
        var today = LocalDate.ofInstant(FixedClock.NOW, ZoneOffset.UTC);
        var dated = 0;
        for (var service : services()) {
            for (var template : service.path("prefetch")) {
                var dates = DATE.matcher(template.textValue()).results().toList();
                assertTrue(dates.size() <= 1, template.textValue());
                if (!dates.isEmpty()) {
                    dated++;
                    assertEquals("ge", dates.get(0).group(1));
                    var from = LocalDate.parse(dates.get(0).group(2));
                    assertTrue(from.isBefore(today) && from.isAfter(today.minusYears(4)), template.textValue());
                }
            }
        }
        assertTrue(dated >= 3, "the laboratory query of each service has a date limit");
    }

    @Test
    void answersHeadLikeGetWithoutABody() {
        Calls.request().head("/cds-services").then().statusCode(200);
    }

    private static Iterable<com.fasterxml.jackson.databind.JsonNode> services() {
        return Calls.json(Calls.request().get("/cds-services").asString()).path("services");
    }
}
