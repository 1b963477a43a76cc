package health.setpoint.knowledge.parameter;

import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.knowledge.yaml.Located;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Fills texts in which numbers stand by the name of their parameter: {@code below {estradiol.low}}, and days as weeks:
 * {@code {timing.recheck-from weeks}}.
 */
public final class QuotedParameters {

    private static final Pattern NAME = Pattern.compile("\\{([a-z0-9.-]+)( weeks)?}");
    private static final BigDecimal DAYS_OF_A_WEEK = BigDecimal.valueOf(7);

    private final Map<String, Parameter> parameters;

    public QuotedParameters(Map<String, Parameter> parameters) {
        this.parameters = parameters;
    }

    /**
     * Checks a text of a file.
     *
     * @throws KnowledgeException where it names a parameter that there is not, or weeks of what is not days
     */
    public void check(Located text) {
        NAME.matcher(text.text()).results().forEach(match -> {
            Parameter parameter = parameters.get(match.group(1));
            if (parameter == null) {
                throw text.refuse("no parameter is called " + match.group(1));
            }
            if (match.group(2) != null && !parameter.unit().equals("d")) {
                throw text.refuse(match.group(1) + " is not in days");
            }
        });
    }

    /** The text with the numbers of a day. */
    public String filled(String text, LocalDate day) {
        return text.indexOf('{') < 0 ? text : NAME.matcher(text).replaceAll(match -> value(match, day));
    }

    private String value(MatchResult match, LocalDate day) {
        return parameters
                .get(match.group(1))
                .on(day)
                .map(dated -> dated.value().toString())
                .map(value -> match.group(2) == null ? value : weeks(value))
                .orElse("?");
    }

    private static String weeks(String days) {
        return new BigDecimal(days)
                .divide(DAYS_OF_A_WEEK, 1, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
