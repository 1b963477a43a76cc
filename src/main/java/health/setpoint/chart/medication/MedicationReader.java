package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CalendarUnits;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.chart.medication.dosage.DosageContext;
import health.setpoint.chart.medication.dosage.DosageReader;
import health.setpoint.chart.medication.dosage.Prescription;
import health.setpoint.chart.medication.dosage.WrittenDosage;
import health.setpoint.chart.medication.product.Product;
import health.setpoint.chart.medication.product.ProductReader;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
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

    private final ReadContext context;
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
    public MedicationReader(ReadContext context, Selections selections, TherapyLinks links, int depotDays) {
        this.context = context;
        this.products = new ProductReader(context);
        this.dosages = new DosageReader(context.time(), context.today(), context.knowledge());
        this.selections = selections;
        this.links = links;
        this.remarks = new NotTakenRemarks(context);
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

    public Medications read(List<ChartEntry> entries) {
        var found = new Found(new ArrayList<>(), new ArrayList<>(), new HashMap<>(), new ArrayList<>());
        var hasUnknownOrder = false;
        // Drafts first: a suggestion acts on the order that is about to be signed, not on its older self.
        for (var entry : Stream.concat(
                        entries.stream().filter(ChartEntry::isDraft),
                        entries.stream().filter(entry -> !entry.isDraft()))
                .toList()) {
            hasUnknownOrder |= read(entry, found);
        }
        return new Medications(found.courses(), found.injections(), found.orders(), hasUnknownOrder, found.notes());
    }

    /** Reads one record; true where it is a standing order of a drug that cannot be known. */
    private boolean read(ChartEntry entry, Found found) {
        var standing = standing(entry);
        if (standing.isEmpty()) {
            found.notes().add(ReadNote.ignored(entry.reference(), whyIgnored(entry)));
            return false;
        }
        var reference = reference(entry, found);
        if (entry.isDraft() && entry.id().isPresent() && reference.equals(entry.reference())) {
            found.orders().put(reference, entry.resource());
        }
        var product = entry.type() == ResourceType.PROCEDURE
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
    private static String reference(ChartEntry entry, Found found) {
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

    private static boolean unknown(ChartEntry entry, Product product, Standing standing, Found found) {
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
        return !FhirJson.has(record, "medicationCodeableConcept")
                && !FhirJson.has(record, "medicationReference")
                && !FhirJson.has(record, "medication");
    }

    // --- status ---

    private Optional<Standing> standing(ChartEntry entry) {
        var node = entry.resource();
        var status = FhirJson.text(node, "status").orElse("");
        if (entry.isDraft()) {
            return draft(entry, status);
        }
        if (isNotDone(node)) {
            return Optional.empty();
        }
        return switch (entry.type()) {
            case MEDICATION_REQUEST -> order(node, status).map(state -> new Standing(Course.Source.ORDER, state));
            case MEDICATION_STATEMENT, MEDICATION_USAGE ->
                statement(node, status).map(state -> new Standing(Course.Source.STATEMENT, state));
            case MEDICATION_ADMINISTRATION ->
                administration(status).map(state -> new Standing(Course.Source.ADMINISTRATION, state));
            case MEDICATION_DISPENSE -> dispense(status).map(state -> new Standing(Course.Source.DISPENSE, state));
            case PROCEDURE ->
                Optional.of(new Standing(Course.Source.ADMINISTRATION, Course.State.ENDED))
                        .filter(done -> status.equals("completed"));
            default -> Optional.empty();
        };
    }

    private static Optional<Standing> draft(ChartEntry entry, String status) {
        if (entry.type() != ResourceType.MEDICATION_REQUEST || status.equals("entered-in-error")) {
            return Optional.empty();
        }
        var stops = STOPPING.contains(status) || FhirJson.isTrue(entry.resource(), "doNotPerform");
        return Optional.of(new Standing(Course.Source.ORDER, stops ? Course.State.DRAFT_STOP : Course.State.DRAFT));
    }

    private static Optional<Course.State> order(ObjectNode node, String status) {
        if (FhirJson.isTrue(node, "doNotPerform")
                || NO_ORDER.contains(FhirJson.text(node, "intent").orElse(""))) {
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
        if (FhirJson.isTrue(node, "wasNotTaken")
                || Set.of("n", "unk", "na")
                        .contains(FhirJson.text(node, "taken").orElse(""))) {
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
        return FhirJson.object(node, "adherence")
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
            if (FhirJson.isTrue(node, member)) {
                return true;
            }
        }
        return FhirJson.has(node, "notDoneCodeableConcept") || FhirJson.has(node, "notDoneReference");
    }

    private static String whyIgnored(ChartEntry entry) {
        if (isNotDone(entry.resource())) {
            return "it says that it was not done";
        }
        var status =
                FhirJson.text(entry.resource(), "status").map(DisplayText::code).orElse("missing");
        if (FhirJson.isTrue(entry.resource(), "doNotPerform")) {
            return "it says that the drug is not to be given";
        }
        return "status " + status
                + FhirJson.text(entry.resource(), "intent")
                        .map(intent -> ", intent " + DisplayText.code(intent))
                        .orElse("")
                + ": it does not stand";
    }

    // --- one record ---

    private Course course(
            ChartEntry entry, String reference, Product product, Drug drug, Formulation named, Standing standing) {
        var node = entry.resource();
        var asWritten = instructions(entry);
        var notTaken = notTaken(entry, asWritten, drug);
        var instructions = notTaken.isEmpty()
                ? asWritten
                : asWritten.stream()
                        .map(instruction -> remarks.without(instruction, drug))
                        .toList();
        var written = begin(context.time().day(node, "authoredOn"));
        var route = RouteReader.read(instructions, named, product.words(), context.codes());
        var formulation = formulation(drug, named, route, product.words());
        var period = period(node);
        var prescription = dosages.read(
                instructions,
                new DosageContext(
                        product.strength(),
                        product.drugs().keySet(),
                        FhirJson.text(node, "renderedDosageInstruction")
                                .map(words -> notTaken.isEmpty() ? words : remarks.without(words, drug)),
                        notes(node)),
                written,
                start(entry, period));
        var dosage =
                dosage(product, drug, standing, formulation, prescription.dosage(), WrittenDosage.of(instructions));
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
        return day.filter(first -> !first.isAfter(context.today().plusYears(MOST_YEARS_AHEAD)));
    }

    /** A running record ends in the future or not at all, an ended one today at the latest; a held one has no plan. */
    private Optional<LocalDate> shownEnd(Course.State state, Optional<LocalDate> end) {
        return switch (state) {
            case ACTIVE, DRAFT -> end.filter(day -> !day.isBefore(context.today()));
            case ENDED -> end.map(day -> day.isAfter(context.today()) ? context.today() : day);
            case ON_HOLD, NOT_TAKEN, DRAFT_STOP, RENEWED -> end.filter(day -> !day.isAfter(context.today()));
        };
    }

    /** When it was recorded that the drug is not taken: by a statement, or by a remark beside an order. */
    private Optional<ClinicalTime> notTaken(ChartEntry entry, List<ObjectNode> instructions, Drug drug) {
        if (entry.isDraft()) {
            return Optional.empty();
        }
        return isNotTaken(entry.resource())
                ? Optional.of(asserted(entry.resource()))
                : remarks.in(entry.resource(), instructions, drug);
    }

    /** STU3 and DSTU2 say it beside the status, R5 in the adherence. */
    private static boolean isNotTaken(ObjectNode node) {
        return FhirJson.text(node, "status").equals(Optional.of("not-taken"))
                || FhirJson.isTrue(node, "wasNotTaken")
                || FhirJson.text(node, "taken").equals(Optional.of("n"))
                || adherenceCode(node).hasAnyCode(NOT_TAKING);
    }

    private ClinicalTime asserted(ObjectNode node) {
        var period = FhirJson.object(node, "effectivePeriod");
        return context.time()
                .clinical(Stream.of(
                                FhirJson.text(node, "dateAsserted"),
                                period.flatMap(effective -> FhirJson.text(effective, "end")),
                                FhirJson.text(node, "effectiveDateTime"),
                                period.flatMap(effective -> FhirJson.text(effective, "start")))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static List<String> notes(ObjectNode node) {
        return FhirJson.objects(node, "note").stream()
                .flatMap(note -> FhirJson.text(note, "text").stream())
                .toList();
    }

    private static List<ObjectNode> instructions(ChartEntry entry) {
        var member =
                switch (entry.type()) {
                    case MEDICATION_REQUEST, MEDICATION_DISPENSE -> "dosageInstruction";
                    default -> "dosage";
                };
        return FhirJson.objects(entry.resource(), member);
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
            var period = FhirJson.object(node, element + "Period");
            if (period.isPresent()) {
                return new Span(
                        context.time().day(period.get(), "start"),
                        context.time().day(period.get(), "end"));
            }
            if (FhirJson.has(node, element + "DateTime")) {
                return new Span(context.time().day(node, element + "DateTime"), Optional.empty());
            }
        }
        return new Span(Optional.empty(), Optional.empty());
    }

    private Optional<LocalDate> start(ChartEntry entry, Span period) {
        return entry.type() == ResourceType.MEDICATION_DISPENSE
                ? context.time().day(entry.resource(), "whenHandedOver")
                : period.start();
    }

    /** The latest end that the record gives; a depot counts on after it. */
    private Optional<LocalDate> end(
            ChartEntry entry, Standing standing, Formulation formulation, Prescription prescription, Span period) {
        var node = entry.resource();
        var ends = new ArrayList<Optional<LocalDate>>();
        ends.add(prescription.boundsEnd());
        ends.add(period.end());
        if (standing.state() == Course.State.ENDED) {
            ends.add(FhirJson.object(node, "dispenseRequest")
                    .flatMap(request -> FhirJson.object(request, "validityPeriod"))
                    .flatMap(validity -> context.time().day(validity, "end")));
            ends.add(period.start().filter(day -> period.end().isEmpty() && isMoment(entry)));
            ends.add(supplied(entry));
        }
        if (isSingleDose(formulation, prescription) && standing.source() == Course.Source.ORDER) {
            ends.add(prescription.event().or(() -> context.time().day(node, "authoredOn")));
        }
        var latest = ends.stream().flatMap(Optional::stream).max(LocalDate::compareTo);
        return formulation.isDepot() ? latest.map(day -> day.plusDays(depotDays)) : latest;
    }

    /** An administration, or a statement about one moment. */
    private static boolean isMoment(ChartEntry entry) {
        var node = entry.resource();
        return entry.type() == ResourceType.MEDICATION_ADMINISTRATION
                || entry.type() == ResourceType.PROCEDURE
                || Stream.of("effective", "occurrence", "occurence").anyMatch(e -> FhirJson.has(node, e + "DateTime"));
    }

    private static boolean isSingleDose(Formulation formulation, Prescription prescription) {
        var isRate = prescription.dosage() instanceof Dosage.Weekly || prescription.dosage() instanceof Dosage.Range;
        return prescription.dosage() instanceof Dosage.Single || (formulation.isDepot() && !isRate);
    }

    private Optional<LocalDate> supplied(ChartEntry entry) {
        if (entry.type() != ResourceType.MEDICATION_DISPENSE || links.isWithdrawn(entry.resource())) {
            return Optional.empty();
        }
        var days = FhirJson.object(entry.resource(), "daysSupply")
                .flatMap(supply -> FhirJson.number(supply, "value").map(value -> FhirJson.text(supply, "code")
                        .or(() -> FhirJson.text(supply, "unit"))
                        .flatMap(CalendarUnits::days)
                        .map(value::multiply)
                        .orElse(value)))
                .map(java.math.BigDecimal::longValue)
                .filter(count -> count >= 0 && count <= MOST_SUPPLY_DAYS)
                .orElse(0L);
        return context.time().day(entry.resource(), "whenHandedOver").map(day -> day.plusDays(days));
    }

    /**
     * A record past its own end has ended, and so has one whose status says it, whatever end was planned. A depot acts on
     * after it, and a supply lasts that was not taken back.
     */
    private Course.State state(Standing standing, Formulation formulation, Optional<LocalDate> end) {
        var outlasts = formulation.isDepot() || standing.source() == Course.Source.DISPENSE;
        var isPast = end.map(day -> day.isBefore(context.today())).orElse(false);
        return switch (standing.state()) {
            case ACTIVE -> isPast ? Course.State.ENDED : Course.State.ACTIVE;
            case ENDED -> outlasts && end.isPresent() && !isPast ? Course.State.ACTIVE : Course.State.ENDED;
            default -> standing.state();
        };
    }

    /** Dates that were written and cannot be read, by the name of their member. */
    private List<String> unreadableDates(ChartEntry entry) {
        var unreadable = new ArrayList<String>();
        var node = entry.resource();
        if (isUnreadable(node, "authoredOn")) {
            unreadable.add("authoredOn");
        }
        for (var instruction : instructions(entry)) {
            var bounds = FhirJson.object(instruction, "timing")
                    .flatMap(timing -> FhirJson.object(timing, "repeat"))
                    .flatMap(repeat -> FhirJson.object(repeat, "boundsPeriod"));
            for (var member : List.of("start", "end")) {
                if (bounds.isPresent() && isUnreadable(bounds.get(), member)) {
                    unreadable.add("boundsPeriod." + member);
                }
            }
        }
        return unreadable;
    }

    private boolean isUnreadable(ObjectNode node, String member) {
        var day = context.time().day(node, member);
        return FhirJson.has(node, member) && (member.equals("end") ? day : begin(day)).isEmpty();
    }

    // --- further members ---

    private boolean isForCancer(ObjectNode node) {
        var reasons = new ArrayList<Concept>();
        FhirJson.objects(node, "reasonCode").forEach(reason -> reasons.add(Concept.of(reason, context.codes())));
        FhirJson.objects(node, "reasonReference").forEach(reason -> reasons.add(referenced(reason, node)));
        for (var reason : FhirJson.objects(node, "reason")) {
            reasons.add(Concept.of(reason, "concept", context.codes()));
            FhirJson.object(reason, "reference").ifPresent(reference -> reasons.add(referenced(reference, node)));
        }
        return reasons.stream().anyMatch(this::isCancer);
    }

    private Concept referenced(ObjectNode reference, ObjectNode holder) {
        var display = FhirJson.text(reference, "display")
                .map(text -> new Concept(List.of(), List.of(text)))
                .orElse(Concept.NONE);
        return context.references()
                .resolve(reference, holder)
                .map(condition -> Concept.of(condition, "code", context.codes()).and(display))
                .orElse(display);
    }

    private boolean isCancer(Concept reason) {
        var byCode = reason.codings().stream()
                .anyMatch(coding -> context.terminology().isCancerReason(coding.system(), coding.code()));
        var isProstate = reason.codings().stream()
                .map(coding -> context.terminology().diagnosis(coding.system(), coding.code()))
                .flatMap(Optional::stream)
                .anyMatch(diagnosis -> diagnosis == health.setpoint.titration.person.Diagnosis.PROSTATE_CANCER);
        return byCode
                || (!isProstate
                        && reason.texts().stream()
                                .filter(text -> !NOT_HIS_CANCER.matcher(text).find())
                                .anyMatch(context.terminology()::isCancerReason));
    }

    private Optional<Injection> injection(ChartEntry entry, Course course) {
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
        return context.time()
                .clinical(Stream.of("effective", "occurrence", "occurence")
                        .map(element -> FhirJson.text(node, element + "DateTime")
                                .or(() -> FhirJson.object(node, element + "Period")
                                        .flatMap(period ->
                                                FhirJson.text(period, "end").or(() -> FhirJson.text(period, "start")))))
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
