package health.setpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a clinician reads stands in the texts, so that a second language needs no code. */
class EnglishInCodeTest {

    private static final Path SOURCES = Path.of("src/main/java/health/setpoint");
    private static final List<String> ROOMS = List.of("titration", "knowledge", "card");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//.*$", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    /** Two words of letters with a space between them, or one with a space beside it, which joins others. */
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{2,},? +[a-z]{2,}|^ [a-z]{2,} ?|[a-z]{2,} $");
    /** For whoever develops or operates, never on a card. */
    private static final Pattern FOR_DEVELOPERS =
            Pattern.compile("Exception|refuse\\(|NotYaml|String\\.format|formatted\\(");

    /** Words of machines: of tables, of units, of codes that texts look up, patterns; and three parts of refusals. */
    private static final Set<String> WORDS_OF_MACHINES = Set.of(
            "DataQuality.java: not taken",
            "Terminology.java: any method",
            "Terminology.java: mass spectrometry",
            "ValuesOfDay.java: yes or no",
            "ValuesOfDay.java: mg per intake and intakes per week",
            "Parameter.java:  mg x ",
            "QuotedParameters.java: \\\\{([a-z0-9.-]+)( weeks)?}",
            "Orderables.java:  mg, ",
            "Orderables.java:  times a week",
            "Interactions.java: weekly ",
            "Interactions.java: up_to ",
            "YamlNode.java: it cannot be read",
            "ValuesOfDay.java:  is none of ",
            "EpicDialect.java:  and ");

    @Test
    void noWordThatAReaderSeesStandsInTheJavaOfTheseRooms() throws IOException {
        Set<String> found = new LinkedHashSet<>();
        Set<String> unused = new LinkedHashSet<>(WORDS_OF_MACHINES);
        int files = 0;
        for (String room : ROOMS) {
            try (var all = Files.walk(SOURCES.resolve(room))) {
                for (Path file :
                        all.filter(each -> each.toString().endsWith(".java")).toList()) {
                    files++;
                    look(file, found, unused);
                }
            }
        }
        assertTrue(files > 150, "the sources lie in " + SOURCES);
        assertEquals(Set.of(), found);
        assertEquals(Set.of(), unused, "listed, and not there any more");
    }

    private static void look(Path file, Set<String> found, Set<String> unused) throws IOException {
        String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
        Matcher literals = LITERAL.matcher(code);
        while (literals.find()) {
            String text = literals.group(1);
            String named = file.getFileName() + ": " + text;
            if (WORDS_OF_MACHINES.contains(named)) {
                unused.remove(named);
            } else if (WORDS.matcher(text).find() && !isForDevelopers(code, literals.start(), literals.end())) {
                found.add(named);
            }
        }
    }

    /** It stands in a statement that refuses something. */
    private static boolean isForDevelopers(String code, int from, int to) {
        int begin = Math.max(
                code.lastIndexOf(';', from), Math.max(code.lastIndexOf('{', from), code.lastIndexOf('}', from)));
        int end = code.indexOf(';', to);
        return FOR_DEVELOPERS
                .matcher(code.substring(begin + 1, end < 0 ? to : end))
                .find();
    }

    @Test
    void aSentenceInTheCodeWouldBeSeen() {
        assertTrue(WORDS.matcher("laboratory results").find());
        assertTrue(WORDS.matcher(" and ").find());
        assertTrue(WORDS.matcher("up to ").find());
        assertTrue(WORDS.matcher("active, by a statement").find());
    }
}
