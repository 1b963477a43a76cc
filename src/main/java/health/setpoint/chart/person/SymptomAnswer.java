package health.setpoint.chart.person;

import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** An answer to whether a symptom is there. Of several answers of one kind the newest speaks. */
public record SymptomAnswer(
        Symptom symptom, SymptomReport.Origin origin, boolean present, Optional<LocalDate> day, String reference) {

    /** The symptoms that are present after the newest answers; an undated answer never hides a dated one. */
    public static List<SymptomReport> reports(List<SymptomAnswer> answers) {
        var newest = new EnumMap<Symptom, LocalDate>(Symptom.class);
        for (var answer : answers) {
            answer.day().ifPresent(day -> newest.merge(answer.symptom(), day, (a, b) -> a.isAfter(b) ? a : b));
        }
        var reports = new ArrayList<SymptomReport>();
        for (var answer : answers) {
            var isNewest = answer.day().equals(Optional.ofNullable(newest.get(answer.symptom())));
            if (answer.present() && (isNewest || answer.day().isEmpty())) {
                reports.add(new SymptomReport(answer.symptom(), answer.origin(), answer.day(), answer.reference()));
            }
        }
        return reports;
    }
}
