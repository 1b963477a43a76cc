package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorTest {

    private static final Optional<String> TOKEN = Optional.of("a long operator token");

    @Test
    void withoutATokenOnlyAServiceBoundToThisMachineShowsItsJournal() {
        assertDoesNotThrow(() -> new Operator(Optional.empty(), "127.0.0.1").check(authorization(null)));
        assertEquals(403, refusal(new Operator(Optional.empty(), "0.0.0.0"), null));
    }

    @Test
    void withATokenEveryCallerNeedsIt() {
        assertDoesNotThrow(() -> new Operator(TOKEN, "0.0.0.0").check(authorization("Bearer a long operator token")));
        assertEquals(401, refusal(new Operator(TOKEN, "127.0.0.1"), null));
        assertEquals(401, refusal(new Operator(TOKEN, "127.0.0.1"), "Bearer another"));
        assertEquals(401, refusal(new Operator(TOKEN, "127.0.0.1"), "a long operator token"));
    }

    private static int refusal(Operator operator, String header) {
        return assertThrows(Refusal.class, () -> operator.check(authorization(header)))
                .status();
    }

    private static HttpHeaders authorization(String header) {
        return (HttpHeaders) Proxy.newProxyInstance(
                HttpHeaders.class.getClassLoader(),
                new Class<?>[] {HttpHeaders.class},
                (proxy, method, arguments) -> header);
    }
}
