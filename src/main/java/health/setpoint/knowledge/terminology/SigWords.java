package health.setpoint.knowledge.terminology;

import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.titration.therapy.Drug;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words of dosage instructions: those that say how much and how often, those that change nothing, those that warn. */
public final class SigWords {

    /** What a word does in an instruction. */
    public enum Kind {
        /** A number, such as half. */
        NUMBER(true),
        /** A number in an order: every third day. */
        ORDINAL(true),
        /** How many times: twice. */
        TIMES(true),
        /** A length of time, in hours. */
        PERIOD(true),
        /** A rate that may follow a number of times, per week: daily. */
        ADVERB(true),
        DAY(true),
        /** A day in one or two letters, which counts in a list of them only. */
        DAY_LETTER(true),
        /** Several days written as one word. */
        DAYS(true),
        /** A rate on its own, per week. */
        RATE(false),
        /** A time of day that says by itself: every day. */
        DAILY_AT(false),
        TIME_OF_DAY(false),
        /** May mean each of several rates. */
        AMBIGUOUS(false),
        AS_NEEDED(false),
        /** Changes nothing. */
        FILLER(false),
        /** Points to something that was said elsewhere. */
        REFERENCE(false),
        DRUG(false),
        /** Says that the drug is not taken. */
        STOP(false),
        /** Says that the dose depends on something, changes or has a limit. */
        CONDITION(false);

        private final boolean isSingleWord;

        Kind(boolean isSingleWord) {
            this.isSingleWord = isSingleWord;
        }
    }

    /**
     * Words that stand in the table.
     *
     * @param value what they stand for, as the table has it
     * @param length in words and signs
     */
    public record Phrase(Kind kind, String value, int length) {}

    private final Map<Kind, Map<String, String>> single = new EnumMap<>(Kind.class);
    private final Map<Kind, Map<String, BigDecimal>> numbers = new EnumMap<>(Kind.class);
    private final Node phrases = new Node();

    private SigWords() {
        for (Kind kind : Kind.values()) {
            single.put(kind, new HashMap<>());
            numbers.put(kind, new HashMap<>());
        }
    }

    public static SigWords read(Tables tables) {
        SigWords read = new SigWords();
        for (Tables.Row row : tables.rows("sig-words.csv", "kind", "words", "value", "since", "note")) {
            DoseUnits.since(row);
            Kind kind = row.oneOf("kind", Kind.class);
            boolean isFresh = kind.isSingleWord ? read.addWord(kind, row) : read.phrases.add(kind, row);
            if (!isFresh) {
                throw row.refuse(row.text("words") + " stands twice");
            }
        }
        return read;
    }

    private boolean addWord(Kind kind, Tables.Row row) {
        String word = row.text("words");
        if (word.indexOf(' ') >= 0) {
            throw row.refuse(word + " is more than one word");
        }
        switch (kind) {
            case DAY, DAY_LETTER, DAYS -> {}
            default -> numbers.get(kind).put(word, number(row));
        }
        return single.get(kind).put(word, row.text("value")) == null;
    }

    private static BigDecimal number(Tables.Row row) {
        return Parameter.number(row.text("value"))
                .filter(value -> value.signum() > 0)
                .orElseThrow(() -> row.refuse("not a number above zero: " + row.text("value")));
    }

    /** What a single word stands for, where it is of that kind. */
    public Optional<String> word(Kind kind, String word) {
        return Optional.ofNullable(single.get(kind).get(word));
    }

    /** The number that a single word stands for, where it is of that kind. */
    public Optional<BigDecimal> number(Kind kind, String word) {
        return Optional.ofNullable(numbers.get(kind).get(word));
    }

    /** The longest words of the table that begin at a place. */
    public Optional<Phrase> longest(List<String> words, int from) {
        Optional<Phrase> found = Optional.empty();
        Node node = phrases;
        for (int i = from; i < words.size(); i++) {
            node = node.next.get(words.get(i));
            if (node == null) {
                break;
            }
            if (!node.ends.isEmpty()) {
                found = Optional.of(node.ends.get(0));
            }
        }
        return found;
    }

    private static final class Node {

        private final Map<String, Node> next = new HashMap<>();
        private final List<Phrase> ends = new ArrayList<>(1);

        private boolean add(Kind kind, Tables.Row row) {
            switch (kind) {
                case RATE -> number(row);
                case DRUG -> row.oneOf("value", Drug.class);
                case AMBIGUOUS -> {
                    for (String value : row.text("value").split(" ")) {
                        Parameter.number(value).orElseThrow(() -> row.refuse("not a number: " + value));
                    }
                }
                case TIME_OF_DAY, DAILY_AT -> row.text("value");
                default -> {}
            }
            String[] words = row.text("words").split(" ");
            Node node = this;
            for (String word : words) {
                node = node.next.computeIfAbsent(word, none -> new Node());
            }
            node.ends.add(new Phrase(kind, row.maybe("value"), words.length));
            return node.ends.size() == 1;
        }
    }
}
