package health.setpoint.profiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of FHIR Shorthand as the sources use: what is named where, with rule sets filled in and aliases resolved. */
final class Shorthand {

    private static final Pattern HEADER = Pattern.compile("([A-Z][A-Za-z]+):\\s*(.*)");
    private static final Pattern RULE_SET = Pattern.compile("([\\w-]+)(?:\\((.*)\\))?");
    private static final List<String> KINDS =
            List.of("Profile", "Extension", "ValueSet", "CodeSystem", "Instance", "Invariant", "RuleSet");

    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final Map<String, RuleSet> ruleSets = new LinkedHashMap<>();
    private final List<Item> items = new ArrayList<>();

    /**
     * One artefact.
     *
     * @param kind such as {@code Profile}
     * @param name what follows the kind
     * @param header such as Id, Title, Parent
     * @param rules without their asterisk, those of rule sets in their place
     */
    record Item(String kind, String name, Map<String, String> header, List<String> rules) {

        String id() {
            return header.getOrDefault("Id", name);
        }

        boolean is(String... kinds) {
            return Arrays.asList(kinds).contains(kind);
        }
    }

    private record RuleSet(List<String> parameters, List<String> rules) {}

    static Shorthand read(Path folder) {
        var read = new Shorthand();
        try (var files = Files.walk(folder)) {
            var raw = new ArrayList<Item>();
            for (var file : files.filter(one -> one.toString().endsWith(".fsh"))
                    .sorted()
                    .toList()) {
                read.file(Files.readAllLines(file), raw);
            }
            raw.forEach(item -> read.items.add(new Item(
                    item.kind(),
                    item.name(),
                    item.header(),
                    item.rules().stream()
                            .flatMap(rule -> read.inserted(rule).stream())
                            .map(read::resolved)
                            .toList())));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return read;
    }

    List<Item> items() {
        return List.copyOf(items);
    }

    private void file(List<String> lines, List<Item> found) {
        Item open = null;
        List<String> rules = new ArrayList<>();
        for (var line : lines) {
            if (line.isBlank() || line.startsWith("//")) {
                continue;
            }
            if (line.startsWith("* ")) {
                rules.add(line.substring(2).strip());
                continue;
            }
            var header = HEADER.matcher(line);
            if (!header.matches()) {
                throw new IllegalArgumentException("neither a rule nor a header: " + line);
            }
            if (header.group(1).equals("Alias")) {
                var sides = header.group(2).split("=", 2);
                aliases.put(sides[0].strip(), sides[1].strip());
            } else if (header.group(1).equals("RuleSet")) {
                var named = RULE_SET.matcher(header.group(2).strip());
                if (!named.matches()) {
                    throw new IllegalArgumentException(line);
                }
                rules = new ArrayList<>();
                ruleSets.put(named.group(1), new RuleSet(parameters(named), rules));
                open = null;
            } else if (KINDS.contains(header.group(1))) {
                rules = new ArrayList<>();
                open = new Item(header.group(1), header.group(2).strip(), new LinkedHashMap<>(), rules);
                found.add(open);
            } else {
                open.header().put(header.group(1), unquoted(header.group(2).strip()));
            }
        }
    }

    private static List<String> parameters(Matcher named) {
        return named.group(2) == null
                ? List.of()
                : Arrays.stream(named.group(2).split(",")).map(String::strip).toList();
    }

    private List<String> inserted(String rule) {
        if (!rule.startsWith("insert ")) {
            return List.of(rule);
        }
        var named = RULE_SET.matcher(rule.substring("insert ".length()).strip());
        if (!named.matches() || !ruleSets.containsKey(named.group(1))) {
            throw new IllegalArgumentException("no such rule set: " + rule);
        }
        var set = ruleSets.get(named.group(1));
        var values = parameters(named);
        if (values.size() != set.parameters().size()) {
            throw new IllegalArgumentException(set.parameters() + ": " + rule);
        }
        return set.rules().stream()
                .map(line -> {
                    var filled = line;
                    for (var i = 0; i < values.size(); i++) {
                        filled = filled.replace("{" + set.parameters().get(i) + "}", values.get(i));
                    }
                    return filled;
                })
                .flatMap(line -> inserted(line).stream())
                .toList();
    }

    private String resolved(String rule) {
        var resolved = rule;
        for (var alias : aliases.entrySet()) {
            resolved = resolved.replace(alias.getKey() + "#", alias.getValue() + "#");
        }
        return resolved;
    }

    static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
