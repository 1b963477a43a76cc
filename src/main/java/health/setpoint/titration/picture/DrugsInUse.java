package health.setpoint.titration.picture;

import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Course.State;
import health.setpoint.titration.therapy.Drug;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The drugs of one man by what becomes of them.
 *
 * @param running drugs that run, what a draft stops included
 * @param drafted drugs that are drafted, by this call or in the same basket
 * @param paused drugs that are on hold or not taken, and neither run nor are drafted
 */
public record DrugsInUse(Set<Drug> running, Set<Drug> drafted, Set<Drug> paused) {

    static DrugsInUse of(List<Course> courses) {
        Set<Drug> running = drugs(courses, course -> course.runs() || course.state() == State.DRAFT_STOP);
        Set<Drug> drafted = drugs(courses, Course::isDraft);
        Set<Drug> paused =
                drugs(courses, course -> course.state() == State.ON_HOLD || course.state() == State.NOT_TAKEN);
        paused.removeAll(running);
        paused.removeAll(drafted);
        return new DrugsInUse(running, drafted, paused);
    }

    private static Set<Drug> drugs(List<Course> courses, Predicate<Course> stand) {
        Set<Drug> drugs = EnumSet.noneOf(Drug.class);
        for (Course course : courses) {
            if (stand.test(course)) {
                drugs.add(course.drug());
            }
        }
        return drugs;
    }
}
