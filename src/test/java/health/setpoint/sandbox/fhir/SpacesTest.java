package health.setpoint.sandbox.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** How many spaces are kept, and for how long. */
class SpacesTest {

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    private final Spaces spaces = new Spaces(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private Space space(int number) {
        return spaces.of(Optional.of("space-number-" + number));
    }

    private static void write(Space space, int length) {
        space.write(writing -> {
            var patient = new Patient();
            patient.setId("written");
            patient.addName().setText("x".repeat(length));
            return writing.put(patient);
        });
    }

    private static boolean isWritten(Space space) {
        return space.find("Patient/written").isPresent();
    }

    @Test
    void theSpacesThatWereUsedLastAreKept() {
        for (int i = 0; i <= Spaces.MOST_NAMED; i++) {
            write(space(i), 1);
        }
        assertTrue(isWritten(space(1)));
        assertTrue(isWritten(space(Spaces.MOST_NAMED)));
        assertFalse(isWritten(space(0)));
    }

    @Test
    void spacesThatHoldMuchAreFewer() {
        var length = Space.LARGEST - 500_000;
        var most = (int) (Spaces.LARGEST_TOGETHER / length);
        for (int i = 0; i <= most; i++) {
            write(space(i), length);
        }
        assertTrue(isWritten(space(most)));
        assertFalse(isWritten(space(0)));
    }

    @Test
    void whatNobodyWroteToIsAsNewOnAnotherDayAndWhatSomebodyDidIsKept() {
        var untouched = space(1);
        write(space(2), 1);
        now = now.plusSeconds(86_400);
        assertFalse(untouched == space(1), "its dates count from today");
        assertTrue(isWritten(space(2)));
        assertTrue(spaces.of(Optional.empty()).isStaleOn(LocalDate.parse("2026-11-26")));
    }

    @Test
    void aWriteInOneSpaceIsNoneInAnotherThatBeganWithTheSame() {
        write(space(1), 1);
        assertFalse(isWritten(space(2)));
        assertEquals(
                space(2).resources().count(),
                spaces.of(Optional.empty()).resources().count());
    }
}
