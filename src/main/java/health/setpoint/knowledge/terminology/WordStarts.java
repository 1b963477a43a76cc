package health.setpoint.knowledge.terminology;

import health.setpoint.knowledge.yaml.KnowledgeException;
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

    /** As many as tell most words of a table from most words that are not in it. */
    private static final int USUAL = 3;

    /** Twenty-six letters, and whatever else stands in a text. */
    private static final int KINDS = 27;

    private static final int OTHER = KINDS - 1;

    /** What {@code \s}, {@code \w}, {@code \d}, {@code \p{L}} or a negated class may stand for. */
    private static final String OTHERS = " \t\n_-.0123456789\u00e9\u2013";

    private static final String LOOKS_BEHIND = "(?<=";

    private final int letters;
    private final BitSet starts = new BitSet();

    private WordStarts(int letters) {
        this.letters = letters;
    }

    /** {@code whole} finds whole words only: nothing within a word, without regard to upper and lower case. */
    static WordStarts of(Pattern whole) {
        return of(whole, USUAL);
    }

    /** The same by the first letter only, which is known at once. */
    static WordStarts byLetter(Pattern whole) {
        return of(whole, 1);
    }

    private static WordStarts of(Pattern whole, int letters) {
        if (whole.pattern().contains(LOOKS_BEHIND)) {
            throw new KnowledgeException("a pattern of words looks at what stands before it: " + whole.pattern());
        }
        WordStarts starts = new WordStarts(letters);
        starts.extend(whole, "", alphabet(whole.pattern()));
        return starts;
    }

    private static List<Character> alphabet(String pattern) {
        Set<Character> alphabet = new TreeSet<>();
        for (char letter = 'a'; letter <= 'z'; letter++) {
            alphabet.add(letter);
        }
        (OTHERS + pattern)
                .chars()
                .filter(letter -> kind((char) letter) == OTHER)
                .forEach(letter -> alphabet.add((char) letter));
        return List.copyOf(alphabet);
    }

    /** Goes on with every letter with which the pattern matches, or would match if the text went on. */
    private void extend(Pattern whole, String start, List<Character> alphabet) {
        if (start.length() == letters) {
            starts.set(place(start, 0));
            return;
        }
        for (char letter : alphabet) {
            var longer = start + letter;
            var matcher = whole.matcher(longer);
            boolean matches = matcher.lookingAt();
            if (matches) {
                starts.set(place(longer, 0));
            }
            if (matches || matcher.hitEnd()) {
                extend(whole, longer, alphabet);
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
    private int place(String text, int from) {
        int place = 0;
        for (int i = from; i < from + letters; i++) {
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
