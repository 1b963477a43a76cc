package health.setpoint.card;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolver;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The texts that a clinician reads. Each file is parsed twice: for plain text, and for Markdown, where every value is
 * escaped unless it is Markdown already. A missing text or value is an error, never a gap in a sentence.
 */
final class Texts {

    private static final String FOLDER = "/cards/en/";
    private static final List<String> FILES = List.of(
            "gates.md",
            "orders.md",
            "safety.md",
            "data-quality.md",
            "on-inhibitor.md",
            "off-inhibitor.md",
            "testosterone.md",
            "context.md",
            "monitoring.md",
            "words.md",
            "dialects.md",
            "card.md");

    private final Map<String, Text> plain;
    private final Map<String, Text> markdown;

    private Texts(Map<String, Text> plain, Map<String, Text> markdown) {
        this.plain = plain;
        this.markdown = markdown;
    }

    /** Reads and parses all files; a fault in one of them ends the start of the service. */
    static Texts load() {
        return new Texts(
                parse(value -> value instanceof Markdown ready ? ready.text() : shown(value)),
                parse(value -> value instanceof Markdown ready ? ready.text() : Markdown.escape(shown(value))));
    }

    /** One line of plain text. */
    String plain(String name, Map<String, Object> values) {
        return text(plain, name).line(values);
    }

    /** One line of Markdown. */
    Markdown markdown(String name, Map<String, Object> values) {
        return new Markdown(text(markdown, name).line(values));
    }

    /** Markdown of several paragraphs. */
    Markdown paragraphs(String name, Map<String, Object> values) {
        return new Markdown(tidied(text(markdown, name).with(values)));
    }

    /** Without spaces at the end of a line, and with one blank line where there are several. */
    private static String tidied(String text) {
        StringBuilder tidy = new StringBuilder(text.length());
        int blankLines = 0;
        for (int from = 0, end; from < text.length(); from = end + 1) {
            end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            int last = end;
            while (last > from && Character.isWhitespace(text.charAt(last - 1))) {
                last--;
            }
            blankLines = last == from ? blankLines + 1 : 0;
            if (blankLines == 0 || blankLines == 1 && !tidy.isEmpty()) {
                tidy.append(text, from, last).append('\n');
            }
        }
        while (!tidy.isEmpty() && tidy.charAt(tidy.length() - 1) == '\n') {
            tidy.setLength(tidy.length() - 1);
        }
        return tidy.toString();
    }

    /** One line of Markdown, where this text exists at all. */
    Optional<Markdown> ifAny(String name, Map<String, Object> values) {
        return markdown.containsKey(name) ? Optional.of(markdown(name, values)) : Optional.empty();
    }

    boolean has(String name) {
        return plain.containsKey(name);
    }

    private static Text text(Map<String, Text> from, String name) {
        Text text = from.get(name);
        if (text == null) {
            throw new IllegalStateException("no card text is called " + name);
        }
        return text;
    }

    private static String oneLine(String text) {
        return Markdown.singleSpaced(text.strip());
    }

    /** One text of the files. */
    private interface Text {

        String with(Map<String, Object> values);

        /** In one line. */
        default String line(Map<String, Object> values) {
            return oneLine(with(values));
        }

        /** What asks for no value is rendered once, and what only names values is put together without the engine. */
        static Text of(Template template, Function<Object, String> shown) {
            if (template.getExpressions().isEmpty()) {
                String always = template.render();
                return new Always(always, oneLine(always));
            }
            List<TemplateNode> nodes = template.getNodes();
            return nodes.stream().allMatch(Piece::isOne)
                    ? new Filled(nodes.stream().map(Piece::of).toList(), shown)
                    : template::render;
        }
    }

    /** A text that asks for no value. */
    private record Always(String text, String line) implements Text {

        @Override
        public String with(Map<String, Object> values) {
            return text;
        }

        @Override
        public String line(Map<String, Object> values) {
            return line;
        }
    }

    /** A text of letters and names of values. */
    private record Filled(List<Piece> pieces, Function<Object, String> shown) implements Text {

        @Override
        public String with(Map<String, Object> values) {
            String[] filled = new String[pieces.size()];
            for (int i = 0; i < filled.length; i++) {
                Piece piece = pieces.get(i);
                filled[i] = piece.isName() ? shown.apply(valueOf(piece.text(), values)) : piece.text();
            }
            return String.join("", filled);
        }

        private static Object valueOf(String name, Map<String, Object> values) {
            Object value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("a card text asks for " + name + ", which it was not given");
            }
            return value;
        }
    }

    /** Letters, or the name of a value. */
    private record Piece(String text, boolean isName) {

        static boolean isOne(TemplateNode node) {
            return node.isText()
                    || node.isExpression() && isBareName(node.getExpressions().get(0));
        }

        private static boolean isBareName(Expression expression) {
            return !expression.isLiteral()
                    && !expression.hasNamespace()
                    && expression.getParts().size() == 1
                    && !expression.getParts().get(0).isVirtualMethod();
        }

        static Piece of(TemplateNode node) {
            return node.isText()
                    ? new Piece(node.asText().getValue(), false)
                    : new Piece(node.getExpressions().get(0).getParts().get(0).getName(), true);
        }
    }

    private static Map<String, Text> parse(Function<Object, String> shown) {
        Engine engine = engine(shown);
        Map<String, Text> fragments = new HashMap<>();
        for (String file : FILES) {
            Template whole = engine.parse(read(file), null, file);
            for (String name : whole.getFragmentIds()) {
                if (fragments.put(name, Text.of(whole.getFragment(name), shown)) != null) {
                    throw new IllegalStateException(file + ": the text " + name + " stands twice");
                }
            }
        }
        return Map.copyOf(fragments);
    }

    private static String read(String file) {
        try (InputStream in = Texts.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("no such card text: " + FOLDER + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Engine engine(Function<Object, String> shown) {
        return Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .addValueResolver(new Property<>(String.class, "capitalised", Texts::capitalised))
                .addValueResolver(new Property<>(String.class, "uncapitalised", Texts::uncapitalised))
                .addValueResolver(
                        new Property<>(String.class, "withoutFullStop", text -> text.replaceAll("[.\\s]+$", "")))
                .addValueResolver(new Property<>(Integer.class, "weeks", days -> share(days, 7)))
                .addValueResolver(new Property<>(Integer.class, "months", days -> Math.round(days * 12f / 365)))
                .addValueResolver(new Property<>(BigDecimal.class, "justBelow", Texts::justBelow))
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

    private static String shown(Object value) {
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        String text = value.toString();
        if (text.isBlank()) {
            throw new IllegalStateException("a value of a card text is blank");
        }
        return text;
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
