package health.setpoint.titration.therapy;

import health.setpoint.titration.labs.ClinicalTime;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One record of a drug: an order, a statement, a dispense, an administration, or an entry of the draft orders.
 *
 * @param drug the ingredient
 * @param formulation ester or form of testosterone
 * @param source which kind of record it is
 * @param state where it stands today
 * @param reference the FHIR resource, {@code MedicationRequest/id}
 * @param name the product as the record names it, shortened, without mark-up
 * @param dosage amount and frequency
 * @param route route of administration
 * @param authored when an order was written
 * @param boundsStart start of the period in the timing, set by every change of dose
 * @param effectiveStart start of a statement's or administration's period
 * @param end latest end that the record gives; for a depot the day its effect is counted to
 * @param replaces the order named as prior prescription
 * @param sameTherapyAs other records that it names as those it fulfils, reports on or takes the place of
 * @param notTaken when somebody recorded that the drug is not taken; unknown where the record does not say when
 * @param selected a draft that this call asks about; false for drafts that are context, and for all that is no draft
 * @param forCancer the record gives cancer (not of the prostate) as its reason
 * @param matchedByText the drug was recognised by its name only, not by a code
 */
public record Course(
        Drug drug,
        Formulation formulation,
        Source source,
        State state,
        String reference,
        String name,
        Dosage dosage,
        Route route,
        Optional<LocalDate> authored,
        Optional<LocalDate> boundsStart,
        Optional<LocalDate> effectiveStart,
        Optional<LocalDate> end,
        Optional<String> replaces,
        List<String> sameTherapyAs,
        Optional<ClinicalTime> notTaken,
        boolean selected,
        boolean forCancer,
        boolean matchedByText) {

    /** Kind of record. */
    public enum Source {
        ORDER,
        STATEMENT,
        DISPENSE,
        ADMINISTRATION
    }

    /** Where a record stands. */
    public enum State {
        /** In the draft orders, to be signed. */
        DRAFT,
        /** In the draft orders, and stops, holds or forbids the drug. */
        DRAFT_STOP,
        ACTIVE,
        ON_HOLD,
        /** A statement of a drug intended or not taken. */
        NOT_TAKEN,
        /** Stopped, completed, or past its own end. */
        ENDED,
        /** Ended these days and drafted again: it goes on when the draft is signed. No record says so by itself. */
        RENEWED
    }

    public Course {
        sameTherapyAs = List.copyOf(sameTherapyAs);
    }

    /** A draft that adds or continues the drug when signed. */
    public boolean isDraft() {
        return state == State.DRAFT;
    }

    public boolean isActive() {
        return state == State.ACTIVE;
    }

    /** The drug is taken today, by an order that stands or by one that is being renewed. */
    public boolean runs() {
        return state == State.ACTIVE || state == State.RENEWED;
    }

    public boolean isOrder() {
        return source == Source.ORDER;
    }

    /**
     * Same dose: a renewal rather than a change. Of testosterone the interval and route must agree too; what cannot be
     * read must be written alike.
     */
    public boolean dosesLike(Course other) {
        return routeAgrees(other) && amountAgrees(other);
    }

    /** mg per week of all together; empty where any part of it cannot be computed. */
    public static Optional<WeeklyDose> weeklyDose(List<Course> courses) {
        WeeklyDose total = WeeklyDose.NONE;
        for (Course course : courses) {
            Optional<Dosage.Weekly> rate = course.dosage().rate();
            if (rate.isEmpty()) {
                return Optional.empty();
            }
            total = total.plus(rate.get().dose());
        }
        return Optional.of(total);
    }

    private boolean amountAgrees(Course other) {
        if (dosage instanceof Dosage.Unreadable mine && other.dosage instanceof Dosage.Unreadable theirs) {
            return mine.isWrittenLike(theirs);
        }
        if (drug.isAromataseInhibitor() && dosage.isRate() && other.dosage.isRate()) {
            return dosage.highest().equals(other.dosage.highest());
        }
        return dosage.equals(other.dosage);
    }

    private boolean routeAgrees(Course other) {
        return route == other.route || route == Route.UNKNOWN || other.route == Route.UNKNOWN;
    }

    /** The same record as one that ended on a day, or long ago where none is known. */
    public Course endedOn(Optional<LocalDate> day) {
        return with(State.ENDED, dosage, day);
    }

    /** The same record, running on. */
    public Course renewed() {
        return with(State.RENEWED, dosage, Optional.empty());
    }

    /** The same record at a dose that nobody knows. */
    public Course notTakenSince(Optional<LocalDate> day) {
        return with(state, new Dosage.NotTaken(dosage.highest(), day), end);
    }

    /** One therapy of several administrations, of which this is the last. */
    public Course lasting(LocalDate from, LocalDate until, State otherState) {
        return new Course(
                drug,
                formulation,
                source,
                otherState,
                reference,
                name,
                dosage,
                route,
                Optional.empty(),
                Optional.empty(),
                Optional.of(from),
                Optional.of(until),
                replaces,
                sameTherapyAs,
                notTaken,
                selected,
                forCancer,
                matchedByText);
    }

    private Course with(State otherState, Dosage otherDosage, Optional<LocalDate> otherEnd) {
        return new Course(
                drug,
                formulation,
                source,
                otherState,
                reference,
                name,
                otherDosage,
                route,
                authored,
                boundsStart,
                effectiveStart,
                otherEnd,
                replaces,
                sameTherapyAs,
                notTaken,
                selected,
                forCancer,
                matchedByText);
    }
}
