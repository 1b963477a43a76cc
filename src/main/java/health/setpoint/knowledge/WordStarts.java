package health.setpoint.knowledge;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The letters with which what a pattern finds can begin. Most texts of a record have no word that begins so, and to look at
 * the beginnings of their words costs a small part of what the pattern costs.
 */
final class WordStarts {

    private static final int LETTERS = 3;
    /** Twenty-six letters, and whatever else stands in a text. */
    private static final int KINDS = 27;

    private static final int OTHER = KINDS - 1;

    /** What {@code \s}, {@code \w}, {@code \d}, {@code \p{L}} or a negated class may stand for. */
    private static final String OTHERS = " \t\n_-.0123456789\u00e9\u2013";

    private static final String LOOKS_BEHIND = "(?<=";

    private final BitSet starts = new BitSet(KINDS * KINDS * KINDS);

    /** {@code whole} finds whole words only: nothing within a word, without regard to upper and lower case. */
    static WordStarts of(Pattern whole) {
        if (whole.pattern().contains(LOOKS_BEHIND)) {
            throw new KnowledgeException("a pattern of words looks at what stands before it: " + whole.pattern());
        }
        WordStarts starts = new WordStarts();
        starts.extend(whole, "", letters(whole.pattern()));
        return starts;
    }

    private static List<Character> letters(String pattern) {
        Set<Character> letters = new TreeSet<>();
        for (char letter = 'a'; letter <= 'z'; letter++) {
            letters.add(letter);
        }
        (OTHERS + pattern)
                .chars()
                .filter(letter -> kind((char) letter) == OTHER)
                .forEach(letter -> letters.add((char) letter));
        return List.copyOf(letters);
    }

    /** Goes on with every letter with which the pattern matches, or would match if the text went on. */
    private void extend(Pattern whole, String start, List<Character> letters) {
        if (start.length() == LETTERS) {
            starts.set(place(start, 0));
            return;
        }
        for (char letter : letters) {
            var longer = start + letter;
            var matcher = whole.matcher(longer);
            boolean matches = matcher.lookingAt();
            if (matches) {
                starts.set(place(longer, 0));
            }
            if (matches || matcher.hitEnd()) {
                extend(whole, longer, letters);
            }
        }
    }

    /** False where the pattern finds nothing in a text; true where it may. */
    boolean mayStandIn(String text) {
        boolean withinWord = false;
        for (int i = 0; i < text.length(); i++) {
            if (!withinWord && starts.get(place(text, i))) {
                return true;
            }
            char here = text.charAt(i);
            withinWord = kind(here) != OTHER || here >= '0' && here <= '9';
        }
        return false;
    }

    /** The first letters from a place on, as a number; behind the end of the text stands something else than a letter. */
    private static int place(String text, int from) {
        int place = 0;
        for (int i = from; i < from + LETTERS; i++) {
            place = KINDS * place + (i < text.length() ? kind(text.charAt(i)) : OTHER);
        }
        return place;
    }

    private static int kind(char letter) {
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a';
        }
        return letter >= 'A' && letter <= 'Z' ? letter - 'A' : OTHER;
    }
}
