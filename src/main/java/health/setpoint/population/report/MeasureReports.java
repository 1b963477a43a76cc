package health.setpoint.population.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The measures of a summary as FHIR R4 MeasureReports; counts that are not published there are masked here. */
public final class MeasureReports {

    /** Address of the Measure resources in {@code fhir-profiles}. */
    static final String MEASURE = "http://setpoint.health/fhir/Measure/setpoint-";

    private static final String POPULATION = "http://terminology.hl7.org/CodeSystem/measure-population";
    private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    private static final int SCORE_DIGITS = 4;

    private MeasureReports() {}

    /** One report for each measure of a summary. */
    public static List<ObjectNode> of(About about, JsonNode summary) {
        var reports = new ArrayList<ObjectNode>();
        summary.path("measures").forEach(measure -> reports.add(report(about, measure)));
        return reports;
    }

    private static ObjectNode report(About about, JsonNode measure) {
        var day = about.asOf().toLocalDate().toString();
        var report = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "MeasureReport")
                .put("id", "setpoint-" + measure.path("measure").asText());
        report.putObject("text")
                .put("status", "generated")
                .put(
                        "div",
                        "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>" + Markup.escaped(About.NOTICE) + " As of "
                                + day
                                + ", of data of " + Markup.escaped(about.data()) + ". Knowledge "
                                + Markup.escaped(about.version() + " " + about.hash()) + ". "
                                + Markup.escaped(about.signature())
                                + (about.complete() ? "" : " The export is not complete.") + "</p></div>");
        report.put("status", about.complete() ? "complete" : "pending")
                .put("type", "summary")
                .put("measure", MEASURE + measure.path("measure").asText())
                .put("date", day);
        report.putObject("period").put("start", day).put("end", day);
        var group = report.putArray("group").addObject();
        var populations = group.putArray("population");
        count(populations.addObject(), "initial-population", measure.path("denominator"));
        count(populations.addObject(), "denominator", measure.path("denominator"));
        count(populations.addObject(), "numerator", measure.path("numerator"));
        score(group, measure);
        return report;
    }

    private static void count(ObjectNode population, String code, JsonNode count) {
        population
                .putObject("code")
                .putArray("coding")
                .addObject()
                .put("system", POPULATION)
                .put("code", code);
        if (count.isNumber()) {
            population.set("count", count);
        } else {
            population
                    .putObject("_count")
                    .putArray("extension")
                    .addObject()
                    .put("url", ABSENT)
                    .put("valueCode", "masked");
        }
    }

    private static void score(ObjectNode group, JsonNode measure) {
        var all = measure.path("denominator").asLong();
        if (measure.path("numerator").isNumber() && all > 0) {
            group.putObject("measureScore")
                    .put(
                            "value",
                            BigDecimal.valueOf(measure.path("numerator").asLong())
                                    .divide(BigDecimal.valueOf(all), SCORE_DIGITS, RoundingMode.HALF_UP))
                    .put("system", "http://unitsofmeasure.org")
                    .put("code", "1");
        }
    }
}
