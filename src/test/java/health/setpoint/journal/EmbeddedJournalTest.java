package health.setpoint.journal;

import health.setpoint.journal.store.JdbcStore;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;

/** The journal on the embedded file. */
class EmbeddedJournalTest extends JournalOnAnyStore {

    private JdbcConnectionPool pool;

    @Override
    DataSource source() {
        pool = JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.toAbsolutePath() + "/journal;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
                        + "DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                "setpoint",
                "setpoint");
        return pool;
    }

    @Override
    JdbcStore store(DataSource source, Runnable schema) {
        return JdbcStore.embedded(source, schema);
    }

    @AfterEach
    void closePool() {
        writer.stop();
        pool.dispose();
    }
}
