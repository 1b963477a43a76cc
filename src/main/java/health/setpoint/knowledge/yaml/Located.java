package health.setpoint.knowledge.yaml;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A part of a YAML file that knows where it stands, so that a refusal can name file and line. */
public final class Located {

    private final String file;
    private final YamlNode node;

    private Located(String file, YamlNode node) {
        this.file = file;
        this.node = node;
    }

    /**
     * The only document of a file.
     *
     * @param file by which refusals name it
     * @throws KnowledgeException where it is empty or no YAML
     */
    public static Located read(String file, String yaml) {
        try {
            return new Located(
                    file,
                    YamlNode.read(yaml).orElseThrow(() -> new KnowledgeException(file + ":1: the file is empty")));
        } catch (YamlNode.NotYaml broken) {
            throw new KnowledgeException(file + ":" + broken.line() + ": not YAML: " + broken.getMessage(), broken);
        }
    }

    public String file() {
        return file;
    }

    /** Counted from 1. */
    public int line() {
        return node.line();
    }

    /** A refusal that names file and line. */
    public KnowledgeException refuse(String why) {
        return new KnowledgeException(file + ":" + line() + ": " + why);
    }

    /**
     * The members of a mapping by name, with every required one present and no unknown one.
     *
     * @throws KnowledgeException where it is none, or one stands twice, is missing or unknown
     */
    public Map<String, Located> members(Set<String> required, Set<String> optional) {
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
    public Map<String, Located> entries() {
        if (!node.isMapping()) {
            throw refuse("expected a mapping");
        }
        Map<String, Located> entries = new LinkedHashMap<>();
        for (YamlNode.Member member : node.members()) {
            Located key = new Located(file, member.name());
            if (entries.put(key.text(), new Located(file, member.value())) != null) {
                throw key.refuse(key.text() + " stands twice");
            }
        }
        return entries;
    }

    /**
     * The items of a list.
     *
     * @throws KnowledgeException where it is none
     */
    public List<Located> items() {
        if (!node.isList()) {
            throw refuse("expected a list");
        }
        return node.items().stream().map(item -> new Located(file, item)).toList();
    }

    public boolean isMapping() {
        return node.isMapping();
    }

    /**
     * The text of a scalar.
     *
     * @throws KnowledgeException where it is none, empty or null
     */
    public String text() {
        return node.text()
                .orElseThrow(() -> refuse(node.isScalar() ? "the value is empty" : "expected a single value"));
    }

    /** The text of a scalar; empty where nothing is written. */
    public Optional<String> ifAny() {
        return node.text();
    }

    public int whole() {
        try {
            return decimal().intValueExact();
        } catch (ArithmeticException fraction) {
            throw refuse("not a whole number: " + text());
        }
    }

    public BigDecimal decimal() {
        try {
            return new BigDecimal(text());
        } catch (NumberFormatException word) {
            throw refuse("not a number: " + text());
        }
    }

    public LocalDate date() {
        return date(text());
    }

    public LocalDate date(String written) {
        try {
            return LocalDate.parse(written);
        } catch (DateTimeParseException other) {
            throw refuse("not a date: " + written);
        }
    }

    /**
     * Whether it says yes.
     *
     * @throws KnowledgeException where it says neither yes nor no
     */
    public boolean yes() {
        return switch (text()) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw refuse("expected yes or no: " + text());
        };
    }

    /**
     * Which of the constants it names.
     *
     * @throws KnowledgeException where it names none of them
     */
    public <E extends Enum<E>> E oneOf(Class<E> words) {
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text())) {
                return word;
            }
        }
        throw refuse(text() + " is none of " + Arrays.toString(words.getEnumConstants()));
    }
}
