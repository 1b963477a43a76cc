package health.setpoint.hook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shipped sample requests. Their dates are counted from the day on which they are asked for. */
public final class Samples {

    /** Names of the samples, each a complete request for the service of the hook that it names. */
    static final List<String> NAMES = List.of("order-sign", "order-select", "patient-view");

    private static final Pattern DAY = Pattern.compile("\\{\\{today(?:-(\\d{1,5})d)?}}");

    private Samples() {}

    /** The sample of this name as JSON text, its dates counted from today. */
    public static Optional<String> on(String name, LocalDate today) {
        return NAMES.contains(name) ? Optional.of(dated(template(name), today)) : Optional.empty();
    }

    /** The text with <code>{{today}}</code> and <code>{{today-12d}}</code> written as dates. */
    public static String dated(String template, LocalDate today) {
        return DAY.matcher(template).replaceAll(token -> Matcher.quoteReplacement(daysBefore(today, token.group(1))));
    }

    private static String daysBefore(LocalDate today, String days) {
        return (days == null ? today : today.minusDays(Long.parseLong(days))).toString();
    }

    private static String template(String name) {
        try (InputStream shipped = Samples.class.getResourceAsStream("/samples/" + name + ".json")) {
            if (shipped == null) {
                throw new IllegalStateException("sample " + name + " is not shipped");
            }
            return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
