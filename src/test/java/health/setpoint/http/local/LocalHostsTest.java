package health.setpoint.http.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which spellings of a host mean this machine, and which could be a page's own name. */
@Tag("attack")
class LocalHostsTest {

    static final List<String> OURS = List.of(
            "localhost",
            "localhost:8080",
            "LOCALHOST",
            "LocalHost:1",
            "localhost.",
            "localhost.:8080",
            "localhost:",
            "127.0.0.1",
            "127.0.0.1:8080",
            "127.0.0.1.",
            "127.1.2.3",
            "127.255.255.255:65535",
            "[::1]",
            "[::1]:8080");

    static final List<String> OTHERS = List.of(
            "evil.example",
            "evil.example:8080",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "127.0.0.1.nip.io",
            "localhost-evil.example",
            "evil-localhost",
            "evil.localhost",
            "localhosts",
            "localhost..",
            ".localhost",
            "local host",
            "localhost:80:80",
            "localhost:abc",
            "localhost:-1",
            "localhost:808080",
            "localhost,evil.example",
            "evil.example,localhost",
            "evil@localhost",
            "localhost@evil.example",
            "localhost#evil.example",
            "localhost/evil.example",
            "http://localhost",
            "127.1",
            "127.0.1",
            "127.0.0.256",
            "127.0.0.01",
            "0177.0.0.1",
            "0x7f.0.0.1",
            "0x7f000001",
            "2130706433",
            "127.0.0.1.1",
            "127.0.0.1..",
            "1127.0.0.1",
            "0.0.0.0",
            "0",
            "10.1.2.3",
            "192.168.1.10:8080",
            "169.254.169.254",
            "::1",
            "[::1",
            "[::1]evil.example",
            "[::1].evil.example",
            "[::ffff:127.0.0.1]",
            "[0:0:0:0:0:0:0:1]",
            "[::]",
            "[fe80::1]",
            "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3",
            "l\u043ecalhost",
            "");

    private static final LocalHosts HERE = LocalHosts.of(URI.create("http://localhost:8080"), false);

    static Stream<String> ours() {
        return OURS.stream();
    }

    static Stream<String> others() {
        return OTHERS.stream();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void isThisMachine(String host) {
        assertTrue(HERE.include(host));
    }

    @ParameterizedTest
    @MethodSource("others")
    void isNotThisMachine(String host) {
        assertFalse(HERE.include(host));
    }

    @Test
    void thePublicHostIsOursOnAnyPort() {
        var hosts = LocalHosts.of(URI.create("https://Setpoint.Hospital.example/titration"), false);
        for (var ours : List.of("setpoint.hospital.example", "SETPOINT.hospital.example.:443", "localhost")) {
            assertTrue(hosts.include(ours), ours);
        }
        for (var other :
                List.of("hospital.example", "x.setpoint.hospital.example", "setpoint.hospital.example.evil.example")) {
            assertFalse(hosts.include(other), other);
        }
    }

    @Test
    void whereOtherMachinesAreLetInEveryAddressIsOursAndNoNameIs() {
        var hosts = LocalHosts.of(URI.create("http://localhost:8080"), true);
        for (var ours : List.of(
                "10.1.2.3", "10.1.2.3:8080", "[2001:db8::7]:8080", "[::ffff:10.1.2.3]", "127.0.0.1", "localhost")) {
            assertTrue(hosts.include(ours), ours);
        }
        for (var other : List.of(
                "evil.example", "10.1.2.3.evil.example", "10.1.2", "10.1.2.300", "[evil.example]", "[::1", "")) {
            assertFalse(hosts.include(other), other);
        }
    }

    @Test
    void aHostBeyondAllMeasureCostsNothing() {
        var began = System.nanoTime();
        for (var piece : List.of("1.", "[", ":", "127.0.0.1", "a", ".")) {
            assertFalse(HERE.include(piece.repeat(1_000_000)));
        }
        assertTrue(System.nanoTime() - began < Duration.ofSeconds(1).toNanos());
    }

    @Test
    void thereAreFortyEightAndMoreSpellings() {
        assertEquals(List.of(), OURS.stream().filter(OTHERS::contains).toList());
        assertTrue(OURS.size() + OTHERS.size() >= 48);
    }
}
