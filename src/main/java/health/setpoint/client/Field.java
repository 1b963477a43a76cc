package health.setpoint.client;

import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a client's file that knows where it stands. What is wrong with it is added to the faults of the file, and
 * reading goes on, so that all faults are told at once.
 */
final class Field {

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");

    private final String file;
    private final String path;
    private final Node node;
    private final List<Fault> faults;
    private final Set<String> asked = new LinkedHashSet<>();

    private Field(String file, String path, Node node, List<Fault> faults) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.faults = faults;
    }

    /** The whole file; empty, and a fault more, where it is no YAML mapping. */
    static Optional<Field> read(String file, String yaml, List<Fault> faults) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (root instanceof MappingNode) {
                return Optional.of(new Field(file, "", root, faults));
            }
            faults.add(new Fault(file, 1, "", "a client's file is a YAML mapping that begins with name:"));
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            faults.add(new Fault(file, mark == null ? 1 : mark.getLine() + 1, "", "not YAML: " + broken.getProblem()));
        } catch (YAMLException broken) {
            faults.add(new Fault(file, 1, "", "not YAML that can be read"));
        }
        return Optional.empty();
    }

    void refuse(String why) {
        faults.add(new Fault(file, node.getStartMark().getLine() + 1, path, why));
    }

    /** A member of this mapping; empty where it is absent. */
    Optional<Field> optional(String name) {
        asked.add(name);
        return Optional.ofNullable(members().get(name));
    }

    /** A member of this mapping; a fault where it is absent. */
    Optional<Field> required(String name, String meaning) {
        var field = optional(name);
        if (field.isEmpty()) {
            faults.add(new Fault(file, node.getStartMark().getLine() + 1, child(name), "is missing: " + meaning));
        }
        return field;
    }

    /** Refuses members that nobody asked for: a misspelt choice must not pass for a default. */
    void refuseOthers() {
        members().forEach((name, member) -> {
            if (!asked.contains(name)) {
                member.refuse("is unknown; known here: " + String.join(", ", asked));
            }
        });
    }

    /** The members of a mapping in the order of the file; the first of two of a name. */
    Map<String, Field> members() {
        Map<String, Field> members = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (var tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key) {
                    members.putIfAbsent(
                            key.getValue(), new Field(file, child(key.getValue()), tuple.getValueNode(), faults));
                }
            }
        }
        return members;
    }

    /** This value as a mapping; a fault where it is none, or names a member twice. */
    Optional<Field> mapping() {
        if (!(node instanceof MappingNode mapping)) {
            refuse("is a mapping of names and values");
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        var sound = true;
        for (var tuple : mapping.getValue()) {
            var key = new Field(file, path, tuple.getKeyNode(), faults);
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                key.refuse("a name is a single word");
                sound = false;
            } else if (!names.add(name.getValue())) {
                key.refuse(name.getValue() + " stands twice");
                sound = false;
            }
        }
        return sound ? Optional.of(this) : Optional.empty();
    }

    /** This value as a list; a fault where it is none. */
    Optional<List<Field>> list() {
        if (!(node instanceof SequenceNode sequence)) {
            refuse("is a list, such as [one, two]");
            return Optional.empty();
        }
        List<Field> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Field(file, path + "[" + items.size() + "]", item, faults));
        }
        return Optional.of(items);
    }

    /** This value as a text that is not empty; a fault where it is none. */
    Optional<String> text() {
        if (node instanceof ScalarNode scalar
                && !scalar.getTag().equals(Tag.NULL)
                && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue().strip());
        }
        refuse(node instanceof ScalarNode ? "is empty" : "is a single value");
        return Optional.empty();
    }

    /** A whole number between two others, both included; a fault where it is none. */
    Optional<Integer> whole(int least, int most) {
        return text().flatMap(text -> {
            try {
                var number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return Optional.of(number);
                }
            } catch (NumberFormatException word) {
                // told below
            }
            refuse("is a whole number from " + least + " to " + most);
            return Optional.empty();
        });
    }

    /** A number; a fault where it is none. */
    Optional<BigDecimal> decimal() {
        return text().flatMap(text -> {
            if (DECIMAL.matcher(text).matches()) {
                return Optional.of(new BigDecimal(text));
            }
            refuse("is a number such as 0.5");
            return Optional.empty();
        });
    }

    /** Whether the word is yes; a fault where it is neither yes nor no. */
    Optional<Boolean> yes() {
        return text().flatMap(text -> {
            switch (text) {
                case "yes":
                    return Optional.of(true);
                case "no":
                    return Optional.of(false);
                default:
                    refuse("is yes or no");
                    return Optional.empty();
            }
        });
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    private String child(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
