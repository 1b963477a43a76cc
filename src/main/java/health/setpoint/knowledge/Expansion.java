package health.setpoint.knowledge;

import health.setpoint.knowledge.terminology.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The codes that a terminology server knows beyond those that are shipped, by the value set that means them.
 *
 * @param day on which the server was asked
 * @param added by the id of the value set; a set without more than is shipped is not in it
 */
public record Expansion(LocalDate day, Map<String, List<Code>> added) {

    /** What is shipped alone. */
    public static final Expansion SHIPPED = new Expansion(LocalDate.EPOCH, Map.of());

    private static final int SHOWN = 8;

    public Expansion {
        var copied = new TreeMap<String, List<Code>>();
        added.forEach((set, codes) -> {
            if (!codes.isEmpty()) {
                copied.put(set, List.copyOf(codes));
            }
        });
        added = Collections.unmodifiableMap(copied);
    }

    /** Its day and the hash of its content, such as {@code 20261130.3fa9c1d2}; empty where nothing is added. */
    public Optional<String> label() {
        return added.isEmpty()
                ? Optional.empty()
                : Optional.of(day.format(DateTimeFormatter.BASIC_ISO_DATE) + "." + digest().substring(0, SHOWN));
    }

    /** Whether it adds the same codes, whatever the day. */
    public boolean addsTheSame(Expansion other) {
        return digest().equals(other.digest());
    }

    private String digest() {
        var all = new StringBuilder();
        added.forEach((set, codes) -> {
            all.append(set).append('\n');
            codes.stream()
                    .map(code -> code.system() + "|" + code.code())
                    .sorted()
                    .forEach(code -> all.append(code).append('\n'));
        });
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(all.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
