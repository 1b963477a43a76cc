package health.setpoint.card;

import java.util.regex.Pattern;

/**
 * Ready-made GitHub-flavoured Markdown. Every other value that reaches a Markdown template is escaped.
 *
 * @param text without raw HTML
 */
record Markdown(String text) {

    private static final Pattern SPACES = Pattern.compile("\\s+");

    /**
     * Plain text as Markdown: what would be mark-up, a tag or a link is escaped, and what a reader writes of numbers
     * ({@code <5}, {@code 0.5-1}) stays as it is.
     */
    static String escape(String plain) {
        StringBuilder escaped = new StringBuilder(plain.length() + 8);
        String line = SPACES.matcher(plain).replaceAll(" ");
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            char next = i + 1 < line.length() ? line.charAt(i + 1) : ' ';
            boolean mark =
                    switch (c) {
                        case '\\', '`', '*', '_', '[', ']', '~', '|', '&', '@' -> true;
                        case '<' -> !Character.isDigit(next) && next != '=' && next != ' ';
                        case '!' -> next == '[';
                        case ':' -> next == '/';
                        case '#', '+', '-' -> i == 0 && next == ' ';
                        case '>' -> i == 0 && !Character.isDigit(next) && next != '=';
                        case '.' -> i >= 3 && line.regionMatches(true, i - 3, "www", 0, 3);
                        default -> false;
                    };
            if (mark) {
                escaped.append('\\');
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
