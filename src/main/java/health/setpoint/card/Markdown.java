package health.setpoint.card;

/**
 * Ready-made GitHub-flavoured Markdown. Every other value that reaches a Markdown template is escaped.
 *
 * @param text without raw HTML
 */
record Markdown(String text) {

    /**
     * Plain text as Markdown: what would be mark-up, a tag or a link is escaped, and what a reader writes of numbers
     * ({@code <5}, {@code 0.5-1}) stays as it is.
     */
    static String escape(String plain) {
        StringBuilder escaped = new StringBuilder(plain.length() + 8);
        String line = singleSpaced(plain);
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

    /** The text with one space for every run of spaces, tabs and line ends. */
    static String singleSpaced(String text) {
        int first = 0;
        while (first < text.length() && !isSpace(text.charAt(first))
                || first + 1 < text.length() && text.charAt(first) == ' ' && !isSpace(text.charAt(first + 1))) {
            first++;
        }
        if (first >= text.length()) {
            return text;
        }
        StringBuilder spaced = new StringBuilder(text.length()).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isSpace(c)) {
                spaced.append(c);
            } else if (i == first || !isSpace(text.charAt(i - 1))) {
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
