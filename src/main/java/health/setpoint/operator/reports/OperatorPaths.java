package health.setpoint.operator.reports;

import health.setpoint.http.error.PublicPaths;
import jakarta.inject.Singleton;
import java.util.Set;

/** Source attributes, the report and the exports. */
@Singleton
class OperatorPaths implements PublicPaths {

    @Override
    public Set<String> paths() {
        return Set.of(
                "/dsi/source-attributes",
                "/journal/report",
                "/journal/decisions.ndjson",
                "/journal/feedback.ndjson",
                "/journal/audit-events.ndjson");
    }
}
