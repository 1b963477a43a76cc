package health.setpoint.http.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Without clients the service is for this machine, unless told otherwise in so many words. */
@Tag("attack")
class LocalModeTest {

    private static final Optional<String> CLIENTS = Optional.of("./clients");
    private static final String HOME = "http://localhost:8080";

    private static Optional<String> refusal(String host, String url, Optional<String> clients, boolean allowed) {
        return new LocalMode(host, URI.create(url), clients, true, allowed).refusal();
    }

    @Test
    void withoutClientsOtherMachinesAreKeptOut() {
        for (var host : new String[] {"127.0.0.1", "localhost", "::1"}) {
            assertEquals(Optional.empty(), refusal(host, HOME, Optional.empty(), false), host);
        }
        for (var host : new String[] {"0.0.0.0", "::", "10.1.2.3", "setpoint.example"}) {
            var why = refusal(host, HOME, Optional.empty(), false).orElseThrow();
            assertTrue(why.contains(host) && why.contains("setpoint.local-mode.allow-other-machines=true"), why);
            assertTrue(why.contains("setpoint.clients.folder"), why);
        }
    }

    @Test
    void otherMachinesAreLetInByTheWordsOrWithClients() {
        assertEquals(Optional.empty(), refusal("0.0.0.0", HOME, Optional.empty(), true));
        assertEquals(Optional.empty(), refusal("0.0.0.0", "https://setpoint.example", CLIENTS, false));
    }

    @Test
    void clientsReachTheServiceOverHttpsOnly() {
        assertTrue(refusal("0.0.0.0", "http://setpoint.example", CLIENTS, false).isPresent());
        assertEquals(Optional.empty(), refusal("127.0.0.1", HOME, CLIENTS, false), "for trying on one machine");
    }

    @Test
    void aCommandThatServesNobodyNeedsNoClients() {
        assertEquals(
                Optional.empty(), new LocalMode("0.0.0.0", URI.create(HOME), Optional.empty(), false, false).refusal());
    }
}
