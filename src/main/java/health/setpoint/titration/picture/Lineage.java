package health.setpoint.titration.picture;

import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.Source;
import health.setpoint.titration.therapy.Course.State;
import health.setpoint.titration.therapy.Drug;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which records of one drug tell of the same therapy, since one names the other or leads to it over further records. Of
 * such records the newer one speaks. Two that name the same third one are not the same therapy: both may be taken.
 */
final class Lineage {

    /** Records that are followed from one: longer chains cost time only. */
    private static final int LONGEST = 64;

    private final List<Course> records;
    private final Policy.Timing timing;
    private final LocalDate today;
    private final Map<String, List<Course>> byReference = new HashMap<>();
    private final Map<String, Set<String>> followed = new HashMap<>();
    private final Map<Course, List<Course>> newer = new IdentityHashMap<>();
    private final Map<Course, List<Course>> older = new IdentityHashMap<>();

    /** The records of one drug. */
    Lineage(List<Course> records, Policy.Timing timing, LocalDate today) {
        this.records = records;
        this.timing = timing;
        this.today = today;
        // Most men have no record that names another one.
        if (records.stream().anyMatch(Lineage::names)) {
            records.forEach(record -> byReference
                    .computeIfAbsent(record.reference(), none -> new ArrayList<>())
                    .add(record));
            List<Course> naming = records.stream().filter(Lineage::names).toList();
            naming.forEach(record -> followed.computeIfAbsent(record.reference(), none -> new LinkedHashSet<>())
                    .addAll(follow(record)));
            naming.forEach(this::relate);
        }
    }

    /** The records of every drug; injections that are one therapy are one record. */
    static Map<Drug, Lineage> byDrug(List<Course> records, Policy.Timing timing, LocalDate today) {
        Map<Drug, List<Course>> ofDrug = new EnumMap<>(Drug.class);
        for (Course record : records) {
            ofDrug.computeIfAbsent(record.drug(), drug -> new ArrayList<>()).add(record);
        }
        ofDrug.computeIfPresent(Drug.TESTOSTERONE, (drug, own) -> InjectionSeries.joined(own, timing, today));
        Map<Drug, Lineage> lineages = new EnumMap<>(Drug.class);
        ofDrug.forEach((drug, own) -> lineages.put(drug, new Lineage(own, timing, today)));
        return lineages;
    }

    private static boolean names(Course record) {
        return record.replaces().isPresent() || !record.sameTherapyAs().isEmpty();
    }

    private void relate(Course record) {
        for (String reference : followed.get(record.reference())) {
            for (Course named : byReference.getOrDefault(reference, List.of())) {
                Course first = isOlder(named, record) ? named : record;
                Course second = first == named ? record : named;
                newer.computeIfAbsent(first, none -> new ArrayList<>()).add(second);
                older.computeIfAbsent(second, none -> new ArrayList<>()).add(first);
            }
        }
    }

    /** References of the records to which the names lead, the nearest first. */
    private Set<String> follow(Course record) {
        Set<String> seen = new LinkedHashSet<>();
        ArrayDeque<Course> open = new ArrayDeque<>(List.of(record));
        while (!open.isEmpty() && seen.size() < LONGEST) {
            for (String reference : named(open.poll())) {
                if (!reference.equals(record.reference()) && seen.add(reference)) {
                    open.addAll(byReference.getOrDefault(reference, List.of()));
                }
            }
        }
        return seen;
    }

    private static Collection<String> named(Course record) {
        List<String> named = new ArrayList<>(record.sameTherapyAs());
        record.replaces().ifPresent(named::add);
        return named;
    }

    /** By the day of writing; where that does not tell, what names another record is the newer one. */
    private boolean isOlder(Course named, Course naming) {
        int byDay = day(named).compareTo(day(naming));
        boolean nameEachOther = byDay == 0 && leads(named, naming);
        return nameEachOther ? named.reference().compareTo(naming.reference()) < 0 : byDay <= 0;
    }

