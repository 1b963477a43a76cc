package health.setpoint.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads QuestionnaireResponses: symptoms as answers, or as questions answered with yes. */
final class QuestionnaireReader {

    private static final Set<String> FINISHED = Set.of("completed", "amended");

    private final Source source;

    QuestionnaireReader(Source source) {
        this.source = source;
    }

    List<SymptomAnswer> read(List<Entry> entries, List<ReadNote> notes) {
        var found = new ArrayList<SymptomAnswer>();
        for (var entry : entries) {
            if (!FINISHED.contains(Json.text(entry.resource(), "status").orElse(""))) {
                notes.add(ReadNote.ignored(entry.reference(), "the questionnaire is not completed"));
                continue;
            }
            var day = source.time().day(entry.resource(), "authored");
            var answers = answers(entry.resource());
            answers.forEach((symptom, present) -> found.add(
                    new SymptomAnswer(symptom, SymptomReport.Origin.QUESTIONNAIRE, present, day, entry.reference())));
            notes.add(
                    answers.isEmpty()
                            ? ReadNote.ignored(entry.reference(), "no answer names a symptom that a rule asks for")
                            : ReadNote.read(entry.reference(), "symptoms asked or named: " + answers.keySet()));
        }
        return found;
    }

    private Map<Symptom, Boolean> answers(ObjectNode response) {
        var found = new EnumMap<Symptom, Boolean>(Symptom.class);
        var open = new ArrayDeque<ObjectNode>();
        open.add(response);
        while (!open.isEmpty()) {
            var node = open.poll();
            open.addAll(Json.objects(node, "item"));
            var asked = asked(node);
            for (var answer : Json.objects(node, "answer")) {
                open.addAll(Json.objects(answer, "item"));
                answer(answer, asked, found);
            }
        }
        return found;
    }

    private void answer(ObjectNode answer, Set<Symptom> asked, Map<Symptom, Boolean> found) {
        var coded = Concept.of(answer, "valueCoding", source.codes());
        source.symptoms(coded).forEach(symptom -> found.put(symptom, true));
        if (asked.isEmpty()) {
            return;
        }
        var said = Presence.of(answer, "valueBoolean", "valueString", coded).orElse(Presence.UNCLEAR);
        if (said != Presence.UNCLEAR) {
            asked.forEach(symptom -> found.merge(symptom, said == Presence.PRESENT, Boolean::logicalOr));
        }
    }

    /** The symptom that a question is about: by a code of its own, its link id or the end of its definition. */
    private Set<Symptom> asked(ObjectNode item) {
        var code = Concept.of(item, "code", source.codes());
        for (var member : List.of("linkId", "definition")) {
            var written = Json.text(item, member).orElse("");
            var id = written.substring(Math.max(written.lastIndexOf('/'), written.lastIndexOf('#')) + 1);
            if (!id.isEmpty()) {
                code = code.and(new Concept(List.of(Coding.of(Coding.SNOMED, id)), List.of()));
            }
        }
        return source.symptoms(code);
    }
}
