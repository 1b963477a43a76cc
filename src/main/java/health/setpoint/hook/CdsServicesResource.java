package health.setpoint.hook;

import health.setpoint.card.suggestion.Dialects;
import health.setpoint.client.Client;
import health.setpoint.client.Endpoint;
import health.setpoint.client.Permission;
import health.setpoint.hook.capture.CallCapture;
import health.setpoint.hook.evaluation.HookHandler;
import health.setpoint.hook.feedback.FeedbackLog;
import health.setpoint.hook.feedback.FeedbackReader;
import health.setpoint.hook.request.Authentication;
import health.setpoint.hook.request.BodyCollector;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.CollectedRequest;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.AnswerJson;
import health.setpoint.http.RequestId;
import health.setpoint.http.body.RequestBodyReader;
import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RefusalLog;
import health.setpoint.http.error.RequestException;
import io.quarkus.arc.ClientProxy;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * Discovery, the services and their feedback. Every answer is JSON, whatever the client accepts: clients send odd
 * Accept headers and read JSON.
 */
@Path("/cds-services")
@Tag(name = "CDS Hooks")
@SecurityRequirement(name = "client")
@APIResponse(responseCode = "default", ref = "Refusal")
public class CdsServicesResource {

    private final Authentication authentication;
    private final Discovery discovery;
    private final HookHandler handler;
    private final FeedbackLog feedback;
    private final RequestBodyReader bodies;
    private final BodyCollector bodyCollector;
    private final CallCapture capture;
    private final RoutingContext call;

    CdsServicesResource(
            Authentication authentication,
            Discovery discovery,
            HookHandler handler,
            FeedbackLog feedback,
            RequestBodyReader bodies,
            BodyCollector bodyCollector,
            CallCapture capture,
            RoutingContext call) {
        this.authentication = authentication;
        this.discovery = discovery;
        this.handler = handler;
        this.feedback = feedback;
        this.bodies = bodies;
        this.bodyCollector = bodyCollector;
        this.capture = capture;
        this.call = call;
    }

    /** Which services are on offer. */
    @GET
    @Operation(summary = "Which services there are, and which data each would like to be sent")
    @APIResponse(
            responseCode = "200",
            description = "The services that this client may call",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Discovery.Services.class)))
    public Response services() {
        try (var caller = authentication.open(call, Endpoint.discovery())) {
            return answer(200, AnswerJson.text(discovery.services(caller.client())));
        }
    }

    /**
     * A hook call in, cards out; an empty list where there is nothing to say. With {@code explain=true} what was read
     * and which rules were tried, beside them. With {@code dialect=epic} the cards are those of that EHR family, for a client
     * that may try it.
     */
    @POST
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "A hook call in, cards out",
            description = "412 where a required prefetch key is missing and there is no FHIR server to ask.")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "HookRequest")))
    @APIResponse(
            responseCode = "200",
            description = "Cards; with explain=true also what was read and which rules were tried",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "HookAnswer")))
    public CompletionStage<Response> evaluate(
            @Parameter(
                            description = "Id of the service, one for each hook",
                            schema =
                                    @Schema(
                                            enumeration = {
                                                "titration-order-select",
                                                "titration-order-sign",
                                                "titration-patient-view"
                                            }))
                    @PathParam("id")
                    String id,
            @Parameter(description = "For integrators: nobody sees the cards of such a call")
                    @QueryParam("explain")
                    @DefaultValue("false")
                    boolean explain,
            @Parameter(
                            description = "Cards as this EHR family wants them, for a client that may try it;"
                                    + " else the dialect of the client's file")
                    @QueryParam("dialect")
                    Optional<String> dialect) {
        var own = ClientProxy.unwrap(call);
        return bodyCollector.answer(
                own, id, Endpoint.service(id), collected -> evaluated(own, id, explain, dialect, collected));
    }

    private Response evaluated(
            RoutingContext own, String id, boolean explain, Optional<String> dialect, CollectedRequest collected) {
        var client = dialect.map(name -> inDialect(collected.client(), name)).orElse(collected.client());
        var body = bodies.object(collected.body(), collected.share());
        HookHandler.Answer answer;
        try {
            var asked = HookRequestParser.read(
                    body, CdsService.called(id), client.site().fhirClientId());
            answer = handler.answer(client, asked, RequestId.of(own), explain, collected.share()::take);
        } catch (RequestException refusal) {
            capture.keep(client, id, body, RequestId.of(own), refusal.status());
            throw refusal;
        }
        capture.keep(client, id, body, RequestId.of(own), answer.status());
        if (!answer.refusedFor().isEmpty()) {
            RefusalLog.because(own, answer.refusedFor());
        }
        return answer(answer.status(), RequestJson.bytes(answer.body()));
    }

    private static Client inDialect(Client client, String name) {
        if (!client.may(Permission.DIALECT)) {
            throw new RequestException(
                    403,
                    Issue.of(
                            Issue.Kind.FORBIDDEN, "This client may not choose a dialect: its file says which it has."));
        }
        if (!Dialects.names().contains(name)) {
            throw new RequestException(
                    400,
                    Issue.at(
                            "dialect",
                            Issue.Kind.VALUE,
                            "dialect is one of " + String.join(", ", Dialects.names()) + "."));
        }
        return client.inDialect(name);
    }

    /** What clinicians did with the cards. */
    @POST
    @Path("/{id}/feedback")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "What clinicians did with the cards of a service")
    @RequestBody(required = true, content = @Content(schema = @Schema(ref = "FeedbackBatch")))
    @APIResponse(
            responseCode = "200",
            description = "Taken",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(type = SchemaType.OBJECT)))
    public CompletionStage<Response> feedback(
            @Parameter(description = "Id of the service") @PathParam("id") String id) {
        var own = ClientProxy.unwrap(call);
        return bodyCollector.answer(own, id, Endpoint.feedback(id), collected -> {
            var batch = FeedbackReader.read(bodies.object(collected.body(), collected.share()));
            feedback.take(collected.client(), CdsService.called(id), batch, RequestId.of(own));
            return answer(200, "{}");
        });
    }

    private static Response answer(int status, Object body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
