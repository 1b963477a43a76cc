package health.setpoint.population;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.population.bulk.OwnFiles;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How patients are named in what is written: by their ids, or by pseudonyms under a key that the site keeps. Immutable. */
public final class ShownNames {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int SHOWN_BYTES = 16;
    private static final String ID = "{id}";

    private final Optional<SecretKeySpec> key;
    private final Optional<String> chart;

    private ShownNames(Optional<SecretKeySpec> key, Optional<String> chart) {
        this.key = key;
        this.chart = chart;
    }

    /**
     * By their ids.
     *
     * @param chart where the EHR opens a chart, with <code>{id}</code> in the place of the id
     * @throws IllegalArgumentException where it is no https address, or lacks the place
     */
    public static ShownNames ids(Optional<String> chart) {
        chart.filter(template -> !template.contains(ID) || !template.startsWith("https://"))
                .ifPresent(template -> {
                    throw new IllegalArgumentException("a link is an https address with " + ID + " in it: " + template);
                });
        return new ShownNames(Optional.empty(), chart);
    }

    /**
     * By keyed hashes: equal ids stay equal from run to run, and nobody without the key can tell or try whose they are.
     *
     * @param file with the key in hexadecimal digits, made where there is none
     */
    public static ShownNames pseudonyms(Path file) throws IOException {
        if (Files.notExists(file)) {
            var fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            OwnFiles.write(file, HexFormat.of().formatHex(fresh).getBytes(StandardCharsets.US_ASCII));
        }
        var text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!text.matches("([0-9a-fA-F]{2}){" + KEY_BYTES + ",}")) {
            throw new IOException(file + " holds no key of " + 2 * KEY_BYTES + " hexadecimal digits or more");
        }
        return new ShownNames(
                Optional.of(new SecretKeySpec(HexFormat.of().parseHex(text), ALGORITHM)), Optional.empty());
    }

    /** Ids are not shown. */
    public boolean isByPseudonym() {
        return key.isPresent();
    }

    /** Tells two ways of naming apart, without the key. */
    String fingerprint() {
        return chart.orElse("") + key.map(secret -> hash(secret, "fingerprint")).orElse("");
    }

    /** The id of a resource, or what stands in its place. */
    public String of(String type, String id) {
        return key.map(secret -> hash(secret, type + "\n" + id)).orElse(id);
    }

    /** Puts into a row what may be shown: the link to the chart, or pseudonyms for the resources that it names. */
    public ObjectNode shown(String patientId, ObjectNode row) {
        chart.ifPresent(template -> row.put(
                "link",
                template.replace(
                        ID, URLEncoder.encode(patientId, StandardCharsets.UTF_8).replace("+", "%20"))));
        if (isByPseudonym()) {
            row.findParents("resource").forEach(input -> {
                var object = (ObjectNode) input;
                object.put("resource", reference(object.path("resource").asText()));
            });
        }
        return row;
    }

    private String reference(String reference) {
        var slash = reference.indexOf('/');
        return slash < 0
                ? of("", reference)
                : reference.substring(0, slash + 1) + of(reference.substring(0, slash), reference.substring(slash + 1));
    }

    private static String hash(SecretKeySpec secret, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            var hash = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, SHOWN_BYTES);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
