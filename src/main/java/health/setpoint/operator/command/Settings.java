package health.setpoint.operator.command;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.parser.CronParser;
import health.setpoint.card.suggestion.Dialects;
import health.setpoint.chart.fetch.FhirOrigins;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.http.local.LocalMode;
import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.knowledge.yaml.KnowledgeException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * The settings, looked at before anything is opened: what would do harm, or stop the service half-way, is told in one line
 * with its name and its value.
 */
final class Settings {

    private static final Set<String> NEEDED = Set.of(
            "quarkus.http.host",
            "quarkus.http.port",
            "setpoint.public-url",
            "setpoint.journal.store",
            "setpoint.journal.folder",
            "setpoint.journal.delete-at",
            "setpoint.mute-info-days",
            "setpoint.card-detail",
            "setpoint.link-days",
            "setpoint.local-mode.allow-other-machines",
            "setpoint.largest-body",
            "setpoint.largest-bundle",
            "setpoint.slowest-body",
            "setpoint.slowest-reader",
            "setpoint.evaluation-deadline");
    private static final int SHORTEST_HASH_KEY = 32;
    private static final int SHORTEST_OPERATOR_TOKEN = 16;
    private static final int MOST_MUTED_DAYS = 365;
    private static final int MOST_CAPTURED = 10_000;
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_SHOWN = 200;
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final Pattern UNSHOWN = Pattern.compile("[^\\x20-\\x7e]");
    private static final Pattern PASSWORD = Pattern.compile("(?i)(password|user)=[^&]*|(?<=//)[^/@]*@");

    private final SmallRyeConfig config;
    private final Set<String> faults = new LinkedHashSet<>();

    private Settings(SmallRyeConfig config) {
        this.config = config;
    }

    /** Every fault that a service would meet; none where it may start. */
    static List<String> faults(SmallRyeConfig config) {
        var settings = new Settings(config);
        settings.ofEveryStart();
        settings.ofTheService();
        return List.copyOf(settings.faults);
    }

    /** Every fault that a command would meet, which serves nobody, and may read the journal. */
    static List<String> faultsOfACommand(SmallRyeConfig config, boolean readsJournal) {
        var settings = new Settings(config);
        settings.ofEveryStart();
        if (readsJournal && settings.faults.isEmpty() && settings.isSet("setpoint.journal.store", "embedded")) {
            settings.check("setpoint.journal.folder", "holds no journal", Settings::holdsJournal);
        }
        return List.copyOf(settings.faults);
    }

    private void ofEveryStart() {
        check("setpoint.zone", "is no time zone that is known, such as America/Chicago", zone -> {
            ZoneId.of(zone);
            return true;
        });
        check("quarkus.http.port", "is no port", port -> isWhole(port, 0, HIGHEST_PORT));
        if (faults.isEmpty()) {
            // By default it holds the port.
            check(
                    "setpoint.public-url",
                    "is no absolute http or https URL, such as https://setpoint.example",
                    Settings::isBase);
        }
        check("setpoint.clients.folder", "is no folder that can be read", Settings::isReadable);
        ofTime("setpoint.clients.poll", Duration.ofDays(1));
        ofTime("setpoint.clients.key-patience", Duration.ofMinutes(1));
        check(
                "setpoint.mute-info-days",
                "is no whole number from 0 to " + MOST_MUTED_DAYS,
                days -> isWhole(days, 0, MOST_MUTED_DAYS));
        check("setpoint.card-detail", "is neither short nor full", List.of("short", "full")::contains);
        check(
                "setpoint.link-days",
                "is no whole number from 0 to " + ServiceCatalog.MOST_LINK_DAYS,
                days -> isWhole(days, 0, ServiceCatalog.MOST_LINK_DAYS));
        ofSignOff();
        ofJournal();
    }

    private void ofSignOff() {
        value("setpoint.sign-off").ifPresent(file -> {
            try {
                SignOff.read(Path.of(file), LocalDate.now());
            } catch (KnowledgeException | InvalidPathException refused) {
                faults.add("setpoint.sign-off: " + shown(refused.getMessage()));
            }
        });
    }

