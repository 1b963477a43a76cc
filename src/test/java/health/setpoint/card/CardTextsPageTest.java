package health.setpoint.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.titration.advice.RuleId;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    private static final Map<String, String> PARTS = Map.of(
            "summary", "Title",
            "advice", "What",
            "because", "Because",
            "also", "On another card",
            "more", "Behind the link");
    private static final Map<String, String> VALUES = Map.of(
            "e2", "estradiol with day and method",
            "onDose", "on anastrozole and its dose",
            "next", "proposed dose",
            "nextShort", "proposed dose",
            "reasons", "what withholds it",
            "names", "drug",
            "words", "drug and how it stands");

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

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                # What cards say

                Generated from `src/main/resources/cards/en` with the numbers of the knowledge as it is shipped; do not edit: `./mvnw test -Dtest=CardTextsPageTest -Dsetpoint.card-texts=write`.

                One rule after the other: the title of its card, what to do, because, and what the page behind the link adds. [A | B] is one or the other, by what the chart holds; _words in italics_ are filled in. Every card also lists what is not known, the options with their recheck dates, and the small line (off-label, evidence, rules, knowledge, signature).
                """);
        for (String file : ORDER) {
            page.append("\n## ").append(FAMILIES.get(file)).append('\n');
            String rule = "";
            Matcher fragments = FRAGMENT.matcher(Files.readString(TEXTS.resolve(file)));
            while (fragments.find()) {
                Optional<RuleId> named = Arrays.stream(RuleId.values())
                        .filter(each -> each.name().equals(fragments.group(1)))
                        .findFirst();
                if (named.isEmpty()) {
                    continue;
                }
                if (!named.get().id().equals(rule)) {
                    rule = named.get().id();
                    page.append("\n**").append(rule).append("**\n\n");
                }
                page.append("- ")
                        .append(PARTS.get(fragments.group(2)))
                        .append(": ")
                        .append(readable(fragments.group(3)))
                        .append('\n');
            }
        }
        return page.toString();
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
        return text.toString().replaceAll("\\s+", " ").replace("[ | ", "[").replace("[ ", "[");
    }

    private static String value(String expression) {
        List<String> parts = List.of(expression.replaceAll("\\(.*\\)", "").split("\\."));
        if (parts.get(0).equals("p")) {
            return number(CardSamples.KNOWLEDGE.on(CardSamples.TODAY), parts.subList(1, parts.size()));
        }
        String last = parts.stream()
                .filter(part -> !List.of("capitalised", "uncapitalised", "withoutFullStop", "replace")
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
                        .filter(rule -> !page.contains("\n**" + rule + "**\n"))
                        .collect(Collectors.joining(", ")));
    }
}
