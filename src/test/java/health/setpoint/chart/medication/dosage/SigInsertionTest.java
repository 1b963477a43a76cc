package health.setpoint.chart.medication.dosage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.chart.medication.dosage.Sigs.Sig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Words are put at every place of every instruction that is understood. */
@DisplayName("A word put into an understood instruction")
class SigInsertionTest {

    private static final Path WORDS = Path.of("src/main/resources/knowledge/sig-words.csv");
    private static final boolean ALL = Boolean.getBoolean("setpoint.sigs.all");
    private static final int LEAST = 20_000;
    private static final int MOST_SHOWN = 40;

    private static final List<String> NEIGHBOURS = List.of(
            "every other day",
            "every other week",
            "q other week",
            "every alternate day",
            "1 mcg",
            "one mcg",
            "one half a tablet");

    /** What no reader may overlook, wherever it stands. */
    private static final List<String> ALARMS = List.of(
            "stop",
            "hold",
            "not",
            "no longer",
            "never",
            "discontinued",
            "d/c",
            "not taking",
            "skip",
            "if",
            "when E2 is high",
            "unless",
            "until",
            "except",
            "then",
            "then 1 mg daily",
            "then stop",
            "alternate weeks",
            "every other",
            "every other Monday",
            "first Monday of the month",
            "of the month",
            "for 4 weeks",
            "x 10 days",
            "for the first week",
            "prn",
            "as needed",
            "if needed",
            "up to",
            "max",
            "do not exceed 2 mg",
            "may increase to 1 mg",
            "increase",
            "taper",
            "divided",
            "total",
            "about",
            "or",
            "plus",
            "0.85 mg",
            "3 tablets",
            "5",
            "17",
            "0.3",
            "1.5",
            ",5",
            "0.5.5",
            "1-2",
            "2 to 3",
            "M-F",
            "Mon-Thu",
            "five times a day",
            "every 9 days",
            "6 times a week",
            "q11d",
            "6 days a week",
            "every morning and every evening",
            "AM and PM",
            "letrozole",
            "verify",
            "zzz",
            "Smith",
            "?",
            "~",
            ">",
            "%",
            "1-0-0-1");

    /** May be said of another instruction, but must not change this one. */
    private static final List<String> SAYINGS = List.of(
            "mg",
            "mcg",
            "g",
            "mL",
            "tablet",
            "tablets",
            "capsule",
            "days",
            "day",
            "week",
            "weeks",
            "hours",
            "month",
            "x",
            "times",
            "once",
            "a",
            "of",
            "and",
            "on",
            "in",
            "the",
            "to",
            "with",
            "every",
            "each",
            "per",
            "q",
            "at",
            "for",
            "only",
            "daily",
            "weekly",
            "monthly",
            "bid",
            "qd",
            "qod",
            "tiw",
            "every day",
            "every week",
            "every 3 days",
            "twice a day",
            "three times a week",
            "biw",
            "biweekly",
            "at bedtime",
            "in the morning",
            "at 8 am",
            "nightly",
            "200 mg/mL",
            "1 mg",
            "2 tablets",
            "half a tablet",
            "(",
            ")",
            "-",
            "/",
            "+",
            "=",
            "&",
            ":",
            "#12",
            "refills 3",
            "disp 30",
            "R-3",
            "30 day supply",
            "as directed",
            "per protocol");

    @Test
    @DisplayName("that must not be overlooked makes it unread or is part of what it said already")
    void alarms() throws IOException {
        var words = new LinkedHashSet<>(ALARMS);
        words.addAll(table("STOP", "CONDITION", "AS_NEEDED"));
        check(words, 7, true);
    }

    @Test
    @DisplayName("that changes nothing leaves its dose as it is, or unread")
    void fillers() throws IOException {
        check(table("FILLER", "REFERENCE"), 23, false);
    }

