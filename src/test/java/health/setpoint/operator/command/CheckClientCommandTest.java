package health.setpoint.operator.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.client.token.Keys;
import health.setpoint.hook.FixedClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever registers an EHR sees before the start whether its file is good, and what the EHR's side is to enter. */
class CheckClientCommandTest {

    private static final Path SAMPLE = Path.of("docs/integrate/sample-client.yaml");

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream faults = new ByteArrayOutputStream();

    private int check(Path fileOrFolder) {
        return check(fileOrFolder, Optional.empty());
    }

    private int check(Path fileOrFolder, Optional<String> publicUrl) {
        out.reset();
        faults.reset();
        return new CheckClientCommand(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(faults, true, StandardCharsets.UTF_8),
                        Clock.fixed(FixedClock.NOW, ZoneOffset.UTC))
                .run(fileOrFolder, publicUrl);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itSaysWhereKeysComeFromAndWhatBecomesOfATokensJku() throws IOException {
        var sample = Files.readString(SAMPLE);
        Files.writeString(folder.resolve("keys.json"), Keys.jwks(Keys.EC));
        var handedOver = Files.writeString(
                folder.resolve("handed-over.yaml"), sample.replaceFirst("\n  jku: \\S+", "\n  file: keys.json"));
        assertEquals(0, check(handedOver), faults::toString);
        assertTrue(
                printed().contains("keys handed over, nothing is fetched; a token that names a jku is refused"),
                printed());
        var both = Files.writeString(
                folder.resolve("handed-over.yaml"), sample.replaceFirst("\n  jku: ", "\n  file: keys.json\n  jku: "));
        assertEquals(0, check(both), faults::toString);
        assertTrue(
                printed()
                        .contains("keys handed over, nothing is fetched; a token may name the jku"
                                + " https://ehr.north-hospital.example/.well-known/jwks.json and no other"),
                printed());
    }

    @Test
    void aLanguageThatIsASampleIsNamedAsSuchWithWhatItLacks() throws IOException {
        var german = Files.writeString(
                folder.resolve("german.yaml"),
                Files.readString(SAMPLE).replace("\n#language: en\n", "\nlanguage: de\n"));
        assertEquals(0, check(german), faults::toString);
        assertTrue(
                printed()
                        .contains("cards: language de is a sample that no clinician has reviewed. Cards of R-40, R-41,"
                                + " R-46 are written in it; those of the other "),
                printed());
        Files.writeString(german, Files.readString(german).replace("language: de", "language: fr"));
        assertEquals(1, check(german));
        assertTrue(faults.toString().contains("is one of en, de"), faults::toString);
    }

    @Test
    void anOpenServerIsNamedAsSuch() throws IOException {
        var open = Files.writeString(
                folder.resolve("open.yaml"),
                Files.readString(SAMPLE)
                        .replace(
                                "  - https://ehr.north-hospital.example/fhir/r4",
                                "  - {url: https://open.example/r4, token: none}"));
        assertEquals(0, check(open), faults::toString);
        assertTrue(printed().contains("open FHIR servers, asked without a token: https://open.example:443"), printed());
    }

    @Test
    void theSampleIsGoodAndItsUrlsAudiencesAndTemplatesArePrinted() {
        assertEquals(0, check(SAMPLE, Optional.of("https://setpoint.example/")), faults::toString);
        for (var line : new String[] {
            "client north-hospital, mode shadow, dialect standard, zone America/Chicago",
            "iss https://ehr.north-hospital.example/fhir/r4",
            "keys fetched from jku https://ehr.north-hospital.example/.well-known/jwks.json; a token that names another is"
                    + " refused",
            "alg ES384 or RS384",
            "FHIR servers that may be asked: https://ehr.north-hospital.example:443",
            "GET  https://setpoint.example/cds-services\n",
            "aud  https://setpoint.example/cds-services\n",
            "POST https://setpoint.example/cds-services/titration-order-sign\n",
            "aud  https://setpoint.example/cds-services/titration-order-sign\n",
            "POST https://setpoint.example/cds-services/titration-order-sign/feedback\n",
            "aud  https://setpoint.example/cds-services/titration-order-sign/feedback\n",
            "patient (required): Patient/{{context.patientId}}",
            "&date=ge"
        }) {
            assertTrue(printed().contains(line), line + " in\n" + printed());
        }
    }

    /** What is commented out is as good as what is not. */
    @Test
    void withoutAPublicUrlTheConfiguredOneIsPrinted() {
        // the property may already be set: the overrides of another test's profile outlive it
        var before = System.getProperty("setpoint.public-url");
        System.setProperty("setpoint.public-url", "https://configured.example/base");
        try {
            assertEquals(0, check(SAMPLE), faults::toString);
        } finally {
            if (before == null) {
                System.clearProperty("setpoint.public-url");
            } else {
                System.setProperty("setpoint.public-url", before);
            }
        }
        assertTrue(
                printed()
                        .lines()
                        .map(String::strip)
                        .anyMatch("GET  https://configured.example/base/cds-services"::equals),
                printed());
    }

    @Test
    void everyChoiceThatTheSampleShowsCanBeTaken() throws IOException {
        var all = Pattern.compile("(?m)^#(?=[a-z]|  )")
                .matcher(Files.readString(SAMPLE).replaceAll("(?m)^# +java -jar.*$", ""))
                .replaceAll("");
        Files.writeString(folder.resolve("north.yaml"), all);
        Files.writeString(folder.resolve("north-codes.json"), "{\"resourceType\": \"ConceptMap\"}");
        assertTrue(all.contains("\nlongest-token: 1h") && all.contains("\n    - {mg: 0.5"), all);
        assertEquals(0, check(folder.resolve("north.yaml")), faults::toString);
    }

    @Test
    void everyFaultOfEveryFileIsPrintedAndTheGoodOnesAreShown() throws IOException {
        Files.copy(SAMPLE, folder.resolve("good.yaml"));
        Files.writeString(folder.resolve("bad.yaml"), "name: bad\nmode: live\nissuer: x\n");
        assertEquals(1, check(folder));
        var told = faults.toString(StandardCharsets.UTF_8);
        for (var fault : new String[] {
            "bad.yaml:2: mode: ", "bad.yaml:3: issuer: ", "bad.yaml:1: keys: is missing", "bad.yaml:1: zone: is missing"
        }) {
            assertTrue(told.contains(fault), told);
        }
        assertTrue(printed().contains("good.yaml: client north-hospital"));
        assertFalse(printed().contains("bad.yaml"));
        assertEquals(0, check(folder.resolve("good.yaml")), "one file by itself");
    }

    @Test
    void stepsOfTheLadderWithoutAnOrderableAreNamedForEpic() throws IOException {
        Files.writeString(
                folder.resolve("epic.yaml"), Files.readString(SAMPLE).replace("dialect: standard", "dialect: epic"));
        assertEquals(0, check(folder));
        assertTrue(
                printed().contains("no orderable, so no suggestion to click, for anastrozole 0.5 mg, 1 times a week"));
    }

    @Test
    void whatIsNotThereIsNoSuccess() {
        assertEquals(1, check(folder));
        assertEquals(1, check(folder.resolve("missing.yaml")));
        assertEquals(1, check(Path.of("/nowhere/at/all")));
    }
}
