package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.person.AnswerPolarity;
import health.setpoint.chart.person.SymptomAnswer;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.person.UnreadForm;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads symptoms out of Observations: as questions that were answered, or as what was found. */
final class ObservedSymptomReader {

    /** A question about somebody or some time that does not count. */
    private static final Pattern NOT_NOW = Pattern.compile(
            "\\b(family|relative|mother|father|past|history|previous|denie[sd]|rul(e|ed) out)\\b",
            Pattern.CASE_INSENSITIVE);

    private final ReadContext context;

    ObservedSymptomReader(ReadContext context) {
        this.context = context;
    }

    void read(ObjectNode node, Concept code, Concept value, ObservationFrame frame, ObservationContent found) {
        if (!frame.status().isFinal()) {
            return;
        }
        var asked = context.symptoms(code);
        if (!asked.isEmpty()) {
            var said = AnswerPolarity.of(node, "valueBoolean", "valueString", value);
            var presence = said.orElseGet(() -> hasOtherValue(node) ? AnswerPolarity.UNCLEAR : AnswerPolarity.PRESENT);
            record(asked, presence, frame, found);
            return;
        }
        var named = context.symptoms(value);
        if (named.isEmpty()) {
            return;
        }
        if (code.says(NOT_NOW)) {
            found.notes().add(ReadNote.ignored(frame.reference(), "a symptom of another person or time"));
        } else {
            record(named, AnswerPolarity.PRESENT, frame, found);
        }
    }

    private static boolean hasOtherValue(ObjectNode node) {
        return FhirJson.has(node, "dataAbsentReason")
                || node.properties().stream().anyMatch(each -> each.getKey().startsWith("value"));
    }

    private void record(
            Set<Symptom> symptoms, AnswerPolarity presence, ObservationFrame frame, ObservationContent found) {
        for (var symptom : symptoms) {
            var name = symptom.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            if (presence == AnswerPolarity.UNCLEAR) {
                found.unread()
                        .add(new UnreadForm(
                                "the answer on " + name, frame.drawn().day(), frame.reference()));
                found.notes().add(ReadNote.unreadable(frame.reference(), name + ": the answer is neither yes nor no"));
            } else {
                found.symptoms()
                        .add(new SymptomAnswer(
                                symptom,
                                SymptomReport.Origin.OBSERVATION,
                                presence == AnswerPolarity.PRESENT,
                                frame.drawn().day(),
                                frame.reference()));
                found.notes()
                        .add(ReadNote.read(
                                frame.reference(),
                                name + (presence == AnswerPolarity.PRESENT ? " present" : " absent")));
            }
        }
    }
}