    @Test
    @DisplayName("that says how much or how often leaves its dose as it is, or unread")
    void sayings() {
        check(new LinkedHashSet<>(SAYINGS), 3, false);
    }

    @Test
    @DisplayName("that changes nothing may stand behind it")
    void fillersBehind() throws IOException {
        var fillers = table("FILLER", "REFERENCE");
        var lost = new ArrayList<String>();
        for (var sig : understood()) {
            for (var word : fillers) {
                var text = sig.text() + " " + word;
                if (text.length() < 400 && Sigs.weekly(sig.read(text)).isEmpty()) {
                    lost.add(text);
                }
            }
        }
        assertEquals(List.of(), lost.stream().limit(MOST_SHOWN).toList());
    }

    private static void check(Set<String> words, int every, boolean isAlarm) {
        var changed = new ArrayList<String>();
        var kept = new ArrayList<String>();
        int tried = 0;
        int turn = 0;
        for (var sig : understood()) {
            for (var word : words) {
                if (turn++ % (ALL ? 1 : every) != 0) {
                    continue;
                }
                for (var text : with(sig.text(), word)) {
                    tried++;
                    var read = Sigs.weekly(sig.read(text));
                    var isSame = read.isPresent()
                            && Sigs.isSame(read.get(), sig.weekly().orElseThrow());
                    if (read.isPresent() && !isSame && !becomesAnother(text, word)) {
                        changed.add(read.get() + " not " + sig.weekly().get() + ": " + text);
                    } else if (isSame && isAlarm && !isLegible(sig.text(), word) && !isSupply(text, word)) {
                        kept.add(text);
                    }
                }
            }
        }
        assertEquals(List.of(), changed.stream().limit(MOST_SHOWN).toList(), changed.size() + " of " + tried);
        assertEquals(List.of(), kept.stream().limit(MOST_SHOWN).toList(), kept.size() + " of " + tried);
        assertTrue(tried > LEAST, "tried " + tried);
    }

    /** The word and its neighbours are an interval of their own: every other day. */
    private static boolean becomesAnother(String text, String word) {
        return NEIGHBOURS.stream()
                .anyMatch(phrase ->
                        phrase.contains(word) && text.toLowerCase(Locale.ROOT).contains(phrase));
    }

    private static boolean isSupply(String text, String word) {
        return text.toLowerCase(Locale.ROOT).matches(".*(disp|dispense|refills?:?|qty) " + Pattern.quote(word) + " .*");
    }

    /** Words of the grammar itself, which a text may hold without harm. */
    private static boolean isLegible(String text, String word) {
        return Set.of(
                                "every",
                                "each",
                                "per",
                                "and",
                                "only",
                                "day",
                                "days",
                                "week",
                                "weeks",
                                "month",
                                "months",
                                "total",
                                "first",
                                "next",
                                "other",
                                "starting",
                                "start",
                                "plus",
                                "split",
                                "around",
                                "about",
                                "self",
                                "levels")
                        .contains(word)
                || text.contains(word);
    }

    private static List<Sig> understood() {
        return Sigs.all().stream()
                .filter(sig -> Sigs.weekly(sig.read()).isPresent())
                .toList();
    }

    /** The text with a word at each of its places. */
    private static List<String> with(String text, String word) {
        var parts = List.of(text.split(" "));
        return Stream.iterate(0, place -> place + 1)
                .limit(parts.size() + 1L)
                .map(place -> String.join(
                        " ",
                        Stream.of(parts.subList(0, place), List.of(word), parts.subList(place, parts.size()))
                                .flatMap(List::stream)
                                .toList()))
                .toList();
    }

    private static Set<String> table(String... kinds) throws IOException {
        var words = new LinkedHashSet<String>();
        for (var line : Files.readAllLines(WORDS)) {
            var cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
            if (List.of(kinds).contains(cells[0])) {
                words.add(cells[1].replace("\"", ""));
            }
        }
        return words;
    }
}
