package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.Entry;
import health.setpoint.chart.fhir.Json;
import health.setpoint.chart.fhir.Shown;
import health.setpoint.chart.medication.dosage.DosageReader;
import health.setpoint.chart.medication.dosage.Prescription;
import health.setpoint.chart.medication.product.Product;
import health.setpoint.chart.medication.product.ProductReader;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.chart.reading.Source;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Injection;
import health.setpoint.titration.therapy.Route;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads orders, statements, administrations, dispenses and draft orders into records of the drugs that rules ask for. */
public final class MedicationReader {

    private static final Set<String> NO_ORDER = Set.of("proposal", "option");
    private static final List<String> NOT_DONE = List.of("notGiven", "wasNotGiven", "notDone", "notPerformed");
    private static final List<String> NOT_TAKING = List.of("not-taking", "not-taking-as-directed", "not-taken");
    private static final Set<String> STOPPING = Set.of("stopped", "cancelled", "completed", "ended", "on-hold");
    private static final Pattern NOT_HIS_CANCER =
            Pattern.compile("family history|screening|fear of|benign", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNDECANOATE = Pattern.compile("undecanoate", Pattern.CASE_INSENSITIVE);
    private static final int MOST_SUPPLY_DAYS = 3650;
    private static final int MOST_YEARS_AHEAD = 100;

    private final Source source;
    private final ProductReader products;
    private final DosageReader dosages;
    private final Selections selections;
    private final TherapyLinks links;
    private final NotTakenRemarks remarks;
    private final int depotDays;

    /**
     * @param links the records that name each other
     * @param depotDays days for which a depot counts after its last dose
     */
    public MedicationReader(Source source, Selections selections, TherapyLinks links, int depotDays) {
        this.source = source;
        this.products = new ProductReader(source);
        this.dosages = new DosageReader(source.time(), source.today(), source.knowledge());
        this.selections = selections;
        this.links = links;
        this.remarks = new NotTakenRemarks(source);
        this.depotDays = depotDays;
    }

    /** What the medication records say. */
    public record Medications(
            List<Course> courses,
            List<Injection> injections,
            Map<String, ObjectNode> orders,
            boolean hasUnknownOrder,
            List<ReadNote> notes) {}

    private record Found(
            List<Course> courses, List<Injection> injections, Map<String, ObjectNode> orders, List<ReadNote> notes) {}

    /** Where a record stands before its dates are looked at. */
    private record Standing(Course.Source source, Course.State state) {}

    public Medications read(List<Entry> entries) {
        var found = new Found(new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new ArrayList<>());
        var hasUnknownOrder = false;
        // Drafts first: a suggestion acts on the order that is about to be signed, not on its older self.
        for (var entry : Stream.concat(
                        entries.stream().filter(Entry::isDraft),
                        entries.stream().filter(entry -> !entry.isDraft()))
                .toList()) {
            hasUnknownOrder |= read(entry, found);
        }
        return new Medications(found.courses(), found.injections(), found.orders(), hasUnknownOrder, found.notes());
    }

    /** Reads one record; true where it is a standing order of a drug that cannot be known. */
    private boolean read(Entry entry, Found found) {
        var standing = standing(entry);
        if (standing.isEmpty()) {
            found.notes().add(ReadNote.ignored(entry.reference(), whyIgnored(entry)));
            return false;
        }
        var reference = reference(entry, found);
        if (entry.isDraft() && entry.id().isPresent() && reference.equals(entry.reference())) {
            found.orders().put(reference, entry.resource());
        }
        var product = entry.type().equals("Procedure")
                ? products.inserted(entry.resource())
                : products.read(entry.resource());
        if (product.drugs().isEmpty()) {
            return unknown(entry, product, standing.get(), found);
        }
        for (var drug : product.drugs().entrySet()) {
            var course = course(entry, reference, product, drug.getKey(), drug.getValue(), standing.get());
            found.courses().add(course);
            found.notes().add(CourseNote.of(course, product));
            unreadableDates(entry).forEach(member -> found.notes()
                    .add(ReadNote.unreadable(reference, "its " + member + " is no date")));
            injection(entry, course).ifPresent(found.injections()::add);
            var isOrderOfInterest = course.isOrder()
                    && !entry.isDraft()
                    && entry.id().isPresent()
                    && (course.isActive() || course.state() == Course.State.ON_HOLD)
                    && (course.drug().isAromataseInhibitor() || course.drug() == Drug.TESTOSTERONE);
            if (isOrderOfInterest) {
                found.orders().putIfAbsent(reference, entry.resource());
            }
        }
        return false;
    }

    /** Two drafts of one id, or a draft without id, cannot be told apart by their id: the place in the request does. */
    private static String reference(Entry entry, Found found) {
        var taken = entry.isDraft() && found.orders().containsKey(entry.reference());
        if (taken || (entry.isDraft() && entry.id().isEmpty())) {
            found.notes()
                    .add(ReadNote.read(
                            entry.place(),
                            taken
                                    ? "a second draft of the same id: it is evaluated and cannot be updated"
                                    : "a draft without id: it is evaluated and cannot be updated"));
            return entry.place();
        }
        return entry.reference();
    }

    private static boolean unknown(Entry entry, Product product, Standing standing, Found found) {
        var isNameless = product.words().isBlank();
        if (!product.problem().isEmpty() && isNameless) {
            found.notes().add(ReadNote.unreadable(entry.reference(), product.problem()));
            return standing.state() == Course.State.ACTIVE || standing.state() == Course.State.DRAFT;
        }
        found.notes()
                .add(
                        isNameless && namesNone(entry.resource())
                                ? ReadNote.ignored(entry.reference(), "no medication is chosen yet")
                                : ReadNote.unasked(entry.reference(), product.code()));
        return false;
    }

    private static boolean namesNone(ObjectNode record) {
        return !Json.has(record, "medicationCodeableConcept")
                && !Json.has(record, "medicationReference")
                && !Json.has(record, "medication");
    }

    // --- status ---

    private Optional<Standing> standing(Entry entry) {
        var node = entry.resource();
        var status = Json.text(node, "status").orElse("");
        if (entry.isDraft()) {
            return draft(entry, status);
        }
        if (isNotDone(node)) {
            return Optional.empty();
        }
        return switch (entry.type()) {
            case "MedicationRequest" -> order(node, status).map(state -> new Standing(Course.Source.ORDER, state));
            case "MedicationStatement", "MedicationUsage" ->
                statement(node, status).map(state -> new Standing(Course.Source.STATEMENT, state));
            case "MedicationAdministration" ->
                administration(status).map(state -> new Standing(Course.Source.ADMINISTRATION, state));
            case "MedicationDispense" -> dispense(status).map(state -> new Standing(Course.Source.DISPENSE, state));
            case "Procedure" ->
                Optional.of(new Standing(Course.Source.ADMINISTRATION, Course.State.ENDED))
                        .filter(done -> status.equals("completed"));
            default -> Optional.empty();
        };
    }

    private static Optional<Standing> draft(Entry entry, String status) {
        if (!entry.type().equals("MedicationRequest") || status.equals("entered-in-error")) {
            return Optional.empty();
        }
        var stops = STOPPING.contains(status) || Json.isTrue(entry.resource(), "doNotPerform");
        return Optional.of(new Standing(Course.Source.ORDER, stops ? Course.State.DRAFT_STOP : Course.State.DRAFT));
    }

    private static Optional<Course.State> order(ObjectNode node, String status) {
        if (Json.isTrue(node, "doNotPerform")
                || NO_ORDER.contains(Json.text(node, "intent").orElse(""))) {
            return Optional.empty();
        }
        return switch (status) {
            case "active" -> Optional.of(Course.State.ACTIVE);
            case "on-hold" -> Optional.of(Course.State.ON_HOLD);
            case "completed", "stopped", "ended" -> Optional.of(Course.State.ENDED);
            default -> Optional.empty();
        };
    }

    private static Optional<Course.State> statement(ObjectNode node, String status) {
        if (Json.isTrue(node, "wasNotTaken")
                || Set.of("n", "unk", "na").contains(Json.text(node, "taken").orElse(""))) {
            return Optional.of(Course.State.NOT_TAKEN);
        }
        return switch (status) {
            case "active" -> Optional.of(Course.State.ACTIVE);
            case "on-hold" -> Optional.of(Course.State.ON_HOLD);
            case "completed", "stopped" -> Optional.of(Course.State.ENDED);
            case "intended", "not-taken" -> Optional.of(Course.State.NOT_TAKEN);
            case "recorded" -> Optional.of(adherence(node));
            default -> Optional.empty();
        };
    }

    /** In R5 a statement only says that it was recorded; whether the drug is taken stands in its adherence. */
    private static Course.State adherence(ObjectNode node) {
        var code = adherenceCode(node);
        if (code.hasAnyCode(List.of("on-hold", "on-hold-as-directed", "on-hold-not-as-directed"))) {
            return Course.State.ON_HOLD;
        }
        if (code.hasAnyCode(List.of(
                "stopped", "stopped-as-directed", "stopped-not-as-directed", "stopped-completed", "completed"))) {
            return Course.State.ENDED;
        }
        return code.hasAnyCode(NOT_TAKING) || code.hasCode("intended") ? Course.State.NOT_TAKEN : Course.State.ACTIVE;
    }

    private static Concept adherenceCode(ObjectNode node) {
        return Json.object(node, "adherence")
                .map(adherence -> Concept.of(adherence, "code", CodeMap.NONE))
                .orElse(Concept.NONE);
    }

    private static Optional<Course.State> administration(String status) {
        return switch (status) {
            case "in-progress" -> Optional.of(Course.State.ACTIVE);
            case "completed", "stopped" -> Optional.of(Course.State.ENDED);
            default -> Optional.empty();
        };
    }

    private static Optional<Course.State> dispense(String status) {
        return switch (status) {
            case "completed", "stopped" -> Optional.of(Course.State.ENDED);
            default -> Optional.empty();
        };
    }

    /** STU3 and DSTU2 say beside the status that something was not given, dispensed or done. */
    private static boolean isNotDone(ObjectNode node) {
        for (var member : NOT_DONE) {
            if (Json.isTrue(node, member)) {
                return true;
            }
        }
        return Json.has(node, "notDoneCodeableConcept") || Json.has(node, "notDoneReference");
    }

    private static String whyIgnored(Entry entry) {
        if (isNotDone(entry.resource())) {
            return "it says that it was not done";
        }
        var status = Json.text(entry.resource(), "status").map(Shown::code).orElse("missing");
        if (Json.isTrue(entry.resource(), "doNotPerform")) {
            return "it says that the drug is not to be given";
        }
        return "status " + status
                + Json.text(entry.resource(), "intent")
                        .map(intent -> ", intent " + Shown.code(intent))
                        .orElse("")
                + ": it does not stand";
    }

    // --- one record ---

    private Course course(
            Entry entry, String reference, Product product, Drug drug, Formulation named, Standing standing) {
        var node = entry.resource();
        var asWritten = instructions(entry);
        var notTaken = notTaken(entry, asWritten, drug);
        var instructions = notTaken.isEmpty()
                ? asWritten
                : asWritten.stream()
                        .map(instruction -> remarks.without(instruction, drug))
                        .toList();
        var written = begin(source.time().day(node, "authoredOn"));
        var route = RouteReader.read(instructions, named, product.words(), source.codes());
        var formulation = formulation(drug, named, route, product.words());
        var period = period(node);
        var prescription = dosages.read(
                instructions,
                new DosageReader.Beside(
                        product.strength(),
                        product.drugs().keySet(),
                        Json.text(node, "renderedDosageInstruction")
                                .map(words -> notTaken.isEmpty() ? words : remarks.without(words, drug)),
                        notes(node)),
                written,
                start(entry, period));
        var dosage =
                dosage(product, drug, standing, formulation, prescription.dosage(), DosageReader.written(instructions));
        var end = end(entry, standing, formulation, prescription, period);
        var state = state(standing, formulation, end);
        return new Course(
                drug,
                formulation,
                standing.source(),
                state,
                reference,
                product.name().isEmpty() ? drug.name().toLowerCase(Locale.ROOT) : product.name(),
                dosage,
                route,
                written,
                begin(prescription.boundsStart()),
                begin(start(entry, period)),
                shownEnd(state, end),
                links.prior(node),
                links.others(node),
                notTaken,
                entry.isDraft() && selections.name(entry),
                isForCancer(node),
                product.byText());
    }

    /** An end may stand for "never"; a beginning that lies so far ahead is none. */
    private Optional<LocalDate> begin(Optional<LocalDate> day) {
        return day.filter(first -> !first.isAfter(source.today().plusYears(MOST_YEARS_AHEAD)));
    }

    /** A running record ends in the future or not at all, an ended one today at the latest; a held one has no plan. */
    private Optional<LocalDate> shownEnd(Course.State state, Optional<LocalDate> end) {
        return switch (state) {
            case ACTIVE, DRAFT -> end.filter(day -> !day.isBefore(source.today()));
            case ENDED -> end.map(day -> day.isAfter(source.today()) ? source.today() : day);
            case ON_HOLD, NOT_TAKEN, DRAFT_STOP, RENEWED -> end.filter(day -> !day.isAfter(source.today()));
        };
    }

    /** When it was recorded that the drug is not taken: by a statement, or by a remark beside an order. */
    private Optional<ClinicalTime> notTaken(Entry entry, List<ObjectNode> instructions, Drug drug) {
        if (entry.isDraft()) {
            return Optional.empty();
        }
        return isNotTaken(entry.resource())
                ? Optional.of(asserted(entry.resource()))
                : remarks.in(entry.resource(), instructions, drug);
    }

    /** STU3 and DSTU2 say it beside the status, R5 in the adherence. */
    private static boolean isNotTaken(ObjectNode node) {
        return Json.text(node, "status").equals(Optional.of("not-taken"))
                || Json.isTrue(node, "wasNotTaken")
                || Json.text(node, "taken").equals(Optional.of("n"))
                || adherenceCode(node).hasAnyCode(NOT_TAKING);
    }

    private ClinicalTime asserted(ObjectNode node) {
        var period = Json.object(node, "effectivePeriod");
        return source.time()
                .clinical(Stream.of(
                                Json.text(node, "dateAsserted"),
                                period.flatMap(effective -> Json.text(effective, "end")),
                                Json.text(node, "effectiveDateTime"),
                                period.flatMap(effective -> Json.text(effective, "start")))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static List<String> notes(ObjectNode node) {
        return Json.objects(node, "note").stream()
                .flatMap(note -> Json.text(note, "text").stream())
                .toList();
    }

    private static List<ObjectNode> instructions(Entry entry) {
        var member =
                switch (entry.type()) {
                    case "MedicationRequest", "MedicationDispense" -> "dosageInstruction";
                    default -> "dosage";
                };
        return Json.objects(entry.resource(), member);
    }

    private static Formulation formulation(Drug drug, Formulation named, Route route, String words) {
        var isUndecanoate = named == Formulation.UNDECANOATE_INJECTED
                || named == Formulation.UNDECANOATE_ORAL
                || (named == Formulation.OTHER
                        && drug == Drug.TESTOSTERONE
                        && UNDECANOATE.matcher(words).find());
        if (!isUndecanoate) {
            return named;
        }
        return route.isInjection()
                ? Formulation.UNDECANOATE_INJECTED
                : route == Route.ORAL ? Formulation.UNDECANOATE_ORAL : named;
    }

    private static Dosage dosage(
            Product product, Drug drug, Standing standing, Formulation formulation, Dosage read, String written) {
        if (standing.source() == Course.Source.ADMINISTRATION) {
            return formulation.isDepot() ? new Dosage.Depot() : new Dosage.Single();
        }
        if (formulation.isDepot()) {
            return new Dosage.Depot();
        }
        if (product.isMixed()) {
            return new Dosage.Unreadable("The product holds, or its codes name, several drugs.", "");
        }
        // What testosterone is given in mg is read all the same: no dose is proposed of it.
        return product.contradiction()
                .filter(words -> drug.isAromataseInhibitor() || read instanceof Dosage.Unreadable)
                .<Dosage>map(words -> new Dosage.Unreadable(words, written))
                .orElse(read);
    }

    // --- dates ---

    /** Start and end of the time that a statement or an administration is about. */
    private record Span(Optional<LocalDate> start, Optional<LocalDate> end) {}

    private Span period(ObjectNode node) {
        for (var element : List.of("effective", "occurrence", "occurence", "performed", "effectiveDose")) {
            var period = Json.object(node, element + "Period");
            if (period.isPresent()) {
                return new Span(
                        source.time().day(period.get(), "start"), source.time().day(period.get(), "end"));
            }
            if (Json.has(node, element + "DateTime")) {
                return new Span(source.time().day(node, element + "DateTime"), Optional.empty());
            }
        }
        return new Span(Optional.empty(), Optional.empty());
    }

    private Optional<LocalDate> start(Entry entry, Span period) {
        return entry.type().equals("MedicationDispense")
                ? source.time().day(entry.resource(), "whenHandedOver")
                : period.start();
    }

    /** The latest end that the record gives; a depot counts on after it. */
    private Optional<LocalDate> end(
            Entry entry, Standing standing, Formulation formulation, Prescription prescription, Span period) {
        var node = entry.resource();
        var ends = new ArrayList<Optional<LocalDate>>();
        ends.add(prescription.boundsEnd());
        ends.add(period.end());
        if (standing.state() == Course.State.ENDED) {
            ends.add(Json.object(node, "dispenseRequest")
                    .flatMap(request -> Json.object(request, "validityPeriod"))
                    .flatMap(validity -> source.time().day(validity, "end")));
            ends.add(period.start().filter(day -> period.end().isEmpty() && isMoment(entry)));
            ends.add(supplied(entry));
        }
        if (isSingleDose(formulation, prescription) && standing.source() == Course.Source.ORDER) {
            ends.add(prescription.event().or(() -> source.time().day(node, "authoredOn")));
        }
        var latest = ends.stream().flatMap(Optional::stream).max(LocalDate::compareTo);
        return formulation.isDepot() ? latest.map(day -> day.plusDays(depotDays)) : latest;
    }

    /** An administration, or a statement about one moment. */
    private static boolean isMoment(Entry entry) {
        var node = entry.resource();
        return entry.type().equals("MedicationAdministration")
                || entry.type().equals("Procedure")
                || Stream.of("effective", "occurrence", "occurence").anyMatch(e -> Json.has(node, e + "DateTime"));
    }

    private static boolean isSingleDose(Formulation formulation, Prescription prescription) {
        var isRate = prescription.dosage() instanceof Dosage.Weekly || prescription.dosage() instanceof Dosage.Range;
        return prescription.dosage() instanceof Dosage.Single || (formulation.isDepot() && !isRate);
    }

    private Optional<LocalDate> supplied(Entry entry) {
        if (!entry.type().equals("MedicationDispense") || links.isWithdrawn(entry.resource())) {
            return Optional.empty();
        }
        var days = Json.object(entry.resource(), "daysSupply")
                .flatMap(supply -> Json.number(supply, "value").map(value -> Json.text(supply, "code")
                        .or(() -> Json.text(supply, "unit"))
                        .flatMap(DosageReader::days)
                        .map(value::multiply)
                        .orElse(value)))
                .map(java.math.BigDecimal::longValue)
                .filter(count -> count >= 0 && count <= MOST_SUPPLY_DAYS)
                .orElse(0L);
        return source.time().day(entry.resource(), "whenHandedOver").map(day -> day.plusDays(days));
    }

    /**
     * A record past its own end has ended, and so has one whose status says it, whatever end was planned. A depot acts on
     * after it, and a supply lasts that was not taken back.
     */
    private Course.State state(Standing standing, Formulation formulation, Optional<LocalDate> end) {
        var outlasts = formulation.isDepot() || standing.source() == Course.Source.DISPENSE;
        var isPast = end.map(day -> day.isBefore(source.today())).orElse(false);
        return switch (standing.state()) {
            case ACTIVE -> isPast ? Course.State.ENDED : Course.State.ACTIVE;
            case ENDED -> outlasts && end.isPresent() && !isPast ? Course.State.ACTIVE : Course.State.ENDED;
            default -> standing.state();
        };
    }

    /** Dates that were written and cannot be read, by the name of their member. */
    private List<String> unreadableDates(Entry entry) {
        var unreadable = new ArrayList<String>();
        var node = entry.resource();
        if (isUnreadable(node, "authoredOn")) {
            unreadable.add("authoredOn");
        }
        for (var instruction : instructions(entry)) {
            var bounds = Json.object(instruction, "timing")
                    .flatMap(timing -> Json.object(timing, "repeat"))
                    .flatMap(repeat -> Json.object(repeat, "boundsPeriod"));
            for (var member : List.of("start", "end")) {
                if (bounds.isPresent() && isUnreadable(bounds.get(), member)) {
                    unreadable.add("boundsPeriod." + member);
                }
            }
        }
        return unreadable;
    }

    private boolean isUnreadable(ObjectNode node, String member) {
        var day = source.time().day(node, member);
        return Json.has(node, member) && (member.equals("end") ? day : begin(day)).isEmpty();
    }

    // --- further members ---

    private boolean isForCancer(ObjectNode node) {
        var reasons = new ArrayList<Concept>();
        Json.objects(node, "reasonCode").forEach(reason -> reasons.add(Concept.of(reason, source.codes())));
        Json.objects(node, "reasonReference").forEach(reason -> reasons.add(referenced(reason, node)));
        for (var reason : Json.objects(node, "reason")) {
            reasons.add(Concept.of(reason, "concept", source.codes()));
            Json.object(reason, "reference").ifPresent(reference -> reasons.add(referenced(reference, node)));
        }
        return reasons.stream().anyMatch(this::isCancer);
    }

    private Concept referenced(ObjectNode reference, ObjectNode holder) {
        var display = Json.text(reference, "display")
                .map(text -> new Concept(List.of(), List.of(text)))
                .orElse(Concept.NONE);
        return source.references()
                .resolve(reference, holder)
                .map(condition -> Concept.of(condition, "code", source.codes()).and(display))
                .orElse(display);
    }

    private boolean isCancer(Concept reason) {
        var byCode = reason.codings().stream()
                .anyMatch(coding -> source.terminology().isCancerReason(coding.system(), coding.code()));
        var isProstate = reason.codings().stream()
                .map(coding -> source.terminology().diagnosis(coding.system(), coding.code()))
                .flatMap(Optional::stream)
                .anyMatch(diagnosis -> diagnosis == health.setpoint.titration.person.Diagnosis.PROSTATE_CANCER);
        return byCode
                || (!isProstate
                        && reason.texts().stream()
                                .filter(text -> !NOT_HIS_CANCER.matcher(text).find())
                                .anyMatch(source.terminology()::isCancerReason));
    }

    private Optional<Injection> injection(Entry entry, Course course) {
        var isInjection = course.source() == Course.Source.ADMINISTRATION
                && course.drug() == Drug.TESTOSTERONE
                && (course.route().isInjection()
                        || course.formulation().hasInjectionPeak()
                        || course.formulation() == Formulation.UNDECANOATE_INJECTED);
        if (!isInjection) {
            return Optional.empty();
        }
        var given = given(entry.resource());
        return given instanceof ClinicalTime.Unknown
                ? Optional.empty()
                : Optional.of(new Injection(course.formulation(), given, course.reference()));
    }

    private ClinicalTime given(ObjectNode node) {
        return source.time()
                .clinical(Stream.of("effective", "occurrence", "occurence")
                        .map(element -> Json.text(node, element + "DateTime").or(() -> Json.object(
                                        node, element + "Period")
                                .flatMap(period -> Json.text(period, "end").or(() -> Json.text(period, "start")))))
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
