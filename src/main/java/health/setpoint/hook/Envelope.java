package health.setpoint.hook;

import static health.setpoint.hook.Issue.Kind.CONFLICT;
import static health.setpoint.hook.Issue.Kind.REQUIRED;
import static health.setpoint.hook.Issue.Kind.VALUE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.Hook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks the envelope of one CDS Hooks request and names every fault at once. Members that it does not know are
 * ignored, and a member that is null counts as absent.
 */
final class Envelope {

    private static final Pattern PLAIN_ID = Pattern.compile("[^/\\s\\p{Cntrl}]{1,256}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z]{1,64}/[^/\\s\\p{Cntrl}]{1,256}");
    private static final Pattern SELECTION = Pattern.compile("[^\\s\\p{Cntrl}]{1,2048}");
    private static final Pattern INSTANCE = Pattern.compile("[^\\s\\p{Cntrl}]{1,256}");

    private final List<Issue> issues = new ArrayList<>();

    private final Optional<String> ownId;

    private Envelope(Optional<String> ownId) {
        this.ownId = ownId;
    }

    /**
     * Reads a request for this service.
     *
     * @throws Refusal 400 with one issue for each fault
     */
    static HookCall read(ObjectNode body, Service service) {
        return read(body, service, Optional.empty());
    }

    /**
     * Reads a request for this service.
     *
     * @param ownId under which the EHR's authorization server knows this service: the only subject that an authorization
     *     may name; empty where it is not told
     * @throws Refusal 400 with one issue for each fault
     */
    static HookCall read(ObjectNode body, Service service, Optional<String> ownId) {
        return new Envelope(ownId).call(body, service);
    }

    private HookCall call(ObjectNode body, Service service) {
        checkHook(body, service);
        var hookInstance =
                requiredText(body, "", "hookInstance", INSTANCE, "a string that identifies this call, usually a UUID");
        var fhirServer = fhirServer(body);
        var context = context(body);
        var patientId =
                requiredText(context, "context", "patientId", PLAIN_ID, "a plain id, without resource type or slash");
        var userId = requiredText(
                context,
                "context",
                "userId",
                REFERENCE,
                "a reference such as Practitioner/123 or PractitionerRole/123");
        checkEncounter(context);
        var access = access(body, fhirServer, patientId);
        var orders = service.hook().isOrderEntry() ? draftOrders(context) : MissingNode.getInstance();
        var selections = service.hook() == Hook.ORDER_SELECT ? selections(context) : List.<String>of();
        var prefetch = prefetch(body);
        if (!issues.isEmpty()) {
            throw new Refusal(400, issues);
        }
        return new HookCall(
                service,
                withoutUrn(hookInstance.orElseThrow()),
                fhirServer,
                access,
                patientId.orElseThrow(),
                userId.orElseThrow(),
                selections,
                orders,
                prefetch);
    }

    private void checkHook(ObjectNode body, Service service) {
        var hook = body.path("hook");
        var expected = service.hook().word();
        if (absent(hook)) {
            report("hook", REQUIRED, "hook is required: " + expected + " at this URL.");
        } else if (!hook.isTextual()) {
            report("hook", VALUE, "hook is a string: " + expected + " at this URL.");
        } else if (!hook.textValue().equals(expected)) {
            report(
                    "hook",
                    VALUE,
                    "This URL answers the hook " + expected + ". GET /cds-services lists which id answers which hook.");
        }
    }

    private ObjectNode context(ObjectNode body) {
        var context = body.path("context");
        if (context instanceof ObjectNode object) {
            return object;
        }
        report(
                "context",
                absent(context) ? REQUIRED : VALUE,
                "context is required and is a JSON object with the fields of the hook.");
        return body.objectNode();
    }

    private void checkEncounter(ObjectNode context) {
        var encounter = context.path("encounterId");
        if (!absent(encounter) && !(encounter.isTextual() && matches(PLAIN_ID, encounter.textValue()))) {
            report(
                    "context.encounterId",
                    VALUE,
                    "context.encounterId, where it is sent, is a plain id, without resource type or slash.");
        }
    }

    private Optional<URI> fhirServer(ObjectNode body) {
        var server = body.path("fhirServer");
        if (absent(server)) {
            return Optional.empty();
        }
        var url = server.isTextual() ? httpUrl(server.textValue()) : Optional.<URI>empty();
        if (url.isEmpty()) {
            report(
                    "fhirServer",
                    VALUE,
                    "fhirServer, where it is sent, is the absolute http(s) base URL of a FHIR server.");
        }
        return url;
    }

    private static Optional<URI> httpUrl(String text) {
        try {
            var url = new URI(text);
            var http = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException noUrl) {
            return Optional.empty();
        }
    }

