package health.setpoint.chart.prefetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.PatientCheck;
import health.setpoint.chart.fhir.References;
import health.setpoint.chart.reading.Problem;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.facts.Gap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The prefetch of a request, key by key. Absent, null, empty, failed and partial are five different facts; "none found"
 * is only ever concluded from the second and the third. Resources count by what they are, under whatever key they came.
 */
public final class Prefetch {

    private static final int MOST_NAMES = 30;

    private final List<PrefetchKey> keys;
    private final PrefetchKeyMatcher matcher;
    private final JsonNode prefetch;
    private final String patientId;
    private final LocalDate today;
    private final MissingData missingData;
    private final List<ChartEntry> entries = new ArrayList<>();
    private final Set<Gap> gaps = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> incomplete = new ArrayList<>();
    private final List<ReadNote> notes = new ArrayList<>();

    private Prefetch(
            List<PrefetchKey> keys,
            PrefetchKeyMatcher matcher,
            JsonNode prefetch,
            String patientId,
            LocalDate today,
            MissingData missingData) {
        this.keys = keys;
        this.matcher = matcher;
        this.prefetch = prefetch;
        this.patientId = patientId;
        this.today = today;
        this.missingData = missingData;
    }

    public static Prefetch read(
            List<PrefetchKey> keys,
            PrefetchKeyMatcher matcher,
            JsonNode prefetch,
            String patientId,
            LocalDate today,
            MissingData missingData) {
        var read = new Prefetch(keys, matcher, prefetch, patientId, today, missingData);
        read.readAll();
        return read;
    }

    public List<ChartEntry> entries() {
        return entries;
    }

    public Set<Gap> gaps() {
        return gaps;
    }

    /** Required data that cannot be had. */
    public List<Problem> problems() {
        return problems;
    }

    /** Required data of which only a part could be had. */
    public List<Problem> incomplete() {
        return incomplete;
    }

    public List<ReadNote> notes() {
        return notes;
    }

    /**
     * What came under one key.
     *
     * @param own the key of ours that bears this name
     * @param answers our keys that it answers; of one of our own name, that one
     */
    private record Sent(String name, Optional<PrefetchKey> own, QueryResult result, Set<PrefetchKey> answers) {

        String place() {
            return Prefetch.place(name);
        }
    }

