package health.setpoint.hook.request;

import static health.setpoint.http.error.Issue.Kind.CONFLICT;
import static health.setpoint.http.error.Issue.Kind.REQUIRED;
import static health.setpoint.http.error.Issue.Kind.TOO_LONG;
import static health.setpoint.http.error.Issue.Kind.VALUE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.titration.facts.Hook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Checks the envelope of one CDS Hooks request and names every fault at once. Members that it does not know are
 * ignored, and a member that is null counts as absent. A fault refuses the call only where the evaluation needs the
 * member or patients could be mixed up; any other is kept as a remark, for whoever needs the member after all.
 */
public final class HookRequestParser {

    private static final String PATIENT = "Patient";
    private static final Pattern PLAIN_ID = Pattern.compile("[^/\\s\\p{Cntrl}]{1,256}");
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z]{1,64}/[^/\\s\\p{Cntrl}]{1,256}");
    private static final Pattern SELECTION = Pattern.compile("[^\\s\\p{Cntrl}]{1,2048}");
    private static final Pattern INSTANCE = Pattern.compile("[^\\s\\p{Cntrl}]{1,256}");
    private static final int MOST_SELECTIONS = 1000;

    private final List<Issue> issues = new ArrayList<>();
    private final List<Issue> remarks = new ArrayList<>();

    private final Optional<String> ownId;

    private HookRequestParser(Optional<String> ownId) {
        this.ownId = ownId;
    }

    /**
     * Reads a request for this service.
     *
     * @throws RequestException 400 with one issue for each fault
     */
    public static HookRequest read(ObjectNode body, CdsService service) {
        return read(body, service, Optional.empty());
    }

    /**
     * Reads a request for this service.
     *
     * @param ownId under which the EHR's authorization server knows this service: the only subject that an authorization
     *     may name; empty where it is not told
     * @throws RequestException 400 with one issue for each fault
     */
    public static HookRequest read(ObjectNode body, CdsService service, Optional<String> ownId) {
        return new HookRequestParser(ownId).call(body, service);
    }

    private HookRequest call(ObjectNode body, CdsService service) {
        checkHook(body, service);
        var hookInstance =
                requiredText(body, "", "hookInstance", INSTANCE, "a string that identifies this call, usually a UUID");
        var fhirServer = fhirServer(body);
        var context = context(body);
        var patientId = patientId(context, fhirServer);
        var userId = required(
                        context,
                        "context",
                        "userId",
                        node -> node.isTextual() && matches(REFERENCE, withoutBase(node.textValue())),
                        "a reference such as Practitioner/123 or PractitionerRole/123")
                .map(node -> withoutBase(node.textValue()));
        var access = access(body, fhirServer, patientId);
        var orders = service.hook().isOrderEntry() ? draftOrders(context) : MissingNode.getInstance();
        var selections = service.hook() == Hook.ORDER_SELECT ? selections(context) : List.<String>of();
        var prefetch = prefetch(body);
        if (!issues.isEmpty()) {
            throw new RequestException(400, issues);
        }
        return new HookRequest(
                service,
                withoutUrn(hookInstance.orElseThrow()),
                fhirServer,
                access,
                patientId.orElseThrow(),
                userId.orElseThrow(),
                selections,
                orders,
                prefetch,
                remarks);
    }

    private void checkHook(ObjectNode body, CdsService service) {
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

    /** The id of {@code x}, {@code Patient/x} or {@code [base]/Patient/x}, where that base is the EHR's own server. */
    private Optional<String> patientId(ObjectNode context, Optional<URI> fhirServer) {
        return required(
                        context,
                        "context",
                        "patientId",
                        node -> node.isTextual()
                                && patientId(node.textValue(), fhirServer).isPresent(),
                        "a plain id such as 123, or Patient/123 on the server that fhirServer names")
                .flatMap(node -> patientId(node.textValue(), fhirServer));
    }

    private static Optional<String> patientId(String written, Optional<URI> fhirServer) {
        var text = written.strip();
        var history = text.indexOf("/_history/");
        var address = history < 0 ? text : text.substring(0, history);
        var slash = address.lastIndexOf('/');
        var before = address.substring(0, Math.max(slash, 0));
        var isOfHere = before.isEmpty() ? slash < 0 : before.equals(PATIENT) || isUnder(before, fhirServer);
        return Optional.of(address.substring(slash + 1)).filter(id -> isOfHere && matches(PLAIN_ID, id));
    }

    private static boolean isUnder(String type, Optional<URI> fhirServer) {
        if (!type.endsWith("/" + PATIENT)) {
            return false;
        }
        var base = httpUrl(type.substring(0, type.length() - PATIENT.length()));
        return base.isPresent()
                && fhirServer
                        .map(server -> withoutLastSlash(server).equals(withoutLastSlash(base.get())))
                        .orElse(true);
    }

    /** Scheme and host compare without regard to case. */
    private static URI withoutLastSlash(URI url) {
        var text = url.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /** {@code Type/id} of an absolute address too. */
    private static String withoutBase(String written) {
        var text = written.strip();
        var slash = text.lastIndexOf('/', text.lastIndexOf('/') - 1);
        return slash >= 0 && httpUrl(text).isPresent() ? text.substring(slash + 1) : text;
    }

    private Optional<URI> fhirServer(ObjectNode body) {
        var server = body.path("fhirServer");
        if (absent(server)) {
            return Optional.empty();
        }
        var url = server.isTextual() ? httpUrl(server.textValue()) : Optional.<URI>empty();
        if (url.isEmpty()) {
            remark(
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

    private Optional<HookRequest.FhirAccess> access(
            ObjectNode body, Optional<URI> fhirServer, Optional<String> patientId) {
        var authorization = body.path("fhirAuthorization");
        if (absent(authorization)) {
            return Optional.empty();
        }
        if (!authorization.isObject()) {
            remark("fhirAuthorization", VALUE, "fhirAuthorization, where it is sent, is a JSON object.");
            return Optional.empty();
        }
        checkAuthorizedPatient(authorization.path("patient"), patientId, fhirServer);
        if (absent(body.path("fhirServer"))) {
            remark("fhirServer", REQUIRED, "fhirServer is required where fhirAuthorization is sent.");
        }
        var token = member(authorization, "access_token", HookRequestParser::isText, "a string");
        var isBearer = member(
                        authorization,
                        "token_type",
                        node -> "Bearer".equalsIgnoreCase(node.textValue()),
                        "the string Bearer")
                .isPresent();
        member(authorization, "expires_in", JsonNode::canConvertToExactIntegral, "a whole number of seconds");
        member(authorization, "scope", JsonNode::isTextual, "a string");
        var subject =
                member(authorization, "subject", HookRequestParser::isText, "a string: the client id of this service");
        if (token.isPresent()) {
            checkSubject(subject);
        }
        return token.filter(bearer -> isBearer || absent(authorization.path("token_type")))
                .filter(bearer -> ownId.isEmpty() || subject.isPresent())
                .map(bearer -> new HookRequest.FhirAccess(bearer.textValue()));
    }

    /** A member without which, or with another value of which, a token cannot be used or is not what was agreed. */
    private Optional<JsonNode> member(JsonNode authorization, String name, Predicate<JsonNode> sound, String expected) {
        return sound(authorization, "fhirAuthorization", name, sound, expected, remarks);
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

    private void checkAuthorizedPatient(JsonNode patient, Optional<String> patientId, Optional<URI> fhirServer) {
        if (absent(patient)) {
            return;
        }
        if (!patient.isTextual()) {
            report("fhirAuthorization.patient", VALUE, "fhirAuthorization.patient, where it is sent, is a string.");
        } else if (patientId.isPresent() && !patientId.equals(patientId(patient.textValue(), fhirServer))) {
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

    /** What the user chose; where that cannot be read, all drafts are asked about. */
    private List<String> selections(ObjectNode context) {
        var selections = context.path("selections");
        if (absent(selections)) {
            remark(
                    "context.selections",
                    REQUIRED,
                    "context.selections is required for order-select: references such as MedicationRequest/123 into"
                            + " draftOrders. Without it all drafts are judged.");
            return List.of();
        }
        if (!selections.isArray()) {
            remark(
                    "context.selections",
                    VALUE,
                    "context.selections is an array of references. Without it all drafts are judged.");
            return List.of();
        }
        if (selections.size() > MOST_SELECTIONS) {
            report(
                    "context.selections",
                    TOO_LONG,
                    "context.selections has at most " + MOST_SELECTIONS + " references.");
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
        return sound(parent, path, name, sound, expected, issues);
    }

    private static Optional<JsonNode> sound(
            JsonNode parent, String path, String name, Predicate<JsonNode> sound, String expected, List<Issue> faults) {
        var node = parent.path(name);
        var where = path.isEmpty() ? name : path + "." + name;
        if (absent(node)) {
            faults.add(Issue.at(where, REQUIRED, where + " is required: " + expected + "."));
            return Optional.empty();
        }
        if (!sound.test(node)) {
            faults.add(Issue.at(where, VALUE, where + " is " + expected + "."));
            return Optional.empty();
        }
        return Optional.of(node);
    }

    private void report(String where, Issue.Kind kind, String text) {
        issues.add(Issue.at(where, kind, text));
    }

    private void remark(String where, Issue.Kind kind, String text) {
        remarks.add(Issue.at(where, kind, text));
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
}
