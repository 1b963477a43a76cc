package health.setpoint.journal;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Random values of any record that RecordJson is meant for. */
final class AnyRecord {

    private final Random random;

    AnyRecord(long seed) {
        this.random = new Random(seed);
    }

    <T extends Record> T of(Class<T> type) {
        return type.cast(value(type));
    }

    private Object value(Type declared) {
        if (declared instanceof ParameterizedType generic) {
            return container(generic);
        }
        var type = (Class<?>) declared;
        if (type.isRecord()) {
            return record(type);
        }
        if (type.isSealed()) {
            var kinds = type.getPermittedSubclasses();
            return value(kinds[random.nextInt(kinds.length)]);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type == boolean.class) {
            return random.nextBoolean();
        }
        if (type == int.class || type == Integer.class) {
            return random.nextInt();
        }
        if (type == String.class) {
            return List.of("", "Observation/1", "\"<5\" \\ pg/mL", "µ π \uD83D\uDE00", "a\u0000b\n")
                    .get(random.nextInt(5));
        }
        if (type == BigDecimal.class) {
            return new BigDecimal(BigInteger.valueOf(random.nextInt(100_000)), random.nextInt(8) - 2);
        }
        if (type == LocalDate.class) {
            return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(1000));
        }
        if (type == LocalDateTime.class) {
            return LocalDateTime.of(2026, 1, 1, 0, 0).plusNanos(random.nextLong(1L << 55));
        }
        if (type == Instant.class) {
            return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
        }
        throw new AssertionError("no random " + type);
    }

    private Object container(ParameterizedType generic) {
        var type = (Class<?>) generic.getRawType();
        var first = generic.getActualTypeArguments()[0];
        if (type == Optional.class) {
            return random.nextBoolean() ? Optional.of(value(first)) : Optional.empty();
        }
        var size = random.nextInt(4);
        if (type == Map.class) {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < size; i++) {
                map.put(value(first), value(generic.getActualTypeArguments()[1]));
            }
            return map;
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(value(first));
        }
        return type == Set.class ? new LinkedHashSet<>(items) : items;
    }

    private Object record(Class<?> type) {
        var types = Stream.of(type.getRecordComponents())
                .map(component -> component.getType())
                .toArray(Class<?>[]::new);
        for (int attempt = 0; attempt < 1000; attempt++) {
            var values = Stream.of(type.getRecordComponents())
                    .map(component -> value(component.getGenericType()))
                    .toArray();
            try {
                Constructor<?> canonical = type.getDeclaredConstructor(types);
                canonical.setAccessible(true);
                return canonical.newInstance(values);
            } catch (InvocationTargetException refused) {
                if (!(refused.getCause() instanceof IllegalArgumentException)) {
                    throw new AssertionError(refused);
                }
            } catch (ReflectiveOperationException broken) {
                throw new AssertionError(broken);
            }
        }
        throw new AssertionError("no " + type + " was allowed");
    }
}
