package health.setpoint.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.Gap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The prefetch of a request, key by key. Absent, null, empty, failed and partial are five different facts; "none found"
 * is only ever concluded from the second and the third.
 */
final class Prefetch {

    /** Issues with which a server says that a search is not complete, whatever severity it gives them. */
    private static final Set<String> INCOMPLETE = Set.of(
            "incomplete",
            "timeout",
            "transient",
            "throttled",
            "too-costly",
            "exception",
            "no-store",
            "lock-error",
            "forbidden",
            "security",
            "login",
            "expired",
            "suppressed");

    /** Epic's code for a search that found nothing, which it sends as a warning. */
    private static final String NO_RESULTS = "4101";

    private static final Map<String, Gap.Part> PART_OF = Map.of(
            "Observation", Gap.Part.LABS,
            "MedicationRequest", Gap.Part.MEDICATION_ORDERS,
            "MedicationStatement", Gap.Part.MEDICATION_STATEMENTS,
            "MedicationAdministration", Gap.Part.MEDICATION_ADMINISTRATIONS,
            "MedicationDispense", Gap.Part.MEDICATION_DISPENSES,
            "Condition", Gap.Part.CONDITIONS,
            "QuestionnaireResponse", Gap.Part.QUESTIONNAIRES,
            "ServiceRequest", Gap.Part.LAB_REQUESTS,
            "AllergyIntolerance", Gap.Part.ALLERGIES);

    private static final int LONGEST_REASON = 120;

    private final List<PrefetchKey> keys;
    private final ChartRequest request;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<Gap> gaps = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> incomplete = new ArrayList<>();
    private final List<ReadNote> notes = new ArrayList<>();

    private Prefetch(List<PrefetchKey> keys, ChartRequest request) {
        this.keys = keys;
        this.request = request;
    }

    static Prefetch read(List<PrefetchKey> keys, ChartRequest request) {
        var prefetch = new Prefetch(keys, request);
        prefetch.readAll();
        return prefetch;
    }

    List<Entry> entries() {
        return entries;
    }

    Set<Gap> gaps() {
        return gaps;
    }

    /** Required data that cannot be had. */
    List<Problem> problems() {
        return problems;
    }

    /** Required data of which only a part could be had. */
    List<Problem> incomplete() {
        return incomplete;
    }

    List<ReadNote> notes() {
        return notes;
    }

    private void readAll() {
        var content = new LinkedHashMap<PrefetchKey, Content>();
        var needs = new LinkedHashMap<PrefetchKey, MissingData.Need>();
        var today = request.now().toLocalDate();
        for (var key : keys) {
            var own = content(request.prefetch().path(key.name()), place(key.name()), key.name());
            content.put(key, own);
            if (own.state() == State.ABSENT) {
                needs.put(key, new MissingData.Need(key.name(), key.url(request.patientId(), today)));
            } else if (own.state() == State.PARTIAL && own.next().isPresent()) {
                needs.put(key, new MissingData.Need(key.name(), own.next().get()));
            }
        }
        var answers = needs.isEmpty()
                ? Map.<MissingData.Need, MissingData.Answer>of()
                : request.missingData().ask(List.copyOf(needs.values()));
        var others = others();
        for (var key : keys) {
            var need = needs.get(key);
            var answer = need == null ? null : answers.get(need);
            settle(key, content.get(key), Optional.ofNullable(answer), others);
        }
        others.forEach(this::settleOther);
    }

    private Map<String, Content> others() {
        var others = new LinkedHashMap<String, Content>();
        if (request.prefetch() instanceof ObjectNode object) {
            var known = new LinkedHashSet<String>();
            keys.forEach(key -> known.add(key.name()));
            object.fieldNames().forEachRemaining(name -> {
                if (!known.contains(name)) {
                    others.put(name, content(object.path(name), place(Shown.code(name)), name));
                }
            });
        }
        return others;
    }

    private void settle(
            PrefetchKey key, Content content, Optional<MissingData.Answer> answer, Map<String, Content> others) {
        switch (content.state()) {
            case ABSENT -> settleAbsent(key, answer, others);
            case FAILED -> {
                missing(key, content.why(), Gap.Why.FAILED);
                entries.addAll(content.entries());
            }
            case PARTIAL -> {
                entries.addAll(content.entries());
                settlePartial(key, content, answer);
            }
            case COMPLETE -> entries.addAll(content.entries());
        }
    }

