package health.setpoint.chart.prefetch;

import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Coding;
import health.setpoint.knowledge.terminology.Code;
import health.setpoint.knowledge.terminology.Terminology;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a site's results are asked for, beside the standard codes: a server that searches strictly does not send a result that
 * has a local code only, and an older one would decide in its place.
 *
 * @param results local codes of laboratory results, as a search writes them
 * @param observations local codes of other observations, the same
 * @param byCategory whether every laboratory result is asked for, since the local codes are not all known
 */
public record LabSearch(List<String> results, List<String> observations, boolean byCategory) {

    /** By standard codes only. */
    public static final LabSearch STANDARD = new LabSearch(List.of(), List.of(), false);

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/-]+");

    public LabSearch {
        results = List.copyOf(results);
        observations = List.copyOf(observations);
    }

    /** With the local codes of a site that stand for what the rules look at. */
    public static LabSearch of(CodeMap codes, Terminology terminology, boolean byCategory) {
        return new LabSearch(
                tokens(codes, terminology.laboratoryCodes()),
                tokens(
                        codes,
                        Stream.concat(terminology.observationCodes().stream(), terminology.symptomCodes().stream())
                                .toList()),
                byCategory);
    }

    private static List<String> tokens(CodeMap codes, List<Code> standard) {
        return codes
                .localFor(standard.stream()
                        .map(code -> Coding.of(code.system(), code.code()))
                        .toList())
                .stream()
                .map(local -> local.system().isEmpty()
                        ? written(local.code())
                        : written(local.system()) + "|" + written(local.code()))
                .distinct()
                .sorted()
                .toList();
    }

    /** What FHIR's search and a URL would take apart is escaped. */
    private static String written(String text) {
        return PLAIN.matcher(text).matches()
                ? text
                : URLEncoder.encode(text.replaceAll("([\\\\,$|])", "\\\\$1"), StandardCharsets.UTF_8)
                        .replace("+", "%20");
    }
}
