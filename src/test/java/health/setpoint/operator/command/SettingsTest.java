package health.setpoint.operator.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What would do harm is refused before anything is opened, in one line with the setting and its value. */
@Tag("attack")
class SettingsTest {

    private static final int ABOVE_ALL_OTHERS = 1000;

    @TempDir
    static Path place;

    private static List<String> faults(String... namesAndValues) {
        Map<String, String> set = new HashMap<>(Map.of(
                "quarkus.http.port", "0",
                "quarkus.http.host", "127.0.0.1",
                "setpoint.journal.folder", place.resolve("data").toString()));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            set.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Settings.faults(ConfigUtils.configBuilder()
                .withSources(new PropertiesConfigSource(set, "test", ABOVE_ALL_OTHERS))
                .build());
    }

    private static void assertRefused(String name, String value, String... more) {
        var set = Stream.concat(Stream.of(name, value), Stream.of(more)).toArray(String[]::new);
        var faults = faults(set);
        assertEquals(1, faults.size(), faults::toString);
        assertTrue(faults.get(0).startsWith(name + " is " + value + ", which "), faults::toString);
        assertFalse(faults.get(0).contains("\n"));
    }

    private record Setting(String name, List<String> good, List<String> bad) {}

    private static List<Setting> settings() throws IOException {
        var clients = Files.createDirectories(place.resolve("clients"));
        Files.setPosixFilePermissions(clients, PosixFilePermissions.fromString("rwxr-xr-x"));
        var shut = Files.createDirectories(place.resolve("shut"));
        Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
        var file = Files.writeString(place.resolve("file"), "");
        return List.of(
                new Setting(
                        "setpoint.zone",
                        List.of("UTC", "America/Chicago", "+02:00", ""),
                        List.of("Mars/Base", "america/chicago", "UTC+25", "Z Z", "CET/CEST")),
                new Setting(
                        "setpoint.public-url",
                        List.of("http://localhost:8080", "https://setpoint.example/titration/", "HTTPS://x.example"),
                        List.of(
                                "/relative",
                                "setpoint.example",
                                "localhost:8080",
                                "ftp://setpoint.example",
                                "https:///path",
                                "https://a b",
                                "https://x.example?a=b",
                                "https://x.example#a",
                                "https://x.example:99999",
                                "//x.example",
                                "${setpoint.nowhere}")),
                new Setting(
                        "setpoint.clients.folder",
                        List.of(clients.toString(), ""),
                        List.of(place.resolve("missing").toString(), file.toString())),
                new Setting("setpoint.clients.poll", List.of("5s", "500ms"), List.of("0s", "-5s", "often", "3d")),
                new Setting("setpoint.clients.key-patience", List.of("3s", "PT3S"), List.of("0s", "-1s", "2h", "x")),
                new Setting(
                        "setpoint.mute-info-days",
                        List.of("0", "30", "365"),
                        List.of("-1", "366", "abc", "1.5", "99999999999")),
                new Setting(
                        "setpoint.journal.folder",
                        List.of(place.resolve("new/and/deep").toString(), place.toString()),
                        List.of(file.toString(), file.resolve("under").toString())),
                new Setting("setpoint.journal.store", List.of("embedded"), List.of("oracle", "EMBEDDED")),
                new Setting("setpoint.journal.when-down", List.of("refuse", "degrade"), List.of("ignore")),
                new Setting("setpoint.journal.patience", List.of("2s", "100ms"), List.of("0s", "-2s", "1h", "soon")),
                new Setting("setpoint.journal.spool-limit", List.of("64M", "1G"), List.of("4X", "0", "-1M", "much")),
                new Setting(
                        "setpoint.journal.keep", List.of("P6Y", "P1D"), List.of("P-1Y", "P0D", "6 years", "P1Y-1D")),
                new Setting(
                        "setpoint.journal.delete-at",
                        List.of("0 17 3 * * ?", "off"),
                        List.of("daily", "* * *", "0 99 3 * * ?")),
                new Setting(
                        "setpoint.local-mode.allow-other-machines", List.of("true", "false"), List.of("yes", "ture")),
                new Setting(
                        "setpoint.largest-body",
                        List.of("4M", "1024"),
                        List.of("4X", "0", "-4M", "100G", "4MB", "99999999999999999999")),
                new Setting(
                        "setpoint.local.fhir-servers",
                        List.of("https://r4.example/fhir", "http://fhir:8080/r4, https://b.example", ""),
                        List.of("r4.example", "http://169.254.169.254/", "file:///etc", "https://a,b")),
                new Setting("setpoint.local.dialect", List.of("epic", "standard", ""), List.of("Epic", "mine")),
                new Setting(
                        "setpoint.capture.folder",
                        List.of(place.resolve("not/yet").toString(), shut.toString(), ""),
                        List.of(file.toString(), clients.toString())),
                new Setting("setpoint.capture.calls", List.of("refused", "all"), List.of("none", "ALL")),
                new Setting("setpoint.capture.patient-data", List.of("true", "false"), List.of("yes", "redacted")),
                new Setting("setpoint.capture.most-calls", List.of("1", "10000"), List.of("0", "10001", "many")),
                new Setting("setpoint.capture.most-bytes", List.of("20M", "1024"), List.of("0", "-1M", "4X", "9G")),
                new Setting("setpoint.sandbox.enabled", List.of("true", "false", ""), List.of("TRUE", "on", "maybe")),
                new Setting("setpoint.largest-bundle", List.of("1", "5000"), List.of("0", "-1", "many", "3000000000")),
                new Setting(
                        "setpoint.evaluation-deadline", List.of("5s", "500ms"), List.of("0s", "-1s", "1h", "never")),
                new Setting("setpoint.slowest-body", List.of("10s", "500ms"), List.of("0s", "10parsecs", "-1s", "2h")),
                new Setting(
                        "setpoint.cors.origins",
                        List.of(
                                "https://a.example",
                                "https://a.example:8443,http://b.example",
                                "/https://[a-z]+[.]example/",
                                "*",
                                ""),
                        List.of(
                                "foo",
                                "https://a.example/",
                                "https://a.example/path",
                                "/https?://(a/",
                                "https://",
                                "null")),
                new Setting("quarkus.http.host", List.of("127.0.0.1", "localhost"), List.of("no such host.invalid")));
    }

