package health.setpoint.operator.decision;

import health.setpoint.card.CardWriter;
import health.setpoint.client.access.AccessControl;
import health.setpoint.http.AnswerJson;
import health.setpoint.http.HtmlPage;
import health.setpoint.http.error.RefusalLog;
import health.setpoint.journal.DecisionLinks;
import health.setpoint.journal.JournalReader;
import health.setpoint.journal.StoredDecision;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows one decision to whoever holds the link of one of its cards, for as long as the link holds. */
@Path("/decisions/{id}")
@Tag(name = "Decisions")
public class DecisionPageResource {

    private static final HtmlPage PAGE = new HtmlPage("decision");
    private static final HtmlPage NONE = new HtmlPage("no-decision");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,10}");
    /** Longer than any link is made for: one that ends later was not made here. */
    private static final Duration LONGEST = Duration.ofDays(8);

    private final JournalReader journal;
    private final DecisionLinks links;
    private final Knowledge knowledge;
    private final AccessControl access;
    private final DecisionPage page;
    private final RoutingContext call;
    private final Clock clock;

    DecisionPageResource(
            JournalReader journal,
            DecisionLinks links,
            Knowledge knowledge,
            CardWriter cards,
            AccessControl access,
            RoutingContext call,
            Clock clock) {
        this.journal = journal;
        this.links = links;
        this.knowledge = knowledge;
        this.access = access;
        this.page = new DecisionPage(knowledge, cards);
        this.call = call;
        this.clock = clock;
    }

    /**
     * What its cards said.
     *
     * @param day of the decision
     */
    public record ShownCards(String day, List<ShownCard> cards) {}

    /** What a card said in a line. */
    public record ShownCard(String summary, String indicator) {}

    /** The page, or one that says no more than that there is none; for the SMART app the cards in a line each. */
    @GET
    @Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
    @Operation(summary = "Why, evidence and timeline of one decision, behind the signed link of its cards")
    @APIResponse(
            responseCode = "200",
            description = "A page for a person",
            content = {
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ShownCards.class))
            })
    @APIResponse(responseCode = "404", description = "The link was not made here, has ended, or its decision is gone")
    @APIResponse(responseCode = "default", ref = "Refusal")
    public Response decision(
            @Parameter(description = "Of the decision") @PathParam("id") String id,
            @Parameter(description = "Second at which the link ends, since 1970") @QueryParam("until") String until,
            @Parameter(description = "Over both") @QueryParam("signature") String signature,
            @Context HttpHeaders headers) {
        Optional<String> fault = fault(id, until, signature);
        if (fault.isPresent()) {
            return none(fault.get());
        }
        Optional<StoredDecision> decision = journal.decision(UUID.fromString(id));
        Optional<Facts> facts = decision.flatMap(StoredDecision::readFacts);
        Optional<Advice> advice = decision.flatMap(StoredDecision::readAdvice);
        if (facts.isEmpty() || advice.isEmpty()) {
            return none("the decision of a link is not in the journal");
        }
        var content = page.of(decision.get(), facts.get(), advice.get(), policy(decision.get(), facts.get()));
        return isForApp(headers)
                ? unlisted(Response.ok(AnswerJson.text(brief(content)), MediaType.APPLICATION_JSON_TYPE))
                : unlisted(PAGE.answer(200, content));
    }

    private static boolean isForApp(HttpHeaders headers) {
        return headers.getAcceptableMediaTypes().stream()
                .findFirst()
                .filter(first -> first.getSubtype().equals(MediaType.APPLICATION_JSON_TYPE.getSubtype()))
                .isPresent();
    }

    private static ShownCards brief(DecisionPage.Content content) {
        return new ShownCards(
                content.day(),
                content.cards().stream()
                        .map(card -> new ShownCard(card.summary(), card.indicator()))
                        .toList());
    }

    /** Under which it was made, as far as the client's choices and the files are still those. */
    private Policy policy(StoredDecision decision, Facts facts) {
        return access.client(decision.client())
                .map(client -> client.policies().on(facts.today()))
                .orElseGet(() -> knowledge.on(facts.today()));
    }

    private Optional<String> fault(String id, String until, String signature) {
        if (!ID.matcher(id).matches()
                || until == null
                || !SECONDS.matcher(until).matches()
                || signature == null) {
            return Optional.of("a link to a decision that is none of this service's");
        }
        Instant end = Instant.ofEpochSecond(Long.parseLong(until));
        Instant now = clock.instant();
        if (!links.isSigned(id, end, signature) || end.isAfter(now.plus(LONGEST))) {
            return Optional.of("a link to a decision that was not signed here");
        }
        return end.isAfter(now) ? Optional.empty() : Optional.of("a link to a decision that has ended");
    }

    private Response none(String why) {
        RefusalLog.because(call, why);
        return unlisted(NONE.answer(404, Map.of()));
    }

    /** A search engine that comes upon a link must not keep it. */
    private static Response unlisted(Response.ResponseBuilder page) {
        return page.header("X-Robots-Tag", "noindex").build();
    }
}
