package health.setpoint.operator.decision;

import health.setpoint.operator.decision.Timeline.Band;
import health.setpoint.operator.decision.Timeline.Dose;
import health.setpoint.operator.decision.Timeline.DueTests;
import health.setpoint.operator.decision.Timeline.Result;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The timeline as an SVG picture for a page: four strips on one axis of days. Its colours are those of the stylesheet. */
final class TimelinePicture {

    private static final int WIDTH = 900;
    private static final int LEFT = 76;
    private static final int RIGHT = 884;
    private static final int LETTER = 7;
    private static final BigDecimal LEAST_ESTRADIOL = new BigDecimal("100");
    private static final BigDecimal LEAST_TESTOSTERONE = new BigDecimal("1000");
    private static final BigDecimal LEAST_INHIBITOR = new BigDecimal("2");
    private static final BigDecimal LEAST_DOSE = new BigDecimal("150");
    private static final BigDecimal HEADROOM = new BigDecimal("1.15");

    private static final Strip ESTRADIOL = new Strip("Estradiol", "pg/mL", 34, 200);
    private static final Strip TESTOSTERONE = new Strip("Testosterone", "ng/dL", 240, 340);
    private static final Strip INHIBITOR = new Strip("Inhibitor", "mg/week", 380, 450);
    private static final Strip DOSE = new Strip("Testosterone", "mg/week", 490, 560);
    private static final int BOTTOM = 562;
    private static final int HEIGHT = 604;
    private static final int OTHER_TESTS = 9;

    /** A strip of the picture with what it shows; y grows downwards. */
    private record Strip(String name, String unit, int top, int bottom) {
        double y(BigDecimal value, BigDecimal most) {
            double share = Math.min(1, value.doubleValue() / most.doubleValue());
            return bottom - share * (bottom - top);
        }
    }

    private final Timeline timeline;
    private final StringBuilder svg = new StringBuilder();

    private TimelinePicture(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The picture; its title says where the same stands in words. */
    static String of(Timeline timeline) {
        return new TimelinePicture(timeline).drawn();
    }

    private String drawn() {
        add(
                "<svg class=\"timeline\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"timeline-title\">"
                        + "<title id=\"timeline-title\">Estradiol, testosterone and doses from %s to %s; the table below says the"
                        + " same</title>",
                WIDTH, HEIGHT, timeline.from(), timeline.to());
        BigDecimal estradiol = most(timeline.estradiol(), LEAST_ESTRADIOL);
        bands(estradiol);
        timeline.due().forEach(this::due);
        months();
        frame(ESTRADIOL, estradiol);
        results(ESTRADIOL, timeline.estradiol(), estradiol);
        BigDecimal testosterone = most(timeline.testosterone(), LEAST_TESTOSTERONE);
        frame(TESTOSTERONE, testosterone);
        results(TESTOSTERONE, timeline.testosterone(), testosterone);
        doses(INHIBITOR, timeline.inhibitor(), LEAST_INHIBITOR);
        doses(DOSE, timeline.testosteroneDose(), LEAST_DOSE);
        today();
        return svg.append("</svg>").toString();
    }

    private static BigDecimal most(List<Result> results, BigDecimal least) {
        return results.stream()
                .map(Result::value)
                .reduce(least, BigDecimal::max)
                .multiply(HEADROOM);
    }

    private double x(LocalDate day) {
        LocalDate within =
                day.isBefore(timeline.from()) ? timeline.from() : day.isAfter(timeline.to()) ? timeline.to() : day;
        double share = (double) ChronoUnit.DAYS.between(timeline.from(), within)
                / ChronoUnit.DAYS.between(timeline.from(), timeline.to());
        return LEFT + share * (RIGHT - LEFT);
    }

    private void bands(BigDecimal most) {
        for (Band band : timeline.bands()) {
            double top = ESTRADIOL.y(band.to().orElse(most), most);
            double bottom = ESTRADIOL.y(band.from(), most);
            add(
                    "<rect class=\"band %s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>",
                    band.name().replace(' ', '-'), LEFT, top, RIGHT - LEFT, bottom - top);
            if (band.from().signum() > 0) {
                text(LEFT - 6, bottom + 4, "end", "limit", plain(band.from()));
            }
        }
    }

    private void due(DueTests due) {
        double from = x(due.from());
        double width = Math.max(3, x(due.to()) - from);
        int top = due.isOfHormones() ? ESTRADIOL.top() : BOTTOM - OTHER_TESTS;
        add(
                "<rect class=\"due\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"><title>%s</title></rect>",
                from,
                top,
                width,
                BOTTOM - top,
                escaped("due " + due.from() + " to " + due.to() + ": " + String.join(", ", due.tests())));
    }

    private void months() {
        int each = Math.max(1, (int) (ChronoUnit.MONTHS.between(timeline.from(), timeline.to()) / 9) + 1);
        LocalDate month = timeline.from().plusMonths(1).withDayOfMonth(1);
        while (!month.isAfter(timeline.to())) {
            double x = x(month);
            add("<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x, ESTRADIOL.top(), x, BOTTOM);
            text(x, BOTTOM + 18, "middle", "axis", month.toString().substring(0, 7));
            month = month.plusMonths(each);
        }
    }

    private void frame(Strip strip, BigDecimal most) {
        text(RIGHT, strip.top() - 14, "end", "name", strip.name() + ", " + strip.unit());
        add(
                "<line class=\"base\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
                LEFT, strip.bottom(), RIGHT, strip.bottom());
        if (strip != ESTRADIOL) {
            BigDecimal highest = most.divide(HEADROOM, 1, RoundingMode.HALF_UP);
            text(LEFT - 6, strip.y(highest, most) + 4, "end", "limit", plain(highest));
            text(LEFT - 6, strip.bottom() + 4, "end", "limit", "0");
        }
    }

    private void results(Strip strip, List<Result> results, BigDecimal most) {
        StringBuilder line = new StringBuilder();
        List<Result> shown = results.stream()
                .filter(result -> !result.day().isBefore(timeline.from()))
                .toList();
        for (Result result : shown) {
            line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(result.day()), strip.y(result.value(), most)));
        }
        if (shown.size() > 1) {
            add("<polyline class=\"course\" points=\"%s\"/>", line.toString().strip());
        }
        double free = 0;
        for (Result result : shown) {
            double x = x(result.day());
            double y = strip.y(result.value(), most);
            add(
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%d\"><title>%s</title></circle>",
                    result.decided() ? "point decided" : "point",
                    x,
                    y,
                    result.decided() ? 6 : 4,
                    escaped(result.day() + ": " + result.shown() + " " + strip.unit()));
            if (x - result.shown().length() * LETTER / 2.0 > free || result.decided()) {
                text(x, y - 10, "middle", result.decided() ? "value decided" : "value", result.shown());
                free = x + result.shown().length() * LETTER / 2.0 + 2;
            }
        }
    }