    /** The day of writing, at the earliest that of what it names. */
    private LocalDate day(Course record) {
        return written(record).orElseGet(() -> followed.getOrDefault(record.reference(), Set.of()).stream()
                .flatMap(reference -> byReference.getOrDefault(reference, List.of()).stream())
                .flatMap(named -> written(named).stream())
                .max(LocalDate::compareTo)
                .orElse(LocalDate.MIN));
    }

    private static Optional<LocalDate> written(Course record) {
        return record.authored().or(() -> DoseHistory.changeDate(record));
    }

    /** One of the two names the other, or leads to it. */
    boolean isSameTherapy(Course one, Course other) {
        return leads(one, other) || leads(other, one);
    }

    private boolean leads(Course from, Course to) {
        return followed.getOrDefault(from.reference(), Set.of()).contains(to.reference());
    }

    /** What the records tell of doses over time: what a newer one took the place of ended with its start. */
    List<Course> told() {
        return newer.isEmpty()
                ? records
                : records.stream().filter(this::tells).map(this::told).toList();
    }

    /** What stands today; a held order that a newer one took the place of tells of a hold and stands no more. */
    List<Course> standing() {
        return newer.isEmpty()
                ? records
                : records.stream()
                        .filter(record -> record.state() != State.ON_HOLD || !isSuperseded(record))
                        .map(this::told)
                        .toList();
    }

    private Course told(Course record) {
        return switch (record.state()) {
            case ACTIVE -> isSuperseded(record) ? record.endedOn(startOfNext(record)) : record;
            case ENDED -> ended(record);
            case DRAFT, DRAFT_STOP, ON_HOLD, NOT_TAKEN, RENEWED -> record;
        };
    }

    private Course ended(Course record) {
        Optional<LocalDate> end = record.end().or(() -> startOfNext(record).filter(day -> isSoonAfter(day, record)));
        boolean recent = end.filter(day -> ChronoUnit.DAYS.between(day, today) <= timing.renewalGapDays())
                .isPresent();
        return recent && record.isOrder() && isDraftedAgain(record) ? record.renewed() : record.endedOn(end);
    }

    private boolean isSoonAfter(LocalDate day, Course record) {
        return written(record)
                .filter(start ->
                        !start.isAfter(day) && ChronoUnit.DAYS.between(start, day) <= timing.undatedRenewalDays())
                .isPresent();
    }

    private boolean isDraftedAgain(Course record) {
        return successors(record).isEmpty() && newer(record).stream().anyMatch(Course::isDraft);
    }

    /** What fulfilled a plan and came to its end says nothing of a plan that goes on at the same dose. */
    private boolean tells(Course record) {
        return record.state() != State.ENDED
                || older.getOrDefault(record, List.of()).stream()
                        .noneMatch(plan -> plan.isActive() && !isSuperseded(plan) && plan.dosesLike(record));
    }

    private boolean isSuperseded(Course record) {
        return record.isOrder() && successors(record).stream().anyMatch(next -> takesThePlace(next, record));
    }

    /** What fulfils a plan may come to its end while the plan goes on; what replaces an order does not leave it behind. */
    private static boolean takesThePlace(Course next, Course record) {
        return next.state() != State.ENDED
                || next.replaces().filter(record.reference()::equals).isPresent();
    }

    /** Newer orders of the same therapy that are signed. */
    private List<Course> successors(Course record) {
        return newer(record).stream()
                .filter(next -> next.source() == Source.ORDER)
                .filter(next ->
                        next.state() == State.ACTIVE || next.state() == State.ON_HOLD || next.state() == State.ENDED)
                .toList();
    }

    private List<Course> newer(Course record) {
        return newer.getOrDefault(record, List.of());
    }

    /** A draft starts today. */
    private Optional<LocalDate> startOfNext(Course record) {
        return successors(record).stream()
                .flatMap(next -> DoseHistory.changeDate(next).stream())
                .min(LocalDate::compareTo)
                .or(() -> isDraftedAgain(record) ? Optional.of(today) : Optional.empty());
    }
}
