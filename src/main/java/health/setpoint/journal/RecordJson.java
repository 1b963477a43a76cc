package health.setpoint.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
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
 * behind a sealed interface carries its name in {@code is}. Empty options, lists and maps and what is false are left out,
 * so that a record may gain such a component and old entries can still be read.
 */
final class RecordJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KIND = "is";
    private static final SerializableString KIND_NAME = new SerializedString(KIND);
    /** Reflection would make an empty array for each component. */
    private static final Object[] NO_ARGUMENTS = {};

    private static final Set<Class<?>> SCALARS =
            Set.of(String.class, BigDecimal.class, LocalDate.class, LocalDateTime.class, Instant.class);

    private RecordJson() {}

    static String write(Record record) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            object(record, json);
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static <T extends Record> T read(String json, Class<T> type) {
        try {
            return type.cast(value(JSON.readTree(json), type));
        } catch (JsonProcessingException noJson) {
            throw new IllegalArgumentException("not JSON: " + type.getSimpleName());
        }
    }

    /** What a record type consists of: asked of the JVM once, since asking costs more than writing. */
    private static final ClassValue<Member[]> MEMBERS = new ClassValue<>() {
        @Override
        protected Member[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Member::of).toArray(Member[]::new);
        }
    };

    /** Writes the values of one declared type. */
    private interface Writer {
        void write(Object value, JsonGenerator json) throws IOException;
    }

    private record Member(SerializableString name, Method accessor, boolean mayBeAbsent, Writer writer) {

        static Member of(RecordComponent component) {
            var type = component.getGenericType();
            component.getAccessor().setAccessible(true);
            return new Member(
                    new SerializedString(component.getName()),
                    component.getAccessor(),
                    RecordJson.mayBeAbsent(type),
                    RecordJson.writer(type));
        }

        void write(Object record, JsonGenerator json) throws IOException {
            var value = of(record);
            if (!mayBeAbsent || !isEmpty(value)) {
                json.writeFieldName(name);
                writer.write(value, json);
            }
        }

        private Object of(Object record) {
            try {
                return accessor.invoke(record, NO_ARGUMENTS);
            } catch (ReflectiveOperationException broken) {
                throw new IllegalStateException(accessor.toString(), broken);
            }
        }

        private static boolean isEmpty(Object value) {
            if (value instanceof Boolean is) {
                return !is;
            }
            return value instanceof Optional<?> option
                    ? option.isEmpty()
                    : value instanceof Collection<?> items ? items.isEmpty() : ((Map<?, ?>) value).isEmpty();
        }
    }

    private static boolean mayBeAbsent(Type declared) {
        return declared instanceof ParameterizedType || declared == boolean.class;
    }

    private static Writer writer(Type declared) {
        if (declared instanceof ParameterizedType generic) {
            return container(generic);
        }
        var type = (Class<?>) declared;
        if (type.isRecord()) {
            return RecordJson::object;
        }
        if (type.isSealed()) {
            return RecordJson::objectOfAKind;
        }
        if (type == boolean.class) {
            return (value, json) -> json.writeBoolean((boolean) value);
        }
        if (type == int.class || type == Integer.class) {
            return (value, json) -> json.writeNumber((int) value);
        }
        if (type.isEnum()) {
            return (value, json) -> json.writeString(((Enum<?>) value).name());
        }
        if (SCALARS.contains(type)) {
            return (value, json) -> json.writeString(value.toString());
        }
        throw new IllegalArgumentException("no JSON for " + type);
    }

    private static Writer container(ParameterizedType generic) {
        var type = generic.getRawType();
        if (type == Optional.class) {
            var content = writer(argument(generic, 0));
            return (value, json) -> content.write(((Optional<?>) value).orElseThrow(), json);
        }
        if (type == Map.class) {
            var content = writer(argument(generic, 1));
            return (value, json) -> {
                json.writeStartObject();
                for (var entry : sorted((Map<?, ?>) value).entrySet()) {
                    json.writeFieldName(entry.getKey());
                    content.write(entry.getValue(), json);
                }
                json.writeEndObject();
            };
        }
        var content = writer(argument(generic, 0));
        return (value, json) -> {
            json.writeStartArray();
            for (var item : (Collection<?>) value) {
                content.write(item, json);
            }
            json.writeEndArray();
        };
    }

    private static void object(Object record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        members(record, json);
        json.writeEndObject();
    }

    private static void objectOfAKind(Object record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeFieldName(KIND_NAME);
        json.writeString(record.getClass().getSimpleName());
        members(record, json);
        json.writeEndObject();
    }

    private static void members(Object record, JsonGenerator json) throws IOException {
        for (var member : MEMBERS.get(record.getClass())) {
            member.write(record, json);
        }
    }

    private static Map<String, Object> sorted(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach(
                (key, item) -> sorted.put(key instanceof Enum<?> constant ? constant.name() : key.toString(), item));
        return sorted;
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
            if (member.isMissingNode() && !mayBeAbsent(components[i].getGenericType())) {
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
