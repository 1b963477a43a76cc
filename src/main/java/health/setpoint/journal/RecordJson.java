package health.setpoint.journal;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Records as JSON and back, without loss: what is read equals what was written, scales of decimals included. A record
 * behind a sealed interface carries its name in {@code is}. Empty options, lists and maps and what is false are left out,
 * so that a record may gain such a component and old entries can still be read.
 */
public final class RecordJson {

    private static final String KIND = "is";

    private static final JsonMapper JSON = mapper();

    private RecordJson() {}

    public static String write(Record record) {
        try {
            return new String(JSON.writeValueAsBytes(record), StandardCharsets.UTF_8);
        } catch (JsonProcessingException never) {
            throw new UncheckedIOException(never);
        }
    }

    /** @throws IllegalArgumentException where it is no such record; the message tells nothing of its content */
    public static <T extends Record> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException other) {
            throw new IllegalArgumentException("no " + type.getSimpleName() + " from JSON");
        }
    }

    private static JsonMapper mapper() {
        var mapper = JsonMapper.builder()
                .addModules(new Jdk8Module(), words())
                .annotationIntrospector(new OfRecords())
                // Else a question such as isNone would be a component.
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .withConfigOverride(
                        BigDecimal.class,
                        decimals -> decimals.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
                .withConfigOverride(boolean.class, flags -> flags.setInclude(only(JsonInclude.Include.NON_DEFAULT)))
                .withConfigOverride(Optional.class, option -> option.setInclude(only(JsonInclude.Include.NON_ABSENT)));
        for (var several : List.of(List.class, Set.class, Map.class)) {
            mapper.withConfigOverride(several, items -> items.setInclude(only(JsonInclude.Include.NON_EMPTY))
                    .setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
        }
        return mapper.build();
    }

    private static JsonInclude.Value only(JsonInclude.Include what) {
        return JsonInclude.Value.construct(what, JsonInclude.Include.ALWAYS);
    }

    /** Days and times as they say themselves: Jackson's own form has seconds where there are none. */
    private static SimpleModule words() {
        var words = new SimpleModule();
        word(words, LocalDate.class, LocalDate::parse);
        word(words, LocalDateTime.class, LocalDateTime::parse);
        word(words, Instant.class, Instant::parse);
        return words;
    }

    private static <T> void word(SimpleModule words, Class<T> type, Function<String, T> parse) {
        words.addSerializer(type, ToStringSerializer.instance);
        words.addDeserializer(type, new FromStringDeserializer<T>(type) {

            private static final long serialVersionUID = 1L;

            @Override
            protected T _deserialize(String text, DeserializationContext context) {
                return parse.apply(text);
            }
        });
    }

    /** What annotations would say of our records and sealed interfaces, which know no JSON. */
    private static final class OfRecords extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated type) {
            return type instanceof AnnotatedClass && type.getRawType().isSealed()
                    ? JsonTypeInfo.Value.construct(
                            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, KIND, null, false, true)
                    : null;
        }

        @Override
        public List<NamedType> findSubtypes(Annotated type) {
            return type.getRawType().isSealed()
                    ? Arrays.stream(type.getRawType().getPermittedSubclasses())
                            .map(kind -> new NamedType(kind, kind.getSimpleName()))
                            .toList()
                    : List.of();
        }

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember component) {
            var type = component.getRawType();
            return !(type == Optional.class
                    || type == boolean.class
                    || Collection.class.isAssignableFrom(type)
                    || Map.class.isAssignableFrom(type));
        }
    }
}
