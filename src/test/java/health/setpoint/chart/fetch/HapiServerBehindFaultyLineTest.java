package health.setpoint.chart.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.chart.Chart;
import health.setpoint.titration.facts.Gap;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("A HAPI FHIR server behind a line on which things go wrong")
class HapiServerBehindFaultyLineTest {

    private static final String CLIENT = "a-hospital";
    private static final int RESULTS = 25;
    private static final FhirLimits LIMITS = new FhirLimits(Duration.ofSeconds(8), 10, 1024 * 1024);
    /** Where time is not the matter, on a busy machine. */
    private static final FhirLimits PATIENT = LIMITS.within(Duration.ofSeconds(40));
    /** Far below the minute for which a late answer is held back, far above the deadline. */
    private static final long HELD_MILLIS = 45_000;

    private static HapiServer hapi;
    private static FaultyLine stranger;
    private FaultyLine line;

    @BeforeAll
    static void start() throws Exception {
        hapi = new HapiServer().start();
        stranger = new FaultyLine(hapi.port());
        var patient = new Patient().setGender(AdministrativeGender.MALE);
        patient.setId("p");
        hapi.keep(patient);
        for (int i = 0; i < RESULTS; i++) {
            hapi.keep(estradiol("e" + i, i + ".50"));
        }
        var condition = new Condition();
        condition.setId("c");
        condition.setSubject(new Reference("Patient/p"));
        condition.getCode().addCoding().setSystem("http://snomed.info/sct").setCode("64859006");
        hapi.keep(condition);
        var order = new MedicationRequest();
        order.setId("m");
        order.setStatus(MedicationRequest.MedicationRequestStatus.ACTIVE);
        order.setIntent(MedicationRequest.MedicationRequestIntent.ORDER);
        order.setSubject(new Reference("Patient/p"));
        order.getMedicationCodeableConcept()
                .addCoding()
                .setSystem("http://www.nlm.nih.gov/research/umls/rxnorm")
                .setCode("199224");
        hapi.keep(order);
        // The first search of a server takes long.
        nothingSent(source(new FhirServers(Chart.JSON), stranger.base(), PATIENT))
                .outcome();
    }

    private static Observation estradiol(String id, String amount) {
        var result = new Observation();
        result.setId(id);
        result.setStatus(Observation.ObservationStatus.FINAL);
        result.setSubject(new Reference("Patient/p"));
        result.getCode().addCoding().setSystem("http://loinc.org").setCode("2243-4");
        result.setEffective(new DateTimeType("2026-02-27"));
        result.setValue(
                new Quantity().setValue(new java.math.BigDecimal(amount)).setUnit("pg/mL"));
        return result;
    }

    @AfterAll
    static void stop() throws Exception {
        stranger.close();
        hapi.stop();
    }

    @BeforeEach
    void connect() {
        line = new FaultyLine(hapi.port());
        hapi.knownAs(line.base());
    }

    @AfterEach
    void disconnect() {
        line.close();
    }

    private static MissingData source(FhirServers servers, String base, FhirLimits limits) {
        return servers.forRequest(
                CLIENT,
                FhirOrigins.LOOPBACK,
                limits,
                Optional.of(base),
                Optional.of("secret-token"),
                FetchMemory.UNBOUNDED);
    }

    /** Nothing was prefetched. */
    private static Chart nothingSent(MissingData source) {
        return List.of(
                        "patient",
                        "labs",
                        "medicationRequests",
                        "medicationStatements",
                        "conditions",
                        "observations",
                        "serviceRequests",
                        "allergies",
                        "medicationAdministrations",
                        "medicationDispenses",
                        "questionnaireResponses")
                .stream()
                .reduce(Chart.of(), Chart::without, (a, b) -> a)
                .fetching(source);
    }

    @Test
    @DisplayName("is read to the last page of its search, with the token on every request")
    void whole() {
        var facts = nothingSent(source(new FhirServers(Chart.JSON), line.base(), PATIENT))
                .facts();
        assertEquals(RESULTS, facts.labs().size());
        assertEquals(1, facts.conditions().size());
        assertEquals(1, facts.courses().size());
        assertEquals(List.of(), facts.gaps());
        assertEquals(List.of("Bearer secret-token"), line.tokens());
    }

