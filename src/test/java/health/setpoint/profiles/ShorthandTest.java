package health.setpoint.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.setpoint.profiles.Shorthand.Item;
import health.setpoint.titration.facts.Hook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The committed JSON says what its source in FHIR Shorthand says, as far as that can be told without SUSHI: ids, addresses,
 * titles, elements with their cardinality, types, bindings and fixed values, invariants, codes, and every value of an
 * instance. In both directions: JSON of which no source speaks is a failure too.
 */
class ShorthandTest {

    private static final Path ROOT = Path.of("fhir-profiles");
    private static final String BASE = "http://setpoint.health/fhir/";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final Shorthand SOURCE = Shorthand.read(ROOT.resolve("input/fsh"));
    private static final Map<String, JsonNode> MADE = made();

    private static final Pattern CARDINALITY = Pattern.compile("(\\S+) (\\d+)\\.\\.(\\d+|\\*)(?: .*)?");
    private static final Pattern BINDING = Pattern.compile("(\\S+) from (\\S+) \\((\\w+)\\)");
    private static final Pattern ONLY = Pattern.compile("(\\S+) only (.+)");
    private static final Pattern FLAG = Pattern.compile("(\\S+)(?: \\d+\\.\\.(?:\\d+|\\*))? MS");
    private static final Pattern ASSIGNED = Pattern.compile("(\\S+) = (.+?)(?: \\(exactly\\))?");
    private static final Pattern CODE = Pattern.compile("([^#\\s]*)#(\\S+)(?: \"(.*)\")?");
    private static final Pattern QUANTITY = Pattern.compile("(-?[\\d.]+) '(.+)' \"(.+)\"");
    private static final Pattern STEP = Pattern.compile("(\\w+)(?:\\[(\\w+)])?");

    /** What SUSHI brings without being told. */
    private static final Set<String> OF_ITSELF =
            Set.of("resourceType", "id", "url", "meta/profile/0", "extension/0/url");

    @TestFactory
    Stream<DynamicTest> theJsonSaysWhatItsSourceSays() {
        return SOURCE.items().stream()
                .filter(item -> !item.is("Invariant"))
                .map(item -> dynamicTest(item.kind() + " " + item.id(), () -> compare(item)));
    }

