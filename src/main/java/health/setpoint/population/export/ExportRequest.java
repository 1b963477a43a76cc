package health.setpoint.population.export;

import health.setpoint.chart.fhir.ResourceType;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a Bulk Data server is asked for.
 *
 * @param base of the FHIR server
 * @param group whose patients are exported; of the whole system without one
 * @param types that are exported
 * @param since only what was changed after this instant, as FHIR writes one
 * @param fileOrigins other origins, as scheme, host and port, from which files that need the token are fetched
 */
public record ExportRequest(
        URI base, Optional<String> group, List<String> types, Optional<String> since, Set<String> fileOrigins) {

    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}|localhost|\\[::1]");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})");

    /**
     * A request.
     *
     * @throws IllegalArgumentException where the base is neither https nor on this machine, or a group or instant is none
     */
    public ExportRequest {
        safe(base);
        group.filter(id -> !ID.matcher(id).matches()).ifPresent(id -> refuse(id + " is no id of a Group"));
        since.filter(instant -> !INSTANT.matcher(instant).matches())
                .ifPresent(instant -> refuse(instant + " is no instant such as 2026-11-30T00:00:00Z"));
        types = List.copyOf(types);
        fileOrigins = Set.copyOf(fileOrigins);
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException(why);
    }

    /** The types that reading a chart knows, in R4. */
    public static List<String> standardTypes() {
        return Arrays.stream(ResourceType.values())
                .filter(type -> type.isRead() || type == ResourceType.MEDICATION || type == ResourceType.SPECIMEN)
                .filter(type -> type != ResourceType.MEDICATION_USAGE)
                .map(ResourceType::code)
                .toList();
    }

    /** An address that may be asked: https, or on this machine, and without a user. */
    static URI safe(URI address) {
        var isSafe = address.isAbsolute()
                && address.getHost() != null
                && address.getUserInfo() == null
                && ("https".equals(address.getScheme())
                        || "http".equals(address.getScheme())
                                && LOOPBACK.matcher(address.getHost()).matches());
        if (!isSafe) {
            refuse("an address of the server is https, or on this machine: " + origin(address));
        }
        return address;
    }

    /** Scheme, host and port: what may be told of an address. */
    static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    /** With which the export begins. */
    URI kickOff() {
        var root = base.toString().replaceAll("/+$", "");
        return URI.create(root + group.map(id -> "/Group/" + id).orElse("") + "/$export?_type="
                + URLEncoder.encode(String.join(",", types), StandardCharsets.UTF_8)
                + since.map(instant -> "&_since=" + URLEncoder.encode(instant, StandardCharsets.UTF_8))
                        .orElse(""));
    }

    /** The token goes to the server itself, and where it was said that it may. */
    boolean mayHaveToken(URI address) {
        return origin(address).equals(origin(base)) || fileOrigins.contains(origin(address));
    }
}