    private void settleAbsent(PrefetchKey key, Optional<MissingData.Answer> answer, Map<String, Content> others) {
        var unasked = answer.isEmpty()
                ? Optional.of("it was not sent and could not be fetched")
                : answer.get() instanceof MissingData.Answer.NotAsked notAsked
                        ? Optional.of("it was not sent and was not fetched: " + notAsked.why())
                        : Optional.<String>empty();
        if (unasked.isPresent()) {
            var sentOtherwise = !key.required()
                    && key.part().isPresent()
                    && others.values().stream()
                            .flatMap(other -> other.entries().stream())
                            .anyMatch(entry -> key.query().startsWith(entry.type() + "?"));
            if (!sentOtherwise) {
                missing(key, unasked.get(), Gap.Why.NOT_SENT);
            }
        } else if (answer.get() instanceof MissingData.Answer.Found found) {
            var fetched = pages(found, key);
            entries.addAll(fetched.entries());
            if (fetched.state() == State.FAILED) {
                missing(key, "it was not sent, and the FHIR server failed: " + fetched.why(), Gap.Why.FAILED);
            } else if (fetched.state() == State.PARTIAL) {
                partial(key, "the search on the FHIR server was cut short");
            }
        } else if (answer.get() instanceof MissingData.Answer.Failed failed) {
            missing(key, "it was not sent, and fetching it failed: " + failed.why(), Gap.Why.FAILED);
        }
    }

    private void settlePartial(PrefetchKey key, Content content, Optional<MissingData.Answer> answer) {
        if (answer.isPresent() && answer.get() instanceof MissingData.Answer.Found found) {
            var rest = pages(found, key);
            entries.addAll(rest.entries());
            if (rest.state() == State.COMPLETE && content.why().isEmpty()) {
                return;
            }
        }
        partial(key, content.why().isEmpty() ? "only the first pages of the search could be had" : content.why());
    }

    private Content pages(MissingData.Answer.Found found, PrefetchKey key) {
        var all = new ArrayList<Entry>();
        var last = new Content(State.FAILED, List.of(), Optional.empty(), "the answer is empty");
        var failed = "";
        for (int i = 0; i < found.pages().size(); i++) {
            last = content(found.pages().get(i), "fhirServer(" + key.name() + ")[" + i + "]", key.name());
            all.addAll(last.entries());
            if (last.state() == State.FAILED || !last.why().isEmpty()) {
                failed = last.why();
            }
        }
        if (isOfAnother(all)) {
            return Content.failed("it answered with data of another patient");
        }
        if (failed.isEmpty()) {
            return new Content(last.state(), all, last.next(), last.why());
        }
        return new Content(all.isEmpty() ? State.FAILED : State.PARTIAL, all, Optional.empty(), failed);
    }

    /** A server that gives another patient's data costs its own answer, not the call. */
    private boolean isOfAnother(List<Entry> fetched) {
        var check = new PatientCheck(request.patientId(), new References(fetched));
        return fetched.stream().anyMatch(entry -> check.owner(entry) == PatientCheck.Owner.ANOTHER_PATIENT);
    }

    private void missing(PrefetchKey key, String why, Gap.Why gap) {
        notes.add(ReadNote.unreadable(place(key.name()), why));
        if (key.required()) {
            problems.add(problem("required", key, "is required: " + why));
        } else {
            key.part().ifPresent(part -> gaps.add(new Gap(part, gap)));
        }
    }

    private Problem problem(String code, PrefetchKey key, String what) {
        return new Problem(
                code,
                "The prefetch key '" + key.name() + "' " + what + ". Its template is "
                        + key.template(request.now().toLocalDate()),
                place(key.name()));
    }

    private void partial(PrefetchKey key, String why) {
        notes.add(ReadNote.unreadable(place(key.name()), "incomplete: " + why));
        key.part().ifPresent(part -> gaps.add(new Gap(part, Gap.Why.PARTIAL)));
        if (key.required()) {
            incomplete.add(problem("incomplete", key, "is required, and nothing can be said on a part of it: " + why));
        }
    }

