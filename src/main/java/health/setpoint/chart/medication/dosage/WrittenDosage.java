package health.setpoint.chart.medication.dosage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.medication.sig.ParsedSig;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An instruction as it is written, so that two can be compared. */
public final class WrittenDosage {

    private static final int LONGEST_WRITTEN = 300;

    private WrittenDosage() {}

    /** All instructions of a record in one, whatever their order. */
    public static String of(List<ObjectNode> instructions) {
        var all = instructions.stream()
                .map(instruction -> DosageReader.IN_WORDS.stream()
                                .map(member ->
                                        words(FhirJson.text(instruction, member).orElse("")))
                                .collect(Collectors.joining())
                        + structure(instruction))
                .sorted()
                .collect(Collectors.joining(" "));
        return all.length() > LONGEST_WRITTEN ? all.substring(0, LONGEST_WRITTEN) : all;
    }

    /** The structured elements of one. */
    static String structure(ObjectNode instruction) {
        return member(instruction, "doseAndRate") + member(instruction, "doseQuantity") + timing(instruction);
    }

    /** Words of an instruction. */
    static String words(String words) {
        return ParsedSig.normal(words.length() > LONGEST_WRITTEN ? words.substring(0, LONGEST_WRITTEN) : words);
    }

    /** The timing without its bounds, which differ between an order and its renewal. */
    private static String timing(ObjectNode instruction) {
        var timing = FhirJson.object(instruction, "timing");
        var said = new StringBuilder();
        timing.ifPresent(node -> said.append(member(node, "code")).append(member(node, "event")));
        DosageTiming.repeat(instruction).ifPresent(repeat -> repeat.properties().stream()
                .filter(each -> !each.getKey().startsWith("bounds"))
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> said.append(' ').append(each.getKey()).append(each.getValue())));
        return said.toString();
    }

    private static String member(JsonNode instruction, String member) {
        return FhirJson.has(instruction, member) ? " " + instruction.path(member) : "";
    }
}
