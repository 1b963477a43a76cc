package health.setpoint.hook.capture;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.client.Client;
import health.setpoint.http.body.RequestJson;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Writes calls to the operator's folder, as {@code check-request}, {@code replay --calls} and the order-entry page read them: never
 * with a token, with the patient only where the operator says so. Bounded in number and bytes; files are readable by the
 * service's own user only. A call whose file cannot be written is answered all the same.
 */
@Singleton
public class CallCapture {

    private static final Logger LOG = Logger.getLogger("health.setpoint.capture");
    private static final String OWN = "health.setpoint.capture";
    private static final String TOKEN = "fhirAuthorization";
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final Pattern FILE = Pattern.compile("\\d{8}T\\d{9}-[a-z-]{1,40}-\\d{3}-[0-9a-zA-Z-]{1,64}\\.json");
    private static final Pattern NAMED = Pattern.compile("[0-9a-zA-Z-]{1,64}");

    private final CaptureConfig config;
    private final Clock clock;
    private final Optional<KnownWords> words;

    CallCapture(CaptureConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.words =
                config.folder().isPresent() && !config.patientData() ? Optional.of(new KnownWords()) : Optional.empty();
    }

    void open(@Observes StartupEvent started) {
        config.folder().ifPresent(folder -> {
            try {
                Files.createDirectories(folder, owned("rwx------"));
                Files.delete(Files.createTempFile(folder, "begin", ".tmp", owned("rw-------")));
            } catch (IOException unwritable) {
                throw new ConfigurationException(
                        "setpoint.capture.folder cannot be written: " + folder.toAbsolutePath());
            }
            LOG.warnf(
                    "calls are captured (%s) in %s, %s",
                    config.calls().name().toLowerCase(Locale.ROOT),
                    folder.toAbsolutePath(),
                    config.patientData() ? "WITH PATIENTS' DATA" : "without patients' data");
        });
    }

    /**
     * Writes a call where the operator wants it.
     *
     * @param body as it was read; left as it is
     * @param status of the answer
     */
    public void keep(Client client, String service, ObjectNode body, String requestId, int status) {
        if (config.folder().isEmpty()
                || config.calls() == CaptureConfig.Which.REFUSED && status < 400
                || config.clients()
                        .filter(named -> !named.contains(client.name()))
                        .isPresent()) {
            return;
        }
        var now = clock.instant();
        try {
            var call = words.map(known -> new RedactedCall(
                                    known,
                                    LocalDate.ofInstant(now, client.site().zone()),
                                    ThreadLocalRandom.current().nextDouble())
                            .of(body))
                    .orElseGet(() -> (ObjectNode) body.deepCopy().without(TOKEN));
            call.putObject("extension")
                    .putObject(OWN)
                    .put("client", client.name())
                    .put("service", service)
                    .put("status", status)
                    .put("patientData", config.patientData());
            write(now, service, requestId, status, RequestJson.bytes(call));
        } catch (IOException | RuntimeException unwritable) {
            LOG.warnf(
                    "request %s could not be captured: %s",
                    requestId, unwritable.getClass().getSimpleName());
        }
    }

    private synchronized void write(Instant now, String service, String requestId, int status, byte[] json)
            throws IOException {
        if (json.length > config.mostBytes().asLongValue()) {
            return;
        }
        var folder = config.folder().orElseThrow();
        makeRoom(folder, json.length);
        var id = NAMED.matcher(requestId).matches() ? requestId : "unnamed";
        var file = folder.resolve("%s-%s-%d-%s.json".formatted(AT.format(now), service, status, id));
        var begun = Files.createTempFile(folder, "begun", ".tmp", owned("rw-------"));
        Files.write(begun, json);
        Files.move(begun, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The oldest go, of the files that were written here. */
    private void makeRoom(Path folder, long length) throws IOException {
        List<Path> kept = new ArrayList<>();
        long bytes = length;
        try (var files = Files.list(folder)) {
            files.filter(file -> FILE.matcher(file.getFileName().toString()).matches())
                    .forEach(kept::add);
        }
        for (var file : kept) {
            bytes += Files.size(file);
        }
        kept.sort(Comparator.comparing(Path::getFileName));
        for (var oldest = kept.iterator();
                oldest.hasNext()
                        && (kept.size() >= config.mostCalls()
                                || bytes > config.mostBytes().asLongValue()); ) {
            var file = oldest.next();
            bytes -= Files.size(file);
            Files.delete(file);
            oldest.remove();
        }
    }

    private static FileAttribute<?>[] owned(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
