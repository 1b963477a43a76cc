package health.setpoint.population.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.http.body.RequestJson;
import health.setpoint.population.bulk.OwnFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An export of a FHIR Bulk Data server: begun, waited for, and fetched file by file. What was begun or fetched is kept in the
 * folder, so that a break costs no more than the file that was on its way.
 */
public final class ServerExport implements BulkExport {

    private static final String STATE = "export.json";
    private static final String MANIFEST = "manifest.json";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_TRIES = 6;
    private static final int MOST_BYTES = 1 << 26;
    private static final int TRANSIENT = 500;
    /** Where the files of a manifest's member go; those of {@code output} stand above. */
    private static final Map<String, String> FOLDERS = Map.of("output", "", "deleted", "deleted/", "error", "error/");

    private final ExportRequest request;
    private final Optional<BackendServices> access;
    private final HttpClient http;
    private final Clock clock;
    private final Waiting waiting;
    private final PrintStream told;

    /** Passes time between two questions; tests pass none. */
    @FunctionalInterface
    public interface Waiting {
        void pass(Duration time) throws InterruptedException;
    }

    /**
     * An export of a server.
     *
     * @param access how tokens are had; an open server is asked without
     * @param told where the progress is told, in numbers only
     */
    public ServerExport(
            ExportRequest request,
            Optional<BackendServices> access,
            HttpClient http,
            Clock clock,
            Waiting waiting,
            PrintStream told) {
        this.request = request;
        this.access = access;
        this.http = http;
        this.clock = clock;
        this.waiting = waiting;
        this.told = told;
    }

    /** The client that all of an export's questions go by: no redirect takes a token elsewhere. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public void fetch(Path folder) throws IOException, InterruptedException, ExportFailed {
        OwnFiles.folder(folder);
        var manifest = manifest(folder);
        var isProtected = manifest.path("requiresAccessToken").asBoolean(true);
        for (var member : List.of("output", "deleted", "error")) {
            var number = 0;
            for (var file : manifest.path(member)) {
                fetch(folder, FOLDERS.get(member), number++, file, isProtected);
            }
        }
        told.println("the export of " + manifest.path("transactionTime").asText() + " is here");
    }

    // --- begun and waited for

    private JsonNode manifest(Path folder) throws IOException, InterruptedException, ExportFailed {
        var kept = folder.resolve(MANIFEST);
        var state = state(folder);
        if (Files.exists(kept) && state.isPresent()) {
            return RequestJson.exact().readTree(Files.readAllBytes(kept));
        }
        var status = state.isPresent() ? state.get() : begin(folder);
        var manifest = await(status);
        OwnFiles.write(kept, RequestJson.bytes(manifest));
        return manifest;
    }

    /** Where the export stands that an earlier call began. */
    private Optional<URI> state(Path folder) throws IOException, ExportFailed {
        var file = folder.resolve(STATE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        var state = RequestJson.exact().readTree(Files.readAllBytes(file));
        if (!state.path("request").asText().equals(request.kickOff().toString())) {
            throw new ExportFailed(folder + " holds another export: name another folder, or remove it");
        }
        return Optional.of(safe(state.path("status").asText()));
    }

    private URI begin(Path folder) throws IOException, InterruptedException, ExportFailed {
        var answer = ask(request.kickOff(), true, "application/fhir+json", Map.of("Prefer", "respond-async"));
        var place = answer.headers().firstValue("Content-Location");
        if (answer.statusCode() != 202 || place.isEmpty()) {
            throw new ExportFailed("the server does not begin an export: status " + answer.statusCode());
        }
        var status = safe(place.get());
        OwnFiles.write(
                folder.resolve(STATE),
                RequestJson.bytes(JsonNodeFactory.instance
                        .objectNode()
                        .put("request", request.kickOff().toString())
                        .put("status", status.toString())));
        return status;
    }

    private ObjectNode await(URI status) throws IOException, InterruptedException, ExportFailed {
        for (var wait = SHORTEST_WAIT; ; wait = longer(wait)) {
            var answer = ask(status, true, "application/json", Map.of());
            if (answer.statusCode() == 200) {
                if (RequestJson.exact().readTree(answer.body()) instanceof ObjectNode manifest) {
                    return manifest;
                }
                throw new ExportFailed("the server's manifest is no JSON object");
            }
            if (answer.statusCode() != 202) {
                throw new ExportFailed("the export failed at the server: status " + answer.statusCode());
            }
            answer.headers()
                    .firstValue("X-Progress")
                    .filter(progress -> progress.matches("[0-9A-Za-z %.,/]{1,60}"))
                    .ifPresent(progress -> told.println("the server: " + progress));
            waiting.pass(retryAfter(answer).orElse(wait));
        }
    }

    private static Duration longer(Duration wait) {
        var twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    }

    /** In seconds or as a time; a server that names none, or too long a time, does not decide how long is waited. */
    private Optional<Duration> retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .flatMap(this::duration)
                .map(wait ->
                        wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.isNegative() ? Duration.ZERO : wait);
    }

