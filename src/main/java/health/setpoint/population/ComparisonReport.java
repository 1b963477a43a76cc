package health.setpoint.population;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.AdviceComparison;
import health.setpoint.http.body.RequestJson;
import health.setpoint.population.report.About;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * Who would get other advice under another policy, in the form of {@code replay}'s report, with how many went from what to
 * what, and the men in whom it is clearest.
 */
final class ComparisonReport {

    private static final int CLEAREST = 100;
    private static final List<String> INDICATORS = List.of("", "info", "warning", "critical");
    private static final int URGENCY_WEIGHT = 100;
    private static final int ADVICE_WEIGHT = 50;

    private final About about;
    private final PopulationOptions options;
    private final Path work;
    private final int parts;
    private final AdviceComparison comparison = new AdviceComparison();
    private final Map<String, Long> moves = new TreeMap<>();
    private final PriorityQueue<Clear> clearest = new PriorityQueue<>(Comparator.comparing(Clear::weight)
            .thenComparing(clear -> clear.change().toString()));

    private record Clear(BigDecimal weight, JsonNode change) {}

    ComparisonReport(About about, PopulationOptions options, Path work, int parts) {
        this.about = about;
        this.options = options;
        this.work = work;
        this.parts = parts;
    }

    ObjectNode json() throws IOException {
        for (int part = 0; part < parts; part++) {
            comparison.addAll(RequestJson.exact()
                    .readTree(Files.readAllBytes(PartDecision.counts(work, part)))
                    .path("comparison"));
            try (var changes = Files.newBufferedReader(PartDecision.changes(work, part), StandardCharsets.UTF_8)) {
                for (var line = changes.readLine(); line != null; line = changes.readLine()) {
                    add(RequestJson.exact().readTree(line));
                }
            }
        }
        return report();
    }

    private void add(JsonNode change) {
        moves.merge(said(change.path("before")) + "\t" + said(change.path("after")), 1L, Long::sum);
        clearest.add(new Clear(weight(change), change));
        if (clearest.size() > CLEAREST) {
            clearest.poll();
        }
    }

    /** What the first card comes to. */
    private static String said(JsonNode cards) {
        return cards.isEmpty()
                ? "nothing"
                : cards.get(0).path("rules").asText().split(" ")[0] + " "
                        + cards.get(0).path("advice").asText();
    }

    /** Another urgency is clearer than another advice, that than another dose; beyond that, the larger step. */
    private static BigDecimal weight(JsonNode change) {
        var before = change.path("before").path(0);
        var after = change.path("after").path(0);
        var urgency = Math.abs(INDICATORS.indexOf(before.path("indicator").asText())
                - INDICATORS.indexOf(after.path("indicator").asText()));
        var isOther =
                !before.path("advice").asText().equals(after.path("advice").asText());
        var dose = before.path("proposedWeeklyDoseMg")
                .decimalValue()
                .subtract(after.path("proposedWeeklyDoseMg").decimalValue())
                .abs();
        return dose.add(BigDecimal.valueOf((long) urgency * URGENCY_WEIGHT + (isOther ? ADVICE_WEIGHT : 0)));
    }

    private ObjectNode report() {
        var other = options.compared().orElseThrow();
        var report = JsonNodeFactory.instance.objectNode();
        report.put("notice", About.NOTICE).put("asOf", about.asOf().toString()).put("data", about.data());
        report.put("signature", about.signature()).put("complete", about.complete());
        report.putObject("before")
                .put("policy", about.policy())
                .put("version", about.version())
                .put("hash", about.hash());
        report.putObject("knowledge")
                .put("policy", other.name())
                .put("version", other.knowledge().version())
                .put("hash", other.policies().hash());
        comparison.putCounts(report);
        comparison.putRules(report);
        var from = report.putArray("moves");
        moves.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(move -> from.addObject()
                        .put("from", move.getKey().split("\t")[0])
                        .put("to", move.getKey().split("\t")[1])
                        .put("patients", move.getValue()));
        var changes = report.putArray("changes");
        var sorted = new ArrayList<>(clearest);
        sorted.sort(clearest.comparator().reversed());
        sorted.forEach(clear -> changes.add(clear.change()));
        return report;
    }
}
