package health.setpoint.chart.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.person.Hypersensitivity;
import health.setpoint.titration.therapy.Drug;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads AllergyIntolerances: hypersensitivity to anastrozole or an excipient of its tablet. */
public final class AllergyReader {

    private static final List<String> NOT_TRUE = List.of("refuted", "entered-in-error");
    private static final List<String> OVER = List.of("inactive", "resolved");
    private static final String ANASTROZOLE = "anastrozole";
    private static final String LACTOSE = "lactose";
    private static final Pattern INTOLERANCE = Pattern.compile("intoleran", Pattern.CASE_INSENSITIVE);
    /** The antiseptic is another substance than the excipient. */
    private static final Pattern POVIDONE_IODINE = Pattern.compile("povidone[ -]*iod", Pattern.CASE_INSENSITIVE);

    private final ReadContext context;

    public AllergyReader(ReadContext context) {
        this.context = context;
    }

    public List<Hypersensitivity> read(List<ChartEntry> entries, List<ReadNote> notes) {
        var found = new ArrayList<Hypersensitivity>();
        for (var entry : entries) {
            var node = entry.resource();
            var code = code(node);
            var byWords = !isDrug(code);
            var substance = byWords ? named(code) : Optional.of(ANASTROZOLE);
            if (Concept.of(node, "verificationStatus", CodeMap.NONE).hasAnyCode(NOT_TRUE)) {
                notes.add(ReadNote.ignored(entry.reference(), "refuted or entered in error"));
            } else if (Concept.of(node, "clinicalStatus", CodeMap.NONE).hasAnyCode(OVER)) {
                notes.add(ReadNote.ignored(entry.reference(), "no longer active"));
            } else if (substance.isEmpty()) {
                notes.add(ReadNote.ignored(entry.reference(), "neither anastrozole nor an excipient of its tablet"));
            } else if (isLactoseIntolerance(substance.get(), node)) {
                notes.add(ReadNote.ignored(entry.reference(), "an intolerance of lactose is no hypersensitivity"));
            } else {
                found.add(new Hypersensitivity(substance.get(), entry.reference(), byWords));
                notes.add(ReadNote.read(
                        entry.reference(),
                        "hypersensitivity to " + substance.get() + (byWords ? ", recognised by its words only" : "")));
            }
        }
        return found;
    }

    private Concept code(ObjectNode node) {
        return Concept.all(Stream.concat(
                Stream.of(Concept.of(node, "code", context.codes())),
                FhirJson.objects(node, "reaction").stream()
                        .map(reaction -> Concept.of(reaction, "substance", context.codes()))));
    }

    private boolean isDrug(Concept code) {
        return code.codings().stream()
                .map(coding -> context.terminology().drug(coding.system(), coding.code()))
                .flatMap(Optional::stream)
                .anyMatch(drug -> drug.verified() && drug.drug() == Drug.ANASTROZOLE);
    }

    private Optional<String> named(Concept code) {
        return code.texts().stream()
                .filter(text -> !context.terminology().deniesAllergy(text))
                .filter(text -> !POVIDONE_IODINE.matcher(text).find())
                .map(text -> context.terminology().anastrozoleIngredient(text))
                .flatMap(Optional::stream)
                .min((a, b) -> a.equals(ANASTROZOLE) ? -1 : b.equals(ANASTROZOLE) ? 1 : a.compareTo(b));
    }

    private boolean isLactoseIntolerance(String substance, ObjectNode node) {
        var type = Concept.of(node, "type", CodeMap.NONE);
        return substance.equals(LACTOSE)
                && (type.hasCode("intolerance")
                        || type.codings().isEmpty()
                                && Concept.of(node, "code", context.codes()).says(INTOLERANCE));
    }
}
