package health.setpoint.sandbox.fhir;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.hook.Calls;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The FHIR server of the sandbox as a client sees it. Each test has a space of its own. */
@QuarkusTest
class SandboxFhirServerTest {

    private static final String SHARED = "/sandbox/fhir";
    private static final String STABLE = "setpoint-stable";

    private static final ExecutorService SIDE_BY_SIDE = Executors.newFixedThreadPool(40);

    private final String space = SHARED + "/space/" + UUID.randomUUID();

    private ValidatableResponse get(String path) {
        return given().urlEncodingEnabled(false).get(space + path).then();
    }

    private static RequestSpecification fhir(String body) {
        return given().contentType("application/fhir+json").body(body);
    }

    private static String patient(String family) {
        return "{\"resourceType\": \"Patient\", \"gender\": \"male\", \"name\": [{\"family\": \"" + family + "\"}]}";
    }

    @AfterAll
    static void end() {
        SIDE_BY_SIDE.shutdown();
    }

    @Test
    void oneHookMayFetchAllItsKeysAtOneTime() {
        var asked = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> given().get(SHARED + "/Patient?_count=50").statusCode(), SIDE_BY_SIDE))
                .limit(40)
                .toList();
        assertEquals(Set.of(200), asked.stream().map(CompletableFuture::join).collect(Collectors.toSet()));
    }

    @Test
    void metadataNamesTheVersionTheTypesAndTheirSearchParameters() {
        var statement = given().get(SHARED + "/metadata").then().statusCode(200);
        statement.contentType(startsWith("application/fhir+json"));
        statement
                .body("fhirVersion", equalTo("4.0.1"))
                .body("rest[0].resource.type", hasItems("Patient", "Observation", "MedicationRequest", "Condition"))
                .body(
                        "rest[0].resource.find { it.type == 'Observation' }.searchParam.name",
                        hasItems("patient", "code", "date"))
                .body(
                        "rest[0].resource.find { it.type == 'MedicationRequest' }.interaction.code",
                        hasItems("read", "vread", "create", "update", "delete", "search-type"));
    }

    /** Every search that discovery asks for, and those of the public sandbox client. */
    @TestFactory
    Stream<DynamicTest> everySearchOfDiscoveryAndOfThePublicClientIsAnswered() {
        List<String> queries = new ArrayList<>(List.of("Patient", "Condition?patient=" + STABLE));
        Calls.json(given().get("/cds-services").asString())
                .path("services")
                .path(0)
                .path("prefetch")
                .forEach(template -> queries.add(template.asText().replace("{{context.patientId}}", STABLE)));
        assertEquals(13, queries.size());
        return queries.stream()
                .map(query -> DynamicTest.dynamicTest(query.split("&")[0], () -> {
                    var answer = asked(query);
                    answer.then().statusCode(200);
                    assertEquals(answered(answer), answered(posted(query)), "GET and POST find the same");
                }));
    }

    private Response asked(String query) {
        var call = given().accept("application/json+fhir");
        parameters(query).forEach(pair -> call.queryParam(pair[0], pair[1]));
        return call.get(space + "/" + query.split("\\?")[0]);
    }

    private Response posted(String query) {
        if (query.contains("/") && !query.contains("?")) {
            return asked(query);
        }
        var call = given().contentType("application/x-www-form-urlencoded");
        parameters(query).forEach(pair -> call.formParam(pair[0], pair[1]));
        return call.post(space + "/" + query.split("\\?")[0] + "/_search");
    }

    private static List<String[]> parameters(String query) {
        var question = query.indexOf('?');
        return question < 0
                ? List.of()
                : Stream.of(query.substring(question + 1).split("&"))
                        .map(pair -> pair.split("=", 2))
                        .toList();
    }

    private static List<String> answered(Response answer) {
        var body = Calls.json(answer.asString());
        return body.has("entry")
                ? ids(body)
                : List.of(body.path("resourceType").asText(), body.path("total").asText());
    }

    private static List<String> ids(JsonNode bundle) {
        List<String> ids = new ArrayList<>();
        bundle.path("entry")
                .forEach(entry -> ids.add(entry.path("resource").path("id").asText()));
        return ids;
    }

    @Test
    void aCodeIsFoundWithItsSystemAndWithoutAndNotUnderAnother() {
        get("/Observation?patient=" + STABLE + "&code=2243-4").body("total", equalTo(6));
        get("/Observation?patient=" + STABLE + "&code=http%3A%2F%2Floinc.org%7C2243-4")
                .body("total", equalTo(6));
        get("/Observation?patient=" + STABLE + "&code=http%3A%2F%2Fsnomed.info%2Fsct%7C2243-4")
                .body("total", equalTo(0));
        get("/Observation?patient=" + STABLE + "&code=2243-4,2986-8").body("total", equalTo(12));
        get("/Observation?subject=Patient/" + STABLE + "&category=laboratory&status=final&code=2857-1")
                .body("total", equalTo(1));
    }

    @Test
    void aDateLimitCountsFromItsDayOn() {
        var newest = get("/Observation?patient=" + STABLE + "&code=2243-4&_sort=-date&_count=1")
                .extract()
                .path("entry[0].resource.effectiveDateTime")
                .toString()
                .substring(0, 10);
        get("/Observation?patient=" + STABLE + "&code=2243-4&date=ge" + newest).body("total", equalTo(1));
        get("/Observation?patient=" + STABLE + "&code=2243-4&date=" + newest).body("total", equalTo(1));
        get("/Observation?patient=" + STABLE + "&code=2243-4&date=gt" + newest).body("total", equalTo(0));
        get("/Observation?patient=" + STABLE + "&code=2243-4&date=lt" + newest).body("total", equalTo(5));
        get("/Observation?patient=" + STABLE + "&code=2243-4&date=ge" + newest + ",le2000-01-01")
                .body("total", equalTo(1));
    }

    @Test
    void aSearchThatIsNotKnownIsRefusedWithWhatIsKnown() {
        get("/Observation?patient=" + STABLE + "&colour=blue")
                .statusCode(400)
                .body("resourceType", equalTo("OperationOutcome"))
                .body("issue[0].diagnostics", containsString("It knows _id, _lastUpdated"));
        get("/Observation?patient=" + STABLE + "&date=yesterday")
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("no date to search by"));
        get("/Observation?code:in=x").statusCode(400).body("issue[0].diagnostics", containsString(":in"));
        get("/Colour").statusCode(404).body("resourceType", equalTo("OperationOutcome"));
    }

    @Test
    void pagesFollowEachOtherAndHoldEachResultOnce() {
        var ids = new HashSet<String>();
        var page = get("/Observation?patient=" + STABLE + "&_count=5").statusCode(200);
        page.body("total", greaterThan(10));
        int total = page.extract().path("total");
        for (int pages = 1; ; pages++) {
            var bundle = Calls.json(page.extract().asString());
            assertTrue(ids.addAll(ids(bundle)));
            var next = link(bundle, "next");
            if (next.isEmpty()) {
                assertEquals((total + 4) / 5, pages);
                break;
            }
            assertTrue(next.contains(space), next);
            page = given().urlEncodingEnabled(false).get(next).then().statusCode(200);
        }
        assertEquals(total, ids.size());
    }

    private static String link(JsonNode bundle, String relation) {
        for (var link : bundle.path("link")) {
            if (link.path("relation").asText().equals(relation)) {
                return link.path("url").asText();
            }
        }
        return "";
    }

    @Test
    void anOrderBringsItsMedicationWhereItIsAskedFor() {
        get("/MedicationRequest?patient=setpoint-epic&_include=MedicationRequest:medication")
                .body("total", equalTo(1))
                .body("entry.search.mode", hasItems("match", "include"))
                .body("entry.resource.resourceType", hasItem("Medication"));
        get("/MedicationRequest?patient=setpoint-epic").body("entry.resource.resourceType", not(hasItem("Medication")));
    }

    @Test
    void theChartInTheShapeOfEpicHasAWarningBesideEachSearch() {
        get("/Observation?patient=setpoint-epic")
                .body(
                        "entry.find { it.search.mode == 'outcome' }.resource.issue[0].details.coding[0].code",
                        equalTo("4119"))
                .body("entry.findAll { it.search.mode == 'match' }", hasSize(4));
        get("/Observation?patient=setpoint-start").body("entry.search.mode", not(hasItem("outcome")));
    }

    @Test
    void whatIsWrittenCanBeReadInEachOfItsVersions() {
        var made = fhir(patient("First")).post(space + "/Patient").then().statusCode(201);
        String id = made.extract().path("id");
        made.header("Location", containsString(space + "/Patient/" + id + "/_history/1"));
        fhir(patient("Second").replace("{\"resourceType\"", "{\"id\": \"" + id + "\", \"resourceType\""))
                .put(space + "/Patient/" + id)
                .then()
                .statusCode(200)
                .body("meta.versionId", equalTo("2"));
        get("/Patient/" + id).body("name[0].family", equalTo("Second"));
        get("/Patient/" + id + "/_history/1").body("name[0].family", equalTo("First"));
        get("/Patient/" + id + "/_history/3").statusCode(404);
        get("/Patient?family=sec").body("total", equalTo(1));
        given().delete(space + "/Patient/" + id).then().statusCode(204);
        get("/Patient/" + id).statusCode(404).body("resourceType", equalTo("OperationOutcome"));
        given().delete(space + "/Patient/" + id).then().statusCode(404);
    }

    @Test
    void aChangeOfAnotherVersionThanTheLatestIsRefused() {
        var body = patient("Held").replace("{\"resourceType\"", "{\"id\": \"held\", \"resourceType\"");
        fhir(body).put(space + "/Patient/held").then().statusCode(201);
        fhir(body)
                .header("If-Match", "W/\"7\"")
                .put(space + "/Patient/held")
                .then()
                .statusCode(412)
                .body("issue[0].diagnostics", containsString("read it again"));
        fhir(body)
                .header("If-Match", "W/\"1\"")
                .put(space + "/Patient/held")
                .then()
                .statusCode(200);
    }

    @Test
    void aTransactionIsKeptAsAWholeAndItsEntriesReferToEachOther() {
        var answer = fhir("""
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"fullUrl": "urn:uuid:0a4b1c3e-5a0e-4f5e-9a51-0c9a2f5d7b10",
                   "resource": {"resourceType": "Patient", "gender": "male"},
                   "request": {"method": "POST", "url": "Patient"}},
                  {"resource": {"resourceType": "Condition", "code": {"text": "Gynecomastia"},
                     "subject": {"reference": "urn:uuid:0a4b1c3e-5a0e-4f5e-9a51-0c9a2f5d7b10"}},
                   "request": {"method": "POST", "url": "Condition"}},
                  {"request": {"method": "GET", "url": "Patient/setpoint-start"}}]}
                """)
                .post(space)
                .then()
                .statusCode(200)
                .body("type", equalTo("transaction-response"))
                .body("entry[0].response.status", startsWith("201"))
                .body("entry[0].response.location", matchesPattern("Patient/[0-9a-f-]{36}/_history/1"))
                .body("entry[2].resource.id", equalTo("setpoint-start"));
        String location = answer.extract().path("entry[0].response.location");
        get("/Condition?patient=" + location.split("/")[1])
                .body("total", equalTo(1))
                .body("entry[0].resource.code.text", equalTo("Gynecomastia"));
    }

    @Test
    void nothingIsKeptOfATransactionThatFails() {
        fhir("""
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"resource": {"resourceType": "Patient", "id": "half-way", "gender": "male"},
                   "request": {"method": "PUT", "url": "Patient/half-way"}},
                  {"request": {"method": "GET", "url": "Patient/nobody"}}]}
                """).post(space).then().statusCode(404);
        get("/Patient/half-way").statusCode(404);
    }

    @Test
    void ofABatchEachEntryIsDoneByItself() {
        fhir("""
                {"resourceType": "Bundle", "type": "batch", "entry": [
                  {"resource": {"resourceType": "Patient", "id": "half-way", "gender": "male"},
                   "request": {"method": "PUT", "url": "Patient/half-way"}},
                  {"request": {"method": "GET", "url": "Patient/nobody"}},
                  {"request": {"method": "GET", "url": "Observation?patient=setpoint-stable&code=2857-1"}}]}
                """)
                .post(space)
                .then()
                .statusCode(200)
                .body("entry[0].response.status", startsWith("201"))
                .body("entry[1].response.status", startsWith("404"))
                .body("entry[2].resource.total", equalTo(1));
        get("/Patient/half-way").statusCode(200);
    }

    @Test
    void everythingOfAPatientIsHisChartAndNobodyElses() {
        get("/Patient/setpoint-epic/$everything")
                .statusCode(200)
                .body(
                        "entry.resource.resourceType",
                        hasItems(
                                "Patient",
                                "Observation",
                                "MedicationRequest",
                                "Condition",
                                "Medication",
                                "Practitioner"))
                .body(
                        "entry.resource.findAll { it.subject }.subject.reference",
                        everyItem(equalTo("Patient/setpoint-epic")));
        get("/Patient/nobody/$everything").statusCode(404);
    }

    @Test
    void aResetBringsBackThePatientsAndTakesAwayWhatWasWritten() {
        fhir(patient("Gone")).post(space + "/Patient").then().statusCode(201);
        given().delete(space + "/Patient/setpoint-start").then().statusCode(204);
        given().post(space + "/$reset").then().statusCode(200).body("issue[0].severity", equalTo("information"));
        get("/Patient?family=Gone").body("total", equalTo(0));
        get("/Patient/setpoint-start").statusCode(200);
    }

    @Test
    void whatIsWrittenInOneSpaceIsSeenInNoOther() {
        fhir(patient("Mine")).post(space + "/Patient").then().statusCode(201);
        get("/Patient?family=Mine").body("total", equalTo(1));
        given().get(SHARED + "/space/" + UUID.randomUUID() + "/Patient?family=Mine")
                .then()
                .body("total", equalTo(0));
        given().get(SHARED + "/Patient?family=Mine").then().body("total", equalTo(0));
    }

    @Test
    void aSpaceThatOneCouldGuessIsNone() {
        given().get(SHARED + "/space/short/Patient")
                .then()
                .statusCode(404)
                .body("issue[0].diagnostics", containsString("8 to 64"));
        given().get(SHARED + "/space").then().statusCode(not(equalTo(500)));
    }

    @Test
    void aSpaceThatIsFullTakesNoMore() {
        var wordy = "x".repeat(900_000);
        var statuses = Stream.generate(() -> fhir(patient(wordy)).post(space + "/Patient"))
                .limit(3)
                .toList();
        assertEquals(
                List.of(201, 201, 413),
                statuses.stream().map(Response::statusCode).toList());
        statuses.get(2).then().body("issue[0].diagnostics", containsString("$reset"));
        given().post(space + "/$reset");
        fhir(patient("Again")).post(space + "/Patient").then().statusCode(201);
    }

    @Test
    void whatIsNotValidIsRefusedWithWhatToFix() {
        fhir("""
                {"resourceType": "Observation", "code": {"text": "Estradiol"}, "colour": "blue",
                 "valueQuantity": {"value": 72, "unit": "pg/mL"}}
                """)
                .post(space + "/Observation")
                .then()
                .statusCode(422)
                .body("issue.severity", everyItem(equalTo("error")))
                .body("issue.diagnostics", hasItem(containsString("Observation.status: minimum required = 1")))
                .body("issue.diagnostics", hasItem(containsString("colour")))
                .body("issue.expression.flatten()", hasItem("Observation"));
        fhir("{\"resourceType\": \"Condition\", \"id\": \"c\"}")
                .put(space + "/Condition/c")
                .then()
                .statusCode(422)
                .body("issue.diagnostics", hasItem(containsString("Condition.subject")));
        get("/Condition/c").statusCode(404);
    }

    @Test
    void aTransactionWithAnInvalidEntryNamesItAndKeepsNothing() {
        var bundle = """
                {"resourceType": "Bundle", "type": "transaction", "entry": [
                  {"resource": {"resourceType": "Patient", "id": "valid", "gender": "male"},
                   "request": {"method": "PUT", "url": "Patient/valid"}},
                  {"resource": {"resourceType": "Condition", "id": "invalid", "code": {"text": "Gynecomastia"}},
                   "request": {"method": "PUT", "url": "Condition/invalid"}}]}
                """;
        fhir(bundle)
                .post(space)
                .then()
                .statusCode(422)
                .body(
                        "issue[0].diagnostics",
                        startsWith("Bundle.entry[1].resource: Condition: Condition.subject: minimum required = 1"));
        get("/Patient/valid").statusCode(404);
        fhir(bundle.replace("\"transaction\"", "\"batch\""))
                .post(space)
                .then()
                .statusCode(200)
                .body("entry[0].response.status", startsWith("201"))
                .body("entry[1].response.status", startsWith("422"));
    }

    @Test
    void everyShippedChartIsTakenAsItIsDownloaded() {
        fhir(given().get("/sandbox/patients-bundle.json").asString())
                .post(space)
                .then()
                .statusCode(200)
                .body("entry.response.status", everyItem(startsWith("200")));
    }

    @Test
    void xmlIsRefusedByName() {
        given().contentType("application/fhir+xml")
                .body("<Patient xmlns=\"http://hl7.org/fhir\"><gender value=\"male\"/></Patient>")
                .post(space + "/Patient")
                .then()
                .statusCode(415)
                .body(containsString("application/fhir+json"));
    }

    @Test
    void whatIsNoFhirIsRefused() {
        fhir("{\"resourceType\": \"Patient\", \"gender\": ")
                .post(space + "/Patient")
                .then()
                .statusCode(400);
        fhir("{\"resourceType\": \"Condition\"}")
                .post(space + "/Patient")
                .then()
                .statusCode(400);
        fhir("{\"resourceType\": \"Bundle\", \"type\": \"collection\"}")
                .post(space)
                .then()
                .statusCode(400)
                .body("issue[0].diagnostics", containsString("transaction or batch"));
        fhir("x".repeat(5 * 1024 * 1024)).post(space + "/Patient").then().statusCode(413);
        given().patch(space + "/Patient/setpoint-start").then().statusCode(405);
    }

    @Test
    void aPageOfThisMachineMayReadAndWrite() {
        given().header("Origin", "http://localhost:3000")
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type,if-match")
                .options(space + "/Patient/setpoint-start")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo("http://localhost:3000"))
                .header("Access-Control-Allow-Methods", containsString("PUT"))
                .header("Access-Control-Allow-Headers", containsStringIgnoringCase("if-match"));
        given().header("Origin", "http://localhost:3000")
                .get(space + "/Patient/setpoint-start")
                .then()
                .header("Access-Control-Allow-Origin", equalTo("http://localhost:3000"));
        given().header("Origin", "https://elsewhere.example")
                .get(space + "/Patient/setpoint-start")
                .then()
                .statusCode(403);
    }

    @Test
    void anAnswerHasTheHeadersOfEveryAnswer() {
        get("/Patient/setpoint-start")
                .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"))
                .header("Cache-Control", equalTo("no-store"))
                .header("X-Powered-By", equalTo(null))
                .header("ETag", equalTo("W/\"1\""));
        var head = given().head(space + "/Patient/setpoint-start");
        assertEquals(200, head.statusCode());
        assertEquals("", head.asString());
        get("/Patient?_count=1&_total=accurate").body("entry", hasSize(1)).body("entry.search.mode", not(empty()));
    }
}
