package health.setpoint.operator.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.Calls;
import health.setpoint.hook.Samples;
import health.setpoint.hook.capture.Captured;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Decides again what was decided, under the same and under changed knowledge. */
@QuarkusTest
@TestProfile(ReplayTest.OwnJournal.class)
class ReplayTest {

    /** A service of its own: other tests keep decisions that nobody came to. */
    public static class OwnJournal implements QuarkusTestProfile {}

    @Inject
    ReplayCommand command;

    @TempDir
    Path folder;

    @Test
    void underTheSameKnowledgeNothingChanges() throws IOException {
        call();
        var report = replay(0);
        assertTrue(report.path("replayed").intValue() > 0);
        assertEquals(report.path("replayed"), report.path("same"), () -> report.toString());
        assertEquals(0, report.path("unreadable").intValue());
    }

    @Test
    void underARaisedThresholdTheChangedAdviceIsListed() throws IOException {
        var instance = call();
        var report = replay(2, "--knowledge", raisedHighLimit(folder).toString());
        var change = changes(report, "hookInstance", instance).get(0);
        assertTrue(change.path("before").toString().contains("R-55"), change.toString());
        assertFalse(change.path("after").toString().contains("R-55"), change.toString());
        assertTrue(report.path("cardsByRule").toString().contains("\"R-55\""));
    }

    @Test
    void capturedRequestsAreDecidedUnderBothKnowledges() throws IOException {
        var calls = Files.createDirectory(folder.resolve("calls"));
        Files.writeString(
                calls.resolve("one.json"),
                Samples.on("order-sign", LocalDate.of(2026, 11, 23)).orElseThrow());
        Files.writeString(calls.resolve("no-call.json"), "{}");
        var same = replay(0, "--calls", calls.toString(), "--on", "2026-11-23");
        assertEquals(1, same.path("same").intValue());
        assertEquals(1, same.path("unreadable").intValue());
        var changed = replay(
                2,
                "--calls",
                calls.toString(),
                "--on",
                "2026-11-23",
                "--knowledge",
                raisedHighLimit(folder).toString());
        assertEquals("one.json", changed.at("/changes/0/call").textValue());
        Files.writeString(
                calls.resolve("captured.json"),
                Captured.withoutPatient(
                                (ObjectNode) Calls.json(Files.readString(calls.resolve("one.json"))),
                                LocalDate.of(2026, 11, 23))
                        .toString());
        var withCaptured = replay(0, "--calls", calls.toString(), "--on", "2026-11-23");
        assertEquals(
                2, withCaptured.path("same").intValue(), "one that was captured without its patient is decided too");
    }

    @Test
    void aWrongCommandLineOrABrokenFolderIsRefused() throws IOException {
        assertEquals(1, command.run(new PrintStream(new ByteArrayOutputStream()), "replay", "--nonsense"));
        assertEquals(1, command.run("replay", "--knowledge", folder.toString()));
    }

    private static String call() {
        var instance = UUID.randomUUID().toString();
        var sample = (com.fasterxml.jackson.databind.node.ObjectNode)
                Calls.json(Samples.on("order-sign", LocalDate.of(2026, 11, 23)).orElseThrow());
        Calls.send("order-sign", sample.put("hookInstance", instance)).then().statusCode(200);
        return instance;
    }

    private JsonNode replay(int exit, String... options) throws IOException {
        var out = new ByteArrayOutputStream();
        List<String> words = new ArrayList<>(List.of("replay"));
        words.addAll(List.of(options));
        assertEquals(exit, command.run(new PrintStream(out), words.toArray(String[]::new)));
        return Calls.json(out.toString(StandardCharsets.UTF_8));
    }

    private static List<JsonNode> changes(JsonNode report, String name, String value) {
        List<JsonNode> found = new ArrayList<>();
        report.path("changes").forEach(change -> {
            if (change.path(name).asText().equals(value)) {
                found.add(change);
            }
        });
        return found;
    }

    /** The shipped knowledge with HIGH beginning above 80 instead of 60 pg/mL. */
    static Path raisedHighLimit(Path folder) throws IOException {
        var copy = Files.createDirectory(folder.resolve("knowledge"));
        for (var name : names()) {
            var text = shipped(name);
            if (name.equals("estradiol.yaml")) {
                var raised = text.replaceFirst("value: 60\\b", "value: 80");
                assertFalse(raised.equals(text));
                text = raised;
            }
            Files.writeString(copy.resolve(name), text);
        }
        return copy;
    }

    private static List<String> names() throws IOException {
        Map<String, Object> index = new Yaml().load(shipped("index.yaml"));
        List<String> names = new ArrayList<>(List.of("index.yaml"));
        for (var entry : index.values()) {
            if (entry instanceof List<?> files) {
                files.forEach(file -> names.add((String) (file instanceof Map<?, ?> table ? table.get("file") : file)));
            } else if (entry instanceof String name && name.endsWith(".yaml")) {
                names.add(name);
            }
        }
        return names;
    }

    private static String shipped(String name) throws IOException {
        try (InputStream file = ReplayTest.class.getResourceAsStream("/knowledge/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
