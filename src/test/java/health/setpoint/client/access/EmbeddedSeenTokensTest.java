package health.setpoint.client.access;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** On the embedded file. */
class EmbeddedSeenTokensTest extends SeenTokensOnAnyStore {

    @TempDir
    Path folder;

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

    @AfterEach
    void closePool() {
        pool.dispose();
    }
}
