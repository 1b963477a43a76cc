package health.setpoint.chart.prefetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.Bundles;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadNote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a query brought: a resource, the pages of a search, or a failure.
 *
 * @param entries resources, without the server's own outcomes
 * @param matches what the search was for, each once; includes do not count
 * @param repeated how many of its matches came a second time in one Bundle, which a server counts each time
 * @param total how many matches the server counts over all pages; 0 where it does not say
 * @param next where the rest is
 * @param self the search as the server understood it
 * @param cut a search inside it is incomplete
 * @param failure what the server failed on; empty where it did not
 */
record QueryResult(
        List<ChartEntry> entries,
        Set<String> matches,
        int repeated,
        BigDecimal total,
        Optional<String> next,
        Optional<String> self,
        boolean cut,
        String failure) {

    /** Nothing came, and that is the answer. */
    static final QueryResult NONE =
            new QueryResult(List.of(), Set.of(), 0, BigDecimal.ZERO, Optional.empty(), Optional.empty(), false, "");

    private static final int ERROR_STATUS = 300;

    static QueryResult failed(String why) {
        return new QueryResult(List.of(), Set.of(), 0, BigDecimal.ZERO, Optional.empty(), Optional.empty(), false, why);
    }

    /** What stands under a prefetch key, or came over the wire. */
    static QueryResult of(JsonNode value, String place, String key, List<ReadNote> notes) {
        if (value.isNull()) {
            return NONE;
        }
        if (!(value instanceof ObjectNode object)) {
            return failed("it is not a FHIR resource");
        }
        var type = FhirJson.text(object, "resourceType");
        if (type.isEmpty()) {
            return answer(object, place, key, notes);
        }
        return switch (type.get()) {
            case "OperationOutcome" ->
                failed(ServerOutcome.failure(object).orElse("the EHR sent an OperationOutcome instead of it"));
            case "Bundle" -> bundle(object, place, key, notes);
            default -> {
                var entry = ChartEntry.of(object, type.get(), Optional.empty(), place, Optional.of(key));
                yield new QueryResult(
                        List.of(entry),
                        Set.of(entry.reference()),
                        0,
                        BigDecimal.ZERO,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        "");
            }
        };
    }

    /** A resource in the answer that it came with, as the entries of a batch have it. */
    private static QueryResult answer(ObjectNode object, String place, String key, List<ReadNote> notes) {
        var failure = status(object);
        if (failure.isPresent()) {
            return failed(failure.get());
        }
        return object.path("resource") instanceof ObjectNode resource
                        && FhirJson.text(resource, "resourceType").isPresent()
                ? of(resource, place + ".resource", key, notes)
                : failed("it has no resourceType");
    }

    /** The failure that {@code response.status} states. */
    private static Optional<String> status(JsonNode answer) {
        var response = answer.path("response");
        var written = response.path("status").asText("").strip();
        var code = written.length() > 3 ? written.substring(0, 3) : written;
        return code.length() == 3
                        && code.chars().allMatch(c -> c >= '0' && c <= '9')
                        && Integer.parseInt(code) >= ERROR_STATUS
                ? Optional.of("the EHR's FHIR server answered with status " + code)
                : Optional.empty();
    }

    private static QueryResult bundle(ObjectNode bundle, String place, String key, List<ReadNote> notes) {
        var reading = new Reading(key, notes);
        Bundles.forEach(bundle, place, reading::entry);
        var links = FhirJson.objects(bundle, "link");
        return new QueryResult(
                reading.entries,
                reading.matches,
                reading.repeated.size(),
                FhirJson.number(bundle, "total").orElse(BigDecimal.ZERO),
                link(links, "next"),
                link(links, "self"),
                !reading.cut.isEmpty()
                        || has(links, "next") && link(links, "next").isEmpty(),
                reading.failures.isEmpty() ? "" : reading.failures.get(0));
    }

    private static boolean has(List<ObjectNode> links, String relation) {
        return links.stream().anyMatch(link -> FhirJson.text(link, "relation").equals(Optional.of(relation)));
    }

    private static Optional<String> link(List<ObjectNode> links, String relation) {
        return links.stream()
                .filter(link -> FhirJson.text(link, "relation").equals(Optional.of(relation)))
                .findFirst()
                .flatMap(link -> FhirJson.text(link, "url"));
    }

    /** One Bundle while its entries are gone through. */
    private static final class Reading {

        private final String key;
        private final List<ReadNote> notes;
        private final List<ChartEntry> entries = new ArrayList<>();
        private final Set<String> matches = new HashSet<>();
        /** The references of matches that came once more, each as often. */
        private final List<String> repeated = new ArrayList<>();

        private final List<String> failures = new ArrayList<>();
        private final List<QueryResult> cut = new ArrayList<>();

        Reading(String key, List<ReadNote> notes) {
            this.key = key;
            this.notes = notes;
        }

        void entry(JsonNode entry, String place) {
            var failed = status(entry);
            if (failed.isPresent()) {
                failures.add(failed.get());
                return;
            }
            Bundles.resource(entry, place, Optional.of(key), (where, why) -> notes.add(ReadNote.ignored(where, why)))
                    .ifPresent(found -> add(found, entry));
        }

        private void add(ChartEntry found, JsonNode entry) {
            switch (found.typeName()) {
                case "OperationOutcome" ->
                    ServerOutcome.failure(found.resource())
                            .ifPresentOrElse(
                                    failures::add,
                                    () -> notes.add(ReadNote.ignored(
                                            found.place(), () -> ServerOutcome.comment(found.resource()))));
                case "Bundle" -> {
                    var inner = bundle(found.resource(), found.place(), key, notes);
                    entries.addAll(inner.entries());
                    matches.addAll(inner.matches());
                    repeated.addAll(Collections.nCopies(inner.repeated(), found.reference()));
                    if (!inner.failure().isEmpty()) {
                        failures.add(inner.failure());
                    } else if (inner.isPartial()) {
                        cut.add(inner);
                    }
                }
                default -> {
                    entries.add(found);
                    if (isMatch(found, entry) && !matches.add(found.reference())) {
                        repeated.add(found.reference());
                    }
                }
            }
        }

        private static boolean isMatch(ChartEntry found, JsonNode entry) {
            var mode = FhirJson.text(entry.path("search"), "mode").orElse("");
            return mode.equals("match") || mode.isEmpty() && !found.type().isOnlyReferenced();
        }
    }

    /** This and what its further pages brought, which stand in for the next link. */
    QueryResult and(List<QueryResult> pages) {
        if (pages.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(entries);
        var found = new HashSet<>(matches);
        var again = repeated;
        var most = total;
        var isCut = cut;
        var failed = failure;
        for (var page : pages) {
            all.addAll(page.entries);
            found.addAll(page.matches);
            again += page.repeated;
            most = most.max(page.total);
            isCut |= page.cut;
            failed = failed.isEmpty() ? page.failure : failed;
        }
        return new QueryResult(all, found, again, most, pages.get(pages.size() - 1).next, self, isCut, failed);
    }

    /** It found nothing. */
    boolean isEmpty() {
        return entries.isEmpty() && failure.isEmpty() && !isPartial();
    }

    boolean isFailed() {
        return !failure.isEmpty() && entries.isEmpty();
    }

    boolean isPartial() {
        return !isFailed() && !lacks().isEmpty();
    }

    /** What is missing of a search that brought something, or nothing where it should have; empty where it is whole. */
    String lacks() {
        if (!failure.isEmpty()) {
            return failure;
        }
        if (next.isPresent() || cut) {
            return "only the first pages of the search could be had";
        }
        var sent = matches.size() + repeated;
        return total.compareTo(BigDecimal.valueOf(sent)) > 0
                ? "the server counts " + total.toBigInteger() + " and sent " + sent
                : "";
    }
}