    private void ofJournal() {
        check(
                "setpoint.journal.store",
                "is neither embedded nor postgresql",
                List.of("embedded", "postgresql")::contains);
        check("setpoint.journal.when-down", "is neither refuse nor degrade", List.of("refuse", "degrade")::contains);
        check("setpoint.journal.folder", "is no folder that can be made and written", Settings::isWritable);
        ofTime("setpoint.journal.patience", Duration.ofMinutes(5));
        check("setpoint.journal.spool-limit", "is no size such as 64M", size -> isSize(size, Long.MAX_VALUE));
        check("setpoint.journal.keep", "is no age such as P6Y, of a day or more", age -> {
            var period = Period.parse(age);
            return !period.isNegative() && !period.isZero();
        });
        check("setpoint.journal.delete-at", "is no time such as 0 17 3 * * ?", Settings::isTimetable);
        ofLength("setpoint.journal.hash-key", SHORTEST_HASH_KEY, key -> true);
        if (isSet("setpoint.journal.store", "postgresql")) {
            check(
                    "setpoint.postgresql.url",
                    "is no URL of a PostgreSQL server, such as jdbc:postgresql://db.example:5432/setpoint",
                    url -> url.startsWith("jdbc:postgresql:") && Driver.parseURL(url, new Properties()) != null);
        }
    }

    private void ofTheService() {
        ofLength("setpoint.operator-token", SHORTEST_OPERATOR_TOKEN, token -> TOKEN.matcher(token)
                .matches());
        check(
                "setpoint.local-mode.allow-other-machines",
                "is neither true nor false",
                List.of("true", "false")::contains);
        check(
                "setpoint.local.fhir-servers",
                "names what is no open FHIR server: absolute http or https addresses, separated by commas",
                Settings::areServers);
        check(
                "setpoint.local.dialect",
                "is none of " + String.join(", ", Dialects.names()),
                Dialects.names()::contains);
        check("setpoint.sandbox.enabled", "is neither true nor false", List.of("true", "false")::contains);
        ofCapture();
        check("setpoint.largest-body", "is no size such as 4M", size -> isSize(size, Integer.MAX_VALUE));
        check("setpoint.largest-bundle", "is no whole number above 0", number -> isWhole(number, 1, Integer.MAX_VALUE));
        check("setpoint.terminology-server", "is no absolute http or https URL of a FHIR server", Settings::isBase);
        ofTime("setpoint.terminology-patience", Duration.ofHours(1));
        ofTime("setpoint.slowest-body", Duration.ofHours(1));
        ofTime("setpoint.slowest-reader", Duration.ofHours(1));
        ofTime("setpoint.evaluation-deadline", Duration.ofMinutes(5));
        ofOrigins();
        if (faults.isEmpty()) {
            ofPlace();
        }
    }

    private void ofCapture() {
        check(
                "setpoint.capture.folder",
                "is no folder that can be made and written, and that nobody else may look into (mode 700)",
                folder -> isWritable(folder) && isOnesOwn(folder));
        check("setpoint.capture.calls", "is neither refused nor all", List.of("refused", "all")::contains);
        check("setpoint.capture.patient-data", "is neither true nor false", List.of("true", "false")::contains);
        check(
                "setpoint.capture.most-calls",
                "is no whole number from 1 to " + MOST_CAPTURED,
                number -> isWhole(number, 1, MOST_CAPTURED));
        check("setpoint.capture.most-bytes", "is no size such as 20M", size -> isSize(size, Integer.MAX_VALUE));
    }

    /** Where and for whom it would serve. */
    private void ofPlace() {
        var host = value("quarkus.http.host").orElse("");
        new LocalMode(
                        host,
                        URI.create(value("setpoint.public-url").orElseThrow()),
                        value("setpoint.clients.folder"),
                        true,
                        isSet("setpoint.local-mode.allow-other-machines", "true"))
                .refusal()
                .ifPresent(faults::add);
        var plain = !isSet("quarkus.http.insecure-requests", "disabled");
        var shared = isSet("quarkus.http.so-reuse-port", "true");
        if (faults.isEmpty() && plain && !shared) {
            bind(host, Integer.parseInt(value("quarkus.http.port").orElseThrow()));
        }
    }

