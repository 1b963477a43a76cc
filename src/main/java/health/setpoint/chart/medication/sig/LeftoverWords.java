package health.setpoint.chart.medication.sig;

import health.setpoint.chart.medication.words.SigToken;
import health.setpoint.knowledge.terminology.SigWords.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The words that no production took: with one of them an instruction is not understood. */
final class LeftoverWords {

    private static final int LONGEST_SHOWN = 20;
    /** What they belong to tells a reader more than they do. */
    private static final Set<String> SMALL_WORDS = Set.of(
            "every", "each", "on", "in", "the", "to", "of", "at", "and", "or", "a", "an", "per", "for", "by", "with",
            "q");

    private final InstructionWords words;
    private final List<SigToken> tokens = new ArrayList<>();

    LeftoverWords(InstructionWords words) {
        this.words = words;
    }

    void add(SigToken token) {
        tokens.add(token);
    }

    boolean isEmpty() {
        return tokens.isEmpty();
    }

    /** One of them is a number, a date or a count. */
    boolean speaksOfDose() {
        return tokens.stream().anyMatch(this::counts);
    }

    private boolean counts(SigToken token) {
        return switch (token.kind()) {
            case NUMBER, FRACTION, ODD, DATE -> true;
            case WORD ->
                words.number(Kind.NUMBER, token.text()).isPresent()
                        || words.number(Kind.TIMES, token.text()).isPresent();
            case SIGN -> false;
        };
    }

    /** Why the instruction is not understood: its first word or number that tells most. A sentence for the reader. */
    String problem() {
        var all = tokens.stream()
                .filter(token -> token.kind() != SigToken.Kind.SIGN)
                .toList();
        var said = all.stream()
                .filter(token -> token.isWord() && !SMALL_WORDS.contains(token.text()))
                .findFirst()
                .or(() -> all.stream().findFirst());
        var isShown = said.filter(token -> token.text().length() <= LONGEST_SHOWN
                        && token.text().chars().allMatch(LeftoverWords::isPlain))
                .isPresent();
        if (!isShown) {
            return said.isPresent()
                    ? "A word of the instruction is not understood."
                    : "A sign in the instruction is not understood.";
        }
        return (said.get().isWord() ? "The word “" : "The number “")
                + said.get().text() + "” is not understood.";
    }

    private static boolean isPlain(int letter) {
        return Character.isLetterOrDigit(letter) || letter == '.' || letter == ',' || letter == '\'' || letter == '/';
    }
}
