package health.setpoint.knowledge.terminology;

import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.labs.Analyte;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The words by which laboratories name their tests, and the words beside them that make another test of it. A name is read
 * word by word, upper and lower case and accents alike, in one pass over its words.
 */
public final class LabNames {

    private static final String OTHER = "OTHER";
    private static final String ANY = "*";
    private static final int LONGEST = 300;

    /** Letters that no decomposition takes apart. */
    private static final Map<Character, String> LIGATURES = Map.of('œ', "oe", 'æ', "ae", 'ß', "ss", 'ø', "o");

    private enum Kind {
        NAME,
        NOT,
        CUT
    }

    /**
     * What the name of a test says.
     *
     * @param sure tests that it names beyond doubt
     * @param unsure tests that it may name: a value in a unit of the test must bear it out
     * @param another it names a test that no rule asks for, or another specimen
     */
    public record Named(Set<Analyte> sure, Set<Analyte> unsure, boolean another) {

        static final Named NOTHING = new Named(Set.of(), Set.of(), false);

        public Named {
            sure = Collections.unmodifiableSet(sure);
            unsure = Collections.unmodifiableSet(unsure);
        }

        /** It may mean the test. */
        public boolean mayMean(Analyte analyte) {
            return sure.contains(analyte) || unsure.contains(analyte);
        }

        /** It says surely that something was measured, and that was not this. */
        public boolean contradicts(Analyte analyte) {
            return !mayMean(analyte) && (another || !sure.isEmpty());
        }
    }

    /**
     * @param means none for a test that no rule asks for, all for words that count beside every name
     * @param parts each must stand in the name, in one of its wordings
     * @param unless words that make up for those of a NOT row
     */
    private record Line(Kind kind, Set<Analyte> means, List<BitSet> parts, BitSet unless, boolean sure) {

        boolean holds(BitSet said) {
            // Asked of every line for every name: a stream for each would cost more than the answer.
            for (BitSet part : parts) {
                if (!part.intersects(said)) {
                    return false;
                }
            }
            return !unless.intersects(said);
        }
    }

    private final List<Line> lines = new ArrayList<>();
    private final Map<String, List<Phrase>> byFirstWord = new HashMap<>();
    private final Map<List<String>, Integer> numbers = new HashMap<>();
    private final BitSet cuts = new BitSet();

    private record Phrase(List<String> words, int number) {}

    LabNames(List<Tables.Row> rows) {
        rows.forEach(this::add);
        byFirstWord
                .values()
                .forEach(phrases -> phrases.sort(
                        (a, b) -> Integer.compare(b.words().size(), a.words().size())));
        for (Analyte analyte : Analyte.values()) {
            if (lines.stream()
                    .noneMatch(line -> line.kind() == Kind.NAME && line.means().contains(analyte))) {
                throw new KnowledgeException("lab-names.csv: no words name " + analyte);
            }
        }
    }

    private void add(Tables.Row row) {
        Kind kind =
                switch (row.text("kind")) {
                    case "name" -> Kind.NAME;
                    case "not" -> Kind.NOT;
                    case "cut" -> Kind.CUT;
                    default -> throw row.refuse("unknown word " + row.text("kind"));
                };
        List<BitSet> parts = new ArrayList<>();
        for (String part : row.text("words").split("\\+")) {
            parts.add(wordings(row, part));
        }
        BitSet unless = row.maybe("unless").isEmpty() ? new BitSet() : wordings(row, row.text("unless"));
        boolean sure = Confidence.of(row).standsAlone();
        if (kind == Kind.CUT) {
            parts.forEach(cuts::or);
        } else {
            lines.add(new Line(kind, means(row), parts, unless, sure));
        }
    }

    private static Set<Analyte> means(Tables.Row row) {
        Set<Analyte> analytes = EnumSet.noneOf(Analyte.class);
        if (row.is("means", ANY)) {
            analytes.addAll(EnumSet.allOf(Analyte.class));
        } else if (!row.is("means", OTHER)) {
            for (String word : row.text("means").split(" ")) {
                analytes.add(Arrays.stream(Analyte.values())
                        .filter(analyte -> analyte.name().equals(word))
                        .findFirst()
                        .orElseThrow(() -> row.refuse("means: unknown word " + word)));
            }
        }
        return analytes;
    }

    private BitSet wordings(Tables.Row row, String part) {
        BitSet wordings = new BitSet();
        for (String wording : part.split("\\|")) {
            List<String> words = words(wording);
            if (words.isEmpty() || !String.join(" ", words).equals(wording)) {
                throw row.refuse("not words as they are compared: " + wording);
            }
            int number = numbers.computeIfAbsent(words, fresh -> {
                byFirstWord
                        .computeIfAbsent(words.get(0), none -> new ArrayList<>())
                        .add(new Phrase(words, numbers.size()));
                return numbers.size();
            });
            wordings.set(number);
        }
        return wordings;
    }

    /** What a name says; one without a word of the table says nothing. */
    public Named named(String name) {
        BitSet said = said(words(name.length() > LONGEST ? name.substring(0, LONGEST) : name));
        if (said.isEmpty()) {
            return Named.NOTHING;
        }
        Set<Analyte> sure = EnumSet.noneOf(Analyte.class);
        Set<Analyte> unsure = EnumSet.noneOf(Analyte.class);
        boolean another = false;
        boolean denied = false;
        for (Line line : lines) {
            if (line.kind() == Kind.NAME && line.holds(said)) {
                (line.sure() ? sure : unsure).addAll(line.means());
                another |= line.means().isEmpty();
            }
        }
        Set<Analyte> all = new LinkedHashSet<>(sure);
        all.addAll(unsure);
        for (Line line : lines) {
            if (line.kind() == Kind.NOT && line.holds(said)) {
                for (Analyte analyte : all) {
                    if (line.means().contains(analyte)) {
                        boolean wasSure = sure.remove(analyte);
                        if (line.sure()) {
                            unsure.remove(analyte);
                            denied |= wasSure;
                        } else {
                            unsure.add(analyte);
                        }
                    }
                }
            }
        }
        unsure.removeAll(sure);
        return new Named(sure, unsure, another || denied && sure.isEmpty());
    }

    /** The phrases that stand in a name, the longest from each word on; nothing behind a word that cuts. */
    private BitSet said(List<String> words) {
        BitSet said = new BitSet();
        int at = 0;
        while (at < words.size()) {
            int next = at + 1;
            for (Phrase phrase : byFirstWord.getOrDefault(words.get(at), List.of())) {
                int end = at + phrase.words().size();
                if (end <= words.size() && words.subList(at, end).equals(phrase.words())) {
                    if (cuts.get(phrase.number())) {
                        return said;
                    }
                    said.set(phrase.number());
                    next = end;
                    break;
                }
            }
            at = next;
        }
        return said;
    }

    /** Letters and digits in lower case without accents, in words; a percent sign is a word. */
    private static List<String> words(String text) {
        String plain = isPlain(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFD);
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char letter = Character.toLowerCase(plain.charAt(i));
            if (Character.isLetterOrDigit(letter)) {
                String spelled = LIGATURES.get(letter);
                if (spelled == null) {
                    word.append(letter);
                } else {
                    word.append(spelled);
                }
            } else if (Character.getType(letter) != Character.NON_SPACING_MARK) {
                end(word, words);
                if (letter == '%') {
                    words.add("%");
                }
            }
        }
        end(word, words);
        return words;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (word.length() > 0) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }
}
