package health.setpoint.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.chart.fhir.Bundles;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.fhir.PatientCheck;
import health.setpoint.chart.fhir.References;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.chart.fhir.TooManyElements;
import health.setpoint.chart.medication.MedicationReader;
import health.setpoint.chart.medication.Selections;
import health.setpoint.chart.medication.TherapyLinks;
import health.setpoint.chart.medication.product.ProductReader;
import health.setpoint.chart.observation.LabRequestReader;
import health.setpoint.chart.observation.ObservationReader;
import health.setpoint.chart.person.AllergyReader;
import health.setpoint.chart.person.ConditionReader;
import health.setpoint.chart.person.PersonReader;
import health.setpoint.chart.person.QuestionnaireReader;
import health.setpoint.chart.person.SymptomAnswer;
import health.setpoint.chart.prefetch.Prefetch;
import health.setpoint.chart.prefetch.PrefetchKeyMatcher;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.chart.reading.Problem;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.facts.Hook;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads what an EHR sends of a chart into what the rules may know. It never guesses: what cannot be read is said to be
 * unreadable, what is missing is said to be missing, and nothing of it is an exception.
 */
public final class ChartReader {

    private final Supplier<Knowledge> current;
    private final PrefetchKeys keys;
    private final PrefetchKeyMatcher matcher;

    public ChartReader(Knowledge knowledge) {
        this(knowledge, () -> knowledge);
    }

    /** Asks by what is shipped, and reads by what is current at each request. */
    public ChartReader(Knowledge knowledge, Supplier<Knowledge> current) {
        this.current = current;
        this.keys = new PrefetchKeys(knowledge.terminology());
        this.matcher = new PrefetchKeyMatcher(keys.forHook(Hook.PATIENT_VIEW), knowledge.terminology());
    }

    /** Reads a request; never throws on what it contains. */
    public ChartOutcome read(ChartRequest request) {
        var notes = new ArrayList<ReadNote>();
        try {
            return read(request, notes);
        } catch (TooManyElements elements) {
            return new ChartOutcome.Refused(
                    ChartOutcome.Kind.TOO_LARGE,
                    List.of(new Problem("too-long", elements.text(), elements.member())),
                    notes);
        }
    }

    private ChartOutcome read(ChartRequest request, List<ReadNote> notes) {
        var drafts = drafts(request, notes);
        var prefetch = Prefetch.read(
                keys.forHook(request.hook(), request.labSearch()),
                matcher,
                request.prefetch(),
                request.patientId(),
                request.now().toLocalDate(),
                request.missingData());
        var sent = new ArrayList<>(drafts);
        sent.addAll(prefetch.entries());
        var check = new PatientCheck(plainId(request.patientId()), new References(sent));
        var conflicts = conflicts(check, sent);
        if (!conflicts.isEmpty()) {
            return new ChartOutcome.Refused(ChartOutcome.Kind.BAD_REQUEST, conflicts, notes);
        }
        notes.addAll(prefetch.notes());
        return prefetch.problems().isEmpty()
                ? read(request, own(check, sent, notes), prefetch, notes)
                : new ChartOutcome.Refused(ChartOutcome.Kind.DATA_MISSING, prefetch.problems(), notes);
    }

    // --- what was sent ---

    private static List<ChartEntry> drafts(ChartRequest request, List<ReadNote> notes) {
        if (!request.hook().isOrderEntry()) {
            return List.of();
        }
        var value = request.draftOrders();
        if (!(value instanceof ObjectNode resource)) {
            notes.add(ReadNote.unreadable("context.draftOrders", "no Bundle of draft orders was sent"));
            return List.of();
        }
        var type = FhirJson.text(resource, "resourceType").orElse("Bundle");
        return type.equals("Bundle")
                ? Bundles.entries(
                        resource,
                        "context.draftOrders",
                        Optional.empty(),
                        (place, why) -> notes.add(ReadNote.ignored(place, why)))
                : List.of(ChartEntry.of(resource, type, Optional.empty(), "context.draftOrders", Optional.empty()));
    }