    private void readAll() {
        var sent = sent();
        var answered = sent.stream()
                .flatMap(each -> each.answers().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        var absent = keys.stream().filter(key -> !answered.contains(key)).toList();
        var answers = ask(sent, absent);
        for (var each : sent) {
            settle(each, rest(each).map(answers::get));
        }
        for (var key : absent) {
            settleAbsent(key, Optional.ofNullable(answers.get(need(key))));
        }
    }

    // --- what came, and for what it stands ---

    private List<Sent> sent() {
        if (!(prefetch instanceof ObjectNode object)) {
            return List.of();
        }
        var named = keys.stream().collect(Collectors.toMap(PrefetchKey::name, key -> key));
        var sent = new ArrayList<Sent>();
        for (var key : keys) {
            if (object.has(key.name())) {
                sent.add(new Sent(key.name(), Optional.of(key), result(object, key.name()), Set.of(key)));
            }
        }
        var ours = sent.size();
        object.fieldNames().forEachRemaining(name -> {
            if (!named.containsKey(name)) {
                var result = result(object, name);
                sent.add(new Sent(name, Optional.empty(), result, matcher.of(name, result)));
            }
        });
        return ours == 0 ? numbered(sent) : sent;
    }

    private QueryResult result(ObjectNode object, String name) {
        return QueryResult.of(object.path(name), place(name), name, notes);
    }

    private List<Sent> numbered(List<Sent> sent) {
        if (!matcher.areNumbered(sent.stream().map(Sent::name).collect(Collectors.toSet()))) {
            return sent;
        }
        var open = new LinkedHashSet<>(keys);
        sent.forEach(each -> open.removeAll(each.answers()));
        var empty = sent.stream()
                .filter(each -> each.answers().isEmpty() && each.result().isEmpty())
                .count();
        return empty < open.size()
                ? sent
                : sent.stream()
                        .map(each -> each.answers().isEmpty() && each.result().isEmpty()
                                ? new Sent(each.name(), each.own(), each.result(), open)
                                : each)
                        .toList();
    }

    // --- what is asked for beside it ---

    private Map<MissingData.Need, MissingData.Answer> ask(List<Sent> sent, List<PrefetchKey> absent) {
        var needs = new LinkedHashSet<MissingData.Need>();
        sent.forEach(each -> rest(each).ifPresent(needs::add));
        absent.forEach(key -> needs.add(need(key)));
        return needs.isEmpty() ? Map.of() : missingData.ask(List.copyOf(needs));
    }

    private MissingData.Need need(PrefetchKey key) {
        return new MissingData.Need(key.name(), key.url(patientId, today));
    }

    private static Optional<MissingData.Need> rest(Sent sent) {
        return sent.result()
                .next()
                .filter(next -> sent.result().isPartial() && !sent.answers().isEmpty())
                .map(next ->
                        new MissingData.Need(sent.answers().iterator().next().name(), next));
    }

    // --- what became of it ---

    private void settle(Sent sent, Optional<MissingData.Answer> rest) {
        var result =
                sent.result().and(rest.map(answer -> pages(answer, sent.name())).orElse(List.of()));
        entries.addAll(result.entries());
        if (result.isFailed()) {
            sent.own()
                    .ifPresentOrElse(
                            key -> missing(key, result.failure(), Gap.Why.FAILED),
                            () -> notes.add(ReadNote.unreadable(sent.place(), result.failure())));
        } else if (result.isPartial()) {
            notes.add(ReadNote.unreadable(sent.place(), "incomplete: " + result.lacks()));
            sent.answers().forEach(key -> partial(key, sent.own().isPresent(), result.lacks()));
        } else if (sent.own().isEmpty()) {
            notes.add(ReadNote.read(sent.place(), () -> standing(sent)));
        }
    }

    private static String standing(Sent sent) {
        return sent.answers().isEmpty()
                ? "a key of the client's own"
                : "a key of the client's own, taken for "
                        + sent.answers().stream().map(PrefetchKey::name).collect(Collectors.joining(", "));
    }

    private void settleAbsent(PrefetchKey key, Optional<MissingData.Answer> answer) {
        answer.ifPresentOrElse(
                came -> came.match(
                        found -> settleFetched(key, found),
                        notAsked -> missing(
                                key, "it was not sent and was not fetched: " + notAsked.why(), Gap.Why.NOT_SENT),
                        failed -> missing(
                                key, "it was not sent, and fetching it failed: " + failed.why(), Gap.Why.FAILED)),
                () -> missing(key, "it was not sent and could not be fetched", Gap.Why.NOT_SENT));
    }

    private void settleFetched(PrefetchKey key, MissingData.Answer.Found found) {
        var pages = pages(found, key.name());
        var fetched = pages.isEmpty() ? QueryResult.failed("the answer is empty") : QueryResult.NONE.and(pages);
        entries.addAll(fetched.entries());
        if (fetched.isFailed()) {
            missing(key, "it was not sent, and the FHIR server failed: " + fetched.failure(), Gap.Why.FAILED);
        } else if (fetched.isPartial()) {
            var why = "the search on the FHIR server was cut short: " + fetched.lacks();
            notes.add(ReadNote.unreadable(place(key.name()), "incomplete: " + why));
            partial(key, true, why);
        }
    }

    /** The pages that came of a need; none where it was not met. */
    private List<QueryResult> pages(MissingData.Answer answer, String key) {
        var pages = new ArrayList<QueryResult>();
        for (int i = 0; i < answer.pages().size(); i++) {
            pages.add(QueryResult.of(answer.pages().get(i), "fhirServer(" + key + ")[" + i + "]", key, notes));
        }
        return pages.stream().anyMatch(this::isOfAnother)
                ? List.of(QueryResult.failed("it answered with data of another patient"))
                : pages;
    }

    /** A server that gives another patient's data costs its own answer, not the call. */
    private boolean isOfAnother(QueryResult fetched) {
        var check = new PatientCheck(patientId, new References(fetched.entries()));
        return fetched.entries().stream().anyMatch(entry -> check.owner(entry) == PatientCheck.Owner.ANOTHER_PATIENT);
    }

    private void missing(PrefetchKey key, String why, Gap.Why gap) {
        notes.add(ReadNote.unreadable(place(key.name()), why));
        if (key.required()) {
            problems.add(problem("required", key, "is required: " + why));
        } else {
            key.part().ifPresent(part -> gaps.add(new Gap(part, gap)));
        }
    }

    private void partial(PrefetchKey key, boolean itself, String why) {
        key.part().ifPresent(part -> gaps.add(new Gap(part, Gap.Why.PARTIAL)));
        if (key.required() && (itself || !prefetch.has(key.name()))) {
            incomplete.add(problem("incomplete", key, "is required, and nothing can be said on a part of it: " + why));
        }
    }

    private Problem problem(String code, PrefetchKey key, String what) {
        return new Problem(
                code,
                "The prefetch key '" + key.name() + "' " + what + ". Its template is " + key.template(today) + " "
                        + came(),
                place(key.name()));
    }

    private String came() {
        var names = new ArrayList<String>();
        prefetch.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            return "(no prefetch key came)";
        }
        return names.stream()
                        .limit(MOST_NAMES)
                        .map(DisplayText::code)
                        .collect(Collectors.joining(", ", "(keys that came: ", ""))
                + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more)" : ")");
    }

    private static String place(String key) {
        return "prefetch." + DisplayText.code(key);
    }
}
