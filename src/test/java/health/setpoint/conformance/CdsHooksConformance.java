package health.setpoint.conformance;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a CDS Hooks client may hold against us: the checks of the Inferno server suite (T2 to T24), the invariants of
 * CDS Hooks 3.0, and the rule that nothing is null or empty. Each check adds one sentence that names the place.
 */
public final class CdsHooksConformance {

    /** Demands that only some clients make. */
    public enum Demand {
        /** Da Vinci CRD wants the member {@code systemActions} on order-sign even where it is empty (T24). */
        SYSTEM_ACTIONS_ON_ORDER_SIGN
    }

    private static final int SUMMARY_LIMIT = 140;
    private static final int TOPIC_LIMIT = 100;

    private static final Set<String> INDICATORS = Set.of("info", "warning", "critical");
    private static final Set<String> SELECTION_BEHAVIORS = Set.of("at-most-one", "any");
    private static final Set<String> ACTION_TYPES = Set.of("create", "update", "delete");
    private static final Set<String> LINK_TYPES = Set.of("absolute", "smart");

    /** Context fields that the hooks of this service mark as usable in a prefetch template. */
    private static final Map<String, Set<String>> TOKENS = Map.of(
            "patient-view", Set.of("context.patientId", "context.userId", "context.encounterId"),
            "order-select", Set.of("context.patientId", "context.userId", "context.encounterId"),
            "order-sign", Set.of("context.patientId", "context.userId", "context.encounterId"));

    private static final Set<String> USER_TOKENS =
            Set.of("userPractitionerId", "userPractitionerRoleId", "userPatientId", "userRelatedPersonId");

