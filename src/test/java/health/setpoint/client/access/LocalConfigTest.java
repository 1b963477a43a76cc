package health.setpoint.client.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.client.Client;
import health.setpoint.client.file.ClientFiles;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the environment says of the one caller of local mode. */
class LocalConfigTest {

    private static Client client(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withMapping(LocalConfig.class)
                .withSources(new EnvConfigSource(environment, 300))
                .build()
                .getConfigMapping(LocalConfig.class)
                .client(ClientFiles.OFFER, ZoneOffset.UTC);
    }

    @Test
    void unsaidOnlyThisMachineIsAskedAndCardsAreStandard() {
        var client = client(Map.of());
        assertEquals(Set.of(), client.site().servers().open());
        assertTrue(client.site().servers().anyLoopback());
        assertEquals("standard", client.style().dialect().name());
    }

    @Test
    void openServersAndADialectAreTaken() {
        var client = client(Map.of(
                "SETPOINT_LOCAL_FHIR_SERVERS", "http://fhir:8080/r4,https://open.example/r4",
                "SETPOINT_LOCAL_DIALECT", "epic"));
        assertEquals(
                Set.of("http://fhir:8080", "https://open.example:443"),
                client.site().servers().open());
        assertTrue(client.site().servers().anyLoopback());
        assertEquals("epic", client.style().dialect().name());
    }

    @Test
    void aServerThatMayNotBeAskedIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> client(Map.of("SETPOINT_LOCAL_FHIR_SERVERS", "http://169.254.169.254/")));
        assertThrows(IllegalArgumentException.class, () -> client(Map.of("SETPOINT_LOCAL_DIALECT", "mine")));
    }
}