    @TestFactory
    Stream<DynamicTest> aGoodValueIsTaken() throws IOException {
        return settings().stream().flatMap(setting -> setting.good().stream()
                .map(value -> dynamicTest(setting.name() + "=" + value, () -> {
                    var clients = setting.name().equals("setpoint.clients.folder");
                    assertEquals(
                            List.of(),
                            faults(
                                    setting.name(),
                                    value,
                                    "setpoint.public-url",
                                    setting.name().equals("setpoint.public-url")
                                            ? value
                                            : clients ? "https://x.example" : "http://localhost:8080"));
                })));
    }

    @TestFactory
    Stream<DynamicTest> aHarmfulValueIsRefusedInOneLine() throws IOException {
        return settings().stream().flatMap(setting -> setting.bad().stream()
                .map(value -> dynamicTest(
                        setting.name() + "=" + value,
                        () -> assertRefused(
                                setting.name(),
                                value,
                                "setpoint.local-mode.allow-other-machines",
                                setting.name().equals("setpoint.local-mode.allow-other-machines") ? value : "true"))));
    }

    @Test
    void aShortSecretIsRefusedAndNotShown() {
        assertEquals(
                List.of("setpoint.journal.hash-key has 31 characters; it needs 32 or more"),
                faults("setpoint.journal.hash-key", "k".repeat(31)));
        assertEquals(
                List.of("setpoint.operator-token has 15 characters; it needs 16 or more"),
                faults("setpoint.operator-token", "t".repeat(15)));
        var odd = faults("setpoint.operator-token", "\u00e4".repeat(20));
        assertEquals(1, odd.size());
        assertFalse(odd.get(0).contains("\u00e4"));
        assertEquals(
                List.of(),
                faults("setpoint.journal.hash-key", "k".repeat(32), "setpoint.operator-token", "the operator's 1"));
    }

    @Test
    void theUrlOfPostgresqlIsReadWhereItIsUsedAndItsPasswordIsNotShown() {
        var bad = "jdbc:postgresql://:::/x?password=geheim";
        assertEquals(List.of(), faults("setpoint.postgresql.url", bad));
        for (var url : List.of(
                bad, "foo", "jdbc:h2:mem:x", "postgresql://db.example/setpoint", "jdbc:postgresql://h:99999/d")) {
            var faults = faults("setpoint.journal.store", "postgresql", "setpoint.postgresql.url", url);
            assertEquals(1, faults.size(), url + faults);
            assertTrue(faults.get(0).startsWith("setpoint.postgresql.url is "), faults::toString);
            assertFalse(faults.get(0).contains("geheim"));
        }
        assertEquals(
                List.of(),
                faults(
                        "setpoint.journal.store", "postgresql",
                        "setpoint.postgresql.url", "jdbc:postgresql://db.example:5432/setpoint?ssl=true"));
    }

    @Test
    void aPortThatIsTakenIsNamed() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = String.valueOf(taken.getLocalPort());
            assertRefused("quarkus.http.port", port);
            assertEquals(List.of(), faults("quarkus.http.port", port, "quarkus.http.insecure-requests", "disabled"));
        }
        assertRefused("quarkus.http.port", "65536");
        assertRefused("quarkus.http.port", "http");
    }

    @Test
    void aSignOffThatCannotCountIsRefusedInOneLine() throws IOException {
        var file = Files.writeString(
                place.resolve("sign-off.yaml"), "signed: {name: A, role: b, on: soon}\nitems: []\nmore: 1\n");
        assertEquals(
                List.of("setpoint.sign-off: sign-off.yaml:3: unknown member more"),
                faults("setpoint.sign-off", file.toString()));
        var nowhere = place.resolve("nowhere.yaml").toString();
        assertEquals(
                List.of("setpoint.sign-off: " + nowhere + ": cannot be read as text"),
                faults("setpoint.sign-off", nowhere));
        var empty = Files.createDirectories(place.resolve("signed")).toString();
        assertEquals(
                List.of("setpoint.sign-off: " + empty + ": the folder holds no .yaml file"),
                faults("setpoint.sign-off", empty));
    }

    @Test
    void whatMustBeSetIsNotEmpty() {
        assertEquals(List.of("setpoint.public-url is empty"), faults("setpoint.public-url", ""));
        assertEquals(List.of("setpoint.journal.folder is empty"), faults("setpoint.journal.folder", ""));
    }

    @Test
    void everyFaultIsToldAtOnce() {
        assertEquals(
                2,
                faults("setpoint.zone", "Mars", "setpoint.largest-body", "4X").size());
    }

    @Test
    void otherMachinesAreLetInByTheWordsOnly() {
        var faults = faults("quarkus.http.host", "0.0.0.0", "setpoint.clients.folder", "");
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).contains("0.0.0.0") && faults.get(0).contains("allow-other-machines"));
    }
}
