package health.setpoint.population.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** How estradiol lies by dose, as bars of an SVG picture; a count that is not published is hatched and has no length of its own. */
final class DistributionPicture {

    private static final int WIDTH = 760;
    private static final int LEFT = 118;
    private static final int ROW = 36;
    private static final int BAR = 24;
    private static final int TOP = 30;
    private static final int HIDDEN = 10;
    private static final int LETTER = 8;

    private DistributionPicture() {}

    static String of(JsonNode estradiolByDose) {
        var svg = new StringBuilder();
        var height = TOP + ROW * estradiolByDose.size() + 4;
        svg.append(
                "<svg class=\"distribution\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"distribution-title\">"
                        .formatted(WIDTH, height));
        svg.append(
                "<title id=\"distribution-title\">Estradiol by weekly dose of anastrozole; the table below says the same</title>");
        svg.append(
                "<defs><pattern id=\"hidden\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"3\" height=\"6\" class=\"hatch\"/></pattern></defs>");
        legend(svg);
        var row = 0;
        for (var dose : estradiolByDose) {
            bar(svg, dose, TOP + ROW * row++);
        }
        return svg.append("</svg>").toString();
    }

    private static void legend(StringBuilder svg) {
        var x = LEFT;
        for (var band : RowTally.BANDS) {
            svg.append(
                    "<rect class=\"band-%s\" x=\"%d\" y=\"4\" width=\"14\" height=\"14\" rx=\"3\"/><text x=\"%d\" y=\"16\">%s</text>"
                            .formatted(band, x, x + 20, band.replace('-', ' ')));
            x += 40 + LETTER * band.length() + 20;
        }
    }

    private static void bar(StringBuilder svg, JsonNode dose, int y) {
        svg.append("<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>"
                .formatted(LEFT - 10, y + 17, Markup.escaped(dose.path("dose").asText())));
        long sum = 0;
        var hidden = 0;
        for (var band : RowTally.BANDS) {
            sum += dose.path(band).asLong();
            hidden += dose.path(band).isNull() ? 1 : 0;
        }
        double room = WIDTH - LEFT - 4 - hidden * HIDDEN;
        double x = LEFT;
        for (var band : RowTally.BANDS) {
            var count = dose.path(band);
            var width = count.isNull() ? HIDDEN : sum == 0 ? 0 : room * count.asLong() / sum;
            if (width > 0) {
                rect(svg, band, count, x, y, width);
                x += width;
            }
        }
        if (sum == 0 && hidden == 0) {
            svg.append("<text x=\"%d\" y=\"%d\">nobody</text>".formatted(LEFT, y + 17));
        }
    }

    private static void rect(StringBuilder svg, String band, JsonNode count, double x, int y, double width) {
        var shown = count.isNull() ? "" : count.asText();
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                count.isNull() ? "masked" : "band-" + band,
                x,
                y,
                width,
                BAR));
        if (width > LETTER * (shown.length() + 1) && !shown.isEmpty()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"count on-%s\" x=\"%.1f\" y=\"%d\">%s</text>",
                    band,
                    x + width / 2,
                    y + 17,
                    shown));
        }
    }
}
