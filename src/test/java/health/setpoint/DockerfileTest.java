package health.setpoint;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the Dockerfile as far as that goes without a Docker engine. */
class DockerfileTest {

    private record Instruction(String keyword, List<String> words) {

        private static Instruction parse(String line) {
            List<String> words = List.of(line.strip().split("\\s+"));
            return new Instruction(words.get(0), words.subList(1, words.size()));
        }

        boolean is(String name) {
            return keyword.equalsIgnoreCase(name);
        }

        Optional<String> flag(String name) {
            String start = "--" + name + "=";
            return words.stream()
                    .filter(word -> word.startsWith(start))
                    .map(word -> word.substring(start.length()))
                    .findFirst();
        }

        List<String> arguments() {
            return words.stream().filter(word -> !word.startsWith("--")).toList();
        }
    }

    /** One FROM and what follows it, up to the next. */
    private record Stage(String image, Optional<String> name, List<Instruction> instructions) {

        private static Stage from(Instruction from) {
            List<String> words = from.arguments();
            boolean named = words.size() == 3 && words.get(1).equalsIgnoreCase("AS");
            return new Stage(words.get(0), named ? Optional.of(words.get(2)) : Optional.empty(), new ArrayList<>());
        }

        Stream<Instruction> all(String keyword) {
            return instructions.stream().filter(instruction -> instruction.is(keyword));
        }

        String tag() {
            int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
            return colon < 0 ? "" : image.substring(colon + 1);
        }
    }

    private static final Path CHECKOUT = Path.of("").toAbsolutePath();

    private final List<Stage> stages = stages();

    private static List<Stage> stages() {
        List<Stage> stages = new ArrayList<>();
        for (String line : instructionLines()) {
            Instruction instruction = Instruction.parse(line);
            if (instruction.is("FROM")) {
                stages.add(Stage.from(instruction));
            } else {
                assertFalse(stages.isEmpty(), "before any FROM: " + line);
                stages.get(stages.size() - 1).instructions().add(instruction);
            }
        }
        return stages;
    }

    /** Without comments and empty lines, continued lines joined. */
    private static List<String> instructionLines() {
        String text = String.join(
                "\n",
                read("Dockerfile")
                        .lines()
                        .filter(line -> !line.isBlank() && !line.stripLeading().startsWith("#"))
                        .toList());
        return text.replaceAll("\\\\\\s*\n", " ").lines().toList();
    }

