package health.setpoint.hook.terminology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.Samples;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.evaluation.Stages;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Expansion;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.terminology.Code;
import health.setpoint.knowledge.terminology.CodeSystemUris;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.person.Diagnosis;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a terminology server knows beyond the shipped codes decides, and what it does not know takes nothing away. */
class TerminologyServerTest {

    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T15:00:00Z"), ZoneOffset.UTC);
    private static final String PROSTATE = "setpoint-prostate-cancer-conditions";
    private static final Code SUBTYPE = new Code(CodeSystemUris.SNOMED_CT, "9990001000004109", "A subtype made up");

    private final CurrentKnowledge current = new CurrentKnowledge(KNOWLEDGE);
    private HttpServer stub;
    private Answer answer = Answer.MORE;

    private enum Answer {
        MORE,
        LESS,
        PART,
        DOWN,
        NEVER
    }

    @BeforeEach
    void start() throws IOException {
        stub = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        stub.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        stub.createContext("/fhir/ValueSet/$expand", this::expand);
        stub.start();
    }

    @AfterEach
    void stop() {
        stub.stop(0);
    }

    /** Gives back what is listed, and one subtype more for cancer of the prostate. */
    private void expand(HttpExchange call) throws IOException {
        var set = JSON.readTree(call.getRequestBody()).at("/parameter/0/resource");
        if (answer == Answer.NEVER) {
            return;
        }
        var expanded = JSON.createObjectNode().put("resourceType", "ValueSet");
        var contains = expanded.putObject("expansion").putArray("contains");
        for (var include : set.at("/compose/include")) {
            for (var concept : include.path("concept")) {
                contains.addObject()
                        .put("system", include.path("system").asText())
                        .put("code", concept.path("code").asText());
            }
        }
        if (set.path("url").asText().endsWith(PROSTATE)) {
            assertEquals(List.of("is-a 399068003"), filters(set));
            contains.addObject()
                    .put("system", SUBTYPE.system())
                    .put("code", SUBTYPE.code())
                    .put("display", SUBTYPE.display());
            if (answer == Answer.LESS) {
                contains.remove(0);
            }
        }
        if (answer == Answer.PART) {
            ((ObjectNode) expanded.path("expansion")).put("total", contains.size() + 1);
        }
        var bytes = expanded.toString().getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(answer == Answer.DOWN ? 500 : 200, bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    private static List<String> filters(JsonNode set) {
        return set.at("/compose/include").findValues("filter").stream()
                .map(filter -> filter.at("/0/op").asText() + " "
                        + filter.at("/0/value").asText())
                .toList();
    }

    private Expansion ask(Duration patience) throws InterruptedException {
        var base = URI.create("http://127.0.0.1:" + stub.getAddress().getPort() + "/fhir/");
        return new TerminologyServer(base, patience).expand(KNOWLEDGE.terminology(), current.expansion(), DAY);
    }

    private Expansion ask() throws InterruptedException {
        return ask(Duration.ofMinutes(1));
    }

    @Test
    void aSubtypeThatOnlyTheServerKnowsDecidesAndTheVersionSaysSo() throws Exception {
        var before = evaluated();
        assertFalse(rules(before).contains(RuleId.R_06));
        assertEquals(KNOWLEDGE.version(), before.policy().version());

        assertTrue(current.put(ask()));
        var after = evaluated();

        assertTrue(rules(after).contains(RuleId.R_06), () -> rules(after).toString());
        var label = current.expansion().label().orElseThrow();
        assertTrue(label.startsWith("20260302."), label);
        assertEquals(KNOWLEDGE.version() + "+" + label, after.policy().version());
        assertEquals(
                KNOWLEDGE.version() + "+" + label,
                after.cards()
                        .get(0)
                        .json()
                        .at("/extension/health.setpoint.advice/knowledge/version")
                        .asText());
        assertEquals(before.policy().hash(), after.policy().hash());
    }

    @Test
    void aDecisionIsRepeatedFromItsFactsWhateverIsInForceLater() throws Exception {
        current.put(ask());
        var decided = evaluated();

        var repeated =
                Titration.advise(decided.facts(), KNOWLEDGE.on(decided.facts().today()));

        assertEquals(decided.advice().cards(), repeated.cards());
    }

    @Test
    void aServerThatGivesLessOrAPartOrNothingTakesNothingAway() throws Exception {
        for (var poor : List.of(Answer.LESS, Answer.PART, Answer.DOWN)) {
            answer = poor;
            assertEquals(Map.of(), ask().added(), poor.name());
        }
        assertTrue(rules(evaluated()).stream().noneMatch(RuleId.R_06::equals));

        answer = Answer.MORE;
        current.put(ask());
        answer = Answer.DOWN;
        assertFalse(current.put(ask()), "the last good expansion stays in force");
        assertTrue(rules(evaluated()).contains(RuleId.R_06));
    }

    @Test
    void aServerThatNeverAnswersIsLeftWhenTheTimeIsUp() throws Exception {
        answer = Answer.NEVER;

        assertEquals(Map.of(), ask(Duration.ofMillis(300)).added());
    }

    @Test
    void theShippedMeaningOfACodeIsNeverChanged() {
        var claimed = new Code(CodeSystemUris.SNOMED_CT, "64859006", "Osteoporosis (disorder)");
        var wider = KNOWLEDGE.with(new Expansion(DAY, Map.of(PROSTATE, List.of(claimed, SUBTYPE))));

        assertEquals(
                Optional.of(Diagnosis.OSTEOPOROSIS), wider.terminology().diagnosis(claimed.system(), claimed.code()));
        assertEquals(
                Optional.of(Diagnosis.PROSTATE_CANCER),
                wider.terminology().diagnosis(SUBTYPE.system(), SUBTYPE.code()));
        assertEquals(Optional.empty(), KNOWLEDGE.terminology().diagnosis(SUBTYPE.system(), SUBTYPE.code()));
    }

    @Test
    void everyListedCodeMeansTheSameUnderAnExpansion() {
        var shipped = KNOWLEDGE.terminology();
        var wider = KNOWLEDGE
                .with(new Expansion(DAY, Map.of(PROSTATE, List.of(SUBTYPE))))
                .terminology();
        for (var code : shipped.all()) {
            var system = code.system();
            assertEquals(shipped.drugs(system, code.code()), wider.drugs(system, code.code()));
            assertEquals(shipped.lab(system, code.code()), wider.lab(system, code.code()));
            assertEquals(shipped.diagnosis(system, code.code()), wider.diagnosis(system, code.code()));
            assertEquals(shipped.symptom(system, code.code()), wider.symptom(system, code.code()));
            assertEquals(shipped.labTest(system, code.code()), wider.labTest(system, code.code()));
            assertEquals(shipped.isPregnancy(system, code.code()), wider.isPregnancy(system, code.code()));
            assertEquals(shipped.isPregnancyStatus(system, code.code()), wider.isPregnancyStatus(system, code.code()));
            assertEquals(shipped.isSexAtBirth(system, code.code()), wider.isSexAtBirth(system, code.code()));
            assertEquals(shipped.isCancerReason(system, code.code()), wider.isCancerReason(system, code.code()));
        }
        for (var test : LabTest.values()) {
            assertEquals(shipped.orderCode(test), wider.orderCode(test));
            assertEquals(
                    shipped.orderCode(test, Assay.MASS_SPECTROMETRY), wider.orderCode(test, Assay.MASS_SPECTROMETRY));
        }
        assertEquals(shipped.laboratoryCodes(), wider.laboratoryCodes());
        assertEquals(shipped.observationCodes(), wider.observationCodes());
        assertEquals(shipped.all().size() + 1, wider.all().size());
    }

    @Test
    void aStartHasTheLastExpansionInForceAndEachStaysOnTheDisk(@TempDir Path place) throws Exception {
        var folder = new ExpansionFolder(place.resolve("terminology"));
        assertEquals(Optional.empty(), folder.last());
        var first = ask();
        folder.keep(first);
        var second = new Expansion(DAY.plusDays(1), Map.of());
        folder.keep(second);
        assertEquals(Optional.of(second), folder.last());
        folder.keep(first);

        assertEquals(Optional.of(first), folder.last());
        var kept = place.resolve("terminology/expansion-" + first.label().orElseThrow() + ".json");
        assertTrue(Files.readString(kept).contains(SUBTYPE.code()));

        var file = place.resolve("terminology/current.json");
        Files.writeString(file, Files.readString(file).replace(SUBTYPE.code(), "64859006"));
        assertEquals(Optional.empty(), folder.last(), "an altered file is left aside");
        Files.writeString(file, "{");
        assertEquals(Optional.empty(), folder.last());
    }

    @Test
    void atAStartTheKeptExpansionIsInForceBeforeTheServerIsAsked(@TempDir Path place) throws Exception {
        new ExpansionFolder(place).keep(ask());
        answer = Answer.DOWN;
        var base = URI.create("http://127.0.0.1:" + stub.getAddress().getPort() + "/fhir");

        var refresh =
                new TerminologyRefresh(current, KNOWLEDGE, Optional.of(base), place, Duration.ofMinutes(1), CLOCK);
        assertTrue(rules(evaluated()).contains(RuleId.R_06));
        refresh.refresh();
        assertTrue(rules(evaluated()).contains(RuleId.R_06));
    }

    /** The shipped sample of a man, with a problem whose code no table lists and no word explains. */
    private Evaluation.Evaluated evaluated() throws IOException {
        var call = (ObjectNode) JSON.readTree(Samples.on("order-sign", DAY).orElseThrow());
        var patient = call.at("/context/patientId").asText();
        var problem = JSON.createObjectNode().put("resourceType", "Condition").put("id", "problem");
        problem.putObject("subject").put("reference", "Patient/" + patient);
        problem.putObject("code")
                .putArray("coding")
                .addObject()
                .put("system", SUBTYPE.system())
                .put("code", SUBTYPE.code());
        var bundle = JSON.createObjectNode().put("resourceType", "Bundle").put("type", "searchset");
        bundle.putArray("entry").addObject().set("resource", problem);
        ((ObjectNode) call.path("prefetch")).set("conditions", bundle);
        var catalog = new ServiceCatalog(KNOWLEDGE, CdsService.hooksById(), 0);
        var evaluation = new Evaluation(
                new ChartReader(KNOWLEDGE, current),
                new FhirServers(RequestJson.exact()),
                new CardWriter(KNOWLEDGE, URI.create("http://localhost:8080")),
                CLOCK);
        var service = CdsService.valueOf("ORDER_SIGN");
        return evaluation.evaluate(
                Client.local(catalog, ZoneOffset.UTC),
                HookRequestParser.read(RequestJson.object(call.toString().getBytes(StandardCharsets.UTF_8)), service),
                Stages.untraced());
    }

    private static Set<RuleId> rules(Evaluation.Evaluated evaluated) {
        return evaluated.advice().cards().stream()
                .flatMap(card -> card.rules().stream())
                .collect(Collectors.toSet());
    }
}
