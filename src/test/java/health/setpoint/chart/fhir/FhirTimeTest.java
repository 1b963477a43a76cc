package health.setpoint.chart.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.titration.labs.ClinicalTime;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirTimeTest {

    private static final FhirTime TIME = new FhirTime(ZoneId.of("America/Chicago"));

    private static ClinicalTime read(String text) {
        return TIME.clinical(Optional.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01",
                "0000-01-01T00:00:00Z",
                "0000-06-01T00:00:00+14:00",
                "0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59-12:00",
                "+999999999-12-31",
                "-0001-01-01",
                "10000-01-01",
                "2026-02-30",
                "2026-11-23T25:00:00Z",
                "2026-11-23T10:00:00+99:00",
            })
    void aTimeBeyondTheYearsThatFhirKnowsIsNone(String text) {
        assertEquals(new ClinicalTime.Unknown(), read(text));
    }

    @Test
    void theFirstAndTheLastYearAreYears() {
        assertEquals(new ClinicalTime.OnDay(LocalDate.of(1, 1, 1)), read("0001-01-01"));
        assertEquals(new ClinicalTime.OnDay(LocalDate.of(9999, 12, 31)), read("9999-12-31"));
        assertEquals(new ClinicalTime.At(LocalDateTime.of(9999, 12, 31, 17, 59, 59)), read("9999-12-31T23:59:60Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000", "0000-12", "0000-12-31", "19999", "2026-13", "2026-02-30"})
    void noSuchDayIsTheLatestOne(String text) {
        assertTrue(FhirTime.latestDay(Optional.of(text)).isEmpty());
    }
}
