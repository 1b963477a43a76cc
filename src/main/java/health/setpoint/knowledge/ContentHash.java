package health.setpoint.knowledge;

import health.setpoint.knowledge.parameter.SiteChoices;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The content of the knowledge files as one line, from which the hash of a site is made. */
public record ContentHash(String digest) {

    private static final int SHOWN = 12;

    static ContentHash of(Map<String, String> texts) {
        StringBuilder all = new StringBuilder();
        // Line ends differ between checkouts and change no meaning.
        texts.forEach((name, text) ->
                all.append(name).append('\n').append(text.replace("\r\n", "\n")).append('\0'));
        return new ContentHash(sha256(all.toString()));
    }

    String with(SiteChoices choices) {
        if (choices.isEmpty()) {
            return digest.substring(0, SHOWN);
        }
        StringBuilder all = new StringBuilder(digest);
        choices.chosen()
                .forEach((id, value) -> all.append('\n').append(id).append('=').append(value));
        return sha256(all.toString()).substring(0, SHOWN);
    }

    /** One text, as short as it is shown. */
    public static String ofOne(String text) {
        return sha256(text.replace("\r\n", "\n")).substring(0, SHOWN);
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