    private void settleOther(String name, Content content) {
        entries.addAll(content.entries());
        switch (content.state()) {
            case FAILED -> notes.add(ReadNote.unreadable(place(Shown.code(name)), content.why()));
            case PARTIAL -> {
                notes.add(ReadNote.unreadable(place(Shown.code(name)), "incomplete: the search has more pages"));
                content.entries().stream()
                        .map(entry -> PART_OF.get(entry.type()))
                        .filter(java.util.Objects::nonNull)
                        .forEach(part -> gaps.add(new Gap(part, Gap.Why.PARTIAL)));
            }
            case ABSENT, COMPLETE -> notes.add(ReadNote.read(place(Shown.code(name)), "a key of the client's own"));
        }
    }

    private static String place(String key) {
        return "prefetch." + key;
    }

    private enum State {
        ABSENT,
        FAILED,
        PARTIAL,
        COMPLETE
    }

    /**
     * @param next where the rest is
     * @param why what failed; empty where nothing did
     */
    private record Content(State state, List<Entry> entries, Optional<String> next, String why) {

        static Content failed(String why) {
            return new Content(State.FAILED, List.of(), Optional.empty(), why);
        }
    }

    private Content content(JsonNode value, String place, String key) {
        if (value.isMissingNode()) {
            return new Content(State.ABSENT, List.of(), Optional.empty(), "");
        }
        if (value.isNull()) {
            return new Content(State.COMPLETE, List.of(), Optional.empty(), "");
        }
        if (!(value instanceof ObjectNode resource)) {
            return Content.failed("it is not a FHIR resource");
        }
        var type = Json.text(resource, "resourceType");
        if (type.isEmpty()) {
            return Content.failed("it has no resourceType");
        }
        return switch (type.get()) {
            case "OperationOutcome" -> Content.failed(failure(resource).orElse("the EHR sent an OperationOutcome"));
            case "Bundle" -> bundle(resource, place, key);
            default ->
                new Content(
                        State.COMPLETE,
                        List.of(Entry.of(resource, type.get(), Optional.empty(), place, Optional.of(key))),
                        Optional.empty(),
                        "");
        };
    }

    private Content bundle(ObjectNode bundle, String place, String key) {
        var found = new ArrayList<Entry>();
        var failure = Optional.<String>empty();
        for (var entry : Bundles.entries(bundle, place, Optional.of(key), notes)) {
            if (entry.type().equals("OperationOutcome")) {
                failure = failure.or(() -> failure(entry.resource()));
            } else {
                found.add(entry);
            }
        }
        var next = Json.objects(bundle, "link").stream()
                .filter(link -> Json.text(link, "relation").equals(Optional.of("next")))
                .findFirst();
        if (failure.isPresent()) {
            return new Content(
                    found.isEmpty() ? State.FAILED : State.PARTIAL,
                    found,
                    next.flatMap(link -> Json.text(link, "url")),
                    failure.get());
        }
        var total =
                Json.number(bundle, "total").map(java.math.BigDecimal::signum).orElse(0);
        if (next.isPresent() || (total > 0 && found.isEmpty())) {
            return new Content(State.PARTIAL, found, next.flatMap(link -> Json.text(link, "url")), "");
        }
        return new Content(State.COMPLETE, found, Optional.empty(), "");
    }

    /** Why a search failed or is incomplete; empty where the outcome only comments on it. */
    private static Optional<String> failure(ObjectNode outcome) {
        var issues = Json.objects(outcome, "issue");
        if (issues.isEmpty()) {
            return Optional.of("the EHR reported a failure without an issue");
        }
        return issues.stream()
                .filter(Prefetch::isFailure)
                .findFirst()
                .map(issue -> "the EHR reported "
                        + Json.text(issue, "severity")
                                .map(s -> Shown.plain(s, 20))
                                .orElse("an issue") + " '"
                        + Json.text(issue, "code")
                                .map(code -> Shown.plain(code, LONGEST_REASON))
                                .orElse("unknown") + "'");
    }

    private static boolean isFailure(ObjectNode issue) {
        var code = Json.text(issue, "code").orElse("");
        if (INCOMPLETE.contains(code)) {
            return true;
        }
        return switch (Json.text(issue, "severity").orElse("")) {
            case "information", "success" -> false;
            case "warning" -> !Concept.of(issue, "details", CodeMap.NONE).hasCode(NO_RESULTS);
            default -> true;
        };
    }
}
