package health.setpoint;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Holds deploy/kubernetes to Kubernetes' own description of its kinds, to the Dockerfile, and to what the service has. */
class KubernetesTest {

    private static final Path CHECKOUT = Path.of("").toAbsolutePath();
    private static final Path BASE = CHECKOUT.resolve("deploy/kubernetes/base");
    private static final Path OVERLAY = CHECKOUT.resolve("deploy/kubernetes/overlays/hospital");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode kinds = json(read(CHECKOUT.resolve("src/test/resources/kubernetes/schema.json")));
    private final JsonNode deployment = only("Deployment");
    private final JsonNode pod = deployment.at("/spec/template/spec");
    private final JsonNode container = pod.at("/containers/0");

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> documents(String yaml) {
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(yaml)
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    private static JsonNode document(Path file) {
        var documents = documents(read(file));
        assertEquals(1, documents.size(), file::toString);
        return documents.get(0);
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static List<String> texts(JsonNode list) {
        return each(list).map(JsonNode::asText).toList();
    }

    private static List<JsonNode> base() {
        return texts(document(BASE.resolve("kustomization.yaml")).path("resources")).stream()
                .map(name -> document(BASE.resolve(name)))
                .toList();
    }

    private static JsonNode only(String kind) {
        var all = base().stream()
                .filter(resource -> resource.path("kind").textValue().equals(kind))
                .toList();
        assertEquals(1, all.size(), kind);
        return all.get(0);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> faults(JsonNode resource) {
        var kind = resource.path("kind").textValue();
        assertTrue(kinds.path("definitions").has(kind), () -> "a kind that the schema lacks: " + kind);
        ObjectNode ofTheKind = kinds.deepCopy();
        ofTheKind.remove("oneOf");
        ofTheKind.put("$ref", "#/definitions/" + kind);
        return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(ofTheKind).validate(resource).stream()
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> environment(Stream<JsonNode> resources) {
        return resources
                .flatMap(resource -> StreamSupport.stream(
                        ((Iterable<String>) () -> resource.path("data").fieldNames()).spliterator(), false))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyResourceIsWhatKubernetesDescribes() {
        assertAll(base().stream().map(resource -> () -> assertEquals(Set.of(), faults(resource))));
    }

    @Test
    void aMisspeltMemberAndAnUnquotedLabelAreRefused() {
        ObjectNode misspelt = deployment.deepCopy();
        ((ObjectNode) misspelt.at("/spec/template/spec/containers/0")).put("readynessProbe", "x");
        assertEquals(1, faults(misspelt).size(), () -> faults(misspelt).toString());
        ObjectNode unquoted = deployment.deepCopy();
        ((ObjectNode) unquoted.at("/spec/template/metadata/annotations")).put("prometheus.io/scrape", true);
        assertEquals(1, faults(unquoted).size(), () -> faults(unquoted).toString());
        ObjectNode old = only("HorizontalPodAutoscaler").deepCopy();
        old.put("apiVersion", "autoscaling/v2beta2");
        assertEquals(1, faults(old).size(), () -> faults(old).toString());
    }

    @Test
    void everyFileOfTheBaseIsListed() throws IOException {
        try (var files = Files.list(BASE)) {
            assertEquals(
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("kustomization.yaml"))
                            .collect(Collectors.toCollection(TreeSet::new)),
                    new TreeSet<>(
                            texts(document(BASE.resolve("kustomization.yaml")).path("resources"))));
        }
    }

    @Test
    void theContainerMayDoNothingThatItNeedNot() {
        assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
        assertEquals(
                "RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
        assertFalse(pod.path("automountServiceAccountToken").asBoolean(true));
        var may = container.path("securityContext");
        assertTrue(may.path("readOnlyRootFilesystem").asBoolean());
        assertFalse(may.path("allowPrivilegeEscalation").asBoolean(true));
        assertEquals(List.of("ALL"), texts(may.at("/capabilities/drop")));
        assertEquals(1, pod.path("containers").size());
    }

    @Test
    void theUserIsTheImages() {
        var users = read(CHECKOUT.resolve("Dockerfile"))
                .lines()
                .filter(line -> line.startsWith("USER "))
                .toList();
        var user = pod.at("/securityContext/runAsUser").asText() + ":"
                + pod.at("/securityContext/runAsGroup").asText();
        assertEquals("USER " + user, users.get(users.size() - 1));
    }

    @Test
    void whatItWritesIsOnAVolume() {
        var writable = each(container.path("volumeMounts"))
                .filter(mount -> !mount.path("readOnly").asBoolean())
                .map(mount -> mount.path("mountPath").asText())
                .toList();
        assertEquals(List.of("/data", "/tmp"), writable);
        var folder = only("ConfigMap").at("/data/SETPOINT_JOURNAL_FOLDER").asText();
        // The volume itself is open to its group, which the service refuses for its journal.
        assertTrue(folder.startsWith("/data/"), folder);
        assertEquals(
                each(pod.path("volumes"))
                        .map(volume -> volume.path("name").asText())
                        .toList(),
                each(container.path("volumeMounts"))
                        .map(mount -> mount.path("name").asText())
                        .toList());
        assertTrue(each(pod.path("volumes"))
                .filter(volume -> volume.has("emptyDir"))
                .allMatch(volume -> volume.at("/emptyDir/sizeLimit").isTextual()));
    }

    @Test
    void itsThreeProbesAskForWhatTheServiceSaysOfItself() {
        assertAll(
                () -> assertEquals(
                        "/q/health/started",
                        container.at("/startupProbe/httpGet/path").asText()),
                () -> assertEquals(
                        "/q/health/ready",
                        container.at("/readinessProbe/httpGet/path").asText()),
                () -> assertEquals(
                        "/q/health/live",
                        container.at("/livenessProbe/httpGet/path").asText()));
        for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertEquals("http", container.at("/" + probe + "/httpGet/port").asText());
        }
        assertEquals(8080, container.at("/ports/0/containerPort").asInt());
        assertEquals("http", container.at("/ports/0/name").asText());
        var scrape = deployment.at("/spec/template/metadata/annotations");
        assertEquals("8080", scrape.path("prometheus.io/port").asText());
        assertEquals("/q/metrics", scrape.path("prometheus.io/path").asText());
    }

    @Test
    void aStopHasTheTimeThatTheServiceTakesForIt() {
        var until = pod.path("terminationGracePeriodSeconds").asInt();
        var sleep = container.at("/lifecycle/preStop/sleep/seconds").asInt();
        // docs/operations/monitoring.md: the process ends within 10 seconds.
        assertTrue(until - sleep > 10, until + " seconds, of which it sleeps " + sleep);
    }

    @Test
    void memoryIsLimitedToWhatIsAskedFor() {
        var resources = container.path("resources");
        assertEquals(resources.at("/requests/memory"), resources.at("/limits/memory"));
        assertTrue(resources.at("/requests/cpu").isTextual());
    }

    @Test
    void everySelectorFindsThePods() {
        var label = JSON.createObjectNode().put("app.kubernetes.io/name", "setpoint");
        assertEquals(label, deployment.at("/spec/selector/matchLabels"));
        assertEquals(label, only("Service").at("/spec/selector"));
        assertEquals(label, only("PodDisruptionBudget").at("/spec/selector/matchLabels"));
        assertEquals(label, only("NetworkPolicy").at("/spec/podSelector/matchLabels"));
        var spread = pod.path("topologySpreadConstraints");
        assertEquals(
                List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"),
                each(spread)
                        .map(constraint -> constraint.path("topologyKey").asText())
                        .toList());
        assertTrue(each(spread)
                .allMatch(constraint ->
                        constraint.at("/labelSelector/matchLabels").equals(label)));
        var pairs = document(BASE.resolve("kustomization.yaml")).at("/labels/0");
        assertEquals(label, pairs.path("pairs"));
        assertTrue(pairs.path("includeTemplates").asBoolean());
    }

    @Test
    void theAutoscalerHasTheNumberOfPods() {
        assertTrue(deployment.at("/spec/replicas").isMissingNode(), "an apply would undo what the autoscaler did");
        var autoscaler = only("HorizontalPodAutoscaler").path("spec");
        assertEquals(
                deployment.at("/metadata/name"), autoscaler.at("/scaleTargetRef/name"), "of which the number is its");
        assertTrue(autoscaler.path("minReplicas").asInt() >= 2);
        assertEquals(1, only("PodDisruptionBudget").at("/spec/maxUnavailable").asInt());
    }

    @Test
    void everySettingIsOneThatTheServiceHas() {
        var documented = Stream.of("docs/operations/journal.md", "docs/security.md", "docs/operations/monitoring.md")
                .map(page -> read(CHECKOUT.resolve(page)))
                .collect(Collectors.joining());
        var known = read(CHECKOUT.resolve("src/main/resources/application.properties"))
                .lines()
                .map(line -> line.replaceFirst("^#", ""))
                .filter(line -> line.matches("[a-z][\\w.-]*=.*"))
                .map(line -> line.substring(0, line.indexOf('='))
                        .replaceAll("[^A-Za-z0-9]", "_")
                        .toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        var used = environment(Stream.of(only("ConfigMap")));
        used.addAll(overlaySettings());
        used.removeIf(name -> known.contains(name) || documented.contains(name) || name.equals("SETPOINT_ZONE"));
        assertEquals(Set.of(), used);
    }

    private static Set<String> overlaySettings() {
        var overlay = document(OVERLAY.resolve("kustomization.yaml"));
        var settings = each(overlay.at("/configMapGenerator/0/literals")).map(JsonNode::asText);
        var secrets = Stream.of("database.env", "keys.env")
                .flatMap(file -> read(OVERLAY.resolve(file)).lines());
        return Stream.concat(settings, secrets)
                .map(line -> line.substring(0, line.indexOf('=')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theOverlayBringsEverySecretThatTheDeploymentAsksFor() {
        var asked = Stream.concat(
                        each(container.path("envFrom")).map(from -> from.at("/secretRef/name")),
                        each(pod.path("volumes")).map(volume -> volume.at("/secret/secretName")))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
        var brought = each(document(OVERLAY.resolve("kustomization.yaml")).path("secretGenerator"))
                .map(secret -> secret.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(asked, brought);
        assertEquals(3, asked.size());
    }

    @Test
    void theOverlayIsRenderedByKustomizeWhereThereIsOne() throws Exception {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl"))),
                "no kubectl");
        var rendered = Files.createTempFile("rendered", ".yaml");
        var render = new ProcessBuilder("kubectl", "kustomize", OVERLAY.toString())
                .redirectErrorStream(true)
                .redirectOutput(rendered.toFile())
                .start();
        assertEquals(0, render.waitFor(), () -> read(rendered));
        var resources = documents(read(rendered));
        Files.delete(rendered);
        assertEquals(base().size() + 3, resources.size());
        assertAll(resources.stream().map(resource -> () -> assertEquals(Set.of(), faults(resource))));
        assertAll(resources.stream()
                .map(resource -> () -> assertEquals(
                        "setpoint", resource.at("/metadata/namespace").asText())));
    }
}
