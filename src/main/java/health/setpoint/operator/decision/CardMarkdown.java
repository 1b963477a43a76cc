package health.setpoint.operator.decision;

import java.util.List;
import java.util.regex.Pattern;

/** The Markdown that our own cards are written in, as HTML: paragraphs, numbered lists, bullets, bold words, escapes. */
final class CardMarkdown {

    private static final Pattern NUMBERED = Pattern.compile("^\\d+\\. ");
    private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");
    private static final Pattern DAY = Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}\\b");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(\\p{Punct})");
    /** From the private use area, for a character that stood behind a backslash. */
    private static final int HIDDEN = 0xE000;

    private CardMarkdown() {}

    /** Several paragraphs. */
    static String paragraphs(String markdown) {
        StringBuilder html = new StringBuilder();
        for (String block : markdown.split("\n\n+")) {
            List<String> lines = block.lines().toList();
            if (block.strip().equals("---")) {
                html.append("<hr>");
            } else if (lines.stream().allMatch(line -> NUMBERED.matcher(line).find())) {
                list(html, "ol", lines, NUMBERED);
            } else if (lines.stream().allMatch(line -> line.startsWith("- "))) {
                list(html, "ul", lines, Pattern.compile("^- "));
            } else {
                html.append("<p>").append(line(String.join(" ", lines))).append("</p>");
            }
        }
        return html.toString();
    }

    private static void list(StringBuilder html, String kind, List<String> lines, Pattern marker) {
        html.append('<').append(kind).append('>');
        lines.forEach(line -> html.append("<li>")
                .append(line(marker.matcher(line).replaceFirst("")))
                .append("</li>"));
        html.append("</").append(kind).append('>');
    }

    /** One line. */
    static String line(String markdown) {
        String hidden = ESCAPED.matcher(markdown)
                .replaceAll(
                        found -> String.valueOf((char) (HIDDEN + found.group(1).charAt(0))));
        String safe = BOLD.matcher(escaped(hidden)).replaceAll("<strong>$1</strong>");
        StringBuilder html = new StringBuilder();
        safe.chars()
                .forEach(letter -> html.append(
                        letter > HIDDEN && letter < HIDDEN + 128
                                ? escaped(String.valueOf((char) (letter - HIDDEN)))
                                : String.valueOf((char) letter)));
        return days(html.toString());
    }

    /** A day is not broken at the end of a line. */
    private static String days(String html) {
        return DAY.matcher(html).replaceAll("<span class=\"day\">$0</span>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
