package health.setpoint.sandbox.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LandingTest {

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"#]*)\"");

    @Test
    void aBrowserGetsAPageWithThreeDoors() {
        given().header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .get("/")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString(">Try it<"))
                .body(containsString(">Connect your EHR<"))
                .body(containsString(">For clinicians<"))
                .body(containsString("Local mode"));
    }

    @Test
    void aProgramGetsTheStateAsJson() {
        given().get("/")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("local", equalTo(true))
                .body("journal", equalTo("embedded"))
                .body("knowledge.version", equalTo("2026.2"));
    }

    @Test
    void everyLinkOfEveryPageLeadsSomewhere() {
        var tried = 0;
        for (var page : new String[] {"/", "/dsi/source-attributes", "/journal/report"}) {
            var links =
                    LINK.matcher(given().header("Accept", "text/html").get(page).asString());
            while (links.find()) {
                assertEquals(200, given().get(links.group(1)).statusCode(), page + " links to " + links.group(1));
                tried++;
            }
        }
        assertTrue(tried > 15, tried + " links");
    }
}
