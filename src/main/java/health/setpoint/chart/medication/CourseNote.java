package health.setpoint.chart.medication;

import health.setpoint.chart.medication.product.Product;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import java.util.Locale;
import java.util.function.Supplier;

/** What a record of a drug was read as, in words: drug, where it stands, dose, dates, and what was not understood. */
final class CourseNote {

    private CourseNote() {}

    static ReadNote of(Course course, Product product) {
        Supplier<String> what = () -> words(course, product);
        return course.dosage() instanceof Dosage.Unreadable
                ? ReadNote.unreadable(course.reference(), what)
                : ReadNote.read(course.reference(), what);
    }

    private static String words(Course course, Product product) {
        return drug(course) + ", " + standing(course) + ": " + dose(course.dosage()) + dates(course)
                + why(course.dosage())
                + course.notTaken()
                        .map(said -> "; recorded as not taken"
                                + said.day().map(day -> " on " + day).orElse(""))
                        .orElse("")
                + (course.matchedByText() ? "; recognised by its name only" : "")
                + (product.problem().isEmpty() ? "" : "; " + product.problem());
    }

    private static String drug(Course course) {
        var name =
                switch (course.drug()) {
                    case HCG -> "hCG";
                    case OTHER_SERM -> "another SERM";
                    default -> plain(course.drug());
                };
        return course.drug() == Drug.TESTOSTERONE && course.formulation() != Formulation.OTHER
                ? name + " (" + plain(course.formulation()) + ")"
                : name;
    }

    private static String standing(Course course) {
        return switch (course.state()) {
            case DRAFT -> "a draft order";
            case DRAFT_STOP -> "a draft that stops it";
            case ACTIVE -> "an active " + plain(course.source());
            case ON_HOLD -> plain(course.source()) + " on hold";
            case NOT_TAKEN -> plain(course.source()) + " that it is not taken";
            case ENDED, RENEWED -> plain(course.source()) + " that has ended";
        };
    }

    /** The dose in words. */
    static String dose(Dosage dosage) {
        if (dosage instanceof Dosage.Weekly weekly) {
            return weekly.dose() + " mg a week";
        }
        if (dosage instanceof Dosage.Range range) {
            return "up to " + range.highest() + " mg a week";
        }
        if (dosage instanceof Dosage.Unreadable) {
            return "no weekly dose can be computed";
        }
        if (dosage instanceof Dosage.Single) {
            return "one dose";
        }
        if (dosage instanceof Dosage.Depot) {
            return "a depot";
        }
        if (dosage instanceof Dosage.NotTaken) {
            return "not taken";
        }
        throw new IllegalStateException("a dosage without words: " + dosage);
    }

    /** Why no dose can be computed, as a part of the sentence. */
    private static String why(Dosage dosage) {
        if (!(dosage instanceof Dosage.Unreadable unreadable)) {
            return "";
        }
        var reason = unreadable.why().strip();
        return "; " + (reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason);
    }

    private static String dates(Course course) {
        return course.boundsStart()
                        .or(course::effectiveStart)
                        .or(course::authored)
                        .map(day -> ", from " + day)
                        .orElse(", without a date")
                + course.end().map(day -> " to " + day).orElse("");
    }

    private static String plain(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
