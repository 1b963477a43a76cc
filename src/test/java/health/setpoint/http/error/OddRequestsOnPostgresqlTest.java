package health.setpoint.http.error;

import health.setpoint.journal.OnPostgresql;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** The same where texts and times reach a PostgreSQL, which takes fewer of them than the embedded store. */
@QuarkusTest
@TestProfile(OnPostgresql.class)
class OddRequestsOnPostgresqlTest extends OddRequestsTest {}
