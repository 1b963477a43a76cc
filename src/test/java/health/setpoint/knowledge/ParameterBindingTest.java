package health.setpoint.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.knowledge.parameter.Parameter.DatedValue;
import health.setpoint.knowledge.parameter.Parameter.Plain;
import health.setpoint.knowledge.parameter.PolicyOfDay;
import health.setpoint.knowledge.parameter.SiteChoices;
import health.setpoint.knowledge.parameter.ValuesOfDay;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.policy.ParameterId;
import health.setpoint.titration.policy.Policy;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterBindingTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 29);
    private static final Map<String, Parameter> PARAMETERS =
            Knowledge.load().parameters().stream().collect(Collectors.toMap(Parameter::id, parameter -> parameter));
    private static final Policy STANDARD = policy(PARAMETERS);

    /** Small enough that no other limit is crossed. */
    private static final BigDecimal A_LITTLE = new BigDecimal("0.01");

    private static Stream<RecordComponent> bound() {
        return Arrays.stream(Policy.class.getRecordComponents())
                .filter(part -> part.getType().isRecord())
                .flatMap(part -> Arrays.stream(part.getType().getRecordComponents()))
                .filter(component -> component.isAnnotationPresent(ParameterId.class));
    }

    @ParameterizedTest
    @MethodSource("bound")
    void a_parameter_that_changes_alone_changes_its_own_component_alone(RecordComponent component) {
        String id = component.getAnnotation(ParameterId.class).value();
        boolean isWhole = component.getType() == int.class;
        BigDecimal step = isWhole ? BigDecimal.ONE : A_LITTLE;
        Set<String> changed = new TreeSet<>(changedBy(id, step, true));
        changed.addAll(changedBy(id, step, false));
        assertEquals(Set.of(name(component)), changed, id);
    }

    @Test
    void every_bound_parameter_is_bound_once() {
        Map<String, Long> times = bound().collect(Collectors.groupingBy(
                component -> component.getAnnotation(ParameterId.class).value(), Collectors.counting()));
        assertTrue(times.size() > 60, times.size() + " parameters");
        times.values().removeIf(count -> count == 1);
        assertEquals(Map.of(), times);
    }

    @Test
    void a_component_is_named_like_its_parameter() {
        assertEquals(
                Map.of(),
                bound().filter(component -> !isNamedLike(
                                component.getName(),
                                component.getAnnotation(ParameterId.class).value()))
                        .collect(Collectors.toMap(ParameterBindingTest::name, component -> component
                                .getAnnotation(ParameterId.class)
                                .value())));
    }

    /** Words of an id that tell no two parameters of one group apart. */
    private static final Set<String> WITHOUT_WEIGHT = Set.of("within", "interval", "use");

    /** All other words of the id stand in the name of the component; the unit may follow. */
    private static boolean isNamedLike(String component, String id) {
        return Stream.of(id.substring(id.indexOf('.') + 1).split("-"))
                .filter(word -> !WITHOUT_WEIGHT.contains(word))
                .allMatch(component.toLowerCase(Locale.ROOT)::contains);
    }

    private static Set<String> changedBy(String id, BigDecimal step, boolean up) {
        Map<String, Parameter> changed = new HashMap<>(PARAMETERS);
        changed.put(id, with(PARAMETERS.get(id), step, up));
        try {
            return differences(policy(changed));
        } catch (KnowledgeException crossesAnother) {
            return Set.of();
        }
    }

    private static Parameter with(Parameter parameter, BigDecimal step, boolean up) {
        DatedValue standard = parameter.on(DAY).orElseThrow();
        String next = next(((Plain) standard.value()).text(), step, up);
        return new Parameter(
                parameter.id(),
                parameter.says(),
                parameter.unit(),
                parameter.site(),
                new TreeMap<>(Map.of(DAY, new DatedValue(new Plain(next), standard.basis(), standard.line()))),
                parameter.file(),
                parameter.line());
    }

    /** A number, or a rung such as L2. */
    private static String next(String value, BigDecimal step, boolean up) {
        String rung = value.startsWith("L") ? "L" : "";
        BigDecimal number = new BigDecimal(value.substring(rung.length()));
        return rung + (up ? number.add(step) : number.subtract(step)).toPlainString();
    }

    private static Policy policy(Map<String, Parameter> parameters) {
        return new PolicyOfDay(new ValuesOfDay(parameters, DAY, SiteChoices.none(), "the files of this test"))
                .policy("", "");
    }

    private static Set<String> differences(Policy policy) {
        Set<String> differences = new TreeSet<>();
        for (RecordComponent part : Policy.class.getRecordComponents()) {
            if (part.getType().isRecord()) {
                for (RecordComponent component : part.getType().getRecordComponents()) {
                    Object before = value(component, value(part, STANDARD));
                    Object after = value(component, value(part, policy));
                    if (!before.equals(after)) {
                        differences.add(name(component));
                    }
                }
            }
        }
        return differences;
    }

    private static Object value(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(component.toString(), broken);
        }
    }

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }
}
