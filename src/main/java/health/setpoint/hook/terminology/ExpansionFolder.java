package health.setpoint.hook.terminology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.setpoint.knowledge.Expansion;
import health.setpoint.knowledge.terminology.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Every expansion that was ever in force, each under its label, so that what decided can be looked up; the last one is in
 * force again after a start.
 */
final class ExpansionFolder {

    private static final Logger LOG = Logger.getLogger("health.setpoint.terminology");
    private static final String CURRENT = "current.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    ExpansionFolder(Path folder) {
        this.folder = folder;
    }

    /** The last that was kept; empty where there is none, or where what is there was changed or is broken. */
    Optional<Expansion> last() {
        var file = folder.resolve(CURRENT);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            var tree = JSON.readTree(Files.readAllBytes(file));
            var expansion = read(tree);
            if (expansion.label().orElse("").equals(tree.path("label").asText())) {
                return Optional.of(expansion);
            }
            LOG.warnf("%s is not what it says it is, and is left aside", file);
        } catch (IOException | DateTimeException broken) {
            LOG.warnf("%s cannot be read, and is left aside: %s", file, broken.getMessage());
        }
        return Optional.empty();
    }

    void keep(Expansion expansion) throws IOException {
        Files.createDirectories(folder);
        var tree = JSON.createObjectNode();
        tree.put("day", expansion.day().toString());
        tree.put("label", expansion.label().orElse(""));
        var sets = tree.putObject("added");
        expansion.added().forEach((set, codes) -> {
            var listed = sets.putArray(set);
            codes.forEach(code -> listed.addObject()
                    .put("system", code.system())
                    .put("code", code.code())
                    .put("display", code.display()));
        });
        var bytes = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tree);
        if (expansion.label().isPresent()) {
            write(folder.resolve("expansion-" + expansion.label().get() + ".json"), bytes);
        }
        write(folder.resolve(CURRENT), bytes);
    }

    private void write(Path file, byte[] bytes) throws IOException {
        var fresh = folder.resolve(file.getFileName() + ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Expansion read(JsonNode tree) {
        var added = new TreeMap<String, List<Code>>();
        tree.path("added").properties().forEach(set -> {
            var codes = new ArrayList<Code>();
            set.getValue()
                    .forEach(code -> codes.add(new Code(
                            code.path("system").asText(),
                            code.path("code").asText(),
                            code.path("display").asText())));
            added.put(set.getKey(), codes);
        });
        return new Expansion(LocalDate.parse(tree.path("day").asText()), added);
    }
}