    private Optional<Duration> duration(String written) {
        if (written.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(written)));
        }
        try {
            var at = ZonedDateTime.parse(written, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), at.toInstant()));
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    // --- fetched

    private void fetch(Path folder, String below, int number, JsonNode file, boolean isProtected)
            throws IOException, InterruptedException, ExportFailed {
        var type = file.path("type").asText();
        if (!type.matches("[A-Za-z]{1,64}")) {
            throw new ExportFailed("the manifest has a file without a type");
        }
        var address = safe(file.path("url").asText());
        if (isProtected && !request.mayHaveToken(address)) {
            throw new ExportFailed("the files are at " + ExportRequest.origin(address)
                    + ", and the token goes to no other than the server: allow it by --file-origin");
        }
        var target = OwnFiles.folder(folder.resolve(below)).resolve("%s.%03d.ndjson".formatted(type, number));
        if (Files.exists(target)) {
            return;
        }
        var part = target.resolveSibling(target.getFileName() + ".part");
        download(address, isProtected, part);
        checkCount(file, part);
        OwnFiles.move(part, target);
        told.println(below + target.getFileName() + " is here");
    }

    /** A file that has other than the count that the manifest promises is not the file. */
    private static void checkCount(JsonNode file, Path part) throws IOException, ExportFailed {
        if (!file.path("count").isNumber()) {
            return;
        }
        long lines = 0;
        try (var in = Files.newBufferedReader(part, StandardCharsets.ISO_8859_1)) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                lines += line.isBlank() ? 0 : 1;
            }
        }
        if (lines != file.path("count").asLong()) {
            Files.delete(part);
            throw new ExportFailed("a file of " + file.path("type").asText() + " has " + lines
                    + " lines, and the manifest promises " + file.path("count").asLong());
        }
    }

    /** Goes on behind what is there already, where the server lets it. */
    private void download(URI address, boolean isProtected, Path part)
            throws IOException, InterruptedException, ExportFailed {
        for (int tries = 1; ; tries++) {
            try {
                if (part(address, isProtected, part)) {
                    return;
                }
            } catch (IOException broken) {
                if (tries >= MOST_TRIES) {
                    throw new ExportFailed("a file breaks off again and again");
                }
            }
            if (tries >= MOST_TRIES) {
                throw new ExportFailed("a file cannot be had, though it was asked for " + tries + " times");
            }
            waiting.pass(SHORTEST_WAIT.multipliedBy(1L << tries));
        }
    }

    /** One try; false where it is worth another. */
    private boolean part(URI address, boolean isProtected, Path part)
            throws IOException, InterruptedException, ExportFailed {
        var there = Files.exists(part) ? Files.size(part) : 0;
        var question = question(address, isProtected, "application/fhir+ndjson");
        if (there > 0) {
            question.header("Range", "bytes=" + there + "-");
        }
        var answer = http.send(question.build(), BodyHandlers.ofInputStream());
        try (InputStream in = answer.body()) {
            switch (answer.statusCode()) {
                case 200 -> {
                    try (var out = OwnFiles.create(part)) {
                        in.transferTo(out);
                    }
                    return true;
                }
                case 206 -> {
                    try (var out = OwnFiles.append(part)) {
                        in.transferTo(out);
                    }
                    return true;
                }
                case 401 -> {
                    access.ifPresent(BackendServices::forget);
                    return false;
                }
                // Nothing is behind what is there: it is whole, or not what it was.
                case 416 -> {
                    Files.deleteIfExists(part);
                    return false;
                }
                default -> {
                    if (isTransient(answer.statusCode())) {
                        return false;
                    }
                    throw new ExportFailed("a file cannot be had: status " + answer.statusCode());
                }
            }
        }
    }

    // --- asked

    /** Asks until there is an answer that means something. */
    private HttpResponse<byte[]> ask(URI address, boolean isProtected, String accept, Map<String, String> headers)
            throws IOException, InterruptedException, ExportFailed {
        for (int tries = 1; ; tries++) {
            var wait = SHORTEST_WAIT.multipliedBy(1L << tries);
            try {
                var question = question(address, isProtected, accept);
                headers.forEach(question::header);
                var answer = http.send(question.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
                if (answer.body().length > MOST_BYTES) {
                    throw new ExportFailed("the server's answer is too large");
                }
                if (answer.statusCode() == 401) {
                    access.ifPresent(BackendServices::forget);
                } else if (!isTransient(answer.statusCode())) {
                    return answer;
                }
                if (tries >= MOST_TRIES) {
                    throw new ExportFailed("the server answers with status " + answer.statusCode());
                }
                wait = retryAfter(answer).orElse(wait);
            } catch (IOException broken) {
                if (tries >= MOST_TRIES) {
                    throw new ExportFailed(
                            "the server cannot be reached: " + broken.getClass().getSimpleName());
                }
            }
            waiting.pass(wait);
        }
    }

    private static boolean isTransient(int status) {
        return status == 429 || status >= TRANSIENT;
    }

    private HttpRequest.Builder question(URI address, boolean isProtected, String accept)
            throws IOException, InterruptedException, ExportFailed {
        var question = HttpRequest.newBuilder(address).header("Accept", accept);
        if (isProtected && access.isPresent() && request.mayHaveToken(address)) {
            question.header("Authorization", "Bearer " + access.get().token());
        }
        return question;
    }

    private static URI safe(String address) throws ExportFailed {
        try {
            return ExportRequest.safe(URI.create(address));
        } catch (IllegalArgumentException unsafe) {
            throw new ExportFailed("an address that the server names is not https");
        }
    }
}
