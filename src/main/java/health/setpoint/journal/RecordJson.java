package health.setpoint.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Records as JSON and back, without loss: what is read equals what was written, scales of decimals included. A record
 * behind a sealed interface carries its name in {@code is}. Empty options, lists and maps are left out, so that a record
 * may gain such a component and old entries can still be read.
 */
final class RecordJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KIND = "is";
    private static final Shape PLAIN = new Shape(false, List.of());

    private RecordJson() {}

    static String write(Record record) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            write(record, PLAIN, json);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return text.toString();
    }

    static <T extends Record> T read(String json, Class<T> type) {
        try {
            return type.cast(value(JSON.readTree(json), type));
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException("not JSON: " + type.getSimpleName());
        }
    }

    /** What a record type consists of: asked of the JVM once, since asking costs more than writing. */
    private static final ClassValue<List<Member>> MEMBERS = new ClassValue<>() {
        @Override
        protected List<Member> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Member::of).toList();
        }
    };

    private record Member(String name, Method accessor, Shape shape) {

        static Member of(RecordComponent component) {
            component.getAccessor().setAccessible(true);
            return new Member(component.getName(), component.getAccessor(), Shape.of(component.getGenericType()));
        }

        Object of(Record record) {
            try {
                return accessor.invoke(record);
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(accessor.toString(), broken);
            }
        }
    }

    /**
     * A declared type.
     *
     * @param sealed a record behind it carries its name
     * @param arguments of a generic type
     */
    private record Shape(boolean sealed, List<Shape> arguments) {

        static Shape of(Type declared) {
            return declared instanceof ParameterizedType generic
                    ? new Shape(
                            false,
                            Arrays.stream(generic.getActualTypeArguments())
                                    .map(Shape::of)
                                    .toList())
                    : new Shape(declared instanceof Class<?> type && type.isSealed(), List.of());
        }
    }

    private static void members(Record record, JsonGenerator json) throws IOException {
        for (var member : MEMBERS.get(record.getClass())) {
            var value = member.of(record);
            if (!isEmpty(value)) {
                json.writeFieldName(member.name());
                write(value, member.shape(), json);
            }
        }
    }

    private static boolean isEmpty(Object value) {
        return value instanceof Optional<?> option && option.isEmpty()
                || value instanceof Collection<?> items && items.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty();
    }

    private static void write(Object value, Shape shape, JsonGenerator json) throws IOException {
        if (value instanceof Optional<?> option) {
            write(option.orElseThrow(), shape.arguments().get(0), json);
        } else if (value instanceof Collection<?> items) {
            json.writeStartArray();
            for (var item : items) {
                write(item, shape.arguments().get(0), json);
            }
            json.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (var entry : sorted(map).entrySet()) {
                json.writeFieldName(entry.getKey());
                write(entry.getValue(), shape.arguments().get(1), json);
            }
            json.writeEndObject();
        } else if (value instanceof Record record) {
            json.writeStartObject();
            if (shape.sealed()) {
                json.writeStringField(KIND, record.getClass().getSimpleName());
            }
            members(record, json);
            json.writeEndObject();
        } else if (value instanceof Boolean yes) {
            json.writeBoolean(yes);
        } else if (value instanceof Integer whole) {
            json.writeNumber(whole);
        } else {
            json.writeString(text(value));
        }
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, item) -> sorted.put(text(key), item));
        return sorted;
    }

    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof String
                || value instanceof BigDecimal
                || value instanceof LocalDate
                || value instanceof LocalDateTime
                || value instanceof Instant) {
            return value.toString();
        }
        throw new IllegalArgumentException("no JSON for " + value.getClass());
    }

    private static Object value(JsonNode json, Type declared) {
        if (declared instanceof ParameterizedType generic) {
            return container(json, generic);
        }
        var type = (Class<?>) declared;
        if (type.isRecord()) {
            return record(json, type);
        }
        if (type.isSealed()) {
            return record(json, permitted(type, json.path(KIND).asText()));
        }
        if (type.isEnum()) {
            return constant(type, json.textValue());
        }
        if (type == boolean.class) {
            return json.booleanValue();
        }
        if (type == int.class || type == Integer.class) {
            return json.intValue();
        }
        return scalar(json.textValue(), type);
    }

    private static Object scalar(String text, Class<?> type) {
        if (type == String.class) {
            return text;
        }
        if (type == BigDecimal.class) {
            return new BigDecimal(text);
        }
        if (type == LocalDate.class) {
            return LocalDate.parse(text);
        }
        if (type == LocalDateTime.class) {
            return LocalDateTime.parse(text);
        }
        if (type == Instant.class) {
            return Instant.parse(text);
        }
        throw new IllegalArgumentException("no " + type.getSimpleName() + " from JSON");
    }

    private static Object container(JsonNode json, ParameterizedType generic) {
        var type = (Class<?>) generic.getRawType();
        var present = !json.isMissingNode();
        if (type == Optional.class) {
            return present ? Optional.of(value(json, argument(generic, 0))) : Optional.empty();
        }
        if (type == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            json.properties()
                    .forEach(field -> map.put(
                            value(TextNode.valueOf(field.getKey()), argument(generic, 0)),
                            value(field.getValue(), argument(generic, 1))));
            return map;
        }
        List<Object> items = new ArrayList<>();
        json.forEach(item -> items.add(value(item, argument(generic, 0))));
        if (type == Set.class) {
            return new LinkedHashSet<>(items);
        }
        if (type == List.class) {
            return items;
        }
        throw new IllegalArgumentException("no " + type.getSimpleName() + " from JSON");
    }

    private static Object record(JsonNode json, Class<?> type) {
        var components = type.getRecordComponents();
        var values = new Object[components.length];
        var types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            var member = json.path(components[i].getName());
            if (member.isMissingNode() && !(components[i].getGenericType() instanceof ParameterizedType)) {
                throw new IllegalArgumentException(type.getSimpleName() + " without " + components[i].getName());
            }
            values[i] = value(member, components[i].getGenericType());
        }
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return canonical.newInstance(values);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + " from JSON", broken);
        }
    }

    private static Class<?> permitted(Class<?> sealed, String name) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + sealed.getSimpleName() + " is called so"));
    }

    private static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + type.getSimpleName() + " is called so"));
    }

    private static Type argument(Type declared, int place) {
        return ((ParameterizedType) declared).getActualTypeArguments()[place];
    }
}
