package health.setpoint.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SigTextTest {

    private static final List<String> PIECES = List.of(
            "every",
            "each",
            "per",
            "a",
            "other",
            "second",
            "alternate",
            "day",
            "days",
            "week",
            "weeks",
            "weekly",
            "wk",
            "month",
            "monthly",
            "mo",
            "daily",
            "nightly",
            "night",
            "morning",
            "evening",
            "once",
            "twice",
            "thrice",
            "one",
            "two",
            "three",
            "six",
            "1",
            "2",
            "3",
            "0.5",
            "1/2",
            "12",
            "x",
            "times",
            "time",
            "q",
            "qd",
            "q.d.",
            "qw",
            "qhs",
            "q am",
            "eod",
            "qod",
            "q.o.d.",
            "biw",
            "b.i.w",
            "qow",
            "bi-weekly",
            "fortnightly",
            "semi-weekly",
            "tiw",
            "t.i.w.",
            "mwf",
            "m/w/f",
            "m, w, f",
            "bid",
            "b.i.d.",
            "tid",
            "t.i.d",
            "qid",
            "q.i.d.",
            "mon",
            "tuesdays",
            "wed",
            "thurs",
            "fri.",
            "sat",
            "sundays",
            "on",
            "to",
            "-",
            "through",
            "thru",
            "/",
            "(",
            ")",
            "(two)",
            "mg",
            "mcg",
            "ug",
            "milligrams",
            "micrograms",
            "ml",
            "cc",
            "g",
            "gm",
            "pump",
            "pumps",
            "actuations",
            "spray",
            "packets",
            "sachet",
            "tab",
            "tablet",
            "tablets",
            "tablet(s)",
            "pill",
            "caps",
            "capsule",
            "half",
            "one and a half",
            "of",
            "total",
            "d",
            "h",
            "hrs",
            "hours",
            "w",
            "prn",
            "p.r.n.",
            "as needed",
            "if required",
            "when necessary",
            "in a",
            "and",
            "1/2 tablet (0.5 mg)",
            "1 mg (1 tablet)",
            "2 0.5 mg tablets",
            "200 mg/ml",
            " 3/week",
            " 2/day",
            "every other week");

    @Test
    void noPatternFindsAnythingWhereNoneOfItsHintsStands() {
        var random = new Random(20261128);
        var met = new HashSet<SigText.Words>();
        for (int n = 0; n < 40_000; n++) {
            var text = text(random);
            for (var words : SigText.words()) {
                var found = words.pattern().matcher(text).find();
                assertEquals(found, words.standIn(text), () -> words.pattern() + " in: " + text);
                if (found) {
                    met.add(words);
                }
            }
        }
        assertEquals(Set.copyOf(SigText.words()), met, "patterns that the texts never meet");
    }

    private static StringBuilder text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(3) == 0 ? "" : " ");
        }
        return text;
    }
}
