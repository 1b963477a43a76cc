package health.setpoint.hook.terminology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import health.setpoint.knowledge.Expansion;
import health.setpoint.knowledge.terminology.Code;
import health.setpoint.knowledge.terminology.Meaning;
import health.setpoint.knowledge.terminology.Terminology;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * A FHIR terminology server: expands each value set that is defined by meaning, with FHIR's {@code $expand}. All of it ends
 * within a time, and what one answer may hold is bounded.
 */
final class TerminologyServer {

    private static final Logger LOG = Logger.getLogger("health.setpoint.terminology");
    private static final int MOST_CODES = 20_000;
    private static final int LARGEST_ANSWER = 16 << 20;
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final Duration patience;
    private final HttpClient http;

    /** @param patience for all of its answers together */
    TerminologyServer(URI base, Duration patience) {
        this.base = base;
        this.patience = patience;
        this.http = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    /**
     * What it knows beyond the shipped codes. A set that it does not expand, or of which it gives less than is shipped, stays as
     * it was before.
     *
     * @param before the expansion that is in force
     */
    Expansion expand(Terminology shipped, Expansion before, LocalDate day) throws InterruptedException {
        var end = System.nanoTime() + patience.toNanos();
        var added = new TreeMap<String, List<Code>>();
        var refused = 0;
        for (var meaning : shipped.meanings()) {
            try {
                added.put(meaning.valueSet(), added(shipped, meaning, end));
            } catch (Unusable unusable) {
                refused++;
                LOG.warnf("%s stays as it was: %s", meaning.valueSet(), unusable.getMessage());
                added.put(meaning.valueSet(), before.added().getOrDefault(meaning.valueSet(), List.of()));
            }
        }
        LOG.infof(
                "of %d value sets the terminology server expanded %d",
                shipped.meanings().size(), shipped.meanings().size() - refused);
        return new Expansion(day, added);
    }

    private List<Code> added(Terminology shipped, Meaning meaning, long end) throws Unusable, InterruptedException {
        var systems = meaning.filters().stream().map(Meaning.Filter::system).collect(Collectors.toSet());
        var listed = shipped.codes(meaning).stream()
                .filter(code -> systems.contains(code.system()))
                .toList();
        var given = contains(post(question(meaning, listed), end));
        var known =
                given.stream().map(code -> code.system() + "|" + code.code()).collect(Collectors.toSet());
        var lacking = listed.stream()
                .map(code -> code.system() + "|" + code.code())
                .filter(code -> !known.contains(code))
                .toList();
        if (!lacking.isEmpty()) {
            throw new Unusable("the server gives less than is shipped, it lacks " + lacking.get(0)
                    + (lacking.size() > 1 ? " and " + (lacking.size() - 1) + " more" : ""));
        }
        Set<String> shippedCodes = new HashSet<>();
        shipped.all().forEach(code -> shippedCodes.add(code.system() + "|" + code.code()));
        return given.stream()
                .filter(code -> systems.contains(code.system()))
                .filter(code -> !shippedCodes.contains(code.system() + "|" + code.code()))
                .toList();
    }

    /** Parameters of the operation, with the value set's definition: the server need not know our value sets. */
    private static byte[] question(Meaning meaning, List<Code> listed) {
        var parameters = JSON.createObjectNode().put("resourceType", "Parameters");
        var all = parameters.putArray("parameter");
        var set = all.addObject().put("name", "valueSet").putObject("resource");
        set.put("resourceType", "ValueSet")
                .put("url", "http://setpoint.health/fhir/ValueSet/" + meaning.valueSet())
                .put("status", "active");
        var include = set.putObject("compose").putArray("include");
        listed.stream()
                .collect(Collectors.groupingBy(Code::system, TreeMap::new, Collectors.toList()))
                .forEach((system, codes) -> list(include, system, codes));
        for (var filter : meaning.filters()) {
            include.addObject()
                    .put("system", filter.system())
                    .putArray("filter")
                    .addObject()
                    .put("property", filter.property())
                    .put("op", filter.op())
                    .put("value", filter.value());
        }
        all.addObject().put("name", "count").put("valueInteger", MOST_CODES);
        return parameters.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void list(ArrayNode include, String system, List<Code> codes) {
        var concepts = include.addObject().put("system", system).putArray("concept");
        codes.forEach(code -> concepts.addObject().put("code", code.code()));
    }

    private JsonNode post(byte[] question, long end) throws Unusable, InterruptedException {
        var left = end - System.nanoTime();
        if (left <= 0) {
            throw new Unusable("no time is left");
        }
        var address = base.toString().replaceFirst("/+$", "") + "/ValueSet/$expand";
        var body = new ByteArrayOutputStream();
        var asked = http.sendAsync(
                HttpRequest.newBuilder(URI.create(address))
                        .header("Content-Type", "application/fhir+json")
                        .header("Accept", "application/fhir+json")
                        .timeout(Duration.ofNanos(left))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArrayConsumer(chunk -> chunk.ifPresent(bytes -> {
                    if (body.size() + bytes.length > LARGEST_ANSWER) {
                        throw new IllegalStateException("its answer is too large");
                    }
                    body.writeBytes(bytes);
                })));
        try {
            var answer = asked.get(left, TimeUnit.NANOSECONDS);
            if (answer.statusCode() != OK) {
                throw new Unusable("it answered " + answer.statusCode());
            }
            return JSON.readTree(body.toByteArray());
        } catch (TimeoutException late) {
            asked.cancel(true);
            throw new Unusable("it did not answer in time");
        } catch (ExecutionException failed) {
            throw new Unusable("it could not be asked: " + failed.getCause().getMessage());
        } catch (IOException unreadable) {
            throw new Unusable("its answer is no JSON");
        }
    }

    private static List<Code> contains(JsonNode answer) throws Unusable {
        var expansion = answer.path("expansion");
        if (!answer.path("resourceType").asText().equals("ValueSet") || !expansion.isObject()) {
            throw new Unusable("its answer is no expanded value set");
        }
        var codes = new LinkedHashSet<Code>();
        var open = new ArrayList<JsonNode>();
        expansion.path("contains").forEach(open::add);
        while (!open.isEmpty()) {
            var one = open.remove(open.size() - 1);
            one.path("contains").forEach(open::add);
            // An inactive code keeps its meaning: old records have it.
            if (one.path("code").isTextual() && !one.path("abstract").asBoolean()) {
                codes.add(new Code(
                        one.path("system").asText(),
                        one.path("code").asText(),
                        one.path("display").asText()));
            }
        }
        if (expansion.path("total").asInt(0) > codes.size() || codes.size() > MOST_CODES) {
            throw new Unusable("it gives a part of the set");
        }
        return List.copyOf(codes);
    }

    /** An answer that changes nothing, with why. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String why) {
            super(why);
        }
    }
}
