package health.setpoint.hook;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What the fuzzer found to be worth keeping is tried in every build. To look for more:
 * {@code ./mvnw -Pfuzz test -Dtest=OddCallsFuzzTest#anOddCall}, or {@code #anyBytes}.
 */
@Tag("attack")
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

    /** Drawn anew in each long run; a call that breaks something is named by the seed that makes it. */
    @Test
    void everyCallOfManyIsAnsweredOrRefused() {
        var first = Attack.isLong() ? System.nanoTime() : 20261129;
        var calls = Attack.times(200, Integer.getInteger("setpoint.attack.calls", 1_000_000));
        for (long seed = first; seed < first + calls; seed++) {
            var choices = new byte[256];
            new Random(seed).nextBytes(choices);
            try {
                Judged.call(OddCall.of(choices));
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError("the call of seed " + seed, broken);
            }
        }
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
