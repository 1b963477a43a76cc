package health.setpoint.card.text;

import health.setpoint.titration.advice.Input;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Results as cards show them. */
public final class ResultText {

    private final Wording wording;

    public ResultText(Wording wording) {
        this.wording = wording;
    }

    /** One result with its value, day and method, and whether it decided. */
    public Markdown line(Input input) {
        Markdown phrase = texts().markdown("input", values(input.result()));
        return input.decisive() ? phrase : texts().markdown("input_shown_only", Map.of("input", phrase));
    }

    /** The same in plain text. */
    public String phrase(Input input) {
        return texts().plain("input", values(input.result()));
    }

    private Map<String, Object> values(LabResult result) {
        return Map.of(
                "name",
                wording.words("analyte_" + lowerCase(result.analyte())),
                "value",
                value(result),
                "notes",
                String.join(", ", notes(result)));
    }

    /** When and how it was measured, and whether that is final. */
    private List<String> notes(LabResult result) {
        List<String> notes = new ArrayList<>();
        notes.add(result.drawn()
                .day()
                .map(day -> texts().plain("drawn", Map.of("day", day)))
                .orElseGet(() -> wording.words("drawn_unknown")));
        if (result.analyte() == Analyte.ESTRADIOL) {
            notes.add(wording.words("assay_" + lowerCase(result.assay())));
        }
        if (!result.status().isFinal()) {
            notes.add(wording.words("not_final"));
        }
        if (result.reading() instanceof Reading.Unreadable unreadable
                && unreadable.why().isOfTest()) {
            notes.add(wording.words("test_" + lowerCase(unreadable.why())));
        }
        return notes;
    }

    private String value(LabResult result) {
        String reported = reported(result);
        return base(result)
                .map(texts().vocabulary()::number)
                .map(base -> texts().plain("value_and_base", Map.of("value", reported, "base", base)))
                .orElse(reported);
    }

    private String reported(LabResult result) {
        if (result.reading() instanceof Reading.Measured measured) {
            return measured.comparator().sign()
                    + texts().vocabulary().number(measured.amount().toPlainString())
                    + unit(measured.unit().symbol());
        }
        Reading.Unreadable unreadable = (Reading.Unreadable) result.reading();
        String shown = unreadable.shown();
        if (unreadable.why().isOfTest() && !shown.isBlank()) {
            return shown;
        }
        return shown.isBlank()
                ? wording.words("value_missing")
                : texts().plain("value_unreadable", Map.of("shown", shown));
    }

    /** The value as the rules compare it, where the laboratory used another unit. */
    private static Optional<String> base(LabResult result) {
        if (result.reading() instanceof Reading.Measured measured
                && !measured.unit().symbol().equalsIgnoreCase(result.analyte().baseUnit())) {
            return Optional.of(Bounded.of(result.analyte(), measured).shown()
                            + unit(result.analyte().baseUnit()))
                    .filter(base -> !base.equals(measured.comparator().sign()
                            + measured.amount().toPlainString()
                            + unit(measured.unit().symbol())));
        }
        return Optional.empty();
    }

    /** Units in braces are annotations of UCUM that tell a reader nothing; percent and names follow a space. */
    private static String unit(String symbol) {
        return symbol.isBlank() || symbol.startsWith("{") ? "" : " " + symbol;
    }

    private Texts texts() {
        return wording.texts();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
