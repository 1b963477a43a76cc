package health.setpoint.card.text;

import io.quarkus.qute.Expression;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One text of the files. */
interface Phrase {
    String with(Map<String, Object> values);

    /** In one line. */
    default String line(Map<String, Object> values) {
        return Phrase.oneLine(with(values));
    }

    /** What asks for no value is rendered once, and what only names values is put together without the engine. */
    static Phrase of(Template template, Function<Object, String> shown) {
        if (template.getExpressions().isEmpty()) {
            String always = template.render();
            return new Always(always, Phrase.oneLine(always));
        }
        List<TemplateNode> nodes = template.getNodes();
        return nodes.stream().allMatch(Piece::isOne)
                ? new Filled(nodes.stream().map(Piece::of).toList(), shown, template)
                : template::render;
    }

    private static String oneLine(String text) {
        return Markdown.singleSpaced(text.strip());
    }

    /** A text that asks for no value. */
    record Always(String text, String line) implements Phrase {

        @Override
        public String with(Map<String, Object> values) {
            return text;
        }

        @Override
        public String line(Map<String, Object> values) {
            return line;
        }
    }

    /** A text of letters and names of values; by {@code template} where a value is asked for more than a table has. */
    record Filled(List<Piece> pieces, Function<Object, String> shown, Template template) implements Phrase {

        @Override
        public String with(Map<String, Object> values) {
            StringBuilder filled = new StringBuilder();
            for (Piece piece : pieces) {
                if (piece.path().isEmpty()) {
                    filled.append(piece.text());
                    continue;
                }
                Object value = values;
                for (String name : piece.path()) {
                    if (!(value instanceof Map<?, ?> table)) {
                        return template.render(values);
                    }
                    value = valueOf(name, table);
                }
                filled.append(shown.apply(value));
            }
            return filled.toString();
        }

        private static Object valueOf(String name, Map<?, ?> values) {
            Object value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("a card text asks for " + name + ", which it was not given");
            }
            return value;
        }
    }

    /**
     * Letters, or the name of a value.
     *
     * @param path the name in a table, the name in the table behind it; empty for letters
     */
    record Piece(String text, List<String> path) {

        static boolean isOne(TemplateNode node) {
            return node.isText()
                    || node.isExpression() && isNames(node.getExpressions().get(0));
        }

        private static boolean isNames(Expression expression) {
            return !expression.isLiteral()
                    && !expression.hasNamespace()
                    && expression.getParts().stream().noneMatch(Expression.Part::isVirtualMethod);
        }

        static Piece of(TemplateNode node) {
            return node.isText()
                    ? new Piece(node.asText().getValue(), List.of())
                    : new Piece(
                            "",
                            node.getExpressions().get(0).getParts().stream()
                                    .map(Expression.Part::getName)
                                    .toList());
        }
    }
}
