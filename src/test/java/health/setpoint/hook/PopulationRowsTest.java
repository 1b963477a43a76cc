package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.evaluation.Stages;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.population.decision.PatientEvaluation;
import health.setpoint.population.decision.PatientRecord;
import health.setpoint.population.decision.PopulationSite;
import health.setpoint.population.decision.WorklistRow;
import java.net.URI;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.AfterFailureMode;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;

/** A man's row of the work list says what patient-view says of the same data, in whatever order its lines come. */
class PopulationRowsTest {

    private static final Knowledge KNOWLEDGE = Knowledge.load();
    private static final Client LOCAL =
            Client.local(new ServiceCatalog(KNOWLEDGE, CdsService.hooksById(), 0), ZoneOffset.UTC);
    private static final Evaluation PATIENT_VIEW = new Evaluation(
            new ChartReader(KNOWLEDGE),
            new FhirServers(RequestJson.exact()),
            new CardWriter(KNOWLEDGE, URI.create("http://localhost:8080")),
            Clock.fixed(FixedClock.NOW, ZoneOffset.UTC));
    private static final PatientEvaluation POPULATION =
            new PatientEvaluation(PopulationSite.standard(KNOWLEDGE, ZoneOffset.UTC), Man.NOW);

    private final AtomicInteger withCards = new AtomicInteger();

    @Provide
    Arbitrary<Man> men() {
        return Man.any();
    }

    @Property(tries = 10_000, seed = "20261130", afterFailure = AfterFailureMode.SAMPLE_ONLY)
    void a_mans_row_is_what_patient_view_says_of_the_same_data(
            @ForAll("men") Man man, @ForAll Shape shape, @ForAll Random random) {
        var call = shape.call(new Man(
                man.age(), man.results(), man.testosterone(), man.anastrozole(), Optional.empty(), man.problems()));
        var expected = cards(call);
        withCards.addAndGet(expected.isEmpty() ? 0 : 1);
        assertEquals(expected, row(resources(call), random).path("cards"));
    }

    @AfterProperty
    void most_men_have_something_to_be_said() {
        assertTrue(withCards.get() > 5000, () -> "only " + withCards + " men with cards");
    }

    private static ArrayNode cards(ObjectNode call) {
        var view = HookRequestParser.read(call, CdsService.PATIENT_VIEW);
        var cards = JsonNodeFactory.instance.arrayNode();
        PATIENT_VIEW.evaluate(LOCAL, view, Stages.untraced()).cards().forEach(card -> cards.addObject()
                .put("indicator", card.json().path("indicator").asText())
                .set("advice", card.json().at("/extension/health.setpoint.advice")));
        return cards;
    }

    private static List<ObjectNode> resources(ObjectNode call) {
        var resources = new ArrayList<ObjectNode>();
        for (JsonNode value : call.path("prefetch")) {
            if (value.path("resourceType").asText().equals("Bundle")) {
                value.path("entry").forEach(entry -> resources.add((ObjectNode) entry.path("resource")));
            } else {
                resources.add((ObjectNode) value);
            }
        }
        resources.removeIf(resource -> resource.path("resourceType").asText().equals("OperationOutcome"));
        return resources;
    }

    /** With the Medications beside the patients, as an export has them. */
    private static ObjectNode row(List<ObjectNode> resources, Random random) {
        var lines = new ArrayList<>(resources);
        lines.removeIf(resource -> resource.path("resourceType").asText().equals("Medication"));
        Collections.shuffle(lines, random);
        var patient = new PatientRecord("p1", lines, Set.of());
        return WorklistRow.of("p1", patient, POPULATION.evaluate(patient, reference -> resources.stream()
                .filter(resource ->
                        reference.equals("Medication/" + resource.path("id").asText()))
                .findFirst()));
    }
}
