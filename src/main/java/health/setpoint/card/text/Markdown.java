package health.setpoint.card.text;

import java.util.List;
import java.util.StringJoiner;
import java.util.StringTokenizer;

/**
 * Ready-made GitHub-flavoured Markdown. Every other value that reaches a Markdown template is escaped.
 *
 * @param text without raw HTML
 */
public record Markdown(String text) {

    /** No text at all; a block that leaves no gap. */
    public static final Markdown NOTHING = new Markdown("");

    public boolean isNothing() {
        return text.isEmpty();
    }

    /** Words as a reader counts them: whatever stands between white space, the number of a list item too. */
    public int words() {
        return new StringTokenizer(text).countTokens();
    }

    /** Plain texts, each as Markdown. */
    public static List<Markdown> escaped(List<String> plain) {
        return plain.stream().map(text -> new Markdown(escape(text))).toList();
    }

    /** One below the other. */
    public static Markdown lines(List<Markdown> items) {
        return joined(items, "\n");
    }

    /** One after the other, in one paragraph. */
    public static Markdown sentences(List<Markdown> items) {
        return joined(items, " ");
    }

    /** A phrase as a sentence. */
    public static Markdown sentence(Markdown phrase) {
        return new Markdown(phrase.text() + ".");
    }

    /** Items of one line. */
    public static Markdown enumerated(List<Markdown> items) {
        return joined(items, "; ");
    }

    public static Markdown bullets(List<Markdown> items) {
        return items.isEmpty() ? NOTHING : new Markdown("- " + joined(items, "\n- "));
    }

    public static Markdown numbered(List<Markdown> items) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            lines.append(i + 1).append(". ").append(items.get(i)).append('\n');
        }
        return new Markdown(lines.toString());
    }

    private static Markdown joined(List<Markdown> items, String between) {
        StringJoiner all = new StringJoiner(between);
        for (Markdown item : items) {
            all.add(item.text());
        }
        return new Markdown(all.toString());
    }

    /**
     * Plain text as Markdown: what would be mark-up, a tag or a link is escaped, and what a reader writes of numbers
     * ({@code <5}, {@code 0.5-1}) stays as it is.
     */
    public static String escape(String plain) {
        String line = singleSpaced(plain);
        int first = 0;
        while (first < line.length() && !isMark(line, first)) {
            first++;
        }
        if (first == line.length()) {
            return line;
        }
        StringBuilder escaped = new StringBuilder(line.length() + 8).append(line, 0, first);
        for (int i = first; i < line.length(); i++) {
            if (isMark(line, i)) {
                escaped.append('\\');
            }
            escaped.append(line.charAt(i));
        }
        return escaped.toString();
    }

    /** The character would be read as mark-up, or begins some. */
    private static boolean isMark(String line, int at) {
        char next = at + 1 < line.length() ? line.charAt(at + 1) : ' ';
        return switch (line.charAt(at)) {
            case '\\', '`', '*', '_', '[', ']', '~', '|', '&', '@' -> true;
            case '<' -> !Character.isDigit(next) && next != '=' && next != ' ';
            case '!' -> next == '[';
            case ':' -> next == '/';
            case '#', '+', '-' -> at == 0 && next == ' ';
            case '>' -> at == 0 && !Character.isDigit(next) && next != '=';
            case '.' -> at >= 3 && line.regionMatches(true, at - 3, "www", 0, 3);
            default -> false;
        };
    }

    /** The text with one space for every run of spaces, tabs and line ends. */
    static String singleSpaced(String text) {
        int first = 0;
        for (char before = 0; first < text.length(); first++) {
            char c = text.charAt(first);
            if (isSpace(c) && (c != ' ' || isSpace(before))) {
                break;
            }
            before = c;
        }
        if (first >= text.length()) {
            return text;
        }
        StringBuilder spaced = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isSpace(c)) {
                spaced.append(c);
            } else if (i == 0 || !isSpace(text.charAt(i - 1))) {
                spaced.append(' ');
            }
        }
        return spaced.toString();
    }

    /** What {@code \s} stands for in a regular expression. */
    private static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    @Override
    public String toString() {
        return text;
    }
}
