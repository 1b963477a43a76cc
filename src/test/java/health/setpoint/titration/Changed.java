package health.setpoint.titration;

import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.ResultStatus;
import health.setpoint.titration.labs.Unit;
import health.setpoint.titration.person.Condition;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Hypersensitivity;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The same patient with one thing changed. */
final class Changed {

    private Changed() {}

    static LabResult reference(LabResult result, String reference) {
        return with(result, "reference", reference);
    }

    static LabResult reading(LabResult result, Reading reading) {
        return with(result, "reading", reading);
    }

    static LabResult drawn(LabResult result, ClinicalTime drawn) {
        return with(result, "drawn", drawn);
    }

    static LabResult status(LabResult result, ResultStatus status) {
        return with(result, "status", status);
    }

    static Course reference(Course course, String reference) {
        return with(course, "reference", reference);
    }

    static Course replaces(Course course, Optional<String> replaces) {
        return with(course, "replaces", replaces);
    }

    static Course dosage(Course course, Dosage dosage) {
        return with(course, "dosage", dosage);
    }

    static Course changedOn(Course course, LocalDate day) {
        return with(course, "boundsStart", Optional.of(day));
    }

    /** The same record but for one of its components. */
    private static <R extends Record> R with(R record, String changed, Object value) {
        var components = record.getClass().getRecordComponents();
        if (Stream.of(components).noneMatch(component -> component.getName().equals(changed))) {
            throw new AssertionError(record.getClass().getSimpleName() + " has no " + changed);
        }
        try {
            var values = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                values[i] = components[i].getName().equals(changed)
                        ? value
                        : components[i].getAccessor().invoke(record);
            }
            var types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            @SuppressWarnings("unchecked")
            var type = (Class<R>) record.getClass();
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException unlike) {
            throw new AssertionError(unlike);
        }
    }

    static Facts hook(Facts facts, Hook hook) {
        return with(facts, "hook", hook);
    }

    static Facts labs(Facts facts, List<LabResult> labs) {
        return with(facts, "labs", labs);
    }

    static Facts courses(Facts facts, List<Course> courses) {
        return with(facts, "courses", courses);
    }

    static Facts courses(Facts facts, UnaryOperator<Course> change) {
        return courses(facts, facts.courses().stream().map(change).toList());
    }

    /** Every estradiol result changed. */
    static Facts estradiol(Facts facts, UnaryOperator<LabResult> change) {
        return labs(
                facts,
                facts.labs().stream()
                        .map(result -> result.analyte() == Analyte.ESTRADIOL ? change.apply(result) : result)
                        .toList());
    }

    static Facts without(Facts facts, Predicate<LabResult> result) {
        return labs(facts, facts.labs().stream().filter(result.negate()).toList());
    }

    static Facts withCourse(Facts facts, Course course) {
        List<Course> courses = new ArrayList<>(facts.courses());
        courses.add(course);
        return courses(facts, courses);
    }

    /** The newest result of its analyte, drawn today; other results of that analyte are gone. */
    static Facts withLab(Facts facts, Analyte analyte, String amount) {
        List<LabResult> labs = new ArrayList<>(
                without(facts, result -> result.analyte() == analyte).labs());
        labs.add(new LabResult(
                analyte,
                ResultStatus.FINAL,
                new ClinicalTime.OnDay(facts.today()),
                new Reading.Measured(Comparator.NONE, new BigDecimal(amount), Unit.of(analyte.baseUnit(), "1")),
                Assay.UNKNOWN,
                Optional.empty(),
                "Observation/added"));
        return labs(facts, labs);
    }

    static Facts withDiagnosis(Facts facts, Diagnosis diagnosis) {
        List<Condition> conditions = new ArrayList<>(facts.conditions());
        conditions.add(new Condition(diagnosis, true, Optional.of(facts.today().minusDays(100)), "Condition/added"));
        return with(facts, "conditions", conditions);
    }

    static Facts withAllergy(Facts facts) {
        return with(
                facts, "hypersensitivities", List.of(new Hypersensitivity("anastrozole", "AllergyIntolerance/added")));
    }

    static Facts withGap(Facts facts, Gap gap) {
        List<Gap> gaps = new ArrayList<>(facts.gaps());
        gaps.add(gap);
        return with(facts, "gaps", gaps);
    }

    static Facts shuffled(Facts facts, long seed) {
        Random random = new Random(seed);
        return new Facts(
                facts.hook(),
                facts.now(),
                facts.person(),
                shuffled(facts.labs(), random),
                shuffled(facts.courses(), random),
                shuffled(facts.injections(), random),
                shuffled(facts.conditions(), random),
                shuffled(facts.symptoms(), random),
                facts.hypersensitivities(),
                shuffled(facts.labRequests(), random),
                facts.gaps());
    }

    private static <T> List<T> shuffled(List<T> entries, Random random) {
        List<T> mixed = new ArrayList<>(entries);
        Collections.shuffle(mixed, random);
        return mixed;
    }
}
