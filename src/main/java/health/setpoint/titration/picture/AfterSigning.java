package health.setpoint.titration.picture;

import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.State;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.WeeklyDose;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The therapies of one man once the drafts are signed. */
public final class AfterSigning {

    private final Map<Drug, List<Course>> records;
    private final Map<Drug, Lineage> lineages;
    private final Map<Drug, List<Course>> byDrug;
    private final List<Course> inhibitors;

    AfterSigning(Map<Drug, List<Course>> records, Map<Drug, Lineage> lineages) {
        this.records = records;
        this.lineages = lineages;
        this.byDrug = new EnumMap<>(Drug.class);
        records.keySet().forEach(drug -> byDrug.put(drug, signed(drug)));
        List<Course> all = new ArrayList<>();
        Therapies.INHIBITORS.forEach(drug -> all.addAll(standing(drug)));
        this.inhibitors = List.copyOf(all);
    }

    private List<Course> of(Drug drug) {
        return records.getOrDefault(drug, List.of());
    }

    /** The draft takes the place of the order: same id, or one names the other. */
    public boolean replaces(Course draft, Course order) {
        return draft.reference().equals(order.reference())
                || draft.drug() == order.drug() && lineages.get(draft.drug()).isSameTherapy(draft, order);
    }

    /** The order that a draft takes the place of. */
    public Optional<Course> replacedBy(Course draft) {
        for (Course course : of(draft.drug())) {
            if (isStandingOrder(course) && replaces(draft, course)) {
                return Optional.of(course);
            }
        }
        return Optional.empty();
    }

    private static boolean isStandingOrder(Course course) {
        return course.isOrder() && (course.isActive() || course.state() == State.ON_HOLD);
    }

    /**
     * Every separate therapy with a drug once the drafts are signed. A statement is the same therapy as the order of its
     * drug.
     */
    public List<Course> standing(Drug drug) {
        return byDrug.getOrDefault(drug, List.of());
    }

    private List<Course> signed(Drug drug) {
        List<Course> stops = Therapies.only(of(drug), course -> course.state() == State.DRAFT_STOP);
        List<Course> drafts = Therapies.only(of(drug), Course::isDraft);
        List<Course> standing = new ArrayList<>(Therapies.only(of(drug), AfterSigning::isStandingOrder));
        standing.removeIf(order -> Therapies.any(drafts, draft -> replaces(draft, order)) || isStopped(order, stops));
        standing.addAll(drafts);
        if (standing.isEmpty() && stops.isEmpty()) {
            Therapies.newest(
                            of(drug),
                            course -> !course.isOrder() && (course.isActive() || course.state() == State.ON_HOLD))
                    .or(() -> Therapies.newest(of(drug), course -> course.state() == State.NOT_TAKEN))
                    .ifPresent(standing::add);
        }
        return List.copyOf(standing);
    }

    private boolean isStopped(Course order, List<Course> stops) {
        boolean anyNamed = Therapies.any(stops, stop -> replacedBy(stop).isPresent());
        return Therapies.any(stops, stop -> replaces(stop, order)) || (!stops.isEmpty() && !anyNamed);
    }

    /** Every aromatase inhibitor therapy once the drafts are signed, held ones included. */
    public List<Course> inhibitors() {
        return inhibitors;
    }

    /** mg of anastrozole per week once the drafts are signed: high ends of ranges, what cannot be read left out. */
    public WeeklyDose highestAnastrozole() {
        WeeklyDose total = WeeklyDose.NONE;
        for (Course course : standing(Drug.ANASTROZOLE)) {
            if (course.isActive() || course.isDraft()) {
                total = total.plus(course.dosage().highest());
            }
        }
        return total;
    }
}
