package health.setpoint.knowledge;

import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.knowledge.parameter.Parameter.DatedValue;
import health.setpoint.knowledge.parameter.Parameter.Plain;
import health.setpoint.knowledge.parameter.PolicyOfDay;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.knowledge.parameter.ValuesOfDay;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.policy.Policy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Policies of a day in which one number is another: far enough that patients near it are answered otherwise. */
public final class ChangedPolicies {

    private static final BigDecimal LESS = new BigDecimal("0.8");
    private static final BigDecimal MORE = new BigDecimal("1.25");

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final LocalDate day;

    public ChangedPolicies(Knowledge knowledge, LocalDate day) {
        this.day = day;
        knowledge.parameters().forEach(parameter -> parameters.put(parameter.id(), parameter));
    }

    /** By parameter, of every number on which the policy depends: a fifth less and a quarter more, whole steps where days. */
    public Map<String, List<Policy>> byParameter() {
        var standard = policy(parameters);
        Map<String, List<Policy>> policies = new LinkedHashMap<>();
        parameters.forEach((id, parameter) -> {
            var changed = Stream.of(LESS, MORE)
                    .flatMap(factor -> number(parameter).stream().map(number -> scaled(number, factor)))
                    .flatMap(value -> with(id, value).stream())
                    .filter(policy -> !policy.equals(standard))
                    .toList();
            if (!changed.isEmpty()) {
                policies.put(id, changed);
            }
        });
        return policies;
    }

    private Optional<BigDecimal> number(Parameter parameter) {
        return parameter
                .on(day)
                .filter(dated -> dated.value() instanceof Plain)
                .flatMap(dated -> Parameter.number(dated.value().toString()));
    }

    /** Whole numbers stay whole, and move by one at least. */
    private static BigDecimal scaled(BigDecimal number, BigDecimal factor) {
        var scaled = number.multiply(factor);
        if (number.stripTrailingZeros().scale() > 0) {
            return scaled;
        }
        return scaled.setScale(0, factor == LESS ? RoundingMode.FLOOR : RoundingMode.CEILING);
    }

    private Optional<Policy> with(String id, BigDecimal value) {
        Map<String, Parameter> changed = new HashMap<>(parameters);
        changed.put(id, withValue(parameters.get(id), value));
        try {
            return Optional.of(policy(changed));
        } catch (KnowledgeException crossesAnother) {
            return Optional.empty();
        }
    }

    private Parameter withValue(Parameter parameter, BigDecimal value) {
        var standard = parameter.on(day).orElseThrow();
        var plain = new Plain(value.toPlainString());
        return new Parameter(
                parameter.id(),
                parameter.says(),
                parameter.unit(),
                parameter.site(),
                new TreeMap<>(Map.of(day, new DatedValue(plain, standard.basis(), standard.line()))),
                parameter.file(),
                parameter.line());
    }

    private Policy policy(Map<String, Parameter> changed) {
        return new PolicyOfDay(new ValuesOfDay(changed, day, SiteChoices.none(), "this test")).policy("", "");
    }
}
