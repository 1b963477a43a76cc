package health.setpoint.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.json.JsonNodes;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Input;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The advice of a card for machines: the public extension {@code health.setpoint.advice}. */
public final class AdviceExtension {

    static final String NAME = "health.setpoint.advice";

    private AdviceExtension() {}

    /** The advice of one card under the policy by which it was given. */
    public static ObjectNode of(CardAdvice card, Policy policy) {
        ObjectNode advice = JsonNodes.object();
        ArrayNode rules = advice.putArray("rules");
        card.rules().forEach(rule -> rules.add(rule.id()));
        advice.put("advice", card.kind().word());
        card.currentDose().ifPresent(dose -> advice.set("currentWeeklyDoseMg", JsonNodes.number(tenths(dose))));
        card.proposedDose().ifPresent(dose -> advice.set("proposedWeeklyDoseMg", JsonNodes.number(tenths(dose))));
        card.recheck().ifPresent(recheck -> {
            ObjectNode json = advice.putObject("recheck");
            window(json, recheck.window());
            labs(json, recheck.labs());
        });
        if (!card.inputs().isEmpty()) {
            ArrayNode inputs = advice.putArray("inputs");
            card.inputs().forEach(input -> inputs.add(input(input)));
        }
        lines(advice, "due", card.due());
        lines(advice, "later", card.later());
        advice.putObject("knowledge").put("version", policy.version()).put("hash", policy.hash());
        return advice;
    }

    private static ObjectNode input(Input input) {
        LabResult result = input.result();
        ObjectNode json = JsonNodes.object()
                .put("what", result.analyte().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (result.reading() instanceof Reading.Measured measured) {
            if (!measured.comparator().sign().isEmpty()) {
                json.put("comparator", measured.comparator().sign());
            }
            json.set("value", JsonNodes.number(measured.amount()));
            json.put("unit", measured.unit().symbol());
        }
        result.drawn().day().ifPresent(day -> json.put("at", day.toString()));
        if (isHormoneAssay(result.analyte())) {
            json.put("assay", word(result.assay()));
        }
        return json.put("resource", result.reference());
    }

    private static boolean isHormoneAssay(Analyte analyte) {
        return analyte == Analyte.ESTRADIOL || analyte == Analyte.TESTOSTERONE;
    }

    private static String word(Assay assay) {
        return switch (assay) {
            case MASS_SPECTROMETRY -> "LC-MS/MS";
            case IMMUNOASSAY -> "immunoassay";
            case UNKNOWN -> "unknown";
        };
    }

    private static void lines(ObjectNode advice, String member, List<Due> calendar) {
        if (!calendar.isEmpty()) {
            ArrayNode lines = advice.putArray(member);
            calendar.forEach(line -> lines.add(due(line)));
        }
    }

    private static ObjectNode due(Due due) {
        ObjectNode json = JsonNodes.object().put("rule", due.rule().id());
        window(json, due.window());
        labs(json, due.labs());
        return json;
    }

    private static void window(ObjectNode json, Window window) {
        json.put("from", window.from().toString()).put("to", window.to().toString());
    }

    private static void labs(ObjectNode json, List<LabTest> labs) {
        if (!labs.isEmpty()) {
            ArrayNode words = json.putArray("labs");
            labs.forEach(test -> words.add(test.word()));
        }
    }

    /** Doses carry one decimal at least; a hold is a plain 0. */
    private static BigDecimal tenths(WeeklyDose dose) {
        return dose.isNone() || dose.mg().scale() >= 1 ? dose.mg() : dose.mg().setScale(1);
    }
}
