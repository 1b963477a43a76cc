package health.setpoint.client.file;

import health.setpoint.knowledge.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A value of a client's file that knows where it stands. What is wrong with it is added to the faults of the file, and
 * reading goes on, so that all faults are told at once.
 */
final class Field {

    private static final Pattern DECIMAL = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");

    private final String file;
    private final String path;
    private final YamlNode node;
    private final List<ClientFileFault> faults;
    private final Set<String> asked = new LinkedHashSet<>();

    private Field(String file, String path, YamlNode node, List<ClientFileFault> faults) {
        this.file = file;
        this.path = path;
        this.node = node;
        this.faults = faults;
    }

    /** The whole file; empty, and a fault more, where it is no YAML mapping. */
    static Optional<Field> read(String file, String yaml, List<ClientFileFault> faults) {
        try {
            var root = YamlNode.read(yaml).filter(YamlNode::isMapping);
            if (root.isEmpty()) {
                faults.add(
                        new ClientFileFault(file, 1, "", "a client's file is a YAML mapping that begins with name:"));
            }
            return root.map(node -> new Field(file, "", node, faults));
        } catch (YamlNode.NotYaml broken) {
            faults.add(new ClientFileFault(file, broken.line(), "", "not YAML: " + broken.getMessage()));
            return Optional.empty();
        }
    }

    void refuse(String why) {
        faults.add(new ClientFileFault(file, node.line(), path, why));
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
            faults.add(new ClientFileFault(file, node.line(), child(name), "is missing: " + meaning));
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
        for (var member : node.members()) {
            member.name()
                    .letters()
                    .ifPresent(name -> members.putIfAbsent(name, new Field(file, child(name), member.value(), faults)));
        }
        return members;
    }

    /** This value as a mapping; a fault where it is none, or names a member twice. */
    Optional<Field> mapping() {
        if (!node.isMapping()) {
            refuse("is a mapping of names and values");
            return Optional.empty();
        }
        Set<String> names = new LinkedHashSet<>();
        var sound = true;
        for (var member : node.members()) {
            var key = new Field(file, path, member.name(), faults);
            var name = member.name().letters();
            if (name.isEmpty()) {
                key.refuse("a name is a single word");
                sound = false;
            } else if (!names.add(name.get())) {
                key.refuse(name.get() + " stands twice");
                sound = false;
            }
        }
        return sound ? Optional.of(this) : Optional.empty();
    }

    /** This value as a list; a fault where it is none. */
    Optional<List<Field>> list() {
        if (!node.isList()) {
            refuse("is a list, such as [one, two]");
            return Optional.empty();
        }
        List<Field> items = new ArrayList<>();
        for (var item : node.items()) {
            items.add(new Field(file, path + "[" + items.size() + "]", item, faults));
        }
        return Optional.of(items);
    }

    /** This value as a text that is not empty; a fault where it is none. */
    Optional<String> text() {
        var text = node.text();
        if (text.isEmpty()) {
            refuse(node.isScalar() ? "is empty" : "is a single value");
        }
        return text;
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
        return node.isMapping();
    }

    boolean isList() {
        return node.isList();
    }

    private String child(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
