package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.conformance.CdsHooksConformance;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.evaluation.Stages;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.RequestException;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Reading;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The whole evaluation of one body, and what must hold whatever stands in it: cards or a refusal that says what to fix,
 * no dose without an estradiol result, an answer of bounded size that conforms.
 */
final class Judged {

    private static final Client LOCAL =
            Client.local(new ServiceCatalog(Knowledge.load(), CdsService.hooksById(), 0), ZoneOffset.UTC);
    private static final Evaluation EVALUATION = evaluation();
    /** Servers that local mode would ask: nothing is to be asked here. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.|::1", Pattern.CASE_INSENSITIVE);

    private static final Set<Integer> REFUSALS = Set.of(400, 412);

    /** Three times the largest answer that any table of the clinic gives. */
    private static final int LARGEST_ANSWER = 100_000;
    /** A draft may be given back in each suggestion of each card. */
    private static final int DRAFT_COPIES = 16;

    private Judged() {}

    /** The cards, or empty where the call was refused. */
    static Optional<ObjectNode> body(byte[] body) {
        try {
            return judged(RequestJson.object(body));
        } catch (RequestException refusal) {
            assertTrue(REFUSALS.contains(refusal.status()), refusal.getMessage());
            return Optional.empty();
        }
    }

    /** The same for a body that is JSON already. */
    static Optional<ObjectNode> call(ObjectNode call) {
        return body(call.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<ObjectNode> judged(ObjectNode call) {
        var service = Stream.of(CdsService.values())
                .filter(candidate ->
                        candidate.hook().word().equals(call.path("hook").textValue()))
                .findFirst()
                .orElse(CdsService.ORDER_SIGN);
        if (LOOPBACK.matcher(call.path("fhirServer").asText()).find()) {
            call.put("fhirServer", "https://ehr.example/fhir");
        }
        var drafts = call.path("context").path("draftOrders").toString().length();
        var evaluated = EVALUATION.evaluate(LOCAL, HookRequestParser.read(call, service), Stages.untraced());
        var answer = JsonNodeFactory.instance.objectNode();
        var cards = answer.putArray("cards");
        evaluated.cards().forEach(card -> cards.add(card.json()));
        assertTrue(answer.toString().length() <= LARGEST_ANSWER + DRAFT_COPIES * drafts, "too large an answer");
        var faults = CdsHooksConformance.ofResponse(
                        withoutDrafts(answer), service.hook().word())
                .stream()
                .filter(fault -> !fault.contains(".resource"))
                .toList();
        assertEquals(List.of(), faults);
        if (evaluated.facts().labs().stream()
                .noneMatch(result ->
                        result.analyte() == Analyte.ESTRADIOL && result.reading() instanceof Reading.Measured)) {
            assertNoDose(evaluated, answer);
        }
        return Optional.of(answer);
    }

    /** An update gives the draft back as it came, what is odd in it included: that is not ours to judge. */
    private static JsonNode withoutDrafts(ObjectNode answer) {
        var ours = answer.deepCopy();
        for (var action : ours.findValues("actions").stream()
                .flatMap(actions -> StreamSupport.stream(actions.spliterator(), false))
                .toList()) {
            if (action.path("type").asText().equals("update") && action.path("resource") instanceof ObjectNode draft) {
                draft.retain("resourceType", "id");
            }
        }
        return ours;
    }

    private static void assertNoDose(Evaluation.Evaluated evaluated, JsonNode answer) {
        for (var card : evaluated.advice().cards()) {
            assertTrue(card.proposedDose().filter(dose -> !dose.isNone()).isEmpty(), () -> "a dose in " + card);
            card.suggestions().stream()
                    .flatMap(suggestion -> suggestion.actions().stream())
                    .forEach(action -> assertTrue(
                            !(action instanceof OrderAction.CreateOrder)
                                    && !(action instanceof OrderAction.ReviseDraft)
                                    && !(action instanceof OrderAction.ReviseOrder),
                            () -> "an order in " + card));
        }
        for (var card : answer.path("cards")) {
            var proposed = card.at("/extension/health.setpoint.advice/proposedWeeklyDoseMg");
            assertTrue(proposed.isMissingNode() || proposed.decimalValue().signum() == 0, () -> "a dose in " + card);
        }
    }

    private static Evaluation evaluation() {
        var knowledge = Knowledge.load();
        return new Evaluation(
                new ChartReader(knowledge),
                new FhirServers(RequestJson.exact()),
                new CardWriter(knowledge, URI.create("http://localhost:8080")),
                Clock.fixed(FixedClock.NOW, ZoneOffset.UTC));
    }
}
