package health.setpoint.card.text;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads and parses the files of one language. */
final class PhraseFiles {

    private PhraseFiles() {}

    /**
     * Every text of some files. A language other than English may lack a file.
     *
     * @param shown how a value is written
     * @param vocabulary what templates may ask of what a rule saw; nothing while it is itself being read
     */
    static Map<String, Phrase> read(
            String language, List<String> files, Function<Object, String> shown, Optional<Vocabulary> vocabulary) {
        Engine engine = engine(shown, vocabulary);
        Map<String, Phrase> fragments = new HashMap<>();
        for (String file : files) {
            Template whole = engine.parse(text(language, file), null, language + "/" + file);
            for (String name : whole.getFragmentIds()) {
                if (fragments.put(name, Phrase.of(whole.getFragment(name), shown)) != null) {
                    throw new IllegalStateException(file + ": the text " + name + " stands twice");
                }
            }
        }
        // The tables of Map.copyOf are slower to look into, and an answer asks hundreds of times.
        return Collections.unmodifiableMap(fragments);
    }

    private static String text(String language, String file) {
        String path = "/cards/" + language + "/" + file;
        try (InputStream in = PhraseFiles.class.getResourceAsStream(path)) {
            if (in == null && !language.equals(Languages.ENGLISH)) {
                return "";
            }
            if (in == null) {
                throw new IllegalStateException("no such card text: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Engine engine(Function<Object, String> shown, Optional<Vocabulary> vocabulary) {
        EngineBuilder builder = Engine.builder();
        vocabulary.ifPresent(words -> builder.addValueResolver(new Property<>(String.class, "inWords", words::words))
                .addValueResolver(new Property<>(String.class, "asOrders", words::orders))
                .addValueResolver(new Property<>(String.class, "day", words::day))
                .addValueResolver(new Property<>(LocalDate.class, "day", date -> words.day(date.toString())))
                .addValueResolver(new Property<>(String.class, "number", words::number)));
        return builder.addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addValueResolver(new Property<>(String.class, "capitalised", PhraseFiles::capitalised))
                .addValueResolver(new Property<>(String.class, "uncapitalised", PhraseFiles::uncapitalised))
                .addValueResolver(
                        new Property<>(String.class, "withoutFullStop", text -> text.replaceAll("[.\\s]+$", "")))
                .addValueResolver(new Property<>(Integer.class, "weeks", days -> share(days, 7)))
                .addValueResolver(new Property<>(Integer.class, "months", days -> Math.round(days * 12f / 365)))
                .addValueResolver(new Property<>(BigDecimal.class, "justBelow", PhraseFiles::justBelow))
                .addValueResolver(new Property<>(BigDecimal.class, "percent", share -> share.movePointRight(2)
                        .stripTrailingZeros()))
                .addResultMapper(new ResultMapper() {
                    @Override
                    public int getPriority() {
                        return 100;
                    }

                    @Override
                    public boolean appliesTo(Origin origin, Object result) {
                        return true;
                    }

                    @Override
                    public String map(Object result, Expression expression) {
                        return shown.apply(result);
                    }
                })
                .strictRendering(true)
                .removeStandaloneLines(true)
                .build();
    }

    private static BigDecimal share(int days, int of) {
        return BigDecimal.valueOf(days).divide(BigDecimal.valueOf(of), 1, RoundingMode.HALF_UP);
    }

    /** The highest number below a limit that a laboratory reports with as many decimals: 19 below 20. */
    private static BigDecimal justBelow(BigDecimal limit) {
        return limit.subtract(limit.ulp());
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String uncapitalised(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    /** A property that templates may ask of a value of one type. */
    private record Property<T>(Class<T> type, String name, Function<T, Object> value) implements ValueResolver {

        @Override
        public int getPriority() {
            return 10;
        }

        @Override
        public boolean appliesTo(EvalContext context) {
            return type.isInstance(context.getBase())
                    && context.getName().equals(name)
                    && context.getParams().isEmpty();
        }

        @Override
        public CompletionStage<Object> resolve(EvalContext context) {
            return CompletedStage.of(value.apply(type.cast(context.getBase())));
        }
    }
}
