package health.setpoint.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.titration.advice.RuleId;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The page of all card texts")
class CardTextsPageTest {

    private static final Path PAGE = Path.of("docs/clinical/card-texts.md");
    private static final Path TEXTS = Path.of("src/main/resources/cards/en");

    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("gates.md", "Who is spoken of at all"),
            Map.entry("orders.md", "Orders and interactions"),
            Map.entry("safety.md", "Safety conditions"),
            Map.entry("data-quality.md", "Results that cannot carry a dose"),
            Map.entry("on-inhibitor.md", "On anastrozole"),
            Map.entry("off-inhibitor.md", "Without anastrozole"),
            Map.entry("testosterone.md", "Testosterone first"),
            Map.entry("context.md", "Context, on the page behind the link only"),
            Map.entry("monitoring.md", "Monitoring calendar"));
    private static final List<String> ORDER = List.of(
            "gates.md",
            "orders.md",
            "safety.md",
            "data-quality.md",
            "on-inhibitor.md",
            "off-inhibitor.md",
            "testosterone.md",
            "context.md",
            "monitoring.md");
    private static final Map<String, String> VALUES = Map.of(
            "e2", "E2",
            "onDose", "on dose",
            "next", "dose",
            "nextShort", "dose",
            "reasons", "reasons",
            "names", "drug",
            "words", "drug");

    /** What many rules say alike, once. */
    private static final Map<String, String> SHARED = new LinkedHashMap<>();

    static {
        SHARED.put("recognised by its words only", "¹");
        SHARED.put("the running dose is above the ceiling", "²");
        SHARED.put("Decide on the safety concern first", "³");
        SHARED.put("which the estradiol result would otherwise suggest", "⁴");
        SHARED.put("3.50 % had one on testosterone and 2.46 % on placebo in the TRAVERSE trial", "⁵");
    }

    private static final char OPEN = '\u27e6';
    private static final char CLOSE = '\u27e7';
    private static final Pattern INNERMOST = Pattern.compile("\\[([^\\[\\]]*)]");
    /** Of plain prose, read with attention. */
    private static final double WORDS_A_MINUTE = 250;

    private static final Pattern FRAGMENT = Pattern.compile(
            "\\{#fragment id=(\\w+?)_(summary|advice|because|also|more)}(.*?)\\{/fragment}", Pattern.DOTALL);
    private static final Pattern TAG =
            Pattern.compile("\\{(#if|#else if|#switch|#case|#else|/if|/switch)[^}]*}|\\{([^#/!][^}]*)}");

    @Test
    @DisplayName("says what the texts say (write it anew with -Dsetpoint.card-texts=write)")
    void saysWhatTheTextsSay() throws IOException {
        String page = page();
        if ("write".equals(System.getProperty("setpoint.card-texts"))) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE));
    }

    /** The texts of one rule by their part. */
    private static Map<String, Map<RuleId, Map<String, String>>> texts() throws IOException {
        Map<String, Map<RuleId, Map<String, String>>> texts = new LinkedHashMap<>();
        for (String file : ORDER) {
            Map<RuleId, Map<String, String>> family = texts.computeIfAbsent(file, none -> new LinkedHashMap<>());
            Matcher fragments = FRAGMENT.matcher(Files.readString(TEXTS.resolve(file)));
            while (fragments.find()) {
                Arrays.stream(RuleId.values())
                        .filter(each -> each.name().equals(fragments.group(1)))
                        .findFirst()
                        .ifPresent(rule -> family.computeIfAbsent(rule, none -> new LinkedHashMap<>())
                                .put(fragments.group(2), readable(fragments.group(3))));
            }
        }
        return texts;
    }

    private static String page() throws IOException {
        StringBuilder advice = new StringBuilder();
        StringBuilder reasons = new StringBuilder();
        StringBuilder behind = new StringBuilder();
        texts().forEach((file, family) -> {
            StringBuilder rows = new StringBuilder();
            family.forEach((rule, parts) -> {
                if (parts.containsKey("summary")) {
                    rows.append(row(rule, parts));
                }
                item(reasons, rule, because(parts));
                item(behind, rule, parts.getOrDefault("more", ""));
            });
            if (!rows.isEmpty()) {
                advice.append("\n### ")
                        .append(FAMILIES.get(file))
                        .append("\n\n| | Title | What |\n|---|---|---|\n")
                        .append(rows);
            }
        });
        return """
                # What cards say

                Generated from `src/main/resources/cards/en` with the numbers of the knowledge as it is shipped; do not edit: `./mvnw test -Dtest=CardTextsPageTest -Dsetpoint.card-texts=write`.

                Three parts, every text of every rule once: [what cards advise](#what-cards-advise), %,d words, some %d minutes; [because](#because), %,d words, %d minutes; and [what stands behind their links](#behind-the-link), %,d words.

                [A / B] is one or the other, by what the chart holds; _italics_ are filled in: _E2_ is the estradiol with day and method, _on dose_ anastrozole and its dose, _drug_ a drug by name and, in a sentence, how it stands, _reasons_ what withholds a dose. %s. Every card also lists what is not known, the options with their recheck dates, and the small line (off-label, evidence, rules, knowledge, signature).

                ## What cards advise
                %s
                ## Because

                *Elsewhere* is what a rule says on another rule's card.

                %s
                ## Behind the link

                %s""".formatted(
                        words(advice),
                        minutes(advice),
                        words(reasons),
                        minutes(reasons),
                        words(behind),
                        SHARED.entrySet().stream()
                                .map(shared -> shared.getValue() + " " + shared.getKey())
                                .collect(Collectors.joining("; ")),
                        advice,
                        reasons,
                        behind);
    }

    private static void item(StringBuilder list, RuleId rule, String text) {
        if (!text.isEmpty()) {
            list.append("- **").append(rule.id()).append("** ").append(text).append('\n');
        }
    }

    private static long minutes(StringBuilder text) {
        return Math.round(words(text) / WORDS_A_MINUTE);
    }

    /** Words as a reader counts them: no bars, no slashes. */
    private static long words(StringBuilder text) {
        return Arrays.stream(text.toString().split("\\s+"))
                .filter(word -> word.chars().anyMatch(Character::isLetterOrDigit))
                .count();
    }

    private static String row(RuleId rule, Map<String, String> parts) {
        String title = parts.get("summary");
        String what = parts.getOrDefault("advice", "");
        return "| **" + rule.id() + "** | " + title + " | " + (holds(title, what) ? "as titled" : what) + " |\n";
    }

    /** The sentence stands in the title word by word. */
    private static boolean holds(String title, String what) {
        return !what.isEmpty() && lettersOf(title).contains(lettersOf(what));
    }

    private static String lettersOf(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_/]+", " ").strip();
    }

    /** What the rule says on another rule's card stands after it. */
    private static String because(Map<String, String> parts) {
        String because = parts.getOrDefault("because", "");
        if (!parts.containsKey("also")) {
            return because;
        }
        return because + " *Elsewhere:* " + parts.get("also");
    }

    /** Alternatives in brackets, values by name, numbers as they hold. */
    private static String readable(String template) {
        StringBuilder text = new StringBuilder();
        Matcher tags = TAG.matcher(template.strip());
        while (tags.find()) {
            String tag = tags.group(1);
            String shown = tag == null
                    ? value(tags.group(2))
                    : switch (tag) {
                        case "#if", "#switch" -> "[";
                        case "/if", "/switch" -> "]";
                        default -> " | ";
                    };
            tags.appendReplacement(text, Matcher.quoteReplacement(shown));
        }
        tags.appendTail(text);
        String line = text.toString()
                .replaceAll("\\s+", " ")
                .replace("[ | ", "[")
                .replace("[ ", "[")
                .replace("_drug_[, and _drug_]", "_drug_");
        for (Map.Entry<String, String> shared : SHARED.entrySet()) {
            line = line.replace(shared.getKey(), shared.getValue());
        }
        return folded(line).replace(" | ", " / ").replace("|", "\\|");
    }

    /** Words that all alternatives begin or end with stand once, before or after them. */
    private static String folded(String line) {
        Matcher innermost = INNERMOST.matcher(line);
        if (!innermost.find()) {
            return line.replace(OPEN, '[').replace(CLOSE, ']');
        }
        List<List<String>> options = Arrays.stream(innermost.group(1).split(" \\| ", -1))
                .distinct()
                .map(option -> List.of(option.strip().split(" ")))
                .toList();
        int head = options.size() < 2 ? 0 : common(options);
        int tail = options.size() < 2
                ? 0
                : common(options.stream()
                        .map(option -> reversed(option.subList(head, option.size())))
                        .toList());
        List<String> first = options.get(0);
        if (options.size() == 1 && innermost.group(1).contains(" | ")) {
            return folded(line.substring(0, innermost.start())
                    + String.join(" ", options.get(0))
                    + line.substring(innermost.end()));
        }
        String inner = options.stream()
                .map(option -> String.join(" ", option.subList(head, option.size() - tail)))
                .collect(Collectors.joining(" | "));
        String whole = Stream.of(
                        String.join(" ", first.subList(0, head)),
                        OPEN + inner + CLOSE,
                        String.join(" ", first.subList(first.size() - tail, first.size())))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return folded(line.substring(0, innermost.start()) + whole + line.substring(innermost.end()));
    }

    /** How many words all begin with, where that leaves each of them some and cuts no group. */
    private static int common(List<List<String>> options) {
        int shortest = options.stream().mapToInt(List::size).min().orElseThrow() - 1;
        int same = 0;
        while (same < shortest && isCommon(options, same)) {
            same++;
        }
        return same < 2 ? 0 : same;
    }

    private static boolean isCommon(List<List<String>> options, int at) {
        String word = options.get(0).get(at);
        return word.indexOf(OPEN) < 0
                && word.indexOf(CLOSE) < 0
                && options.stream().allMatch(option -> option.get(at).equals(word));
    }

    private static List<String> reversed(List<String> words) {
        List<String> reversed = new ArrayList<>(words);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String value(String expression) {
        List<String> parts = List.of(expression.replaceAll("\\(.*\\)", "").split("\\."));
        if (parts.get(0).equals("p")) {
            return number(CardSamples.KNOWLEDGE.on(CardSamples.TODAY), parts.subList(1, parts.size()));
        }
        String last = parts.stream()
                .filter(part -> !List.of(
                                "capitalised", "uncapitalised", "withoutFullStop", "replace", "inWords", "asOrders")
                        .contains(part))
                .reduce((first, second) -> second)
                .orElseThrow();
        return "_" + VALUES.getOrDefault(last, last.replaceAll("([A-Z])", " $1").toLowerCase()) + "_";
    }

    private static String number(Object from, List<String> path) {
        Object value = from;
        for (String part : path) {
            if (part.equals("weeks")) {
                value = BigDecimal.valueOf(((Number) value).longValue() / 7.0);
            } else if (part.equals("months")) {
                value = Math.round(((Number) value).longValue() * 12 / 365.0);
            } else if (part.equals("percent")) {
                value = ((BigDecimal) value).movePointRight(2);
            } else if (part.equals("justBelow")) {
                value = ((BigDecimal) value).subtract(((BigDecimal) value).ulp());
            } else {
                value = member(value, part);
            }
        }
        return value instanceof BigDecimal decimal
                ? decimal.stripTrailingZeros().toPlainString()
                : value.toString();
    }

    private static Object member(Object record, String name) {
        try {
            return record.getClass().getMethod(name).invoke(record);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException absent) {
            throw new IllegalStateException(name, absent);
        }
    }

    @Test
    @DisplayName("holds every rule that has a text")
    void holdsEveryRule() throws IOException {
        String page = Files.readString(PAGE);
        assertEquals(
                "",
                Arrays.stream(RuleId.values())
                        .filter(rule -> rule != RuleId.R_02 && rule != RuleId.R_08)
                        .map(RuleId::id)
                        .filter(rule -> !page.contains("**" + rule + "** "))
                        .collect(Collectors.joining(", ")));
    }
}