    private static String read(String file) {
        try {
            return Files.readString(CHECKOUT.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    private Stage last() {
        return stages.get(stages.size() - 1);
    }

    @Test
    void buildsInOneStageAndRunsInAnother() {
        assertTrue(stages.size() >= 2, stages.size() + " stage(s)");
        assertTrue(last().tag().contains("-jre"), "the last stage brings a compiler: " + last().image());
    }

    @Test
    void everyImageIsNamedExactly() {
        assertAll(stages.stream().map(stage -> () -> {
            assertTrue(stage.tag().matches("[\\w][\\w.-]*"), "no tag: " + stage.image());
            assertFalse(stage.tag().contains("latest"), "a tag that moves: " + stage.image());
        }));
    }

    @Test
    void theServiceRunsOnTheJavaBuildItWasMadeWith() {
        List<String> builds = stages.stream()
                .map(stage -> stage.tag().replaceAll("-(jdk|jre)", ""))
                .distinct()
                .toList();

        assertEquals(1, builds.size(), "an AOT cache is good for one build of Java only: " + builds);
    }

    @Test
    void runsAsAUserWithANumberOtherThanRoot() {
        List<String> users =
                last().all("USER").map(user -> user.arguments().get(0)).toList();

        assertFalse(users.isEmpty(), "no USER: the service would run as root");
        assertTrue(
                users.get(users.size() - 1).matches("[1-9]\\d*(:[1-9]\\d*)?"),
                "an orchestrator can tell that a user is not root by its number only: " + users);
    }

    @Test
    void theFolderOfTheJournalIsTheServicesAlone() {
        assertTrue(last().all("RUN")
                .anyMatch(run -> run.words().containsAll(List.of("install", "-d", "-m", "0700", "10001", "data"))));
    }

    @Test
    void answersOnItsPortFromOutsideTheContainer() {
        assertTrue(last().all("EXPOSE").anyMatch(port -> port.arguments().contains("8080")));
        assertTrue(last().all("ENV").anyMatch(env -> env.arguments().contains("QUARKUS_HTTP_HOST=0.0.0.0")));
    }

    @Test
    void copiesOnlyWhatIsInTheCheckoutAndNotIgnored() {
        List<String> ignore = read(".dockerignore").lines().toList();
        assertTrue(ignore.contains("*"), ".dockerignore names what is let in, not what is kept out");

        assertAll(stages.stream()
                .flatMap(stage -> stage.all("COPY"))
                .filter(copy -> copy.flag("from").isEmpty())
                .flatMap(copy -> sources(copy).stream())
                .map(source -> () -> {
                    assertTrue(Files.exists(CHECKOUT.resolve(source)), "not in the checkout: " + source);
                    assertTrue(ignore.contains("!" + source), "kept out by .dockerignore: " + source);
                }));
    }

    @Test
    void copiesFromEarlierStagesOnly() {
        List<String> earlier = new ArrayList<>();
        for (Stage stage : stages) {
            stage.all("COPY")
                    .flatMap(copy -> copy.flag("from").stream())
                    .forEach(from -> assertTrue(earlier.contains(from), "no stage before is called " + from));
            stage.name().ifPresent(earlier::add);
        }
    }

    @Test
    void bringsEveryFolderThatTheBuildReads() {
        var build = stages.get(0)
                .all("COPY")
                .flatMap(copy -> sources(copy).stream())
                .toList();
        var folders = Pattern.compile("<directory>([a-z-]+)[/<]")
                .matcher(read("pom.xml"))
                .results();
        assertAll(folders.map(found -> found.group(1))
                .distinct()
                .map(folder -> () -> assertTrue(build.contains(folder), folder + " is not copied")));
    }

    @Test
    void theCacheIsTrainedWhereItIsUsedAndWithTheSameOptions() {
        var training = last().all("RUN")
                .filter(run -> run.words().contains("health.setpoint.training.Training"))
                .toList();
        assertEquals(1, training.size(), "the cache is good for the files and the JVM of the last stage only");
        assertTrue(training.get(0).words().containsAll(List.of("java", "/app", "/app/jvm.options")));

        var start = last().all("ENTRYPOINT").findFirst().orElseThrow();
        assertEquals(List.of("[\"java\",", "\"@jvm.options\",", "\"-jar\",", "\"quarkus-run.jar\"]"), start.words());
        assertTrue(last().all("WORKDIR").anyMatch(folder -> folder.words().contains("/app")));
    }

    @Test
    void theOptionsBoundWhatTheHeapDoesNotAndEndWhatHasNoMemory() {
        var options = read("deploy/jvm.options")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
        assertAll(Stream.of(
                        "-XX:AOTCache=app\\.aot",
                        "-XX:\\+ExitOnOutOfMemoryError",
                        "-XX:MaxDirectMemorySize=\\d+m",
                        "-XX:MaxRAMPercentage=\\d+")
                .map(option -> () -> assertTrue(
                        options.stream().anyMatch(line -> line.matches(option)), option + " is not among " + options)));
    }

    @Test
    void runsWithARootThatIsReadOnly() {
        assertTrue(last().all("VOLUME").anyMatch(volume -> volume.words().equals(List.of("[\"/app/data\"]"))));
    }

    @Test
    void saysWhatItIs() {
        var labels =
                last().all("LABEL").flatMap(label -> label.words().stream()).toList();
        assertAll(Stream.of("title", "description", "licenses", "version", "revision", "base.name")
                .map(name -> () -> assertTrue(
                        labels.stream().anyMatch(word -> word.startsWith("org.opencontainers.image." + name + "=")),
                        name)));
        assertTrue(
                labels.contains("org.opencontainers.image.base.name=\"docker.io/library/" + last().image() + "\""),
                "the base is another: " + last().image());
    }

    @Test
    void isAskedForItsHealth() {
        var health = last().all("HEALTHCHECK").findFirst().orElseThrow();
        assertTrue(String.join(" ", health.words()).contains("/q/health/ready"));
    }

    private static List<String> sources(Instruction copy) {
        List<String> arguments = copy.arguments();
        return arguments.subList(0, arguments.size() - 1);
    }
}
