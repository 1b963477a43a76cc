package health.setpoint.training;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Trains the cache with which the service starts warm (-XX:AOTCache, JDK 25): runs the packaged service as it is shipped,
 * calls it as registered EHRs do, with every hook, dialect and refusal, and ends it. Plain Java: it runs where the
 * service runs, on its JRE alone.
 */
public final class Training {

    private static final List<String> DIALECTS = List.of("standard", "epic", "sandbox", "cds-hooks-1.0", "inferno");
    private static final String OPERATOR = "an-operator-for-training";
    private static final Pattern PATIENT = Pattern.compile("\"id\":\"([a-z-]+)\",\"name\"");
    private static final Pattern SERVICE = Pattern.compile(
            "\"hook\":\"([a-z-]+)\",\"id\":\"([a-z-]+)\".*?\"prefetch\":\\{(.*?)\\}(?=,\"extension\")", Pattern.DOTALL);
    private static final Pattern TEMPLATE = Pattern.compile("\"([A-Za-z]+)\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern CARD = Pattern.compile("\"uuid\":\"([0-9a-f-]{36})\"");
    private static final Pattern LINK = Pattern.compile("\"url\":\"[^\"]*?(/decisions/[^\"]+)\"");
    /** What is called often enough has a profile, from which the compiler knows at once what to do. */
    private static final int CALLS = Integer.getInteger("training.calls", 4000);

    private static final int CALLERS = 2;
    private static final int TOO_LARGE = 5 << 20;
    private static final int SHOWN = 500;
    private static final int LINES_SHOWN = 20;

    private final String base;
    private final List<Ehr> ehrs = new ArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();

    private Training(String base) {
        this.base = base;
    }

