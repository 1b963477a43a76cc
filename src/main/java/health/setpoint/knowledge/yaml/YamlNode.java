package health.setpoint.knowledge.yaml;

import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A part of a YAML text that knows its line; who reads it decides what to refuse and how. */
public final class YamlNode {

    private final Node node;

    private YamlNode(Node node) {
        this.node = node;
    }

    /** A text that is no YAML; the message says why. */
    public static final class NotYaml extends Exception {

        private static final long serialVersionUID = 1L;

        private final int line;

        private NotYaml(int line, String why, Throwable cause) {
            super(oneLine(why), cause);
            this.line = line;
        }

        private static String oneLine(String why) {
            return why == null ? "it cannot be read" : why.strip().replaceAll("\\s+", " ");
        }

        /** Counted from 1. */
        public int line() {
            return line;
        }
    }

    /** A member of a mapping. */
    public record Member(YamlNode name, YamlNode value) {}

    /**
     * The only document of a text; empty where there is none.
     *
     * @throws NotYaml where the text cannot be read
     */
    public static Optional<YamlNode> read(String yaml) throws NotYaml {
        try {
            return Optional.ofNullable(new Yaml(new LoaderOptions()).compose(new StringReader(yaml)))
                    .map(YamlNode::new);
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            throw new NotYaml(mark == null ? 1 : mark.getLine() + 1, broken.getProblem(), broken);
        } catch (YAMLException broken) {
            throw new NotYaml(1, broken.getMessage(), broken);
        }
    }

    /** Counted from 1. */
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    /** A value that is neither a mapping nor a list; it may be empty. */
    public boolean isScalar() {
        return node instanceof ScalarNode;
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** The members of a mapping in the order of the text, repeated names too; none of anything else. */
    public List<Member> members() {
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream()
                        .map(tuple -> new Member(new YamlNode(tuple.getKeyNode()), new YamlNode(tuple.getValueNode())))
                        .toList()
                : List.of();
    }

    /** The items of a list; none of anything else. */
    public List<YamlNode> items() {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(YamlNode::new).toList()
                : List.of();
    }

    /** A scalar without the spaces around it; empty where it is null, blank or none. */
    public Optional<String> text() {
        return node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
                ? Optional.of(scalar.getValue().strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** A scalar letter by letter, as names of members are compared; empty where it is none. */
    public Optional<String> letters() {
        return node instanceof ScalarNode scalar ? Optional.of(scalar.getValue()) : Optional.empty();
    }
}
