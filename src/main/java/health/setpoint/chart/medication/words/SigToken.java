package health.setpoint.chart.medication.words;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A piece of an instruction or of a product name.
 *
 * @param text in small letters, as it is looked up and shown
 * @param value of a number, else zero
 * @param isGlued no space before it
 */
public record SigToken(Kind kind, String text, BigDecimal value, boolean isGlued) {

    public enum Kind {
        NUMBER,
        /** A part of one: 1/2. */
        FRACTION,
        /** Digits that can be read in several ways or in none. */
        ODD,
        DATE,
        WORD,
        SIGN
    }

    private static final int MOST_DIGITS = 8;
    private static final int LONGEST_DATE = 10;
    private static final Pattern DATE = Pattern.compile("\\d{1,2}[/-]\\d{1,2}[/-](\\d{2}|\\d{4})|\\d{4}-\\d{2}-\\d{2}");
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal QUARTER = new BigDecimal("0.25");

    public boolean is(String word) {
        return text.equals(word);
    }

    public boolean isWord() {
        return kind == Kind.WORD;
    }

    public boolean isNumber() {
        return kind == Kind.NUMBER || kind == Kind.FRACTION;
    }

    /** Every piece of a text, in one pass over it. */
    public static List<SigToken> of(String text) {
        var plain = text.toLowerCase(Locale.ROOT);
        var tokens = new ArrayList<SigToken>();
        int at = 0;
        boolean isGlued = false;
        while (at < plain.length()) {
            char c = plain.charAt(at);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                at++;
                isGlued = false;
                continue;
            }
            int end = startsNumber(plain, at)
                    ? number(plain, at, isGlued, tokens)
                    : Character.isLetter(c) ? word(plain, at, isGlued, tokens) : sign(plain, at, isGlued, tokens);
            isGlued = true;
            at = end;
        }
        return tokens;
    }

    // --- numbers ---

    private static boolean isDigit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static boolean startsNumber(String text, int at) {
        return isDigit(text, at) || (text.charAt(at) == '.' || text.charAt(at) == ',') && isDigit(text, at + 1);
    }

    /** Digits with all points, commas and strokes within them: either one number or nothing that may be read. */
    private static int number(String text, int from, boolean isGlued, List<SigToken> tokens) {
        int end = from;
        while (isDigit(text, end) || isWithinNumber(text, end)) {
            end++;
        }
        var digits = text.substring(from, end);
        tokens.add(number(digits, followsText(text, from), isGlued));
        return end;
    }

    /** So close behind a word that a point may end a sentence. */
    private static boolean followsText(String text, int at) {
        return at > 0 && (Character.isLetterOrDigit(text.charAt(at - 1)) || text.charAt(at - 1) == ')');
    }

    private static boolean isWithinNumber(String text, int at) {
        if (at >= text.length() || !isDigit(text, at + 1)) {
            return false;
        }
        return switch (text.charAt(at)) {
            case '.', ',', '/' -> true;
            // 2026-03-02 is a day; 3-4 is a range, which is read as such.
            case '-' -> isDigit(text, at + 2) && isDayOf(text, at);
            default -> false;
        };
    }

    private static boolean isDayOf(String text, int stroke) {
        int from = stroke;
        while (from > 0 && stroke - from <= LONGEST_DATE && (isDigit(text, from - 1) || text.charAt(from - 1) == '-')) {
            from--;
        }
        int end = stroke + 1;
        while (end < text.length() && end - from <= LONGEST_DATE && (isDigit(text, end) || text.charAt(end) == '-')) {
            end++;
        }
        return DATE.matcher(text.substring(from, end)).matches();
    }

    private static SigToken number(String digits, boolean followsText, boolean isGlued) {
        if (digits.length() > 2 * MOST_DIGITS) {
            return new SigToken(Kind.ODD, digits.substring(0, MOST_DIGITS), BigDecimal.ZERO, isGlued);
        }
        if (DATE.matcher(digits).matches()) {
            return new SigToken(Kind.DATE, digits, BigDecimal.ZERO, isGlued);
        }
        var written = digits.startsWith("0,") && digits.indexOf(',', 2) < 0 ? digits.replace(',', '.') : digits;
        return switch (written) {
            case "1/2" -> new SigToken(Kind.FRACTION, written, HALF, isGlued);
            case "1/4" -> new SigToken(Kind.FRACTION, written, QUARTER, isGlued);
            case "3/4" -> new SigToken(Kind.FRACTION, written, HALF.add(QUARTER), isGlued);
            default ->
                isPlain(written, followsText)
                        ? new SigToken(Kind.NUMBER, written, new BigDecimal(written), isGlued)
                        : new SigToken(Kind.ODD, digits, BigDecimal.ZERO, isGlued);
        };
    }

    /** One point at the most; no zeros before it but one; not 1.000, which is a thousand elsewhere. */
    private static boolean isPlain(String written, boolean followsText) {
        int point = written.indexOf('.');
        var whole = point < 0 ? written : written.substring(0, point);
        var decimals = point < 0 ? "" : written.substring(point + 1);
        var onlyDigits = whole.chars().allMatch(Character::isDigit)
                && decimals.chars().allMatch(Character::isDigit)
                && whole.length() + decimals.length() <= MOST_DIGITS;
        var leads = whole.length() > 1 && whole.startsWith("0");
        var mayBeThousands = decimals.length() == 3 && !whole.isEmpty() && !whole.equals("0");
        var mayBeAFullStop = whole.isEmpty() && followsText;
        return onlyDigits && !leads && !mayBeThousands && !mayBeAFullStop;
    }

    // --- words and signs ---

    private static int word(String text, int from, boolean isGlued, List<SigToken> tokens) {
        int end = abbreviation(text, from);
        if (end > from) {
            add(text.substring(from, end).replace(".", ""), isGlued, tokens);
            return end;
        }
        end = from;
        while (end < text.length() && (Character.isLetter(text.charAt(end)) || isWithinWord(text, end))) {
            end++;
        }
        var word = text.substring(from, end).replace('’', '\'');
        var follows2x = isGlued
                && word.length() > 1
                && word.charAt(0) == 'x'
                && tokens.get(tokens.size() - 1).isNumber();
        if (follows2x) {
            add("x", true, tokens);
            add(word.substring(1), true, tokens);
        } else {
            add(plain(word), isGlued, tokens);
        }
        return text.startsWith("(s)", end) ? end + 3 : end;
    }

    private static void add(String word, boolean isGlued, List<SigToken> tokens) {
        tokens.add(new SigToken(Kind.WORD, word, BigDecimal.ZERO, isGlued));
    }

    /** Micro, in both of its letters. */
    private static String plain(String word) {
        return word.charAt(0) == 'µ' || word.charAt(0) == 'μ' ? "u" + word.substring(1) : word;
    }

    private static boolean isWithinWord(String text, int at) {
        var c = text.charAt(at);
        return (c == '\'' || c == '’') && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1));
    }

    /** Letters with a point after each: p.o., q.d. */
    private static int abbreviation(String text, int from) {
        int at = from;
        int letters = 0;
        while (at + 1 < text.length() && Character.isLetter(text.charAt(at)) && text.charAt(at + 1) == '.') {
            letters++;
            at += 2;
        }
        if (letters == 0) {
            return from;
        }
        var endsWithLetter = at < text.length()
                && Character.isLetter(text.charAt(at))
                && (at + 1 == text.length() || !Character.isLetter(text.charAt(at + 1)));
        if (endsWithLetter) {
            return at + 1;
        }
        var runsOn = at < text.length() && Character.isLetterOrDigit(text.charAt(at));
        return letters < 2 || runsOn ? from : at;
    }

    private static int sign(String text, int at, boolean isGlued, List<SigToken> tokens) {
        var c = text.charAt(at);
        switch (c) {
            case '½' -> tokens.add(new SigToken(Kind.FRACTION, "1/2", HALF, isGlued));
            case '¼' -> tokens.add(new SigToken(Kind.FRACTION, "1/4", QUARTER, isGlued));
            case '¾' -> tokens.add(new SigToken(Kind.FRACTION, "3/4", HALF.add(QUARTER), isGlued));
            case '×' -> add("x", isGlued, tokens);
            case '–', '—', '‐', '‑', '−' -> tokens.add(new SigToken(Kind.SIGN, "-", BigDecimal.ZERO, isGlued));
            default -> tokens.add(new SigToken(Kind.SIGN, String.valueOf(c), BigDecimal.ZERO, isGlued));
        }
        return at + 1;
    }
}
