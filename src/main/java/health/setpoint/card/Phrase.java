package health.setpoint.card;

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
                ? new Filled(nodes.stream().map(Piece::of).toList(), shown)
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

    /** A text of letters and names of values. */
    record Filled(List<Piece> pieces, Function<Object, String> shown) implements Phrase {

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
    record Piece(String text, boolean isName) {

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
}
