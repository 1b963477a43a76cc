package health.setpoint.titration.picture;

import health.setpoint.titration.person.Condition;
import health.setpoint.titration.person.Diagnosis;
import java.time.LocalDate;
import java.util.List;

/** The diagnoses on record of one man. */
public final class ProblemList {

    private final List<Condition> conditions;
    private final LocalDate today;

    ProblemList(List<Condition> conditions, LocalDate today) {
        this.conditions = conditions;
        this.today = today;
    }

    /** A diagnosis on record, in any status. */
    public boolean hasEver(Diagnosis diagnosis) {
        for (Condition condition : conditions) {
            if (condition.diagnosis() == diagnosis) {
                return true;
            }
        }
        return false;
    }

    /** The diagnosis is on record, and no code says so. */
    public boolean onlyByWords(Diagnosis diagnosis) {
        return hasEver(diagnosis)
                && conditions.stream()
                        .filter(condition -> condition.diagnosis() == diagnosis)
                        .allMatch(Condition::byWords);
    }

    /** A diagnosis on record that is not resolved. */
    public boolean hasNow(Diagnosis diagnosis) {
        for (Condition condition : conditions) {
            if (condition.diagnosis() == diagnosis && condition.active()) {
                return true;
            }
        }
        return false;
    }

    /** An event on record in the last months. */
    public boolean hadWithinMonths(Diagnosis diagnosis, int months) {
        LocalDate since = today.minusMonths(months);
        return conditions.stream()
                .filter(condition -> condition.diagnosis() == diagnosis)
                .flatMap(condition -> condition.since().stream())
                .anyMatch(day -> day.isAfter(since));
    }
}
