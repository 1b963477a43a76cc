package health.setpoint.operator.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.hook.Calls;
import health.setpoint.hook.FixedClock;
import health.setpoint.hook.Samples;
import health.setpoint.hook.capture.Captured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever captured a call sees what of it is not valid, what was read of it, and what the rules lack. */
class CheckRequestCommandTest {

    private static final LocalDate TODAY = LocalDate.ofInstant(FixedClock.NOW, ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream faults = new ByteArrayOutputStream();

    @Test
    void theShippedSamplesAreValidAndLackNothing() throws IOException {
        for (var hook : new String[] {"order-sign", "order-select", "patient-view"}) {
            assertEquals(0, check(Samples.on(hook, TODAY).orElseThrow()), printed());
            printed("Observation/estradiol-result (prefetch.labs.entry[1].resource)");
            printed("    valid R4 and setpoint-estradiol-observation");
            printed("every resource is valid, and no rule lacks anything");
        }
    }

    @Test
    void aCallOfEpicIsReadAndWhatIsNotStandardInItIsNamed() throws IOException {
        assertEquals(2, check(Files.readString(Path.of("src/test/resources/calls/epic/order-sign.json"))));
        printed("    read: estradiol, final, 2026-11-14, 72 pg/mL");
        printed(
                "  - not setpoint-estradiol-observation: Observation.code: None of the codings provided are in the value set");
        printed("  - not valid R4: Condition.verificationStatus: ");
        printed("    a card says start, by R-55");
    }

    @Test
    void whatIsBrokenIsNamedWithItsPlaceAndTheRuleThatCannotDoWithoutIt() throws IOException {
        var call = sample();
        var estradiol = (ObjectNode) call.at("/prefetch/labs/entry/1/resource");
        ((ObjectNode) estradiol.path("valueQuantity")).remove("unit");
        ((ObjectNode) estradiol.path("valueQuantity")).remove("code");
        ((ObjectNode) call.at("/prefetch/labs/entry/0/resource")).remove("status");
        ((ObjectNode) call.at("/prefetch/labs/entry/2/resource")).put("resourceType", "Nonsense");
        assertEquals(2, check(call.toString()));
        printed("  - unreadable: ");
        printed("  - not setpoint-estradiol-observation: Observation.value");
        printed("  - not valid R4: Observation: Observation.status: minimum required = 1");
        printed("Nonsense/hematocrit-result");
        printed("  - R-33: ");
    }

    @Test
    void aCallThatWasCapturedWithoutItsPatientIsValidAndReadAsItCame() throws IOException {
        for (var hook : new String[] {"order-sign", "order-select", "patient-view"}) {
            var call = (ObjectNode) Calls.json(Samples.on(hook, TODAY).orElseThrow());
            out.reset();
            check(Captured.withoutPatient(call, TODAY).toString());
            assertFalse(printed().contains("not valid R4"), printed());
            printed("read: estradiol, final");
            printed("read: testosterone, final");
        }
        var lacking = sample();
        ((ObjectNode) lacking.path("prefetch")).remove("labs");
        assertEquals(2, check(Captured.withoutPatient(lacking, TODAY).toString()));
        printed("labs");
    }

    @Test
    void aCallThatWouldBeRefusedSaysWhatIsMissing() throws IOException {
        var call = sample();
        ((ObjectNode) call.path("prefetch")).remove("labs");
        assertEquals(2, check(call.toString()));
        printed("  - prefetch.labs: ");
    }

    @Test
    void whatIsNoCallIsNoSuccess() throws IOException {
        assertEquals(1, check("{}"));
        assertEquals(1, check("no JSON"));
        assertFalse(faults.toString(StandardCharsets.UTF_8).isBlank());
        assertEquals(1, command().run(Path.of("/nowhere/at/all"), Optional.empty(), Optional.empty()));
        assertEquals(1, command().run(folder, Optional.of(Path.of("/nowhere/at/all")), Optional.empty()));
    }

    private static ObjectNode sample() {
        return (ObjectNode) Calls.json(Samples.on("order-sign", TODAY).orElseThrow());
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void printed(String line) {
        assertTrue(printed().contains(line), () -> line + " in\n" + printed());
    }

    private int check(String call) throws IOException {
        out.reset();
        faults.reset();
        return command().run(Files.writeString(folder.resolve("call.json"), call), Optional.empty(), Optional.empty());
    }

    private CheckRequestCommand command() {
        return new CheckRequestCommand(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(faults, true, StandardCharsets.UTF_8),
                Clock.fixed(FixedClock.NOW, ZoneOffset.UTC));
    }
}