    @Test
    void everyFileHasASource() {
        var named = SOURCE.items().stream()
                .filter(item -> !item.is("Invariant"))
                .map(Item::id)
                .collect(Collectors.toCollection(TreeSet::new));
        try (var vocabulary = Files.list(ROOT.resolve("input/vocabulary"));
                var logic = Files.list(ROOT.resolve("input/cql"))) {
            vocabulary
                    .map(file -> file.getFileName().toString().replaceFirst("^\\w+-(.*)\\.json$", "$1"))
                    .forEach(named::add);
            logic.map(file -> file.getFileName().toString().replace(".cql", "")).forEach(named::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        named.add("health.setpoint.titration");
        Stream.of(Hook.values()).forEach(hook -> named.add("setpoint-" + hook.word()));

        assertEquals(named, new TreeSet<>(MADE.keySet()));
    }

    @Test
    void theComparisonSeesWhatDiffers() {
        var profile = item("SetpointEstradiolObservation");
        var changed = new Item(
                profile.kind(),
                profile.name(),
                profile.header(),
                Stream.concat(profile.rules().stream(), Stream.of("performer 1..1"))
                        .toList());
        assertDiffers(changed);
        assertDiffers(new Item(
                profile.kind(),
                profile.name(),
                profile.header(),
                profile.rules().stream()
                        .filter(rule -> !rule.startsWith("method"))
                        .toList()));
        var order = item("a-anastrozole-order");
        assertDiffers(new Item(
                order.kind(),
                order.name(),
                order.header(),
                order.rules().stream()
                        .map(rule -> rule.replace("0.5 'mg'", "1 'mg'"))
                        .toList()));
    }

    private static void assertDiffers(Item item) {
        try {
            compare(item);
        } catch (AssertionError differs) {
            return;
        }
        fail("the comparison sees no difference in " + item.name());
    }

    private static Item item(String name) {
        return SOURCE.items().stream()
                .filter(item -> item.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void compare(Item item) {
        var made = MADE.get(item.id());
        assertTrue(made != null, "no JSON of " + item.id());
        switch (item.kind()) {
            case "Profile", "Extension" -> {
                head(item, made, "StructureDefinition");
                definition(item, made);
            }
            case "ValueSet" -> {
                head(item, made, "ValueSet");
                assertEquals(codes(item), listed(made), item.id());
            }
            case "CodeSystem" -> {
                head(item, made, "CodeSystem");
                concepts(item, made);
            }
            default -> instance(item, made);
        }
    }

    private static void head(Item item, JsonNode made, String type) {
        assertEquals(BASE + type + "/" + item.id(), made.path("url").asText());
        assertEquals(item.name(), made.path("name").asText());
        assertEquals(item.header().get("Title"), made.path("title").asText());
        assertEquals(item.header().get("Description"), made.path("description").asText());
        item.rules().stream()
                .filter(rule -> rule.startsWith("^"))
                .filter(rule -> !rule.startsWith("^context"))
                .map(ASSIGNED::matcher)
                .filter(Matcher::matches)
                .forEach(rule -> value(rule.group(2), at(made, rule.group(1).substring(1)), item.id()));
    }

    private static void definition(Item item, JsonNode made) {
        var type = made.path("type").asText();
        if (item.is("Profile")) {
            assertEquals(item.header().get("Parent"), type);
        }
        var elements = new TreeMap<String, JsonNode>();
        made.at("/differential/element")
                .forEach(element -> elements.put(element.path("id").asText(), element));
        var spoken = new TreeSet<String>();
        for (var rule : item.rules()) {
            if (rule.startsWith("^")) {
                continue;
            }
            if (rule.startsWith("obeys ")) {
                obeys(rule.substring("obeys ".length()), elements.get(type));
                spoken.add(type);
                continue;
            }
            var path = type + "." + rule.split(" ")[0];
            spoken.add(path);
            var element = elements.get(path);
            assertTrue(element != null, "no element " + path);
            element(rule, element, path);
        }
        if (item.is("Extension")) {
            // SUSHI says of itself that an extension with a value holds no others, and by which address it is found.
            spoken.addAll(List.of("Extension", "Extension.extension", "Extension.url"));
        }
        assertEquals(spoken, new TreeSet<>(elements.keySet()));
    }

    private static void element(String rule, JsonNode element, String path) {
        var cardinality = CARDINALITY.matcher(rule);
        if (cardinality.matches()) {
            // What the base says already is left out; no base of ours asks for more than one.
            assertEquals(
                    Integer.parseInt(cardinality.group(2)), element.path("min").asInt(BaseCardinality.min(path)), path);
            assertEquals(
                    cardinality.group(3),
                    element.path("max").asText(BaseCardinality.max(path, cardinality.group(3))),
                    path);
        }
        if (FLAG.matcher(rule).matches()) {
            assertTrue(element.path("mustSupport").asBoolean(), path + " must be supported");
        }
        var binding = BINDING.matcher(rule);
        if (binding.matches()) {
            assertEquals(binding.group(3), element.at("/binding/strength").asText(), path);
            assertEquals(
                    BASE + "ValueSet/" + valueSet(binding.group(2)),
                    element.at("/binding/valueSet").asText(),
                    path);
        }
        var only = ONLY.matcher(rule);
        if (only.matches()) {
            var types = new TreeSet<String>();
            element.path("type")
                    .forEach(type -> types.add(
                            type.path("code").asText().equals("Reference")
                                    ? "Reference("
                                            + type.at("/targetProfile/0")
                                                    .asText()
                                                    .replaceFirst(".*/", "") + ")"
                                    : type.path("code").asText()));
            assertEquals(new TreeSet<>(Arrays.asList(only.group(2).split(" or "))), types, path);
        }
        var assigned = ASSIGNED.matcher(rule);
        if (assigned.matches() && !rule.contains(" ^")) {
            var fixed = new ArrayList<JsonNode>();
            element.properties().stream()
                    .filter(one ->
                            one.getKey().startsWith("fixed") || one.getKey().startsWith("pattern"))
                    .forEach(one -> fixed.add(one.getValue()));
            assertEquals(1, fixed.size(), path);
            value(assigned.group(2), fixed.get(0), path);
        }
        if (rule.contains(" ^")) {
            var caret = ASSIGNED.matcher(rule.substring(rule.indexOf('^') + 1));
            assertTrue(caret.matches(), rule);
            value(caret.group(2), at(element, caret.group(1)), path);
        }
    }

    private static void obeys(String keys, JsonNode element) {
        var constraints = new TreeMap<String, JsonNode>();
        element.path("constraint")
                .forEach(one -> constraints.put(one.path("key").asText(), one));
        var named = new TreeSet<>(Arrays.asList(keys.split(" and ")));
        assertEquals(named, new TreeSet<>(constraints.keySet()));
        for (var key : named) {
            var header = item(key).header();
            assertEquals(
                    header.get("Description"),
                    constraints.get(key).path("human").asText());
            assertEquals(
                    header.get("Expression"),
                    constraints.get(key).path("expression").asText());
            assertEquals(
                    header.get("Severity"),
                    "#" + constraints.get(key).path("severity").asText());
        }
    }

    private static String valueSet(String name) {
        return MADE.values().stream()
                .filter(one -> one.path("resourceType").asText().equals("ValueSet"))
                .filter(one -> one.path("name").asText().equals(name))
                .map(one -> one.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> codes(Item item) {
        return item.rules().stream()
                .filter(rule -> !rule.startsWith("^"))
                .map(CODE::matcher)
                .filter(Matcher::matches)
                .map(code -> code.group(1) + "#" + code.group(2))
                .toList();
    }

    private static List<String> listed(JsonNode valueSet) {
        var codes = new ArrayList<String>();
        valueSet.at("/compose/include").forEach(include -> include.path("concept")
                .forEach(concept -> codes.add(include.path("system").asText() + "#"
                        + concept.path("code").asText())));
        return codes;
    }

    private static void concepts(Item item, JsonNode made) {
        var written = new ArrayList<String>();
        var listed = new ArrayList<String>();
        for (var rule : item.rules()) {
            var code = CODE.matcher(rule);
            if (!rule.contains("^") && code.matches()) {
                written.add(code.group(2) + " " + code.group(3));
            }
        }
        made.path("concept")
                .forEach(concept -> listed.add(concept.path("code").asText() + " "
                        + concept.path("display").asText()));
        assertEquals(written, listed);
        for (var rule : item.rules()) {
            if (rule.startsWith("#") && rule.contains("^")) {
                var of = rule.substring(1, rule.indexOf(' '));
                var caret = ASSIGNED.matcher(rule.substring(rule.indexOf('^') + 1));
                assertTrue(caret.matches(), rule);
                for (var concept : made.path("concept")) {
                    if (concept.path("code").asText().equals(of)) {
                        value(caret.group(2), at(concept, caret.group(1)), rule);
                    }
                }
            }
        }
    }

    private static void instance(Item item, JsonNode made) {
        var spoken = new TreeSet<>(OF_ITSELF);
        var profile = SOURCE.items().stream()
                .filter(one -> one.name().equals(item.header().get("InstanceOf")))
                .findFirst();
        assertEquals(
                profile.map(one -> one.header().get("Parent"))
                        .orElse(item.header().get("InstanceOf")),
                made.path("resourceType").asText());
        profile.ifPresent(one -> {
            assertEquals(
                    BASE + "StructureDefinition/" + one.id(),
                    made.at("/meta/profile/0").asText());
            // A value that its profile fixes is there without being written.
            one.rules().stream()
                    .map(ASSIGNED::matcher)
                    .filter(Matcher::matches)
                    .map(rule -> rule.group(1).replace("[x]", ""))
                    .forEach(fixed -> spoken.add(fixed.replace('.', '/')));
        });
        for (var rule : item.rules()) {
            var assigned = ASSIGNED.matcher(rule);
            assertTrue(assigned.matches(), rule);
            var where = new ArrayList<String>();
            var node = at(made, assigned.group(1), where);
            value(assigned.group(2), node, item.id() + "." + assigned.group(1));
            spoken.add(String.join("/", where));
        }
        leaves(made, "")
                .forEach(leaf -> assertTrue(
                        spoken.stream().anyMatch(one -> leaf.equals(one) || leaf.startsWith(one + "/")),
                        () -> item.id() + ": no source of " + leaf));
    }

    private static JsonNode at(JsonNode root, String path) {
        return at(root, path, new ArrayList<>());
    }

    private static JsonNode at(JsonNode root, String path, List<String> where) {
        var node = root;
        for (var step : path.split("\\.")) {
            var named = STEP.matcher(step);
            assertTrue(named.matches(), path);
            where.add(named.group(1));
            node = node.path(named.group(1));
            if (node.isArray()) {
                var index =
                        named.group(2) != null && named.group(2).matches("\\d+") ? Integer.parseInt(named.group(2)) : 0;
                where.add(String.valueOf(index));
                node = node.path(index);
                if (named.group(1).equals("extension")
                        && named.group(2) != null
                        && index == 0
                        && !named.group(2).equals("0")) {
                    assertEquals(
                            BASE + "StructureDefinition/" + item(named.group(2)).id(),
                            node.path("url").asText(),
                            path);
                }
            }
        }
        return node;
    }

    /** The value as Shorthand writes it, of whichever type the element has. */
    private static void value(String written, JsonNode node, String where) {
        var quantity = QUANTITY.matcher(written);
        var code = CODE.matcher(written);
        if (written.startsWith("\"")) {
            assertEquals(Shorthand.unquoted(written), node.asText(), where);
        } else if (written.startsWith("Reference(")) {
            assertTrue(
                    node.path("reference")
                            .asText()
                            .endsWith("/" + written.substring("Reference(".length(), written.length() - 1)),
                    where + ": " + node);
        } else if (quantity.matches()) {
            assertEquals(
                    0,
                    new BigDecimal(quantity.group(1))
                            .compareTo(node.path("value").decimalValue()),
                    where);
            assertEquals(quantity.group(2), node.path("code").asText(), where);
            assertEquals(quantity.group(3), node.path("unit").asText(), where);
        } else if (code.matches()) {
            var coding = node.has("coding") ? node.at("/coding/0") : node;
            if (coding.isTextual()) {
                assertEquals(code.group(2), coding.asText(), where);
            } else {
                assertEquals(code.group(1), coding.path("system").asText(), where);
                assertEquals(code.group(2), coding.path("code").asText(), where);
                assertEquals(
                        code.group(3) == null ? "" : code.group(3),
                        coding.path("display").asText(),
                        where);
            }
        } else {
            assertEquals(written, node.asText(), where);
        }
    }

    private static List<String> leaves(JsonNode node, String path) {
        if (node.isValueNode()) {
            return List.of(path.substring(1));
        }
        var leaves = new ArrayList<String>();
        node.properties().forEach(member -> leaves.addAll(leaves(member.getValue(), path + "/" + member.getKey())));
        for (var i = 0; i < node.size() && node.isArray(); i++) {
            leaves.addAll(leaves(node.get(i), path + "/" + i));
        }
        return leaves;
    }

    private static Map<String, JsonNode> made() {
        var made = new TreeMap<String, JsonNode>();
        try (var files = Files.walk(ROOT)) {
            for (var file : files.filter(one -> one.toString().endsWith(".json"))
                    .filter(one -> !one.startsWith(ROOT.resolve("input")))
                    .filter(one -> !one.startsWith(ROOT.resolve("bundles")))
                    // Written by hand; PopulationReportsTest holds them to what is counted.
                    .filter(one -> !one.startsWith(ROOT.resolve("measures")))
                    .toList()) {
                var resource = JSON.readTree(Files.readString(file));
                made.put(resource.path("id").asText(), resource);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return made;
    }
}
