package health.setpoint.operator.reports;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.http.error.RequestException;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("attack")
class OperatorAccessTest {

    private static final String HERE = "127.0.0.1";

    private static final Optional<String> TOKEN = Optional.of("a long operator token");
    private static final Optional<String> CLIENTS = Optional.of("/etc/setpoint/clients");

    @Test
    void withoutATokenOnlyAServiceBoundToThisMachineShowsItsJournal() {
        assertDoesNotThrow(() ->
                new OperatorAccess(Optional.empty(), Optional.empty(), "127.0.0.1").check(authorization(null), HERE));
        assertEquals(403, refusal(new OperatorAccess(Optional.empty(), Optional.empty(), "0.0.0.0"), null));
    }

    @Test
    void whereClientsAreRegisteredNobodyReadsWithoutAToken() {
        assertEquals(403, refusal(new OperatorAccess(Optional.empty(), CLIENTS, "127.0.0.1"), null));
        assertEquals(401, refusal(new OperatorAccess(TOKEN, CLIENTS, "127.0.0.1"), null));
    }

    @Test
    void whoeverIsNotTheOperatorMayBeARegisteredClient() {
        var operator = new OperatorAccess(TOKEN, CLIENTS, "0.0.0.0");
        assertTrue(operator.isElse(authorization(null)));
        assertTrue(operator.isElse(authorization("Bearer another")));
        assertFalse(operator.isElse(authorization("Bearer a long operator token")));
        assertTrue(new OperatorAccess(Optional.empty(), CLIENTS, "127.0.0.1").isElse(authorization(null)));
        assertFalse(new OperatorAccess(TOKEN, Optional.empty(), "127.0.0.1").isElse(authorization("Bearer another")));
    }

    @Test
    void withATokenEveryCallerNeedsIt() {
        assertDoesNotThrow(() -> new OperatorAccess(TOKEN, CLIENTS, "0.0.0.0")
                .check(authorization("Bearer a long operator token"), HERE));
        assertEquals(401, refusal(new OperatorAccess(TOKEN, CLIENTS, "127.0.0.1"), null));
        assertEquals(401, refusal(new OperatorAccess(TOKEN, CLIENTS, "127.0.0.1"), "Bearer another"));
        assertEquals(401, refusal(new OperatorAccess(TOKEN, CLIENTS, "127.0.0.1"), "a long operator token"));
    }

    private static int refusal(OperatorAccess operator, String header) {
        return assertThrows(RequestException.class, () -> operator.check(authorization(header), HERE))
                .status();
    }

    private static HttpHeaders authorization(String header) {
        return (HttpHeaders) Proxy.newProxyInstance(
                HttpHeaders.class.getClassLoader(),
                new Class<?>[] {HttpHeaders.class},
                (proxy, method, arguments) -> header);
    }
}
