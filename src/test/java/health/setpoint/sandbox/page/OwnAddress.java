package health.setpoint.sandbox.page;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** The service knows the address under which it is reached: links on its cards can be followed. */
public class OwnAddress implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        try (var free = new ServerSocket(0)) {
            var port = String.valueOf(free.getLocalPort());
            return new HashMap<>(
                    Map.of("quarkus.http.test-port", port, "setpoint.public-url", "http://127.0.0.1:" + port));
        } catch (IOException nonePossible) {
            throw new UncheckedIOException(nonePossible);
        }
    }
}