    private static List<Problem> conflicts(PatientCheck check, List<ChartEntry> entries) {
        var problems = new ArrayList<Problem>();
        for (var entry : entries) {
            if (check.owner(entry) == PatientCheck.Owner.ANOTHER_PATIENT) {
                problems.add(new Problem(
                        "conflict",
                        "The " + entry.typeName()
                                + " is not of the patient of context.patientId; a request must be about one"
                                + " patient",
                        entry.place()));
            }
            if (entry.type().isOfDstu2()) {
                problems.add(new Problem(
                        "not-supported",
                        "The " + entry.typeName() + " is a FHIR DSTU2 resource; this service reads FHIR R4",
                        entry.place()));
            }
        }
        return problems;
    }

    private static String plainId(String patientId) {
        return patientId.startsWith("Patient/") ? patientId.substring("Patient/".length()) : patientId;
    }

    /** The resources that are this patient's or name nobody, each once. */
    private static List<ChartEntry> own(PatientCheck check, List<ChartEntry> sent, List<ReadNote> notes) {
        var kept = new LinkedHashMap<String, ChartEntry>();
        var versions = new Versions();
        for (var entry : sent) {
            var key = entry.isDraft() ? entry.place() : entry.reference();
            if (check.owner(entry) == PatientCheck.Owner.NOT_A_PATIENT) {
                notes.add(ReadNote.ignored(entry.reference(), "its subject is not a patient"));
            } else {
                kept.merge(key, entry, versions::newer);
            }
        }
        return List.copyOf(kept.values());
    }

    /** Two versions of one resource, and another, and another. */
    private static final class Versions {

        /** What a server says of its copy. */
        private static final Set<String> NOT_OF_IT = Set.of("meta", "text");

        /** Each as text once, however many it is compared with. */
        private final Map<ObjectNode, String> written = new IdentityHashMap<>(4);

        /** The newer one; where they do not say which, the choice does not depend on order. */
        ChartEntry newer(ChartEntry a, ChartEntry b) {
            if (a.resource().equals(b.resource())) {
                return a.fullUrl().isPresent() ? a : b;
            }
            if (isPartOf(a.resource(), b.resource())) {
                return b;
            }
            if (isPartOf(b.resource(), a.resource())) {
                return a;
            }
            var byUpdate = updated(a).compareTo(updated(b));
            if (byUpdate != 0) {
                return byUpdate > 0 ? a : b;
            }
            return written(a).compareTo(written(b)) >= 0 ? a : b;
        }

        /** A copy that came with less, as servers send it for whom a search only includes. */
        private static boolean isPartOf(ObjectNode less, ObjectNode more) {
            return less.properties().stream()
                    .filter(member -> !NOT_OF_IT.contains(member.getKey()))
                    .allMatch(member -> member.getValue().equals(more.get(member.getKey())));
        }

        private String written(ChartEntry entry) {
            return written.computeIfAbsent(entry.resource(), ObjectNode::toString);
        }

        private static String updated(ChartEntry entry) {
            return FhirJson.object(entry.resource(), "meta")
                    .flatMap(meta -> FhirJson.text(meta, "lastUpdated"))
                    .orElse("");
        }
    }

    // --- from resources to facts ---

