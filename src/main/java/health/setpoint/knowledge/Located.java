package health.setpoint.knowledge;

import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A part of a YAML file that knows where it stands, so that a refusal can name file and line. */
final class Located {

    private final String file;
    private final Node node;

    private Located(String file, Node node) {
        this.file = file;
        this.node = node;
    }

    static Located read(String file, String yaml) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root == null) {
                throw new KnowledgeException(file + ":1: the file is empty");
            }
            return new Located(file, root);
        } catch (MarkedYAMLException broken) {
            int line = broken.getProblemMark() == null
                    ? 1
                    : broken.getProblemMark().getLine() + 1;
            throw new KnowledgeException(file + ":" + line + ": not YAML: " + broken.getProblem(), broken);
        } catch (YAMLException broken) {
            throw new KnowledgeException(file + ":1: not YAML: " + broken.getMessage(), broken);
        }
    }

    String file() {
        return file;
    }

    /** Counted from 1. */
    int line() {
        return node.getStartMark().getLine() + 1;
    }

    KnowledgeException refuse(String why) {
        return new KnowledgeException(file + ":" + line() + ": " + why);
    }

    /** The members of a mapping, with every required one present and no unknown one. */
    Map<String, Located> members(Set<String> required, Set<String> optional) {
        Map<String, Located> members = entries();
        for (String name : new TreeSet<>(required)) {
            if (!members.containsKey(name)) {
                throw refuse(name + " is missing");
            }
        }
        members.forEach((name, value) -> {
            if (!required.contains(name) && !optional.contains(name)) {
                throw value.refuse("unknown member " + name);
            }
        });
        return members;
    }

    /** The members of a mapping by name, in the order of the file. */
    Map<String, Located> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw refuse("expected a mapping");
        }
        Map<String, Located> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Located key = new Located(file, tuple.getKeyNode());
            if (entries.put(key.text(), new Located(file, tuple.getValueNode())) != null) {
                throw key.refuse(key.text() + " stands twice");
            }
        }
        return entries;
    }

    List<Located> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw refuse("expected a list");
        }
        List<Located> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Located(file, item));
        }
        return items;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** The text of a scalar that is neither empty nor null. */
    String text() {
        if (!(node instanceof ScalarNode scalar)) {
            throw refuse("expected a single value");
        }
        if (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank()) {
            throw refuse("the value is empty");
        }
        return scalar.getValue().strip();
    }

    int whole() {
        try {
            return decimal().intValueExact();
        } catch (ArithmeticException fraction) {
            throw refuse("not a whole number: " + text());
        }
    }

    BigDecimal decimal() {
        try {
            return new BigDecimal(text());
        } catch (NumberFormatException word) {
            throw refuse("not a number: " + text());
        }
    }

    LocalDate date() {
        return date(text());
    }

    LocalDate date(String written) {
        try {
            return LocalDate.parse(written);
        } catch (DateTimeParseException other) {
            throw refuse("not a date: " + written);
        }
    }

    boolean yes() {
        return switch (text()) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw refuse("expected yes or no: " + text());
        };
    }

    <E extends Enum<E>> E oneOf(Class<E> words) {
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text())) {
                return word;
            }
        }
        throw refuse(text() + " is none of " + Arrays.toString(words.getEnumConstants()));
    }
}