    private void doses(Strip strip, List<Dose> doses, BigDecimal least) {
        BigDecimal most = doses.stream()
                .flatMap(dose -> dose.weeklyMg().stream())
                .reduce(least, BigDecimal::max)
                .multiply(HEADROOM);
        frame(strip, most);
        Optional<Double> before = Optional.empty();
        for (Dose dose : doses) {
            LocalDate start = dose.from().orElse(timeline.from());
            boolean drafted = dose.state().startsWith("draft");
            LocalDate end = dose.to().orElse(drafted ? timeline.to() : timeline.today());
            if (end.isBefore(timeline.from())) {
                continue;
            }
            double y = strip.y(dose.weeklyMg().orElse(BigDecimal.ZERO), most);
            String words = dose.drug() + " "
                    + dose.weeklyMg().map(mg -> plain(mg) + " mg a week").orElse("at an unknown dose") + ", "
                    + dose.state();
            add(
                    "<path class=\"dose%s\" d=\"M%.1f %.1f L%.1f %.1f L%.1f %.1f\"><title>%s</title></path>",
                    drafted ? " drafted" : "",
                    x(start),
                    before.orElse((double) strip.bottom()),
                    x(start),
                    y,
                    Math.max(x(end), x(start) + 2),
                    y,
                    escaped(words));
            text(
                    x(start) + 4,
                    y - 5,
                    x(start) > RIGHT - 60 ? "end" : "start",
                    "value",
                    dose.weeklyMg().map(TimelinePicture::plain).orElse("?") + (drafted ? " drafted" : ""));
            before = drafted ? before : Optional.of(y);
        }
    }

    private void today() {
        double x = x(timeline.today());
        add("<line class=\"today\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", x, ESTRADIOL.top(), x, BOTTOM);
        text(x, BOTTOM + 36, "middle", "name", timeline.today().toString());
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private void text(double x, double y, String anchor, String kind, String words) {
        add(
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                kind, x, y, anchor, escaped(words));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