    /**
     * Trains.
     *
     * @param arguments the folder of the packaged service, and the file with the options of its JVM
     */
    public static void main(String... arguments) throws Exception {
        var app = Path.of(arguments[0]).toAbsolutePath();
        var cache = app.resolve("app.aot");
        Files.deleteIfExists(cache);
        var shipped = app.resolve("jvm.options");
        if (!Files.exists(shipped) || !Files.isSameFile(shipped, Path.of(arguments[1]))) {
            Files.copy(Path.of(arguments[1]), shipped, StandardCopyOption.REPLACE_EXISTING);
        }
        var options = Files.readAllLines(shipped).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("-XX:AOTCache="))
                .toList();
        var scratch = Files.createTempDirectory("training");
        try {
            var port = freePort();
            var training = new Training("http://127.0.0.1:" + port);
            var clients = Files.createDirectory(scratch.resolve("clients"));
            for (var dialect : DIALECTS) {
                var name = "ehr-" + dialect.replace('.', '-');
                training.ehrs.add(Ehr.registered(clients, name, dialect, "full", training.base));
            }
            training.ehrs.add(Ehr.registered(clients, "ehr-in-shadow", "standard", "shadow", training.base));
            var service = started(app, options, cache, port, training.base, scratch);
            try {
                training.awaitReady(service);
                training.train();
                service.destroy();
            } catch (Exception untrained) {
                // Nor is anything to be made of what it learnt.
                service.destroyForcibly();
                throw untrained;
            }
            // Stopped; then the JVM makes the cache in a process of its own.
            if (!service.waitFor(10, TimeUnit.MINUTES)) {
                service.destroyForcibly();
                throw new IllegalStateException("the service does not end:\n" + end(scratch));
            }
            if (!Files.exists(cache)) {
                throw new IllegalStateException("no cache came of it:\n" + end(scratch));
            }
            prove(app);
            System.out.println(
                    "trained on " + training.answers + " calls: " + cache + ", " + (Files.size(cache) >> 20) + " MB");
        } finally {
            delete(scratch);
        }
    }

    private static Process started(Path app, List<String> options, Path cache, int port, String base, Path scratch)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(options);
        command.add("-XX:AOTCacheOutput=" + cache);
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        var builder = new ProcessBuilder(command).directory(app.toFile());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT",
                        String.valueOf(port),
                        "SETPOINT_PUBLIC_URL",
                        base,
                        "SETPOINT_JOURNAL_FOLDER",
                        scratch.resolve("journal").toString(),
                        "SETPOINT_CLIENTS_FOLDER",
                        scratch.resolve("clients").toString(),
                        "SETPOINT_OPERATOR_TOKEN",
                        OPERATOR,
                        "SETPOINT_SANDBOX_ENABLED",
                        "true",
                        "SETPOINT_MUTE_INFO_DAYS",
                        "1",
                        "SETPOINT_JOURNAL_KEEP",
                        "P6Y",
                        "SETPOINT_JOURNAL_DELETE_AT",
                        "*/10 * * * * ?"));
        return builder.redirectErrorStream(true)
                .redirectOutput(scratch.resolve("log").toFile())
                .start();
    }

    /** A JVM that cannot use the cache does not start with this mode; on others it would be left out in silence. */
    private static void prove(Path app) throws IOException, InterruptedException {
        var output = app.resolveSibling("started-with-the-cache.log");
        var start = new ProcessBuilder(java(), "@jvm.options", "-XX:AOTMode=on", "-jar", "quarkus-run.jar", "--help")
                .directory(app.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        check(start.waitFor() == 0, "the cache is not used: " + Files.readString(output));
        Files.delete(output);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String end(Path scratch) throws IOException {
        var lines = Files.readAllLines(scratch.resolve("log"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private Ehr anEhr() {
        return ehrs.get(0);
    }

    private void awaitReady(Process service) throws GeneralSecurityException, InterruptedException {
        for (int i = 0; i < 600 && service.isAlive(); i++) {
            try {
                if (anEhr().get("/q/health/ready").statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // comes up
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IllegalStateException("the service did not start");
    }

    private void train() throws Exception {
        refusals();
        var calls = calls();
        everyCallOnce(calls);
        whatAnOperatorReads();
        again(calls);
    }

    /** A request to a service. */
    private record Call(String path, String body) {

        Call again() {
            return new Call(
                    path,
                    body.replaceFirst(
                            "\"hookInstance\":\\s*\"[^\"]*\"", "\"hookInstance\":\"" + UUID.randomUUID() + "\""));
        }
    }

    /** For each invented patient and each hook what an EHR would prefetch; and the shipped samples. */
    private List<Call> calls() throws Exception {
        List<Call> calls = new ArrayList<>();
        for (var name : List.of("order-sign", "order-select", "patient-view")) {
            calls.add(new Call("/cds-services/titration-" + name, read("/samples/" + name + ".json")));
        }
        var services = SERVICE.matcher(read("/cds-services")).results().toList();
        check(services.size() == 3, "three services in the discovery: " + services.size());
        var patients = PATIENT.matcher(read("/sandbox/patients.json"))
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        check(patients.size() >= 10, "invented patients: " + patients);
        for (var patient : patients) {
            for (var service : services) {
                calls.add(new Call(
                        "/cds-services/" + service.group(2),
                        request(service.group(1), patient, prefetched(patient, service.group(3)))));
            }
        }
        return calls;
    }

    private Map<String, String> prefetched(String patient, String templates) throws Exception {
        Map<String, String> prefetched = new LinkedHashMap<>();
        var each = TEMPLATE.matcher(templates);
        while (each.find()) {
            var query = each.group(2).replace("{{context.patientId}}", patient);
            if (!query.contains("{{")) {
                prefetched.put(each.group(1), read("/sandbox/fhir/" + query.replace("|", "%7C")));
            }
        }
        return prefetched;
    }

    private String request(String hook, String patient, Map<String, String> prefetched) {
        var prefetch = new StringBuilder();
        prefetched.forEach((name, resource) -> prefetch.append(prefetch.isEmpty() ? "" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(resource));
        return "{\"hook\":\"" + hook + "\",\"hookInstance\":\"" + UUID.randomUUID() + "\",\"fhirServer\":\"" + base
                + "/sandbox/fhir\",\"context\":{\"userId\":\"Practitioner/1\",\"patientId\":\"" + patient + "\""
                + (hook.equals("patient-view") ? "" : drafts(patient)) + "},\"prefetch\":{" + prefetch + "}}";
    }

    private static String drafts(String patient) {
        return ",\"selections\":[\"MedicationRequest/draft\"],\"draftOrders\":{\"resourceType\":\"Bundle\",\"type\":"
                + "\"collection\",\"entry\":[{\"resource\":{\"resourceType\":\"MedicationRequest\",\"id\":\"draft\","
                + "\"status\":\"draft\",\"intent\":\"order\",\"medicationCodeableConcept\":{\"coding\":[{\"system\":"
                + "\"http://www.nlm.nih.gov/research/umls/rxnorm\",\"code\":\"199224\",\"display\":\"anastrozole 1 MG"
                + " Oral Tablet\"}]},\"subject\":{\"reference\":\"Patient/" + patient
                + "\"},\"dosageInstruction\":[{\"text\":\"Take 1 mg twice weekly\"}]}}]}";
    }

    /** As every EHR, with feedback; as one that prefetches nothing; and with reasons. */
    private void everyCallOnce(List<Call> calls) throws Exception {
        for (var ehr : ehrs) {
            for (var call : calls) {
                var answer = answered(200, ehr.post(call.path(), call.again().body()));
                feedback(ehr, call, answer);
            }
        }
        for (var call : calls) {
            answered(
                    200,
                    anEhr().post(call.path() + "?explain=true", call.again().body()));
            if (call.body().contains("/sandbox/fhir")) {
                var bare = call.again().body().replaceFirst(",\"prefetch\":.*}$", "}");
                answered(200, anEhr().post(call.path(), bare));
            }
        }
    }

    private void feedback(Ehr ehr, Call call, String answer) throws Exception {
        var card = CARD.matcher(answer);
        if (card.find()) {
            var body = "{\"feedback\":[{\"card\":\"" + card.group(1)
                    + "\",\"outcome\":\"overridden\",\"overrideReason\":{\"reason\":{\"code\":\"other\"},"
                    + "\"userComment\":\"seen\"},\"outcomeTimestamp\":\"" + Instant.now() + "\"}]}";
            answered(200, ehr.post(call.path() + "/feedback", body));
        }
        var link = LINK.matcher(answer);
        if (link.find()) {
            answered(200, ehr.get(link.group(1), "Accept", "text/html"));
        }
    }

    private void refusals() throws Exception {
        var ehr = anEhr();
        var sign = "/cds-services/titration-order-sign";
        var sample = read("/samples/order-sign.json");
        answered(401, ehr.post(sign, sample, "no-token"));
        answered(401, ehr.post(sign, sample, ehr.token("/elsewhere")));
        answered(401, ehr.post(sign, sample, ehr.token(sign, Instant.now().minusSeconds(7200), "old")));
        answered(401, ehr.post(sign, sample, tampered(ehr.token(sign))));
        var once = ehr.token(sign);
        answered(200, ehr.post(sign, sample, once));
        answered(401, ehr.post(sign, sample, once));
        answered(400, ehr.post(sign, sample.substring(0, sample.length() / 2)));
        answered(400, ehr.post(sign, "{}"));
        answered(400, ehr.post(sign, sample.replace("order-sign", "patient-view")));
        answered(412, ehr.post(sign, request("order-sign", "nobody", Map.of()).replace("/sandbox/fhir", "/elsewhere")));
        answered(404, ehr.post("/cds-services/titration-none", sample));
        answered(405, ehr.get(sign));
        answered(413, ehr.post(sign, " ".repeat(TOO_LARGE) + sample));
        answered(404, ehr.get("/nowhere"));
        answered(401, ehr.get("/journal/report", "Authorization", "Bearer no-operator-at-all"));
        answered(400, ehr.post(sign + "/feedback", "{\"feedback\":[{}]}"));
    }

    private static String tampered(String token) {
        var dot = token.lastIndexOf('.');
        return token.substring(0, dot + 1) + (token.charAt(dot + 1) == 'A' ? 'B' : 'A') + token.substring(dot + 2);
    }

    private void whatAnOperatorReads() throws Exception {
        for (var path : List.of(
                "/journal/report",
                "/journal/decisions.ndjson",
                "/journal/feedback.ndjson",
                "/journal/audit-events.ndjson")) {
            answered(200, anEhr().get(path, "Authorization", "Bearer " + OPERATOR));
        }
        answered(200, anEhr().get("/journal/report"));
        for (var path : List.of(
                "/q/health",
                "/q/health/live",
                "/q/health/started",
                "/q/metrics",
                "/q/openapi",
                "/dsi/source-attributes",
                "/",
                "/sandbox",
                "/app")) {
            answered(200, anEhr().get(path, "Accept", "*/*"));
        }
    }

    private void again(List<Call> calls) throws Exception {
        var threads = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int first = i * calls.size() / CALLERS;
                callers.add(() -> keepCalling(calls, first));
            }
            for (var done : threads.invokeAll(callers)) {
                done.get();
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private int keepCalling(List<Call> calls, int first) throws Exception {
        int made = 0;
        for (int i = first; made < CALLS / CALLERS; i++, made++) {
            var call = calls.get(i % calls.size());
            answered(
                    200,
                    ehrs.get(i % ehrs.size()).post(call.path(), call.again().body()));
        }
        return made;
    }

    private String read(String path) throws Exception {
        return answered(200, anEhr().get(path));
    }

    private String answered(int status, HttpResponse<String> answer) {
        check(
                answer.statusCode() == status,
                answer.request().uri() + ": " + answer.statusCode() + " where " + status + " was expected: "
                        + answer.body().substring(0, Math.min(answer.body().length(), SHOWN)));
        answers.incrementAndGet();
        return answer.body();
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
