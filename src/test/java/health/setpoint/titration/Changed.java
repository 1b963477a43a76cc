package health.setpoint.titration;

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
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The same patient with one thing changed. */
final class Changed {

    private Changed() {}

    static LabResult reference(LabResult result, String reference) {
        return new LabResult(
                result.analyte(),
                result.status(),
                result.drawn(),
                result.reading(),
                result.assay(),
                result.upperLimit(),
                reference);
    }

    static LabResult reading(LabResult result, Reading reading) {
        return new LabResult(
                result.analyte(),
                result.status(),
                result.drawn(),
                reading,
                result.assay(),
                result.upperLimit(),
                result.reference());
    }

    static LabResult drawn(LabResult result, ClinicalTime drawn) {
        return new LabResult(
                result.analyte(),
                result.status(),
                drawn,
                result.reading(),
                result.assay(),
                result.upperLimit(),
                result.reference());
    }

    static LabResult status(LabResult result, ResultStatus status) {
        return new LabResult(
                result.analyte(),
                status,
                result.drawn(),
                result.reading(),
                result.assay(),
                result.upperLimit(),
                result.reference());
    }

    static Course reference(Course course, String reference) {
        return course(course, course.state(), reference, course.dosage(), course.boundsStart(), course.replaces());
    }

    static Course replaces(Course course, Optional<String> replaces) {
        return course(course, course.state(), course.reference(), course.dosage(), course.boundsStart(), replaces);
    }

    static Course dosage(Course course, Dosage dosage) {
        return course(course, course.state(), course.reference(), dosage, course.boundsStart(), course.replaces());
    }

    static Course changedOn(Course course, LocalDate day) {
        return course(course, course.state(), course.reference(), course.dosage(), Optional.of(day), course.replaces());
    }

    private static Course course(
            Course course,
            Course.State state,
            String reference,
            Dosage dosage,
            Optional<LocalDate> boundsStart,
            Optional<String> replaces) {
        return new Course(
                course.drug(),
                course.formulation(),
                course.source(),
                state,
                reference,
                course.name(),
                dosage,
                course.route(),
                course.authored(),
                boundsStart,
                course.effectiveStart(),
                course.end(),
                replaces,
                course.selected(),
                course.forCancer(),
                course.matchedByText());
    }

    static Facts hook(Facts facts, Hook hook) {
        return new Facts(
                hook,
                facts.now(),
                facts.person(),
                facts.labs(),
                facts.courses(),
                facts.injections(),
                facts.conditions(),
                facts.symptoms(),
                facts.hypersensitivities(),
                facts.labRequests(),
                facts.gaps());
    }

    static Facts labs(Facts facts, List<LabResult> labs) {
        return new Facts(
                facts.hook(),
                facts.now(),
                facts.person(),
                labs,
                facts.courses(),
                facts.injections(),
                facts.conditions(),
                facts.symptoms(),
                facts.hypersensitivities(),
                facts.labRequests(),
                facts.gaps());
    }

    static Facts courses(Facts facts, List<Course> courses) {
        return new Facts(
                facts.hook(),
                facts.now(),
                facts.person(),
                facts.labs(),
                courses,
                facts.injections(),
                facts.conditions(),
                facts.symptoms(),
                facts.hypersensitivities(),
                facts.labRequests(),
                facts.gaps());
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
        return new Facts(
                facts.hook(),
                facts.now(),
                facts.person(),
                facts.labs(),
                facts.courses(),
                facts.injections(),
                conditions,
                facts.symptoms(),
                facts.hypersensitivities(),
                facts.labRequests(),
                facts.gaps());
    }

    static Facts withAllergy(Facts facts) {
        return new Facts(
                facts.hook(),
                facts.now(),
                facts.person(),
                facts.labs(),
                facts.courses(),
                facts.injections(),
                facts.conditions(),
                facts.symptoms(),
                List.of(new Hypersensitivity("anastrozole", "AllergyIntolerance/added")),
                facts.labRequests(),
                facts.gaps());
    }

    static Facts withGap(Facts facts, Gap gap) {
        List<Gap> gaps = new ArrayList<>(facts.gaps());
        gaps.add(gap);
        return new Facts(
                facts.hook(),
                facts.now(),
                facts.person(),
                facts.labs(),
                facts.courses(),
                facts.injections(),
                facts.conditions(),
                facts.symptoms(),
                facts.hypersensitivities(),
                facts.labRequests(),
                gaps);
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
