package health.setpoint.chart.fhir;

import java.util.regex.Pattern;

/** Text of a record made fit to be shown: no mark-up, no control characters, short. */
public final class DisplayText {

    private static final Pattern TAG = Pattern.compile("</?[A-Za-z!][^>]{0,200}>?");
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cf}`*_\\[\\]{}\\\\#!|]+");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Cf}<>]+");
    private static final int LONGEST_CODE = 100;
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private DisplayText() {}

    /** At most so many characters. */
    public static String plain(String text, int longest) {
        if (text.length() <= longest && isPlain(text)) {
            return text;
        }
        var start = text.length() > 4 * longest ? text.substring(0, 4 * longest) : text;
        var clean = UNFIT.matcher(TAG.matcher(start).replaceAll(" ")).replaceAll(" ");
        var joined = BLANKS.matcher(clean).replaceAll(" ").strip();
        return joined.length() <= longest
                ? joined
                : joined.substring(0, longest - 1).strip() + "…";
    }

    /** Words and numbers with single spaces between them: as it is, it can be shown. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            var letter = text.charAt(i);
            var spaceWithinWords = letter == ' ' && i > 0 && i < text.length() - 1 && text.charAt(i - 1) != ' ';
            if (!spaceWithinWords
                    && (letter > 'z' || !Character.isLetterOrDigit(letter) && ".,-/%()".indexOf(letter) < 0)) {
                return false;
            }
        }
        return true;
    }

    /** A code with its system, for an engineer. */
    public static String code(String code) {
        var clean = isPlainCode(code) ? code : CONTROL.matcher(code).replaceAll(" ");
        return clean.length() <= LONGEST_CODE ? clean : clean.substring(0, LONGEST_CODE - 1) + "…";
    }

    /** Nothing that {@link #CONTROL} finds, as in nearly all codes. */
    private static boolean isPlainCode(String code) {
        for (int i = 0; i < code.length(); i++) {
            var letter = code.charAt(i);
            if (letter < ' ' || letter > '~' || letter == '<' || letter == '>') {
                return false;
            }
        }
        return true;
    }
}
