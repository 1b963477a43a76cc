package health.setpoint.card.text;

import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Doubt;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.DoubtfulResult.Fault;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Names the results that were not understood, on the cards that they concern. */
public final class DoubtLines {

    private final Wording wording;
    private final List<Doubt> doubts;
    private final boolean titrated;

    /** {@code cards} are all cards of the answer: the monitoring card names what no titration card can. */
    public DoubtLines(Wording wording, List<Doubt> doubts, List<CardAdvice> cards) {
        this.wording = wording;
        this.doubts = List.copyOf(doubts);
        this.titrated = cards.stream().anyMatch(card -> card.family() == Family.TITRATION);
    }

    /** One item for each result in doubt that concerns a card and is wanted. */
    public List<Markdown> of(CardAdvice card, Predicate<Doubt> wanted) {
        return doubts.stream()
                .filter(doubt -> wanted.test(doubt) && concerns(doubt, card))
                .map(this::line)
                .toList();
    }

    /** The newest result of a test is among them. */
    public boolean isAbout(Analyte analyte) {
        return doubts.stream()
                .anyMatch(doubt -> doubt.result().result().analyte() == analyte
                        && doubt.result().fault() == Fault.UNREADABLE);
    }

    private boolean concerns(Doubt doubt, CardAdvice card) {
        return switch (card.family()) {
            case TITRATION -> true;
            case SAFETY ->
                card.inputs().stream()
                        .anyMatch(input -> input.result().analyte()
                                == doubt.result().result().analyte());
            case MONITORING -> !titrated;
        };
    }

    private Markdown line(Doubt doubt) {
        LabResult result = doubt.result().result();
        Map<String, Object> values = new HashMap<>();
        values.put("name", wording.words("analyte_" + lowerCase(result.analyte())));
        values.put("value", value(result));
        values.put("day", doubt.result().drawn().map(Object::toString).orElse(""));
        values.put("called", called(result));
        values.put("fault", fault(doubt));
        values.put("analyte", lowerCase(result.analyte()));
        values.put(
                "limit",
                doubt.crossing()
                        .map(limit -> limit.stripTrailingZeros().toPlainString())
                        .orElse(""));
        return wording.texts().markdown("doubt", values);
    }

    private String value(LabResult result) {
        if (result.reading() instanceof Reading.Measured measured) {
            String symbol = measured.unit().symbol();
            return measured.comparator().sign()
                    + wording.texts().vocabulary().number(measured.amount().toPlainString())
                    + (symbol.isBlank() ? "" : " " + symbol);
        }
        return ((Reading.Unreadable) result.reading()).shown();
    }

    /** The laboratory's own name, where it says more than ours. */
    private String called(LabResult result) {
        String ours = wording.words("analyte_" + lowerCase(result.analyte()));
        return result.reading() instanceof Reading.Unreadable unreadable
                ? unreadable.name().filter(name -> !name.equalsIgnoreCase(ours)).orElse("")
                : "";
    }

    private static String fault(Doubt doubt) {
        return doubt.result().fault() == Fault.UNREADABLE
                        && doubt.result().result().reading() instanceof Reading.Unreadable unreadable
                ? lowerCase(unreadable.why())
                : lowerCase(doubt.result().fault());
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
