package health.setpoint.profiles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * The FHIR package as an npm-style archive, out of the committed JSON: {@code package.json}, the artefacts with their
 * {@code .index.json}, and the examples in a folder of their own. The same files give the same bytes.
 */
final class FhirPackage {

    private static final int BLOCK = 512;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, byte[]> files = new TreeMap<>();

    private FhirPackage() {}

    /** Of the folder {@code fhir-profiles}. */
    static byte[] of(Path root) throws IOException {
        var made = new FhirPackage();
        var artefacts = new TreeMap<String, JsonNode>();
        var examples = new TreeMap<String, JsonNode>();
        try (var folder = Files.walk(root)) {
            for (var file : folder.filter(one -> one.toString().endsWith(".json"))
                    .filter(one -> !one.startsWith(root.resolve("input")))
                    .toList()) {
                var name = file.getFileName().toString();
                var isExample = file.startsWith(root.resolve("examples")) || file.startsWith(root.resolve("bundles"));
                var held = JSON.readTree(Files.readAllBytes(file));
                if ((isExample ? examples : artefacts).put(name, held) != null) {
                    throw new IllegalStateException("two files are called " + name);
                }
                made.files.put((isExample ? "package/example/" : "package/") + name, Files.readAllBytes(file));
            }
        }
        made.files.put("package/package.json", made.manifest(guide(artefacts)));
        made.files.put("package/.index.json", index(artefacts));
        made.files.put("package/example/.index.json", index(examples));
        return made.archive();
    }

    private static JsonNode guide(Map<String, JsonNode> artefacts) {
        return artefacts.values().stream()
                .filter(one -> one.path("resourceType").asText().equals("ImplementationGuide"))
                .findFirst()
                .orElseThrow();
    }

    private byte[] manifest(JsonNode guide) {
        var manifest = JSON.createObjectNode();
        manifest.put("name", guide.path("packageId").asText());
        manifest.put("version", guide.path("version").asText());
        manifest.put("tools-version", 3);
        manifest.put("type", "fhir.ig");
        manifest.put("license", guide.path("license").asText());
        manifest.put("canonical", guide.path("url").asText().replaceFirst("/ImplementationGuide/.*", ""));
        manifest.put("title", guide.path("title").asText());
        manifest.put("description", guide.path("description").asText());
        manifest.put("author", guide.path("publisher").asText());
        manifest.putArray("fhirVersions").add("4.0.1");
        manifest.putObject("dependencies").put("hl7.fhir.r4.core", "4.0.1");
        var folders = manifest.putObject("directories");
        folders.put("lib", "package");
        folders.put("example", "example");
        return bytes(manifest);
    }

    private static byte[] index(Map<String, JsonNode> resources) {
        var index = JSON.createObjectNode();
        index.put("index-version", 1);
        var listed = index.putArray("files");
        resources.forEach((name, resource) -> {
            var entry = listed.addObject();
            entry.put("filename", name);
            for (var member : new String[] {"resourceType", "id", "url", "version", "kind", "type"}) {
                if (resource.path(member).isTextual()) {
                    entry.put(member, resource.path(member).asText());
                }
            }
        });
        return bytes(index);
    }

    private static byte[] bytes(ObjectNode node) {
        return (node.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] archive() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                header(file.getKey(), file.getValue().length, packed);
                packed.write(file.getValue());
                packed.write(new byte[(BLOCK - file.getValue().length % BLOCK) % BLOCK]);
            }
            packed.write(new byte[2 * BLOCK]);
        }
        return bytes.toByteArray();
    }

    /** A header of ustar, with no time, owner or mode of this machine. */
    private static void header(String name, int size, OutputStream out) throws IOException {
        var header = new byte[BLOCK];
        if (name.length() > 99) {
            throw new IllegalStateException("too long for the archive: " + name);
        }
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(0));
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar");
        put(header, 263, "00");
        var sum = 0;
        for (var one : header) {
            sum += one & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        out.write(header);
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
