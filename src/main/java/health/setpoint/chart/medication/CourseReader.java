package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.chart.medication.dosage.DosageContext;
import health.setpoint.chart.medication.dosage.DosageReader;
import health.setpoint.chart.medication.dosage.WrittenDosage;
import health.setpoint.chart.medication.product.Product;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Route;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads one medication record into the course of a drug: dose, route, dates and what it belongs to. */
final class CourseReader {

    private static final Pattern UNDECANOATE = Pattern.compile("undecanoate", Pattern.CASE_INSENSITIVE);

    private final ReadContext context;
    private final Selections selections;
    private final TherapyLinks links;
    private final DosageReader dosages;
    private final MedicationDates dates;
    private final NotTakenRemarks remarks;
    private final NotTakenReader notTakenReader;
    private final TreatmentReason reasons;

    CourseReader(ReadContext context, Selections selections, TherapyLinks links, MedicationDates dates) {
        this.context = context;
        this.selections = selections;
        this.links = links;
        this.dosages = new DosageReader(context.time(), context.today(), context.knowledge());
        this.dates = dates;
        this.remarks = new NotTakenRemarks(context);
        this.notTakenReader = new NotTakenReader(context, remarks);
        this.reasons = new TreatmentReason(context);
    }

    /** The record of one drug of a product. */
    Course read(ChartEntry entry, String reference, Product product, Drug drug, Formulation named, Standing standing) {
        var node = entry.resource();
        var asWritten = instructions(entry);
        var notTaken = notTakenReader.read(entry, asWritten, drug);
        var instructions = notTaken.isEmpty()
                ? asWritten
                : asWritten.stream()
                        .map(instruction -> remarks.without(instruction, drug))
                        .toList();
        var written = dates.written(node);
        var route = RouteReader.read(instructions, named, product.words(), context.codes());
        var formulation = formulation(drug, named, route, product.words());
        var period = dates.period(node);
        var prescription = dosages.read(
                instructions,
                new DosageContext(
                        product.strength(),
                        product.drugs().keySet(),
                        FhirJson.text(node, "renderedDosageInstruction")
                                .map(words -> notTaken.isEmpty() ? words : remarks.without(words, drug)),
                        notes(node)),
                written,
                dates.start(entry, period));
        var dosage = dosage(product, drug, standing, formulation, prescription.dosage(), instructions);
        var end = dates.end(entry, standing, formulation, prescription, period);
        var state = dates.state(standing, formulation, end);
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
                dates.begin(prescription.boundsStart()),
                dates.begin(dates.start(entry, period)),
                dates.shownEnd(state, end),
                links.prior(node),
                links.others(node),
                notTaken,
                entry.isDraft() && selections.name(entry),
                reasons.isForCancer(node),
                product.byText());
    }

    private static List<String> notes(ObjectNode node) {
        return FhirJson.objects(node, "note").stream()
                .flatMap(note -> FhirJson.text(note, "text").stream())
                .toList();
    }

    /** The dosage instructions of a record. */
    static List<ObjectNode> instructions(ChartEntry entry) {
        var isOrderOrDispense =
                entry.type() == ResourceType.MEDICATION_REQUEST || entry.type() == ResourceType.MEDICATION_DISPENSE;
        return FhirJson.objects(entry.resource(), isOrderOrDispense ? "dosageInstruction" : "dosage");
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
            Product product,
            Drug drug,
            Standing standing,
            Formulation formulation,
            Dosage read,
            List<ObjectNode> instructions) {
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
                .<Dosage>map(words -> new Dosage.Unreadable(words, WrittenDosage.of(instructions)))
                .orElse(read);
    }
}
