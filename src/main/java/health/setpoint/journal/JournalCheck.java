package health.setpoint.journal;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while a decision can be made durable. */
@Readiness
@Singleton
class JournalCheck implements HealthCheck {

    private final GroupCommit writer;

    JournalCheck(GroupCommit writer) {
        this.writer = writer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("journal")
                .status(writer.accepts())
                .withData("store", writer.storeWorks() ? "works" : "down")
                .withData("spooledBytes", writer.spooled())
                .build();
    }
}