    private ChartOutcome read(ChartRequest request, List<ChartEntry> sent, Prefetch prefetch, List<ReadNote> notes) {
        var entries = withFetchedMedications(request, sent, notes);
        var knowledge = current.get();
        var today = request.now().toLocalDate();
        var context = new ReadContext(
                knowledge, request.codes(), new FhirTime(request.zone()), new References(entries), today);
        var byType = new Types(entries);

        var observations = new ObservationReader(context)
                .read(byType.of(Set.of(ResourceType.OBSERVATION, ResourceType.DIAGNOSTIC_REPORT)));
        var conditions = new ConditionReader(context)
                .read(byType.of(Set.of(ResourceType.CONDITION)), byType.of(Set.of(ResourceType.PROCEDURE)));
        var drafts = entries.stream().filter(ChartEntry::isDraft).toList();
        var medicationEntries = byType.medications();
        var medications = new MedicationReader(
                        context,
                        Selections.of(request.hook(), request.selections(), drafts, notes),
                        new TherapyLinks(medicationEntries),
                        knowledge.on(today).timing().endedDepotDays())
                .read(medicationEntries);
        notes.addAll(observations.notes());
        notes.addAll(conditions.notes());
        notes.addAll(medications.notes());
        var allergies = new AllergyReader(context).read(byType.of(Set.of(ResourceType.ALLERGY_INTOLERANCE)), notes);
        var labRequests = new LabRequestReader(context).read(byType.ofAll(Set.of(ResourceType.SERVICE_REQUEST)), notes);
        var answers =
                new QuestionnaireReader(context).read(byType.of(Set.of(ResourceType.QUESTIONNAIRE_RESPONSE)), notes);
        var person = new PersonReader(context, request.transgenderProtocol())
                .read(
                        byType.of(Set.of(ResourceType.PATIENT)).stream()
                                .map(ChartEntry::resource)
                                .toList(),
                        observations.sexesAtBirth(),
                        conditions.pregnant(),
                        observations.pregnancies(),
                        knowledge.readingLimits(today).pregnancyStatusDays());
        byType.others().forEach(entry -> notes.add(ReadNote.ignored(entry.reference(), "no rule asks for this type")));

        var symptoms = new ArrayList<>(conditions.symptoms());
        symptoms.addAll(SymptomAnswer.reports(observations.symptoms()));
        symptoms.addAll(SymptomAnswer.reports(answers.symptoms()));
        var known = new LinkedHashSet<>(prefetch.gaps());
        if (medications.hasUnknownOrder()) {
            known.add(new Gap(Gap.Part.MEDICATION_ORDERS, Gap.Why.PARTIAL));
        }
        var facts = new Facts(
                request.hook(),
                request.now(),
                person,
                observations.labs(),
                medications.courses(),
                medications.injections(),
                conditions.diagnoses(),
                symptoms,
                allergies,
                labRequests,
                List.copyOf(known),
                Stream.concat(answers.unread().stream(), observations.unread().stream())
                        .toList());
        return new ChartOutcome.Read(facts, medications.orders(), notes, prefetch.incomplete(), knowledge.expanded());
    }

    /** The entries by what reads them. Only medication orders and requests matter among the drafts. */
    private record Types(List<ChartEntry> entries) {

        List<ChartEntry> of(Set<ResourceType> types) {
            return entries.stream()
                    .filter(entry -> !entry.isDraft() && types.contains(entry.type()))
                    .toList();
        }

        List<ChartEntry> ofAll(Set<ResourceType> types) {
            return entries.stream()
                    .filter(entry -> types.contains(entry.type()))
                    .toList();
        }

        List<ChartEntry> medications() {
            return entries.stream()
                    .filter(entry -> entry.type().isOfMedication())
                    .filter(entry -> !entry.isDraft() || entry.type().isDrafted())
                    .toList();
        }

        List<ChartEntry> others() {
            return entries.stream()
                    .filter(entry -> !(entry.type().isRead() || entry.type().isOnlyReferenced())
                            || (entry.isDraft()
                                    && !entry.type().isDrafted()
                                    && !entry.type().isOnlyReferenced()))
                    .toList();
        }
    }

    // --- medications behind references ---

    private static List<ChartEntry> withFetchedMedications(
            ChartRequest request, List<ChartEntry> entries, List<ReadNote> notes) {
        var references = new References(entries);
        var needs = new LinkedHashSet<MissingData.Need>();
        entries.stream()
                .filter(entry -> entry.type().isOfMedication())
                .map(entry -> ProductReader.unresolved(entry.resource(), references))
                .flatMap(Optional::stream)
                .forEach(reference -> needs.add(new MissingData.Need(reference, reference)));
        if (needs.isEmpty()) {
            return entries;
        }
        var all = new ArrayList<>(entries);
        request.missingData().ask(List.copyOf(needs)).forEach((need, answer) -> {
            var reference = need.name();
            answer.match(
                    found -> found.pages().stream()
                            .map(page -> medication(page, reference))
                            .flatMap(Optional::stream)
                            .forEach(all::add),
                    notAsked -> notes.add(ReadNote.unreadable(reference, "it was not fetched: " + notAsked.why())),
                    failed -> notes.add(ReadNote.unreadable(reference, "it could not be fetched: " + failed.why())));
        });
        return all;
    }

    private static Optional<ChartEntry> medication(JsonNode page, String reference) {
        return page instanceof ObjectNode resource
                        && FhirJson.text(resource, "resourceType").equals(Optional.of("Medication"))
                        && FhirJson.text(resource, "id")
                                .map(id -> reference.equals("Medication/" + id))
                                .orElse(false)
                ? Optional.of(ChartEntry.of(
                        resource,
                        "Medication",
                        Optional.empty(),
                        "fhirServer(" + reference + ")",
                        Optional.of(reference)))
                : Optional.empty();
    }
}
