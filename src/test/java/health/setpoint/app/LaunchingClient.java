package health.setpoint.app;

import health.setpoint.client.access.TestClients;
import health.setpoint.client.token.Keys;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Map;

/** Two registered clients: the EHR of one launches the SMART app, that of the other does not. */
public class LaunchingClient implements QuarkusTestProfile {

    /** The port of the EHR, which a test starts. */
    public static final String EHR_PORT = "test.ehr.port";

    private static final String CLIENT = """
            name: %s
            mode: full
            issuer: https://%s.example/r4
            keys: {jwks: %s}
            zone: UTC
            http-on-this-machine: allowed-for-trying
            fhir-servers: [%s]
            """;

    @Override
    public Map<String, String> getConfigOverrides() {
        var own = free();
        var ehr = free();
        var folder = TestClients.folder();
        var server = "http://127.0.0.1:" + ehr + "/fhir";
        try {
            Files.writeString(
                    folder.resolve("north.yaml"),
                    CLIENT.formatted("north", "north", Keys.jwks(Keys.EC), server) + "smart-app: {client-id: "
                            + StubEhr.CLIENT_ID + "}\n");
            Files.writeString(
                    folder.resolve("south.yaml"), CLIENT.formatted("south", "south", Keys.jwks(Keys.EC), server));
            Files.writeString(
                    folder.resolve("quiet.yaml"),
                    CLIENT.formatted("quiet", "quiet", Keys.jwks(Keys.EC), server)
                                    .replace("mode: full", "mode: shadow") + "smart-app: {client-id: "
                            + StubEhr.CLIENT_ID + "}\n");
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return Map.of(
                "setpoint.clients.folder",
                folder.toString(),
                "quarkus.http.test-port",
                own,
                "setpoint.public-url",
                "http://127.0.0.1:" + own,
                EHR_PORT,
                ehr);
    }

    private static String free() {
        try (var socket = new ServerSocket(0)) {
            return String.valueOf(socket.getLocalPort());
        } catch (IOException nonePossible) {
            throw new UncheckedIOException(nonePossible);
        }
    }
}
