package health.setpoint.operator.reports;

import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.client.Endpoint;
import health.setpoint.client.Permission;
import health.setpoint.hook.request.Authentication;
import health.setpoint.http.AddressRateLimiter;
import health.setpoint.http.AnswerJson;
import health.setpoint.http.HtmlOrJson;
import health.setpoint.http.RequestId;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.journal.JournalReader;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The journal for operators: what clinicians did with the cards, and everything as NDJSON; the former also for a client
 * that may, as far as its own cards go. Days are those of the site.
 */
@Path("/journal")
@Tag(name = "Journal")
@SecurityRequirement(name = "operator")
@APIResponse(responseCode = "default", ref = "Refusal")
public class JournalResource {

    private static final HtmlOrJson REPORT = new HtmlOrJson("report");
    private static final String NDJSON = "application/x-ndjson";
    private static final int REPORT_MONTHS = 12;
    private final JournalReader journal;
    private final OperatorAccess operator;
    private final Authentication authentication;
    private final JournalReadLimiter readers;
    private final RoutingContext call;
    private final Clock clock;

    JournalResource(
            JournalReader journal,
            OperatorAccess operator,
            Authentication authentication,
            JournalReadLimiter readers,
            RoutingContext call,
            Clock clock) {
        this.journal = journal;
        this.operator = operator;
        this.authentication = authentication;
        this.readers = readers;
        this.call = call;
        this.clock = clock;
    }

    /** Which days are asked for, and by whom. */
    public record Asked(
            @Parameter(description = "First day, such as 2026-11-23") @QueryParam("from")
            String from,

            @Parameter(description = "Last day") @QueryParam("to")
            String to,

            @Context HttpHeaders headers) {}

    /** Counts by rule, client and month, as JSON or as a page; the last twelve months unless told otherwise. */
    @GET
    @Path("/report")
    @Operation(summary = "Counts by rule, client and month; the last twelve months unless told otherwise")
    @SecurityRequirement(name = "client")
    @SecurityRequirement(name = "operator")
    @APIResponse(
            responseCode = "200",
            description = "The counts; a page where HTML is asked for",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Report.class)))
    public Response report(@BeanParam Asked asked) {
        if (!operator.isElse(asked.headers)) {
            operator.check(asked.headers, AddressRateLimiter.of(call));
            return report(asked, Optional.empty());
        }
        try (var caller = client()) {
            if (!caller.client().may(Permission.REPORTS)) {
                throw new RequestException(
                        403,
                        Issue.of(Issue.Kind.FORBIDDEN, "This client may not read reports: its file says who may."));
            }
            return report(asked, Optional.of(caller.client().name()));
        }
    }

    /** Who calls for a report may also be somebody who tries operators' tokens. */
    private Authentication.Caller client() {
        try {
            return authentication.open(call, Endpoint.report());
        } catch (RequestException refusal) {
            throw refusal.status() == 401 ? operator.unknown(refusal, AddressRateLimiter.of(call)) : refusal;
        }
    }

    private Response report(Asked asked, Optional<String> client) {
        var span = Span.of(asked, JournalResource::monthsBefore, clock);
        var reader = readers.admit(call);
        try {
            return REPORT.answer(
                    Report.of(span.first, span.last, journal.counts(span.from, span.to, client)), asked.headers);
        } finally {
            reader.leave();
        }
    }

    /** Every decision, one line each. */
    @GET
    @Path("/decisions.ndjson")
    @Operation(summary = "Every decision, one line each")
    @APIResponse(
            responseCode = "200",
            description = "JSON lines",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = DecisionLine.class)))
    public Response decisions(@BeanParam Asked asked) {
        return lines(
                "decisions",
                asked,
                (span, each) ->
                        journal.decisions(span.from, span.to, decision -> each.accept(DecisionLine.of(decision))));
    }

    /** Every feedback event, one line each, without comments. */
    @GET
    @Path("/feedback.ndjson")
    @Operation(summary = "Every feedback event, one line each, without comments")
    @APIResponse(
            responseCode = "200",
            description = "JSON lines",
            content = @Content(mediaType = NDJSON, schema = @Schema(implementation = FeedbackLine.class)))
    public Response feedback(@BeanParam Asked asked) {
        return lines(
                "feedback events",
                asked,
                (span, each) -> journal.feedback(span.from, span.to, event -> each.accept(FeedbackLine.of(event))));
    }

    /** Every decision as a FHIR R4 AuditEvent, one line each. */
    @GET
    @Path("/audit-events.ndjson")
    @Operation(summary = "Every decision as a FHIR R4 AuditEvent, one line each")
    @APIResponse(
            responseCode = "200",
            description = "JSON lines",
            content = @Content(mediaType = NDJSON, schema = @Schema(ref = "Resource")))
    public Response auditEvents(@BeanParam Asked asked) {
        return lines(
                "audit events",
                asked,
                (span, each) ->
                        journal.decisions(span.from, span.to, decision -> each.accept(AuditEvents.of(decision))));
    }

    private interface Source {
        void read(Span span, Consumer<Object> each);
    }

    private Response lines(String what, Asked asked, Source source) {
        var address = AddressRateLimiter.of(call);
        operator.check(asked.headers, address);
        var span = Span.of(asked, JournalResource::fromTheStart, clock);
        var reader = readers.admit(call);
        operator.export(what + " from " + span.first + " to " + span.last, RequestId.of(call), address);
        StreamingOutput lines = out -> {
            try {
                source.read(
                        span,
                        line -> reader.write(out, (AnswerJson.text(line) + "\n").getBytes(StandardCharsets.UTF_8)));
            } catch (JournalReadLimiter.Gone nobodyReads) {
                reader.hasGone();
            } finally {
                reader.leave();
            }
        };
        return Response.ok(lines, NDJSON).build();
    }

    private static LocalDate fromTheStart(LocalDate last) {
        return last.isBefore(LocalDate.EPOCH) ? last : LocalDate.EPOCH;
    }

    private static LocalDate monthsBefore(LocalDate last) {
        return last.getYear() > 1 ? last.minusMonths(REPORT_MONTHS) : last;
    }

    /** Whole days of the site, both inclusive. */
    private record Span(LocalDate first, LocalDate last, Instant from, Instant to) {

        static Span of(Asked asked, UnaryOperator<LocalDate> unlessTold, Clock clock) {
            var last = day(asked.to, "to").orElse(LocalDate.now(clock));
            var first = day(asked.from, "from").orElseGet(() -> unlessTold.apply(last));
            if (first.isAfter(last)) {
                throw new RequestException(
                        400, Issue.at("from", Issue.Kind.VALUE, "from (" + first + ") is after to (" + last + ")."));
            }
            return new Span(
                    first,
                    last,
                    first.atStartOfDay(clock.getZone()).toInstant(),
                    last.plusDays(1).atStartOfDay(clock.getZone()).toInstant());
        }

        private static Optional<LocalDate> day(String text, String name) {
            try {
                var day = Optional.ofNullable(text).map(LocalDate::parse);
                if (day.filter(asked -> !FhirTime.isYear(asked.getYear())).isEmpty()) {
                    return day;
                }
            } catch (DateTimeParseException noDay) {
                // told below
            }
            throw new RequestException(400, Issue.at(name, Issue.Kind.VALUE, name + " is a day such as 2026-11-23."));
        }
    }
}
