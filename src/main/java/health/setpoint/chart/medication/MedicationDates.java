package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CalendarUnits;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.chart.medication.dosage.Prescription;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Formulation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads from when to when a medication record holds, and what that makes of its state. */
final class MedicationDates {

    private static final int MOST_SUPPLY_DAYS = 3650;
    private static final int MOST_YEARS_AHEAD = 100;

    private final ReadContext context;
    private final TherapyLinks links;
    private final int depotDays;

    /**
     * @param links the records that name each other
     * @param depotDays days for which a depot counts after its last dose
     */
    MedicationDates(ReadContext context, TherapyLinks links, int depotDays) {
        this.context = context;
        this.links = links;
        this.depotDays = depotDays;
    }

    /** An end may stand for "never"; a beginning that lies so far ahead is none. */
    Optional<LocalDate> begin(Optional<LocalDate> day) {
        return day.filter(first -> !first.isAfter(context.today().plusYears(MOST_YEARS_AHEAD)));
    }

    /** A running record ends in the future or not at all, an ended one today at the latest; a held one has no plan. */
    Optional<LocalDate> shownEnd(Course.State state, Optional<LocalDate> end) {
        return switch (state) {
            case ACTIVE, DRAFT -> end.filter(day -> !day.isBefore(context.today()));
            case ENDED -> end.map(day -> day.isAfter(context.today()) ? context.today() : day);
            case ON_HOLD, NOT_TAKEN, DRAFT_STOP, RENEWED -> end.filter(day -> !day.isAfter(context.today()));
        };
    }

    /** The day on which an order was written. */
    Optional<LocalDate> written(ObjectNode node) {
        return begin(begun(node, "authoredOn"));
    }

    private Optional<LocalDate> begun(ObjectNode node, String member) {
        return context.time().begun(node, member, context.today());
    }

    /** The time that a record names as the one that it is about. */
    MedicationSpan period(ObjectNode node) {
        for (var element : List.of("effective", "occurrence", "occurence", "performed", "effectiveDose")) {
            var period = FhirJson.object(node, element + "Period");
            if (period.isPresent()) {
                return new MedicationSpan(
                        begun(period.get(), "start"), context.time().ended(period.get(), "end"));
            }
            if (FhirJson.has(node, element + "DateTime")) {
                return new MedicationSpan(begun(node, element + "DateTime"), Optional.empty());
            }
        }
        return MedicationSpan.NONE;
    }

    /** When it began; of a dispense the day on which it was handed over. */
    Optional<LocalDate> start(ChartEntry entry, MedicationSpan period) {
        return entry.type() == ResourceType.MEDICATION_DISPENSE
                ? begun(entry.resource(), "whenHandedOver")
                : period.start();
    }

    /** The latest end that the record gives; a depot counts on after it. */
    Optional<LocalDate> end(
            ChartEntry entry,
            Standing standing,
            Formulation formulation,
            Prescription prescription,
            MedicationSpan period) {
        var node = entry.resource();
        var ends = new ArrayList<Optional<LocalDate>>();
        ends.add(prescription.boundsEnd());
        ends.add(period.end());
        if (standing.state() == Course.State.ENDED) {
            ends.add(FhirJson.object(node, "dispenseRequest")
                    .flatMap(request -> FhirJson.object(request, "validityPeriod"))
                    .flatMap(validity -> context.time().ended(validity, "end")));
            ends.add(period.start().filter(day -> period.end().isEmpty() && isMoment(entry)));
            ends.add(supplied(entry));
        }
        if (isSingleDose(standing, formulation, prescription) && standing.source() == Course.Source.ORDER) {
            ends.add(prescription.event().or(() -> begun(node, "authoredOn")));
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

    /** An order for one dose, or one for a depot that is over and states no rate: an active one goes on until it is ended. */
    private static boolean isSingleDose(Standing standing, Formulation formulation, Prescription prescription) {
        var isRate = prescription.dosage() instanceof Dosage.Weekly || prescription.dosage() instanceof Dosage.Range;
        var isOver = standing.state() == Course.State.ENDED;
        return prescription.dosage() instanceof Dosage.Single || (isOver && formulation.isDepot() && !isRate);
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
                .map(BigDecimal::longValue)
                .filter(count -> count >= 0 && count <= MOST_SUPPLY_DAYS)
                .orElse(0L);
        return begun(entry.resource(), "whenHandedOver").map(day -> day.plusDays(days));
    }

    /**
     * A record past its own end has ended, and so has one whose status says it, whatever end was planned. A depot acts on
     * after it, and a supply lasts that was not taken back.
     */
    Course.State state(Standing standing, Formulation formulation, Optional<LocalDate> end) {
        var outlasts = formulation.isDepot() || standing.source() == Course.Source.DISPENSE;
        var isPast = end.map(day -> day.isBefore(context.today())).orElse(false);
        return switch (standing.state()) {
            case ACTIVE -> isPast ? Course.State.ENDED : Course.State.ACTIVE;
            case ENDED -> outlasts && end.isPresent() && !isPast ? Course.State.ACTIVE : Course.State.ENDED;
            default -> standing.state();
        };
    }

    /** What is to be said of dates that were written and name no day, or none that can be. */
    List<String> remarks(ChartEntry entry, List<ObjectNode> instructions) {
        var remarks = new ArrayList<String>();
        remark(entry.resource(), "authoredOn", "authoredOn").ifPresent(remarks::add);
        for (var instruction : instructions) {
            var bounds = FhirJson.object(instruction, "timing")
                    .flatMap(timing -> FhirJson.object(timing, "repeat"))
                    .flatMap(repeat -> FhirJson.object(repeat, "boundsPeriod"));
            for (var member : List.of("start", "end")) {
                bounds.flatMap(period -> remark(period, member, "boundsPeriod." + member))
                        .ifPresent(remarks::add);
            }
        }
        return remarks;
    }

    private Optional<String> remark(ObjectNode node, String member, String name) {
        if (!FhirJson.has(node, member)) {
            return Optional.empty();
        }
        var read = member.equals("end") ? context.time().ended(node, member) : begin(begun(node, member));
        if (read.isEmpty()) {
            return Optional.of("its " + name + " is no date");
        }
        return context.time().day(node, member).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "its " + name + " names no day: taken as " + read.get() + ", the latest that it may mean");
    }
}