    private void bind(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException unknown) {
            fault("quarkus.http.host", host, "is no host that this machine knows");
        } catch (IOException taken) {
            fault(
                    "quarkus.http.port",
                    String.valueOf(port),
                    "cannot be had on " + shown(host) + ": " + taken.getMessage()
                            + ". Another process uses it, or this one may not");
        }
    }

    private void ofOrigins() {
        try {
            for (var origin : config.getOptionalValues("quarkus.http.cors.origins", String.class)
                    .orElse(List.of())) {
                if (!isOrigin(origin)) {
                    fault(
                            "setpoint.cors.origins",
                            origin,
                            "is no origin such as https://ehr.example and no regular expression between slashes");
                }
            }
        } catch (RuntimeException unreadable) {
            fault("setpoint.cors.origins", value("setpoint.cors.origins").orElse(""), "cannot be read");
        }
    }

    private static boolean isOrigin(String text) {
        if (text.length() > 1 && text.startsWith("/") && text.endsWith("/")) {
            try {
                Pattern.compile(text.substring(1, text.length() - 1));
                return true;
            } catch (PatternSyntaxException broken) {
                return false;
            }
        }
        try {
            var uri = new URI(text);
            return text.equals("*")
                    || uri.getScheme() != null
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawPath().isEmpty()
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null;
        } catch (URISyntaxException noOrigin) {
            return false;
        }
    }

    private static boolean areServers(String addresses) {
        FhirOrigins.local(Stream.of(addresses.split(","))
                .map(String::strip)
                .map(URI::create)
                .toList());
        return true;
    }

    private static boolean isBase(String text) {
        var uri = URI.create(text);
        return List.of("http", "https")
                        .contains(
                                Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getPort() <= HIGHEST_PORT;
    }

    private static boolean isReadable(String folder) {
        try (var files = Files.list(Path.of(folder))) {
            return files.count() >= 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** It is there, or its nearest parent that is; whether it is another process's is seen when it is opened. */
    private static boolean isWritable(String folder) {
        for (var path = Path.of(folder).toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.exists(path)) {
                return Files.isDirectory(path) && Files.isWritable(path);
            }
        }
        return false;
    }

    /** It is not there yet, or nobody else may look into it. */
    private static boolean isOnesOwn(String folder) {
        var place = Path.of(folder);
        try {
            return !Files.exists(place)
                    || !place.getFileSystem().supportedFileAttributeViews().contains("posix")
                    || Files.getPosixFilePermissions(place).stream()
                            .allMatch(each -> each.name().startsWith("OWNER"));
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean holdsJournal(String folder) {
        return Stream.of("journal.mv.db", "journal.spool")
                .anyMatch(file -> Files.exists(Path.of(folder).resolve(file)));
    }

    private static boolean isTimetable(String cron) {
        return List.of("off", "disabled").contains(cron)
                || new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ)).parse(cron) != null;
    }

    private static boolean isWhole(String text, int least, int most) {
        var number = Integer.parseInt(text);
        return number >= least && number <= most;
    }

    private static boolean isSize(String text, long most) {
        var bytes = new MemorySizeConverter().convert(text).asLongValue();
        return bytes > 0 && bytes <= most;
    }

    private void ofTime(String name, Duration most) {
        check(name, "is no time such as 500ms or 2s, up to " + most.toSeconds() + "s", text -> {
            var time = new DurationConverter().convert(text);
            return !time.isNegative() && !time.isZero() && time.compareTo(most) <= 0;
        });
    }

    /** A secret is not shown, only how long it is. */
    private void ofLength(String name, int shortest, Predicate<String> isFit) {
        value(name).ifPresent(secret -> {
            if (secret.length() < shortest) {
                faults.add(name + " has " + secret.length() + " characters; it needs " + shortest + " or more");
            } else if (!isFit.test(secret)) {
                faults.add(name + " holds characters that a header cannot carry: printable ASCII only");
            }
        });
    }

    private void check(String name, String why, Predicate<String> isGood) {
        value(name).ifPresent(value -> {
            try {
                if (!isGood.test(value)) {
                    fault(name, value, why);
                }
            } catch (IllegalArgumentException
                    | DateTimeException
                    | NoSuchElementException
                    | ArithmeticException unread) {
                fault(name, value, why);
            }
        });
    }

    private boolean isSet(String name, String value) {
        return value(name).equals(Optional.of(value));
    }

    private Optional<String> value(String name) {
        var found = config.getConfigValue(name);
        var value = Optional.ofNullable(found.getValue()).filter(text -> !text.isEmpty());
        if (found.getValue() == null && found.getRawValue() != null) {
            fault(name, found.getRawValue(), "names a setting that is not there");
        } else if (value.isEmpty() && NEEDED.contains(name)) {
            faults.add(name + " is empty");
        }
        return value;
    }

    private void fault(String name, String value, String why) {
        faults.add(name + " is " + shown(value) + ", which " + why);
    }

    private static String shown(String value) {
        var plain = UNSHOWN.matcher(PASSWORD.matcher(value).replaceAll("***")).replaceAll("?");
        return plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "(cut)" : plain;
    }
}
