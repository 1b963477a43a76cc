package health.setpoint.operator.attributes;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SourceAttributesTest {

    @Test
    void thereAreThirteenAttributesOfTheKnowledgeInUse() {
        given().get("/dsi/source-attributes")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("attributes.size()", equalTo(13))
                .body("attributes[0].sources.title", hasItem(containsString("Punjani")))
                .body("attributes[3].released", equalTo("2026-01-01"))
                .body(
                        "attributes.findAll { it.used == true }.name",
                        equalTo(java.util.List.of(
                                "Use of sex", "Use of date of birth", "Use of health status assessments data")))
                .body("knowledge.version", equalTo("2026.2"))
                .body("review", startsWith("No clinician has signed"))
                .body("rules.rule", hasItem("R-55"))
                .body("numbers.size()", greaterThan(50));
    }

    @Test
    void eachRuleSaysWhatItDoesAndHasAnAnchor() {
        given().get("/dsi/source-attributes")
                .then()
                .body("rules.find { it.rule == 'R-55' }.when", equalTo("Estradiol above 60 and below 90 pg/mL"))
                .body("rules.find { it.rule == 'R-55' }.then", startsWith("Rung L2"));
        given().header("Accept", "text/html")
                .get("/dsi/source-attributes")
                .then()
                .body(containsString("<tr id=\"R-55\">"));
    }

    @Test
    void aBrowserGetsAPage() {
        given().header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
                .get("/dsi/source-attributes")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .body(containsString("<th scope=\"row\">Use of date of birth</th>"))
                .body(containsString("https://doi.org/10.1016/j.esxm.2021.100378"))
                .body(not(containsString("{attribute")));
    }
}
