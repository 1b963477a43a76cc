package health.setpoint.population.report;

import com.fasterxml.jackson.databind.JsonNode;
import health.setpoint.http.body.RequestJson;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Template;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A summary as one page that needs nothing beside it: no script, no address, light and dark. */
public final class SummaryPage {

    private static final String NAME = "/pages/population.html";
    private static final String STYLES = "/META-INF/resources/setpoint.css";

    private SummaryPage() {}

    /** The page of what {@link Summary} gave. */
    public static String of(JsonNode summary) {
        return template()
                .data(Map.of(
                        "page", RequestJson.exact().convertValue(summary, Map.class),
                        "styles", resource(STYLES),
                        "picture", DistributionPicture.of(summary.path("estradiolByDose")),
                        "rules", rows(summary.path("rules"), RowTally.INDICATORS),
                        "overdue", rows(summary.path("overdue"), RowTally.DELAYS),
                        "doses", rows(summary.path("estradiolByDose"), RowTally.BANDS),
                        "indicators", RowTally.INDICATORS,
                        "delays", RowTally.DELAYS,
                        "bands", RowTally.BANDS))
                .render();
    }

    /** A row of a table whose columns are counts; one that is not published says so. */
    private static List<Map<String, Object>> rows(JsonNode table, List<String> columns) {
        var rows = new ArrayList<Map<String, Object>>();
        for (var row : table) {
            var counts = new ArrayList<String>();
            columns.forEach(column -> counts.add(
                    row.path(column).isNull() ? "few" : row.path(column).asText()));
            rows.add(Map.of(
                    "name",
                    row.path("rule").asText(row.path("dose").asText()),
                    "when",
                    row.path("when").asText(),
                    "counts",
                    counts));
        }
        return rows;
    }

    private static Template template() {
        return Engine.builder()
                .addDefaults()
                .addValueResolver(ValueResolvers.rawResolver())
                .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                .build()
                .parse(resource(NAME), Variant.forContentType(Variant.TEXT_HTML), "population");
    }

    private static String resource(String name) {
        try (InputStream file = SummaryPage.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
