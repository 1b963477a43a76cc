package health.setpoint.chart.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.Coding;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.knowledge.terminology.CodeSystemUris;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.person.UnreadForm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads QuestionnaireResponses: symptoms as answers, or as questions answered with yes. */
public final class QuestionnaireReader {

    private static final Set<String> FINISHED = Set.of("completed", "amended");

    /** In these forms a link id may be a code of our own symptoms; in others it is a number of theirs. */
    private static final String OUR_FORMS = "http://setpoint.health/fhir/Questionnaire/";

    private static final int LONGEST_NAME = 60;

    private final ReadContext context;

    public QuestionnaireReader(ReadContext context) {
        this.context = context;
    }

    /**
     * What the answers say.
     *
     * @param unread forms with answers of which none could be matched
     */
    public record Answers(List<SymptomAnswer> symptoms, List<UnreadForm> unread) {}

    /** One answer, or that there was one. */
    private record Asked(Map<Symptom, Boolean> found, boolean answered) {}

    public Answers read(List<ChartEntry> entries, List<ReadNote> notes) {
        var found = new ArrayList<SymptomAnswer>();
        var unread = new ArrayList<UnreadForm>();
        for (var entry : entries) {
            if (!FINISHED.contains(FhirJson.text(entry.resource(), "status").orElse(""))) {
                notes.add(ReadNote.ignored(entry.reference(), "the questionnaire is not completed"));
                continue;
            }
            var day = context.time().day(entry.resource(), "authored");
            var asked = answers(entry.resource());
            asked.found()
                    .forEach((symptom, present) -> found.add(new SymptomAnswer(
                            symptom, SymptomReport.Origin.QUESTIONNAIRE, present, day, entry.reference())));
            if (asked.found().isEmpty() && asked.answered()) {
                var form = new UnreadForm(name(entry.resource()), day, entry.reference());
                unread.add(form);
                notes.add(ReadNote.unreadable(
                        entry.reference(),
                        () -> form.name()
                                + form.day().map(on -> " of " + on).orElse(" without a date")
                                + ": none of its items has a code of a symptom that a rule asks for"));
            } else {
                notes.add(
                        asked.found().isEmpty()
                                ? ReadNote.ignored(entry.reference(), "a questionnaire without answers")
                                : ReadNote.read(entry.reference(), () -> words(asked.found())));
            }
        }
        return new Answers(found, unread);
    }

    private static String words(Map<Symptom, Boolean> found) {
        return found.entrySet().stream()
                .map(each -> each.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + (each.getValue() ? " yes" : " no"))
                .collect(Collectors.joining(", ", "asked or named: ", ""));
    }

    /** The last part of the questionnaire's address, or its title. */
    private static String name(ObjectNode response) {
        var address = FhirJson.text(response, "questionnaire")
                .or(() -> FhirJson.object(response, "questionnaire")
                        .flatMap(reference ->
                                FhirJson.text(reference, "display").or(() -> FhirJson.text(reference, "reference"))))
                .orElse("");
        var plain = address.indexOf('|') < 0 ? address : address.substring(0, address.indexOf('|'));
        var last = DisplayText.plain(plain.substring(plain.lastIndexOf('/') + 1), LONGEST_NAME);
        return last.isEmpty() ? "a questionnaire without a name" : "questionnaire " + last;
    }

    private Asked answers(ObjectNode response) {
        var found = new EnumMap<Symptom, Boolean>(Symptom.class);
        var isOurs = FhirJson.text(response, "questionnaire")
                .filter(address -> address.startsWith(OUR_FORMS))
                .isPresent();
        var systems = isOurs
                ? List.of(CodeSystemUris.SNOMED_CT, CodeSystemUris.SETPOINT_SYMPTOMS)
                : List.of(CodeSystemUris.SNOMED_CT);
        var open = new ArrayDeque<ObjectNode>();
        var answered = false;
        open.add(response);
        while (!open.isEmpty()) {
            var node = open.poll();
            open.addAll(FhirJson.objects(node, "item"));
            var asked = asked(node, systems);
            for (var answer : FhirJson.objects(node, "answer")) {
                answered = true;
                open.addAll(FhirJson.objects(answer, "item"));
                answer(answer, asked, found);
            }
        }
        return new Asked(found, answered);
    }

    private void answer(ObjectNode answer, Set<Symptom> asked, Map<Symptom, Boolean> found) {
        var coded = Concept.of(answer, "valueCoding", context.codes());
        context.symptoms(coded).forEach(symptom -> found.put(symptom, true));
        if (asked.isEmpty()) {
            return;
        }
        var said =
                AnswerPolarity.of(answer, "valueBoolean", "valueString", coded).orElse(AnswerPolarity.UNCLEAR);
        if (said != AnswerPolarity.UNCLEAR) {
            asked.forEach(symptom -> found.merge(symptom, said == AnswerPolarity.PRESENT, Boolean::logicalOr));
        }
    }

    /** The symptom that a question is about: by a code of its own, its link id or the end of its definition. */
    private Set<Symptom> asked(ObjectNode item, List<String> systems) {
        var code = Concept.of(item, "code", context.codes());
        for (var member : List.of("linkId", "definition")) {
            var written = FhirJson.text(item, member).orElse("");
            var id = written.substring(Math.max(written.lastIndexOf('/'), written.lastIndexOf('#')) + 1);
            if (!id.isEmpty()) {
                code = code.and(new Concept(
                        systems.stream().map(system -> Coding.of(system, id)).toList(), List.of()));
            }
        }
        return context.symptoms(code);
    }
}
