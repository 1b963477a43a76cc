package health.setpoint.journal.lifecycle;

import health.setpoint.journal.store.GroupCommit;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while a decision can be made durable. */
@Readiness
@Singleton
class JournalCheck implements HealthCheck {

    private final GroupCommit writer;
    private final JournalBeans opened;

    JournalCheck(GroupCommit writer, JournalBeans opened) {
        this.writer = writer;
        this.opened = opened;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("journal")
                .status(writer.accepts())
                .withData("store", writer.storeWorks() ? "works" : "down")
                .withData("folder", writer.lost().map(file -> "lost: " + file).orElse("held"))
                .withData("spooledBytes", writer.spooled())
                .withData("freeBytes", opened.folder().free());
        if (writer.faults() > 0) {
            answer.withData("faults", writer.faults());
        }
        return answer.build();
    }
}
