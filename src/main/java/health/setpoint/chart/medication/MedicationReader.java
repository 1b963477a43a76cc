package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.chart.medication.product.Product;
import health.setpoint.chart.medication.product.ProductReader;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Injection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads orders, statements, administrations, dispenses and draft orders into records of the drugs that rules ask for. */
public final class MedicationReader {

    private final ReadContext context;
    private final ProductReader products;
    private final MedicationDates dates;
    private final CourseReader courses;

    /**
     * A reader of one request.
     *
     * @param links the records that name each other
     * @param depotDays days for which a depot counts after its last dose
     */
    public MedicationReader(ReadContext context, Selections selections, TherapyLinks links, int depotDays) {
        this.context = context;
        this.products = new ProductReader(context);
        this.dates = new MedicationDates(context, links, depotDays);
        this.courses = new CourseReader(context, selections, links, dates);
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
        var standing = StandingReader.of(entry);
        if (standing.isEmpty()) {
            found.notes().add(ReadNote.ignored(entry.reference(), StandingReader.whyIgnored(entry)));
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
            var course = courses.read(entry, reference, product, drug.getKey(), drug.getValue(), standing.get());
            found.courses().add(course);
            found.notes().add(CourseNote.of(course, product));
            dates.remarks(entry, CourseReader.instructions(entry))
                    .forEach(remark -> found.notes().add(ReadNote.unreadable(reference, remark)));
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
                        isNameless && entry.type() != ResourceType.PROCEDURE && namesNone(entry.resource())
                                ? ReadNote.ignored(entry.reference(), "no medication is chosen yet")
                                : ReadNote.unasked(entry.reference(), product.code()));
        return false;
    }

    private static boolean namesNone(ObjectNode record) {
        return !FhirJson.has(record, "medicationCodeableConcept")
                && !FhirJson.has(record, "medicationReference")
                && !FhirJson.has(record, "medication");
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
