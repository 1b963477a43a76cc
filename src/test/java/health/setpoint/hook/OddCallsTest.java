package health.setpoint.hook;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the fuzzer found to be worth keeping is tried in every build. To look for more:
 * {@code ./mvnw -Pfuzz test -Dtest=OddCallsFuzzTest#anOddCall}, or {@code #anyBytes}.
 */
class OddCallsTest {

    /** Where the fuzzer looks for its seeds and leaves what breaks. */
    private static final String KEPT = "/health/setpoint/hook/OddCallsFuzzTestInputs/";

    @TestFactory
    Stream<DynamicTest> everyKeptOddCallIsAnsweredOrRefused() {
        return kept("anOddCall", choices -> Judged.call(OddCall.of(choices)));
    }

    @TestFactory
    Stream<DynamicTest> everyKeptBodyIsAnsweredOrRefused() {
        return kept("anyBytes", Judged::body);
    }

    private static Stream<DynamicTest> kept(String target, Consumer<byte[]> judge) {
        try {
            var folder = Path.of(OddCallsTest.class.getResource(KEPT + target).toURI());
            return Files.list(folder)
                    .sorted()
                    .map(input -> DynamicTest.dynamicTest(
                            input.getFileName().toString(), () -> judge.accept(Files.readAllBytes(input))));
        } catch (IOException | URISyntaxException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