    // --- one key fails, the others are read ---

    @TestFactory
    Stream<DynamicTest> faults() {
        var elsewhere = "/fhir/Condition?patient=p";
        return Stream.of(
                failing("comes too late", line -> line.late()),
                failing("is cut in the middle", line -> FaultyLine.cut()),
                failing("is 401", line -> FaultyLine.status(401)),
                failing("is 403", line -> FaultyLine.status(403)),
                failing("is 500", line -> FaultyLine.status(500)),
                failing("is 503", line -> FaultyLine.status(503)),
                failing("leads to another host", line -> FaultyLine.redirect(strangerAt(elsewhere))),
                failing("is a page for people", line -> FaultyLine.html()),
                failing("is huge", line -> FaultyLine.huge(2 * 1024 * 1024)),
                partial("has pages without end", line -> line.endless()),
                partial("has its next page on another host", line -> FaultyLine.next(strangerAt(elsewhere))));
    }

    private static String strangerAt(String path) {
        return stranger.base().replace("/fhir", path);
    }

    private interface Making {
        FaultyLine.Fault on(FaultyLine line);
    }

    private DynamicTest failing(String title, Making fault) {
        return dynamicTest("whose answer " + title + " costs that key only", () -> {
            var facts = faulty(fault);
            assertEquals(List.of(new Gap(Gap.Part.CONDITIONS, Gap.Why.FAILED)), facts.gaps());
            assertEquals(0, facts.conditions().size());
        });
    }

    private DynamicTest partial(String title, Making fault) {
        return dynamicTest("whose answer " + title + " costs the rest of that key only", () -> {
            var facts = faulty(fault);
            assertEquals(List.of(new Gap(Gap.Part.CONDITIONS, Gap.Why.PARTIAL)), facts.gaps());
            assertEquals(1, facts.conditions().size());
        });
    }

    private static health.setpoint.titration.facts.Facts faulty(Making fault) {
        try (var line = new FaultyLine(hapi.port())) {
            hapi.knownAs(line.base());
            line.fail("Condition", fault.on(line));
            var before = stranger.requests();
            var start = System.nanoTime();
            var facts = nothingSent(source(new FhirServers(Chart.JSON), line.base(), LIMITS))
                    .facts();
            assertTrue((System.nanoTime() - start) / 1_000_000 < HELD_MILLIS, "the deadline was not held");
            assertEquals(RESULTS, facts.labs().size());
            assertEquals(1, facts.courses().size());
            assertEquals(List.of("Bearer secret-token"), line.tokens());
            assertTrue(line.asked("Condition").size() <= LIMITS.pages(), "more pages than a search may cost");
            assertEquals(before, stranger.requests(), "another host was asked");
            return facts;
        }
    }

    @Test
    @DisplayName("whose answer is said to be a page for people is read as what it is")
    void mislabelled() {
        line.fail("Condition", FaultyLine.mislabelled());
        var facts = nothingSent(source(new FhirServers(Chart.JSON), line.base(), PATIENT))
                .facts();
        assertEquals(1, facts.conditions().size());
    }

    @Test
    @DisplayName("that fails twice is not asked a third time, while another server is")
    void leftAlone() {
        var servers = new FhirServers(Chart.JSON);
        line.fail("Condition", FaultyLine.status(500));
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    List.of(new Gap(Gap.Part.CONDITIONS, Gap.Why.FAILED)),
                    Chart.of()
                            .without("conditions")
                            .fetching(source(servers, line.base(), PATIENT))
                            .facts()
                            .gaps());
        }
        assertEquals(2, line.asked("Condition").size());
        try (var sound = new FaultyLine(hapi.port())) {
            hapi.knownAs(sound.base());
            var facts = Chart.of()
                    .without("conditions")
                    .fetching(source(servers, sound.base(), PATIENT))
                    .facts();
            assertEquals(List.of(), facts.gaps());
            assertEquals(1, facts.conditions().size());
            assertEquals(1, sound.asked("Condition").size());
        }
    }
}
