package health.setpoint.operator.decision;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.hook.Calls;
import health.setpoint.journal.DecisionLinks;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
@QuarkusTest
class DecisionPageTest {

    @Inject
    DecisionLinks links;

    @Inject
    Clock clock;

    private static JsonNode answer() throws Exception {
        String sample = Calls.request().get("/samples/order-sign.json").asString();
        return Calls.json(Calls.send("order-sign", sample).asString());
    }

    private static URI link(JsonNode card) {
        JsonNode link = card.at("/links/0");
        assertEquals("Why, evidence, timeline", link.path("label").asText());
        assertEquals("absolute", link.path("type").asText());
        return URI.create(link.path("url").asText());
    }

    private static Response page(String pathAndQuery) {
        return given().urlEncodingEnabled(false).header("Accept", "text/html").get(pathAndQuery);
    }

    private static Response page(URI link) {
        return page(link.getRawPath() + "?" + link.getRawQuery());
    }

    @Test
    void eachCardLinksToThePageOfItsDecision() throws Exception {
        JsonNode answer = answer();
        List<URI> links = new ArrayList<>();
        answer.path("cards").forEach(card -> links.add(link(card)));
        assertEquals(1, links.stream().distinct().count());
        assertTrue(links.get(0).isAbsolute());
        Response page = page(links.get(0));
        String html = page.asString();
        Files.createDirectories(Path.of("target/pages"));
        Files.writeString(Path.of("target/pages/decision.html"), html);
        assertAll(
                () -> assertEquals(200, page.statusCode(), html),
                () -> assertTrue(page.contentType().startsWith("text/html")),
                () -> assertEquals("no-referrer", page.header("Referrer-Policy")),
                () -> assertEquals("no-store", page.header("Cache-Control")),
                () -> assertTrue(page.header("Content-Security-Policy").startsWith("default-src 'none'")),
                () -> assertFalse(html.contains("<script"), "a script"),
                () -> answer.path("cards")
                        .forEach(card -> assertTrue(
                                html.contains(card.path("summary").asText().replace(">", "&gt;")))),
                () -> answer.at("/cards/0/extension/health.setpoint.advice/rules")
                        .forEach(rule -> assertTrue(html.contains(">" + rule.asText() + "</th>"), rule.asText())),
                () -> assertTrue(html.contains("<svg class=\"timeline\"")),
                () -> assertTrue(html.contains("Benefit has not been shown in a randomised trial.")),
                () -> assertTrue(html.contains("Punjani")),
                () -> assertTrue(html.contains("<td>Estradiol</td><td>72 pg/mL, the rules decided on it</td>"), html));
    }

    @Test
    void thePageNamesNoPatientAndNoRecord() throws Exception {
        String sample = Calls.request().get("/samples/order-sign.json").asString();
        String html = page(link(answer().path("cards").path(0))).asString();
        String patient = Calls.json(sample).at("/context/patientId").asText();
        assertFalse(html.contains(patient), patient);
        assertFalse(Pattern.compile("(Observation|Condition|Patient|MedicationRequest|Practitioner)/")
                .matcher(html)
                .find());
    }

    @Test
    void aLinkThatIsWrongOldOrForeignOpensNothing() throws Exception {
        URI link = link(answer().path("cards").path(0));
        String id = link.getPath().substring("/decisions/".length());
        String until = link.getQuery().replaceAll(".*until=(\\d+).*", "$1");
        String signature = link.getQuery().replaceAll(".*signature=([0-9a-f]+).*", "$1");
        Instant ended = Instant.now(clock).minusSeconds(1);
        Instant far = Instant.now(clock).plus(Duration.ofDays(30));
        String other = UUID.randomUUID().toString();
        for (String wrong : List.of(
                "/decisions/" + id,
                "/decisions/" + id + "?until=" + until,
                "/decisions/" + id + "?signature=" + signature,
                "/decisions/" + id + "?until=" + until + "&signature=" + signature.replace(signature.charAt(0), 'x'),
                "/decisions/" + id + "?until=" + until + "&signature=",
                "/decisions/" + id + "?until=" + until + "&signature=" + signature + "0",
                "/decisions/" + id + "?until=" + until + "1&signature=" + signature,
                "/decisions/" + id + "?until=0" + until + "&signature=" + signature,
                "/decisions/" + id + "?until=%2B" + until + "&signature=" + signature,
                "/decisions/" + id + "?until=" + until + ".0&signature=" + signature,
                "/decisions/" + id + "?until=" + until + "&signature=" + signature.toUpperCase(),
                "/decisions/" + id + "?until=" + until + "&signature=" + signature.substring(1),
                "/decisions/" + id + "?until=" + until + "&signature=%00" + signature,
                "/decisions/" + id + "?until=" + until + "&signature=" + signature.repeat(50),
                "/decisions/" + id + "?until=" + "9".repeat(2000) + "&signature=" + signature,
                "/decisions/" + "a".repeat(2000) + "?until=" + until + "&signature=" + signature,
                "/decisions/" + id + "?until=x&until=" + until + "&signature=" + signature,
                "/decisions/" + id + "?until=-1&signature=" + signature,
                "/decisions/" + id + "?until=99999999999999999999&signature=" + signature,
                "/decisions/" + other + "?until=" + until + "&signature=" + signature,
                "/decisions/" + id.toUpperCase() + "?until=" + until + "&signature=" + signature,
                "/decisions/x%27%20or%201=1?until=" + until + "&signature=" + signature,
                "/decisions/" + other + "?until=" + until + "&signature="
                        + links.signature(other, Instant.ofEpochSecond(Long.parseLong(until))),
                "/decisions/" + id + "?until=" + far.getEpochSecond() + "&signature=" + links.signature(id, far),
                "/decisions/" + id + "?until=" + ended.getEpochSecond() + "&signature=" + links.signature(id, ended))) {
            Response refused = page(wrong);
            assertEquals(404, refused.statusCode(), wrong);
            assertTrue(refused.asString().contains("Nothing here"), wrong);
            assertFalse(refused.asString().contains(id), wrong);
            assertEquals("no-referrer", refused.header("Referrer-Policy"));
        }
        assertEquals(200, page(link).statusCode());
    }

    @Test
    void theJournalKeepsNoLink() throws Exception {
        answer();
        String kept = given().get("/journal/decisions.ndjson").asString();
        assertFalse(kept.contains("signature="));
    }
}
