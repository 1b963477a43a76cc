package health.setpoint.knowledge.terminology;

import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Problems that stand in words only. Words count where they say that the patient has the problem, or had it: not of his
 * family, not what is looked for, suspected or ruled out.
 */
final class ProblemWords {

    // A problem list has names, no reports; longer text costs time only.
    private static final int LONGEST = 500;

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern LETTERED_LIST = Pattern.compile("\\b(or|nor|and|oder|of|ou|o|y|und|en|et)\\b|/");
    private static final Pattern PARTED = Pattern.compile(",|\\b(and|with|und|mit|et|avec|y|con|en|met)\\b");
    /** What may stand between a problem and the words behind it that take it back. */
    private static final String JOINT = "[\\s,:;(\\[-]{0,4}(?:(?:is|was|has been|were|now|status|in)\\s+)?";

    private final List<Problem> problems;
    private final Pattern any;
    private final WordStarts starts;
    private final Pattern before;
    private final Pattern family;
    private final Pattern after;
    private final Pattern still;
    private final Pattern past;
    private final Pattern over;
    private final Pattern operated;
    private final Pattern lasting;

    /** A row of the table. */
    private record Problem(Optional<Diagnosis> diagnosis, Optional<Symptom> symptom, Pattern words, WordStarts starts) {

        Problem(Optional<Diagnosis> diagnosis, Optional<Symptom> symptom, Pattern words) {
            this(diagnosis, symptom, words, WordStarts.byLetter(words));
        }
    }

    ProblemWords(List<Tables.Row> rows) {
        this.problems = rows.stream()
                .filter(row -> row.is("kind", "problem"))
                .map(ProblemWords::problem)
                .toList();
        this.any = compiled(joined(rows, "problem"));
        this.starts = WordStarts.of(any);
        this.before = compiled(joined(rows, "before"));
        this.family = compiled(joined(rows, "family"));
        this.after = Pattern.compile(JOINT + whole(joined(rows, "after")), Pattern.CASE_INSENSITIVE);
        this.still = compiled(joined(rows, "still"));
        this.past = compiled(joined(rows, "past"));
        this.over = compiled(joined(rows, "over"));
        this.operated = compiled(joined(rows, "operated"));
        this.lasting = compiled(joined(rows, "lasting"));
    }

    private static Problem problem(Tables.Row row) {
        Confidence.of(row);
        return switch (row.text("means")) {
            case "DIAGNOSIS" ->
                new Problem(Optional.of(row.oneOf("concept", Diagnosis.class)), Optional.empty(), words(row));
            case "SYMPTOM" ->
                new Problem(Optional.empty(), Optional.of(row.oneOf("concept", Symptom.class)), words(row));
            default -> throw row.refuse("unknown word " + row.text("means"));
        };
    }

    private static Pattern words(Tables.Row row) {
        if (row.text("words").chars().anyMatch(letter -> letter > 0x7f)) {
            throw row.refuse("words are compared without accents");
        }
        try {
            return compiled(row.text("words"));
        } catch (PatternSyntaxException broken) {
            throw row.refuse("not a pattern: " + broken.getDescription());
        }
    }

    private static String joined(List<Tables.Row> rows, String kind) {
        String all = rows.stream()
                .filter(row -> row.is("kind", kind))
                .peek(ProblemWords::words)
                .map(row -> "(?:" + row.text("words") + ")")
                .collect(Collectors.joining("|"));
        if (all.isEmpty()) {
            throw new KnowledgeException("problem-words.csv: no words of the kind " + kind);
        }
        return all;
    }

    private static Pattern compiled(String words) {
        return Pattern.compile(whole(words), Pattern.CASE_INSENSITIVE);
    }

    private static String whole(String words) {
        return "(?<![\\p{L}\\p{N}])(?:" + words + ")(?![\\p{L}\\p{N}])";
    }

    /** What a text names, each once; it is the patient's where one place in the text says so. */
    List<NamedProblem> in(String text) {
        String read = folded(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
        if (!starts.mayStandIn(read) || !any.matcher(read).find()) {
            return List.of();
        }
        List<NamedProblem> found = new ArrayList<>();
        for (Problem problem : problems) {
            Matcher named = problem.words().matcher(read);
            while (problem.starts().mayStandIn(read) && named.find()) {
                found.add(new NamedProblem(
                        problem.diagnosis(),
                        problem.symptom(),
                        isHis(read, named.start(), named.end()),
                        isOver(read, named.start(), named.end())));
            }
        }
        return found.stream()
                .filter(each -> found.stream().noneMatch(other -> other.outweighs(each)))
                .distinct()
                .toList();
    }

    /** Whether a text that is the name of a problem, whichever, says that it is over: "resolved", "history of". */
    boolean saysOver(String text) {
        String read = folded(text.length() > LONGEST ? text.substring(0, LONGEST) : text)
                .strip();
        return (past.matcher(read).lookingAt() || over.matcher(read).find())
                && !lasting.matcher(read).find();
    }

    /** Words before a problem reach to it where no comma or other problem parts them, those behind it to the sentence's end. */
    private boolean isOver(String text, int start, int end) {
        String ahead = text.substring(sentenceStart(text, start), start);
        String behind = text.substring(end, sentenceEnd(text, end));
        if (lasting.matcher(ahead).find() || lasting.matcher(behind).find()) {
            return false;
        }
        if (over.matcher(behind).find() || operated.matcher(behind).find()) {
            return true;
        }
        Matcher before = past.matcher(ahead);
        while (before.find()) {
            if (!PARTED.matcher(ahead.substring(before.end())).find()) {
                return true;
            }
        }
        return false;
    }

    private static String folded(String text) {
        return text.chars().allMatch(letter -> letter < 0x80)
                ? text
                : ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
                        .replaceAll("");
    }

    private boolean isHis(String text, int start, int end) {
        String ahead = text.substring(sentenceStart(text, start), start);
        String behind = text.substring(end, sentenceEnd(text, end));
        if (family.matcher(ahead).find() || family.matcher(behind).find()) {
            return false;
        }
        if (after.matcher(behind).lookingAt()) {
            return false;
        }
        return still.matcher(behind.stripLeading()).lookingAt() || !isDenied(ahead);
    }

    /** Words that deny reach to the problem, over commas only where these part a list of what is denied. */
    private boolean isDenied(String ahead) {
        Matcher denial = before.matcher(ahead);
        while (denial.find()) {
            String between = ahead.substring(denial.end());
            boolean isList =
                    between.indexOf(',') < 0 || LETTERED_LIST.matcher(between).find();
            if (isList && !still.matcher(between).find()) {
                return true;
            }
        }
        return false;
    }

    private static int sentenceStart(String text, int at) {
        for (int i = at - 1; i >= 0; i--) {
            if (isEnd(text, i)) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int sentenceEnd(String text, int at) {
        for (int i = at; i < text.length(); i++) {
            if (isEnd(text, i)) {
                return i;
            }
        }
        return text.length();
    }

    /** A full stop ends a sentence behind a word, not behind an abbreviation. */
    private static boolean isEnd(String text, int i) {
        char here = text.charAt(i);
        if (here == ';' || here == '\n' || here == '!') {
            return true;
        }
        boolean isStop = here == '.' && i + 1 < text.length() && text.charAt(i + 1) == ' ' && i >= 4;
        return isStop && text.substring(i - 4, i).chars().allMatch(Character::isLetter);
    }
}
