package health.setpoint.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import health.setpoint.client.access.TestClients;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** With registered clients there is no sandbox, however one asks for it. */
@QuarkusTest
@Tag("attack")
@TestProfile(SandboxClosedTest.WithClients.class)
class SandboxClosedTest {

    public static class WithClients implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("setpoint.clients.folder", TestClients.folder().toString());
        }
    }

    @TestHTTPResource
    URL base;

    @TestFactory
    Stream<DynamicTest> everyAddressOfTheSandboxIsAsIfThereWereNone() {
        return Stream.of(SandboxProbes.SERVED, SandboxProbes.REFUSED_INSIDE, SandboxProbes.HIDDEN)
                .flatMap(List::stream)
                .map(call -> DynamicTest.dynamicTest(call, () -> assertEquals(404, SandboxProbes.status(base, call))));
    }
}
