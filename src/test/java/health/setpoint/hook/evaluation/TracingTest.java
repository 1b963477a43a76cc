package health.setpoint.hook.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TracingTest {

    @Test
    void aStageRunsWithinItsSpanWhereCallsAreTraced() {
        try (var provider = SdkTracerProvider.builder().build()) {
            var stages = new Tracing(provider.get("test"), false).begin();
            var within = stages.run("chart", () -> Span.current().getSpanContext());
            var outer = stages.run("titration", () -> Span.current().getSpanContext());
            assertTrue(within.isValid() && outer.isValid());
            assertNotEquals(within.getSpanId(), outer.getSpanId());
            assertFalse(Span.current().getSpanContext().isValid());
            assertEquals(Set.of("chart", "titration"), stages.times().keySet());
        }
    }

    @Test
    void noSpanIsMadeWhereTracingIsSwitchedOff() {
        try (var provider = SdkTracerProvider.builder().build()) {
            var stages = new Tracing(provider.get("test"), true).begin();
            assertFalse(
                    stages.run("chart", () -> Span.current().getSpanContext().isValid()));
            assertEquals(Set.of("chart"), stages.times().keySet());
        }
    }
}
