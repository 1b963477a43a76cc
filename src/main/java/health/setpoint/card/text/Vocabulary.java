package health.setpoint.card.text;

import health.setpoint.titration.therapy.Drug;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How one language says what rules hand over: words of enumerations, numbers, days, orders and forms. What it does not know
 * is said as it was handed over, as is what earlier releases wrote into the journal in words.
 */
public final class Vocabulary {

    private static final List<String> FILE = List.of("vocabulary.md");
    private static final String WORD = "word_";
    private static final Pattern ISO_DAY = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})");
    private static final Pattern ORDER = Pattern.compile("(\\w+) (weekly|up_to|unknown) ([\\d.]+|-) (\\w+)");
    private static final Pattern FORM = Pattern.compile("(.*) \\[(\\d{4}-\\d{2}-\\d{2}|-)]");
    private static final Pattern BETWEEN_FORMS = Pattern.compile("(?<=]); ");

    private final Map<String, Phrase> phrases;
    private final Map<String, String> words;
    private final Map<Drug, String> names;
    private final String and;
    private final String decimalSign;

    private Vocabulary(Map<String, Phrase> phrases) {
        this.phrases = phrases;
        this.words = wordsByCode(phrases);
        this.names = namesByDrug(phrases);
        this.and = " " + line("and", Map.of()) + " ";
        this.decimalSign = line("decimal_sign", Map.of());
    }

    static Vocabulary english() {
        return new Vocabulary(read(Languages.ENGLISH));
    }

    /** Another language over this one. */
    Vocabulary in(String language) {
        return new Vocabulary(Texts.over(phrases, read(language)));
    }

    private static Map<String, Phrase> read(String language) {
        return PhraseFiles.read(language, FILE, Object::toString, Optional.empty());
    }

    /** Under the code as it is handed over, with spaces or underscores. */
    private static Map<String, String> wordsByCode(Map<String, Phrase> phrases) {
        Map<String, String> words = new HashMap<>();
        phrases.forEach((name, phrase) -> {
            if (name.startsWith(WORD)) {
                String code = name.substring(WORD.length());
                words.put(code, phrase.line(Map.of()));
                words.put(code.replace('_', ' '), phrase.line(Map.of()));
            }
        });
        return Collections.unmodifiableMap(words);
    }

    private static Map<Drug, String> namesByDrug(Map<String, Phrase> phrases) {
        Map<Drug, String> names = new EnumMap<>(Drug.class);
        for (Drug drug : Drug.values()) {
            names.put(
                    drug,
                    phrases.get("name_" + drug.name().toLowerCase(Locale.ROOT)).line(Map.of()));
        }
        return Collections.unmodifiableMap(names);
    }

    private String line(String name, Map<String, Object> values) {
        return phrases.get(name).line(values);
    }

    public String name(Drug drug) {
        return names.get(drug);
    }

    /** {@code a, b and c}. */
    String enumerated(List<String> items) {
        if (items.size() < 2) {
            return String.join("", items);
        }
        return String.join(", ", items.subList(0, items.size() - 1)) + and + items.get(items.size() - 1);
    }

    /** The words of codes that are separated by commas. */
    public String words(String codes) {
        String known = words.get(codes);
        if (known != null || codes.indexOf(',') < 0) {
            return known == null ? codes : known;
        }
        return Arrays.stream(codes.split(", "))
                .map(code -> words.getOrDefault(code, code))
                .collect(Collectors.joining(", "));
    }

    /** Orders of aromatase inhibitors, each with its dose and how it stands. */
    String orders(String handedOver) {
        return Arrays.stream(handedOver.split("; ")).map(this::order).collect(Collectors.joining("; "));
    }

    private String order(String handedOver) {
        Matcher order = ORDER.matcher(handedOver);
        return order.matches()
                ? line(
                        "order_" + order.group(2),
                        Map.of(
                                "drug", words(order.group(1)),
                                "mg", number(order.group(3)),
                                "state", words(order.group(4))))
                : handedOver;
    }

    /** Questionnaires with their days. */
    public String forms(String handedOver) {
        return Arrays.stream(BETWEEN_FORMS.split(handedOver)).map(this::form).collect(Collectors.joining(", "));
    }

    private String form(String handedOver) {
        Matcher form = FORM.matcher(handedOver);
        if (!form.matches()) {
            return handedOver;
        }
        return form.group(2).equals("-")
                ? line("form_undated", Map.of("name", form.group(1)))
                : line("form_dated", Map.of("name", form.group(1), "day", day(form.group(2))));
    }

    /** A day of ISO 8601 as this language writes it. */
    String day(String iso) {
        Matcher day = ISO_DAY.matcher(iso);
        return day.matches()
                ? line("day", Map.of("year", day.group(1), "month", day.group(2), "dayOfMonth", day.group(3)))
                : iso;
    }

    /** A number, which came with a point. */
    String number(String plain) {
        return decimalSign.equals(".") ? plain : plain.replace(".", decimalSign);
    }

    /** A value of a text as it is written. */
    String shown(Object value) {
        if (value instanceof BigDecimal number) {
            return number.signum() == 0
                    ? "0"
                    : number(number.stripTrailingZeros().toPlainString());
        }
        String text = value.toString();
        if (text.isBlank()) {
            throw new IllegalStateException("a value of a card text is blank");
        }
        return text;
    }
}