    private static final Pattern TOKEN = Pattern.compile("\\{\\{([^}]*)}}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern SEMVER = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");
    private static final Pattern SERVICE_ID = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9]+");
    private static final Pattern RESOURCE_ID = Pattern.compile("[A-Za-z]+/[^/]+(/.*)?");
    private static final Pattern RAW_HTML = Pattern.compile("<(?:[A-Za-z/!?])");

    private final List<String> violations = new ArrayList<>();

    private CdsHooksConformance() {}

    /** What is wrong with the answer to {@code GET /cds-services}; empty where nothing is. */
    public static List<String> ofDiscovery(JsonNode discovery) {
        CdsHooksConformance check = new CdsHooksConformance();
        check.discovery(discovery);
        return List.copyOf(check.violations);
    }

    /** What is wrong with the answer of a service to a call of {@code hook}; empty where nothing is. */
    public static List<String> ofResponse(JsonNode response, String hook, Demand... demands) {
        CdsHooksConformance check = new CdsHooksConformance();
        EnumSet<Demand> wanted = EnumSet.noneOf(Demand.class);
        wanted.addAll(List.of(demands));
        check.response(response, hook, wanted);
        return List.copyOf(check.violations);
    }

    // ---- discovery

    private void discovery(JsonNode discovery) {
        if (!discovery.isObject()) {
            add("$", "T2", "discovery is not a JSON object");
            return;
        }
        JsonNode services = discovery.path("services");
        if (!services.isArray()) {
            add("$.services", "T3", "is not an array");
            return;
        }
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < services.size(); i++) {
            String at = "$.services[" + i + "]";
            JsonNode service = services.get(i);
            service(at, service);
            if (!ids.add(
                    service.path("id").asText() + "|" + service.path("hook").asText())) {
                add(at, "D9", "the same id and hook stand twice");
            }
        }
        nothingEmpty("$", discovery, Set.of("$.services"));
    }

    private void service(String at, JsonNode service) {
        text(at, service, "hook", "T4");
        text(at, service, "id", "T4");
        text(at, service, "description", "T4");
        optionalText(at, service, "title", "D11");
        optionalText(at, service, "usageRequirements", "D13");
        String id = service.path("id").asText();
        if (!SERVICE_ID.matcher(id).matches() || id.equals("feedback")) {
            add(at + ".id", "D9", "is no plain path segment: " + id);
        }
        if (service.has("version")
                && !SEMVER.matcher(service.path("version").asText()).matches()) {
            add(at + ".version", "9.3", "is no semantic version: " + service.path("version"));
        }
        JsonNode prefetch = service.path("prefetch");
        if (prefetch.isMissingNode()) {
            return;
        }
        if (!prefetch.isObject()) {
            add(at + ".prefetch", "D12", "is not an object");
            return;
        }
        Set<String> seen = new HashSet<>();
        prefetch.properties().forEach(entry -> {
            String place = at + ".prefetch." + entry.getKey();
            if (!entry.getValue().isTextual()) {
                add(place, "D12", "is not a string");
                return;
            }
            template(place, entry.getValue().asText(), service.path("hook").asText(), seen);
            seen.add(entry.getKey());
        });
    }

    private void template(String at, String template, String hook, Set<String> earlier) {
        if (template.startsWith("/") || template.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            add(at, "D20", "is not a relative URL");
        }
        if (template.contains("sort:desc") || template.contains("_include")) {
            add(at, "D26", "leaves the portable query subset");
        }
        Matcher tokens = TOKEN.matcher(template);
        while (tokens.find()) {
            String token = tokens.group(1).strip();
            if (token.startsWith("%")) {
                String key = token.substring(1).split("\\.", 2)[0];
                if (!earlier.contains(key)) {
                    add(at, "D25", "depends on " + key + ", which is not listed before it");
                }
            } else if (!USER_TOKENS.contains(token)
                    && !TOKENS.getOrDefault(hook, Set.of()).contains(token)) {
                add(at, "D21", "uses the token " + token + ", which " + hook + " does not offer");
            }
        }
        String rest = TOKEN.matcher(template).replaceAll("");
        if (rest.contains("{{") || rest.contains("}}")) {
            add(at, "D21", "has an unclosed token");
        }
    }

    // ---- response

    private void response(JsonNode response, String hook, Set<Demand> demands) {
        if (!response.isObject()) {
            add("$", "T6", "the answer is not a JSON object");
            return;
        }
        Set<String> mayBeEmpty = new HashSet<>(Set.of("$.cards"));
        JsonNode systemActions = response.path("systemActions");
        if (demands.contains(Demand.SYSTEM_ACTIONS_ON_ORDER_SIGN)) {
            mayBeEmpty.add("$.systemActions");
            if (hook.equals("order-sign") && !systemActions.isArray()) {
                add("$.systemActions", "T24", "is missing");
            }
        }
        if (systemActions.isArray()) {
            for (int i = 0; i < systemActions.size(); i++) {
                action("$.systemActions[" + i + "]", systemActions.get(i));
            }
        } else if (!systemActions.isMissingNode()) {
            add("$.systemActions", "T24", "is not an array");
        }
        JsonNode cards = response.path("cards");
        if (!cards.isArray()) {
            add("$.cards", "T8", "is not an array");
            return;
        }
        Set<String> uuids = new HashSet<>();
        for (int i = 0; i < cards.size(); i++) {
            card("$.cards[" + i + "]", cards.get(i), uuids);
        }
        nothingEmpty("$", response, mayBeEmpty);
    }

    private void card(String at, JsonNode card, Set<String> uuids) {
        if (!card.isObject()) {
            add(at, "T10", "is not an object");
            return;
        }
        text(at, card, "summary", "T10");
        if (card.path("summary").asText().length() >= SUMMARY_LIMIT) {
            add(at + ".summary", "T11", "has " + card.path("summary").asText().length() + " characters");
        }
        text(at, card, "indicator", "T10");
        oneOf(at, card, "indicator", INDICATORS, "T12");
        source(at + ".source", card.path("source"));
        optionalText(at, card, "uuid", "T15");
        optionalText(at, card, "detail", "T15");
        if (RAW_HTML.matcher(card.path("detail").asText().replaceAll("\\\\.", ""))
                .find()) {
            add(at + ".detail", "R9", "holds raw HTML");
        }
        uuid(at, card, uuids);
        suggestions(at, card, uuids);
        overrideReasons(at, card);
        links(at, card);
        if (card.has("extension") && !card.path("extension").isObject()) {
            add(at + ".extension", "D18", "is not an object");
        }
    }

    private void source(String at, JsonNode source) {
        if (!source.isObject()) {
            add(at, "T10", "is not an object");
            return;
        }
        text(at, source, "label", "T13");
        for (String url : List.of("url", "icon")) {
            if (source.has(url) && !isWebAddress(source.path(url).asText())) {
                add(at + "." + url, "R14", "is not an absolute URL");
            }
        }
        JsonNode topic = source.path("topic");
        if (!topic.isObject()) {
            add(at + ".topic", "T13", "is not an object");
            return;
        }
        text(at + ".topic", topic, "code", "T14");
        text(at + ".topic", topic, "system", "T14");
        String code = topic.path("code").asText();
        if (!TOPIC.matcher(code).matches() || code.length() > TOPIC_LIMIT) {
            add(at + ".topic.code", "EHR", "is not letters and digits, 100 at most: " + code);
        }
    }

    private void suggestions(String at, JsonNode card, Set<String> uuids) {
        JsonNode suggestions = card.path("suggestions");
        if (suggestions.isMissingNode()) {
            return;
        }
        if (!nonEmptyArray(at + ".suggestions", suggestions, "T15")) {
            return;
        }
        text(at, card, "selectionBehavior", "T16");
        oneOf(at, card, "selectionBehavior", SELECTION_BEHAVIORS, "T16");
        int recommended = 0;
        for (int i = 0; i < suggestions.size(); i++) {
            String place = at + ".suggestions[" + i + "]";
            JsonNode suggestion = suggestions.get(i);
            text(place, suggestion, "label", "T20");
            optionalText(place, suggestion, "uuid", "R16");
            uuid(place, suggestion, uuids);
            if (suggestion.has("isRecommended")) {
                if (!suggestion.path("isRecommended").isBoolean()) {
                    add(place + ".isRecommended", "R16", "is not a boolean");
                }
                recommended += suggestion.path("isRecommended").asBoolean() ? 1 : 0;
            }
            if (suggestion.has("actionSelectionBehavior")) {
                add(place, "cds-resp-7", "sends actionSelectionBehavior, which few clients know");
            }
            JsonNode actions = suggestion.path("actions");
            if (!actions.isMissingNode() && nonEmptyArray(place + ".actions", actions, "T20")) {
                for (int j = 0; j < actions.size(); j++) {
                    action(place + ".actions[" + j + "]", actions.get(j));
                }
            }
        }
        if (recommended > 1 && card.path("selectionBehavior").asText().equals("at-most-one")) {
            add(at + ".suggestions", "cds-resp-1", recommended + " are recommended where one at most can be taken");
        }
    }

    private void action(String at, JsonNode action) {
        text(at, action, "type", "T21");
        text(at, action, "description", "T21");
        oneOf(at, action, "type", ACTION_TYPES, "T21");
        JsonNode resource = action.path("resource");
        if (action.path("type").asText().equals("delete")) {
            text(at, action, "resourceId", "T23");
            if (!RESOURCE_ID.matcher(action.path("resourceId").asText()).matches()) {
                add(at + ".resourceId", "T23", "is not Type/id: " + action.path("resourceId"));
            }
            if (!resource.isMissingNode()) {
                add(at + ".resource", "cds-resp-2", "stands beside a delete");
            }
            return;
        }
        if (!resource.isObject()) {
            add(at + ".resource", "T22", "is not an object");
            return;
        }
        if (action.path("type").asText().equals("update")
                && !resource.path("id").isTextual()) {
            add(at + ".resource", "R23", "an update without id cannot be applied");
        }
        // Only the parser's view of R4 here; that resources validate is proved where they are made.
        IParser parser = FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new StrictErrorHandler());
        try {
            parser.parseResource(resource.toString());
        } catch (DataFormatException e) {
            add(at + ".resource", "T22", "is no FHIR R4 resource: " + e.getMessage());
        }
    }

    private void overrideReasons(String at, JsonNode card) {
        JsonNode reasons = card.path("overrideReasons");
        if (reasons.isMissingNode() || !nonEmptyArray(at + ".overrideReasons", reasons, "T15")) {
            return;
        }
        for (int i = 0; i < reasons.size(); i++) {
            String place = at + ".overrideReasons[" + i + "]";
            text(place, reasons.get(i), "code", "T17");
            text(place, reasons.get(i), "system", "T17");
            text(place, reasons.get(i), "display", "cds-resp-4");
        }
    }

    private void links(String at, JsonNode card) {
        JsonNode links = card.path("links");
        if (links.isMissingNode() || !nonEmptyArray(at + ".links", links, "T15")) {
            return;
        }
        for (int i = 0; i < links.size(); i++) {
            String place = at + ".links[" + i + "]";
            JsonNode link = links.get(i);
            text(place, link, "label", "T18");
            text(place, link, "type", "T18");
            oneOf(place, link, "type", LINK_TYPES, "T19");
            if (!isWebAddress(link.path("url").asText())) {
                add(place + ".url", "T18", "is not an absolute URL");
            }
            if (!link.path("type").asText().equals("smart") && link.has("appContext")) {
                add(place + ".appContext", "cds-resp-3", "stands on a link that launches no app");
            }
        }
    }

    // ---- parts

    private void uuid(String at, JsonNode holder, Set<String> uuids) {
        if (!holder.has("uuid")) {
            add(at + ".uuid", "F4", "is missing, so that no feedback can come");
            return;
        }
        String uuid = holder.path("uuid").asText();
        if (!UUID.matcher(uuid).matches()) {
            add(at + ".uuid", "9.3", "is no bare lower-case UUID: " + uuid);
        }
        if (!uuids.add(uuid)) {
            add(at + ".uuid", "9.3", "stands twice: " + uuid);
        }
    }

    private void text(String at, JsonNode holder, String member, String check) {
        JsonNode value = holder.path(member);
        if (!value.isTextual() || value.asText().isBlank()) {
            add(at + "." + member, check, "is not a string with content");
        }
    }

    private void optionalText(String at, JsonNode holder, String member, String check) {
        if (holder.has(member)) {
            text(at, holder, member, check);
        }
    }

    private void oneOf(String at, JsonNode holder, String member, Set<String> allowed, String check) {
        if (!allowed.contains(holder.path(member).asText())) {
            add(at + "." + member, check, "is none of " + allowed + ": " + holder.path(member));
        }
    }

    private boolean nonEmptyArray(String at, JsonNode value, String check) {
        if (!value.isArray() || value.isEmpty()) {
            add(at, check, "is not a non-empty array");
            return false;
        }
        return true;
    }

    private void nothingEmpty(String at, JsonNode node, Set<String> mayBeEmpty) {
        if (node.isNull()) {
            add(at, "D6", "is null");
        } else if (node.isTextual() && node.asText().isEmpty()) {
            add(at, "D6", "is an empty string");
        } else if (node.isContainerNode() && node.isEmpty() && !mayBeEmpty.contains(at)) {
            add(at, "D6", "is empty");
        }
        if (node.isObject()) {
            node.properties().forEach(e -> nothingEmpty(at + "." + e.getKey(), e.getValue(), mayBeEmpty));
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            // FHIR pads the array of a primitive's extensions with null.
            boolean padding = at.contains(".resource.")
                    && at.substring(at.lastIndexOf('.')).startsWith("._");
            if (!(padding && node.get(i).isNull())) {
                nothingEmpty(at + "[" + i + "]", node.get(i), mayBeEmpty);
            }
        }
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void add(String at, String check, String what) {
        violations.add(check + ": " + at + " " + what);
    }
}
