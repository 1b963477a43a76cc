package health.setpoint.http.local;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hosts by which the service may be called in local mode, where no token keeps a web page out: a page whose name was made
 * to point to this machine (DNS rebinding) brings that name, and nothing else that would betray it.
 *
 * @param publicHost of {@code setpoint.public-url}
 * @param anyAddress every IP address too, where other machines are let in: a page can be at a name of its own, never at an
 *     address of this machine
 */
record LocalHosts(Optional<String> publicHost, boolean anyAddress) {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "([.]" + BYTE + "){3}");
    private static final Pattern IPV4_LOOPBACK = Pattern.compile("127([.]" + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
    private static final Pattern PORT = Pattern.compile("(:[0-9]{0,5})?");
    private static final int LONGEST = 270;

    static LocalHosts of(URI publicUrl, boolean anyAddress) {
        return new LocalHosts(Optional.ofNullable(publicUrl.getHost()).map(LocalHosts::plain), anyAddress);
    }

    /** Whether an authority, as in a Host header, names one of them: whatever its port and case, with or without a last dot. */
    boolean include(String authority) {
        return authority.length() <= LONGEST
                && host(authority)
                        .filter(host -> isLoopback(host)
                                || publicHost.equals(Optional.of(host))
                                || anyAddress && isAddress(host))
                        .isPresent();
    }

    private static Optional<String> host(String authority) {
        var end = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        var host = end < 0 ? authority : authority.substring(0, end);
        return PORT.matcher(authority.substring(host.length())).matches() ? Optional.of(plain(host)) : Optional.empty();
    }

    private static String plain(String host) {
        var small = host.toLowerCase(Locale.ROOT);
        return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || IPV4_LOOPBACK.matcher(host).matches();
    }

    private static boolean isAddress(String host) {
        return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
    }
}