    private Optional<HookCall.FhirAccess> access(
            ObjectNode body, Optional<URI> fhirServer, Optional<String> patientId) {
        var authorization = body.path("fhirAuthorization");
        if (absent(authorization)) {
            return Optional.empty();
        }
        if (!authorization.isObject()) {
            report("fhirAuthorization", VALUE, "fhirAuthorization, where it is sent, is a JSON object.");
            return Optional.empty();
        }
        if (fhirServer.isEmpty() && absent(body.path("fhirServer"))) {
            report("fhirServer", REQUIRED, "fhirServer is required where fhirAuthorization is sent.");
        }
        var in = "fhirAuthorization";
        var token = required(authorization, in, "access_token", Envelope::isText, "a string");
        required(
                authorization,
                in,
                "token_type",
                node -> "Bearer".equalsIgnoreCase(node.textValue()),
                "the string Bearer");
        required(authorization, in, "expires_in", JsonNode::canConvertToExactIntegral, "a whole number of seconds");
        var scope = required(authorization, in, "scope", JsonNode::isTextual, "a string");
        checkSubject(
                required(authorization, in, "subject", Envelope::isText, "a string: the client id of this service"));
        checkAuthorizedPatient(authorization.path("patient"), patientId);
        return token.flatMap(
                bearer -> scope.map(scopes -> new HookCall.FhirAccess(bearer.textValue(), scopes.textValue())));
    }

    private void checkSubject(Optional<JsonNode> subject) {
        if (ownId.isPresent()
                && subject.filter(named -> !named.textValue().equals(ownId.get()))
                        .isPresent()) {
            report(
                    "fhirAuthorization.subject",
                    CONFLICT,
                    "fhirAuthorization.subject names another than this service: its access token was not given to this"
                            + " service. Compare the EHR's registration of this service with fhir-client-id in the"
                            + " client's file.");
        }
    }

    private void checkAuthorizedPatient(JsonNode patient, Optional<String> patientId) {
        if (absent(patient)) {
            return;
        }
        if (!patient.isTextual()) {
            report("fhirAuthorization.patient", VALUE, "fhirAuthorization.patient, where it is sent, is a string.");
        } else if (patientId.isPresent() && !withoutType(patient.textValue()).equals(patientId.get())) {
            report(
                    "fhirAuthorization.patient",
                    CONFLICT,
                    "fhirAuthorization.patient names another patient than context.patientId.");
        }
    }

    private JsonNode draftOrders(ObjectNode context) {
        var orders = context.path("draftOrders");
        if (absent(orders)) {
            report(
                    "context.draftOrders",
                    REQUIRED,
                    "context.draftOrders is required for this hook: the Bundle of the unsigned orders.");
        } else if (!orders.isObject()
                || !"Bundle".equals(orders.path("resourceType").textValue())) {
            report("context.draftOrders", VALUE, "context.draftOrders is a FHIR Bundle with resourceType Bundle.");
        }
        return orders;
    }

    private List<String> selections(ObjectNode context) {
        var selections = context.path("selections");
        if (absent(selections)) {
            report(
                    "context.selections",
                    REQUIRED,
                    "context.selections is required for order-select: references such as MedicationRequest/123 into"
                            + " draftOrders.");
            return List.of();
        }
        if (!selections.isArray()) {
            report("context.selections", VALUE, "context.selections is an array of references.");
            return List.of();
        }
        var references = new ArrayList<String>();
        for (int i = 0; i < selections.size(); i++) {
            var selection = selections.get(i);
            if (selection.isTextual() && matches(SELECTION, selection.textValue())) {
                references.add(selection.textValue());
            } else {
                report(
                        "context.selections[" + i + "]",
                        VALUE,
                        "A selection is a reference such as MedicationRequest/123, as a string.");
            }
        }
        return references;
    }

    private JsonNode prefetch(ObjectNode body) {
        var prefetch = body.path("prefetch");
        if (absent(prefetch)) {
            return MissingNode.getInstance();
        }
        if (!prefetch.isObject()) {
            report(
                    "prefetch",
                    VALUE,
                    "prefetch, where it is sent, is a JSON object with the keys of the discovery answer.");
        }
        return prefetch;
    }

    private Optional<String> requiredText(JsonNode parent, String path, String name, Pattern shape, String expected) {
        return required(parent, path, name, node -> node.isTextual() && matches(shape, node.textValue()), expected)
                .map(JsonNode::textValue);
    }

    private Optional<JsonNode> required(
            JsonNode parent, String path, String name, Predicate<JsonNode> sound, String expected) {
        var node = parent.path(name);
        var where = path.isEmpty() ? name : path + "." + name;
        if (absent(node)) {
            report(where, REQUIRED, where + " is required: " + expected + ".");
            return Optional.empty();
        }
        if (!sound.test(node)) {
            report(where, VALUE, where + " is " + expected + ".");
            return Optional.empty();
        }
        return Optional.of(node);
    }

    private void report(String where, Issue.Kind kind, String text) {
        issues.add(Issue.at(where, kind, text));
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual() && !node.textValue().isBlank();
    }

    private static boolean matches(Pattern shape, String text) {
        return shape.matcher(text).matches();
    }

    private static String withoutUrn(String hookInstance) {
        return hookInstance.startsWith("urn:uuid:") ? hookInstance.substring("urn:uuid:".length()) : hookInstance;
    }

    private static String withoutType(String patient) {
        return patient.startsWith("Patient/") ? patient.substring("Patient/".length()) : patient;
    }
}
