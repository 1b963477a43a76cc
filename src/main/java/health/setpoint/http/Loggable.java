package health.setpoint.http;

/** What a caller sent, made fit for a log line: short, and nothing that could be read as another line or as markup. */
public final class Loggable {

    private static final int LONGEST = 100;

    private Loggable() {}

    /** At most 100 characters of it, the odd ones as question marks. */
    public static String of(String sent) {
        var plain = new StringBuilder();
        sent.codePoints().limit(LONGEST).forEach(c -> plain.appendCodePoint(isPlain(c) ? c : '?'));
        return plain.isEmpty() ? "(none)" : sent.length() > LONGEST ? plain + "(cut)" : plain.toString();
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "._:/~@+=-".indexOf(c) >= 0;
    }
}
