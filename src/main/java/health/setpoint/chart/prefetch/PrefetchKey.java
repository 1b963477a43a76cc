package health.setpoint.chart.prefetch;

import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.titration.facts.Gap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One query of the discovery document.
 *
 * @param name key in the prefetch object
 * @param type the resources that it asks for
 * @param query relative FHIR query with {@code {{context.patientId}}}, without a date limit
 * @param dateParameter search parameter of the date limit; empty where there is none
 * @param lookbackDays how far back the rules look; empty where there is no limit
 * @param required without it the service answers 412
 * @param part how cards name the data; empty for the patient, who is never a gap
 */
public record PrefetchKey(
        String name,
        ResourceType type,
        String query,
        String dateParameter,
        OptionalInt lookbackDays,
        boolean required,
        Optional<Gap.Part> part) {

    private static final String PATIENT = "{{context.patientId}}";

    /** The template as discovery publishes it on a day: the date limit is an absolute date. */
    public String template(LocalDate day) {
        return lookbackDays.isEmpty()
                ? query
                : query + "&" + dateParameter + "=ge" + day.minusDays(lookbackDays.getAsInt());
    }

    /** The same key, asked for by another query. */
    PrefetchKey asking(String other) {
        return new PrefetchKey(name, type, other, dateParameter, lookbackDays, required, part);
    }

    /** The same key, whose query ends in codes, with further ones. */
    PrefetchKey askingToo(List<String> codes) {
        return codes.isEmpty() ? this : asking(query + "," + String.join(",", codes));
    }

    /** The query for one patient. */
    public String url(String patientId, LocalDate day) {
        return template(day)
                .replace(
                        PATIENT,
                        URLEncoder.encode(patientId, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
