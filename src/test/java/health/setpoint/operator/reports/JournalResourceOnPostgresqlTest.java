package health.setpoint.operator.reports;

import health.setpoint.journal.OnPostgresql;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Reports, exports and odd days, asked of a PostgreSQL. */
@QuarkusTest
@TestProfile(OnPostgresql.class)
class JournalResourceOnPostgresqlTest extends JournalResourceTest {}
