package health.setpoint.operator.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fetch.FetchMemory;
import health.setpoint.client.Client;
import health.setpoint.client.access.AccessControl;
import health.setpoint.client.access.TestClients;
import health.setpoint.hook.Calls;
import health.setpoint.hook.FixedClock;
import health.setpoint.hook.Samples;
import health.setpoint.hook.evaluation.HookHandler;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.journal.JournalReader;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.parameter.SiteChoices;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was decided for a client is decided again under its own choices. */
@QuarkusTest
@TestProfile(ReplayOfClientsTest.TwoClients.class)
class ReplayOfClientsTest {

    /** One client with the knowledge as it is, one that withholds every start. */
    public static class TwoClients implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            try {
                var folder = TestClients.folder();
                for (var mode : List.of("full", "safety-only")) {
                    Files.writeString(folder.resolve(mode + ".yaml"), """
                            name: %1$s
                            mode: %1$s
                            issuer: https://%1$s.example/r4
                            keys: {jku: "https://%1$s.example/jwks.json"}
                            zone: UTC
                            """.formatted(mode));
                }
                return Map.of("setpoint.clients.folder", folder.toString());
            } catch (IOException unwritable) {
                throw new AssertionError(unwritable);
            }
        }
    }

    @Inject
    ReplayCommand command;

    @Inject
    AccessControl accessControl;

    @Inject
    HookHandler consultation;

    @Inject
    JournalReader journal;

    @Inject
    Knowledge knowledge;

    @TempDir
    Path folder;

    @Test
    void eachDecisionIsRepeatedUnderTheChoicesOfItsClient() throws IOException {
        call(accessControl.client("full").orElseThrow());
        call(accessControl.client("safety-only").orElseThrow());
        for (var options : List.of(List.of("--client", "full"), List.of("--client", "safety-only"))) {
            var report = replay(0, options.toArray(String[]::new));
            assertTrue(report.path("replayed").intValue() > 0, report::toString);
            assertEquals(report.path("replayed"), report.path("same"), report::toString);
            assertTrue(report.path("underHouseDefaults").isEmpty(), report::toString);
        }
    }

    @Test
    void whatAClientThatIsGoneWasToldIsRepeatedUnderTheHousesDefaultsAndCounted() throws IOException {
        var gone = call(named("gone", accessControl.client("safety-only").orElseThrow()));
        call(named("gone", accessControl.client("safety-only").orElseThrow()));
        var report = replay(2, "--client", "gone");
        assertEquals(1, report.path("underHouseDefaults").size());
        assertEquals("gone", report.at("/underHouseDefaults/0/client").textValue());
        assertEquals(2, report.at("/underHouseDefaults/0/decisions").intValue());
        var change = report.at("/changes/0");
        assertEquals("gone", change.path("client").textValue());
        assertFalse(change.path("before").toString().contains("\"start\""), change::toString);
        assertTrue(change.path("after").toString().contains("\"start\""), change::toString);
        assertTrue(report.toString().contains(gone));
    }

    @Test
    void whatWasDecidedInLocalModeIsNotCountedAsAMissingClients() throws IOException {
        call(named(Client.LOCAL, accessControl.client("full").orElseThrow()));
        var report = replay(0, "--client", Client.LOCAL);
        assertEquals(report.path("replayed"), report.path("same"));
        assertTrue(report.path("underHouseDefaults").isEmpty());
    }

    @Test
    void choicesThatTheKnowledgeDoesNotLeaveToAClientAreRefusedWithItsName() {
        var like = accessControl.client("full").orElseThrow();
        call(like);
        var replay = new Replay(
                knowledge, name -> Optional.of(named(name, like, like.choices().with("ladder.floor", "L2"))));
        var refused = assertThrows(
                Replay.ChoicesRefused.class,
                () -> journal.decisions(Instant.EPOCH, FixedClock.NOW.plusSeconds(1), replay::add));
        assertTrue(refused.getMessage().startsWith("client "), refused::getMessage);
        assertTrue(refused.getMessage().contains("ladder.floor"), refused::getMessage);
    }

    @Test
    void capturedCallsAreDecidedAsThoseOfTheClientThatIsNamed() throws IOException {
        Files.writeString(folder.resolve("one.json"), sample().toString());
        var raised = ReplayTest.raisedHighLimit(folder).toString();
        assertTrue(before(calls("--knowledge", raised)).contains("\"start\""));
        assertTrue(before(calls("--knowledge", raised, "--client", "full")).contains("\"start\""));
        var cautious = before(calls("--knowledge", raised, "--client", "safety-only"));
        assertTrue(cautious.contains("R-55") && !cautious.contains("\"start\""), cautious);
        assertEquals(1, command.run("replay", "--calls", folder.toString(), "--client", "nobody"));
    }

    private JsonNode calls(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of("--calls", folder.toString(), "--on", "2026-11-23"));
        options.addAll(List.of(more));
        return replay(2, options.toArray(String[]::new));
    }

    private static String before(JsonNode report) {
        return report.at("/changes/0/before").toString();
    }

    private static Client named(String name, Client like) {
        return named(name, like, like.choices());
    }

    private static Client named(String name, Client like, SiteChoices choices) {
        return new Client(
                name,
                like.mode(),
                like.services(),
                like.style(),
                like.site(),
                choices,
                like.policies(),
                like.muteDays(),
                like.limits(),
                like.may(),
                like.app());
    }

    private static ObjectNode sample() {
        var sample = (ObjectNode)
                Calls.json(Samples.on("order-sign", LocalDate.of(2026, 11, 23)).orElseThrow());
        return sample.put("hookInstance", UUID.randomUUID().toString());
    }

    private String call(Client client) {
        var sample = sample();
        var answer = consultation.answer(
                client,
                HookRequestParser.read(
                        RequestJson.object(sample.toString().getBytes(StandardCharsets.UTF_8)), CdsService.ORDER_SIGN),
                "request",
                false,
                FetchMemory.UNBOUNDED);
        assertFalse(answer.body().path("cards").isEmpty());
        return sample.path("hookInstance").textValue();
    }

    private JsonNode replay(int exit, String... options) throws IOException {
        var out = new ByteArrayOutputStream();
        List<String> words = new ArrayList<>(List.of("replay"));
        words.addAll(List.of(options));
        assertEquals(exit, command.run(new PrintStream(out), words.toArray(String[]::new)), out::toString);
        return Calls.json(out.toString(StandardCharsets.UTF_8));
    }
}
