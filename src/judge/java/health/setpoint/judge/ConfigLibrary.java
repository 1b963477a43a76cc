package health.setpoint.judge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Every parameter of the knowledge as a parameter of CQL, whose default is the value that came into force last. */
final class ConfigLibrary {

    private static final Path KNOWLEDGE = Path.of("src/main/resources/knowledge");

    private ConfigLibrary() {}

    /** The version of the knowledge. */
    static String version() {
        return (String) map(load("index.yaml")).get("version");
    }

    /** The same as the FHIR package has it. */
    static String packageVersion() {
        return version() + ".0";
    }

    /** The library's text. */
    static String written() {
        List<String> lines = new ArrayList<>();
        lines.add("// Written from src/main/resources/knowledge/*.yaml: change those, not this.");
        lines.add("library SetpointConfig version '%s'".formatted(packageVersion()));
        for (var file : list(map(load("index.yaml")).get("parameters"))) {
            lines.add("");
            for (var each : list(load((String) file))) {
                var parameter = map(each);
                var values = new TreeMap<String, Object>();
                map(parameter.get("values")).forEach((day, value) -> values.put(day, value));
                LocalDate.parse(values.lastKey());
                lines.add("// %s (%s)".formatted(parameter.get("says"), parameter.get("unit")));
                declared(
                        lines,
                        (String) parameter.get("id"),
                        map(values.lastEntry().getValue()).get("value"));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static void declared(List<String> lines, String id, Object value) {
        if (value instanceof Map<?, ?> rung) {
            rung.forEach((part, amount) -> declared(lines, id + "." + part, amount));
            return;
        }
        var text = String.valueOf(value);
        if (text.matches("-?\\d+(\\.\\d+)?")) {
            var decimal = new BigDecimal(text);
            lines.add("parameter \"%s\" Decimal default %s"
                    .formatted(id, (decimal.scale() < 1 ? decimal.setScale(1) : decimal).toPlainString()));
        } else if (text.equals("yes") || text.equals("no")) {
            lines.add("parameter \"%s\" Boolean default %s".formatted(id, text.equals("yes")));
        } else {
            lines.add("parameter \"%s\" String default '%s'".formatted(id, text));
        }
    }

    private static Object load(String file) {
        // all scalars as they are written: a decimal must stay one
        var options = new LoaderOptions();
        var yaml = new Yaml(
                new SafeConstructor(options),
                new Representer(new DumperOptions()),
                new DumperOptions(),
                options,
                new AsWritten());
        try {
            return yaml.load(Files.readString(KNOWLEDGE.resolve(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final class AsWritten extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<", 10);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    private static List<?> list(Object node) {
        return (List<?>) node;
    }
}
