package health.setpoint.chart.medication.dosage;

import health.setpoint.chart.medication.sig.ParsedSig;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Brings the structured elements of an instruction and its words together: where both speak, they have to agree. */
final class StructureAndWords {

    private final LocalDate today;

    StructureAndWords(LocalDate today) {
        this.today = today;
    }

    /**
     * The dosage that structure and words give together.
     *
     * @param dose in mg
     * @param frequency in intakes per week
     * @param begun since when it is taken, where that is known
     * @param written the instruction as written
     */
    Dosage combine(
            StructuredAmount dose,
            StructuredAmount frequency,
            List<ParsedSig> texts,
            Optional<LocalDate> begun,
            Supplier<String> written) {
        if (texts.stream().anyMatch(ParsedSig::asNeeded)) {
            return new Dosage.Unreadable("It is to be taken as needed.", written.get());
        }
        var refusal = dose.refusal().or(frequency::refusal);
        if (refusal.isPresent()) {
            return new Dosage.Unreadable(refusal.get(), written.get());
        }
        if (frequency instanceof StructuredAmount.OneDate) {
            return texts.stream().anyMatch(text -> text.perWeek().isPresent())
                    ? new Dosage.Unreadable("It is given once, and its words name a frequency.", written.get())
                    : new Dosage.Single();
        }
        var amount = dose.lack().isPresent() ? first(texts, ParsedSig::mg, dose) : dose;
        var rate = frequency.lack().isPresent() ? first(texts, ParsedSig::perWeek, frequency) : frequency;
        var mg = amount.highest();
        var perWeek = rate.highest();
        var isKnown = mg.isPresent() && perWeek.isPresent();
        if (isKnown && (amount instanceof StructuredAmount.UpTo || rate instanceof StructuredAmount.UpTo)) {
            return new Dosage.Range(new WeeklyDose(WeeklyRate.weekly(mg.get(), perWeek.get())));
        }
        var doubt = texts.stream().filter(ParsedSig::isDoubt).findFirst();
        if (doubt.isPresent()) {
            return new Dosage.Unreadable(doubt.get().problem(), written.get());
        }
        if (!isKnown) {
            return new Dosage.Unreadable(missing(amount, rate, texts), written.get());
        }
        var isStructured = dose.equals(amount) && frequency.equals(rate);
        return dispute(mg.get(), perWeek.get(), texts, isStructured ? begun : Optional.empty())
                .<Dosage>map(why -> new Dosage.Unreadable(why, written.get()))
                .orElseGet(() -> new Dosage.Weekly(
                        new WeeklyDose(WeeklyRate.weekly(mg.get(), perWeek.get())), WeeklyRate.plain(perWeek.get())));
    }

    /** The words first: they name what was not understood. */
    private static String missing(StructuredAmount amount, StructuredAmount rate, List<ParsedSig> texts) {
        var isDose = amount.lack().isPresent();
        return Stream.concat(
                        texts.stream().map(ParsedSig::problem),
                        texts.stream().map(isDose ? ParsedSig::missing : ParsedSig::ambiguity))
                .filter(words -> !words.isEmpty())
                .findFirst()
                .or(amount::lack)
                .or(rate::lack)
                .orElseThrow();
    }

    private static StructuredAmount first(
            List<ParsedSig> texts, Function<ParsedSig, Optional<BigDecimal>> said, StructuredAmount otherwise) {
        return texts.stream()
                .map(said)
                .flatMap(Optional::stream)
                .findFirst()
                .<StructuredAmount>map(StructuredAmount.Exactly::new)
                .orElse(otherwise);
    }

    /** What words say against a dose and its rate. */
    private Optional<String> dispute(
            BigDecimal mg, BigDecimal perWeek, List<ParsedSig> texts, Optional<LocalDate> begun) {
        for (var text : texts) {
            if (!WeeklyRate.isSame(
                    WeeklyRate.weekly(text.mg().orElse(mg), text.perWeek().orElse(perWeek)),
                    WeeklyRate.weekly(mg, perWeek))) {
                return Optional.of("The structured dose and its text give different weekly doses.");
            }
            if (!text.possible().isEmpty()
                    && text.possible().stream().noneMatch(rate -> WeeklyRate.isSame(rate, perWeek))) {
                return Optional.of(text.ambiguity());
            }
            if (text.days().isPresent() && !lasts(text.days().get(), begun)) {
                return Optional.of("It is to be taken for a limited time only.");
            }
        }
        return Optional.empty();
    }

    private boolean lasts(BigDecimal days, Optional<LocalDate> begun) {
        return begun.isPresent()
                && DosageTiming.wholeDays(days)
                        .filter(count -> begun.get().plusDays(count).isAfter(today))
                        .isPresent();
    }
}
