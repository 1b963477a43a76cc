package health.setpoint.journal.lifecycle;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/** Settings of the journal, {@code setpoint.journal.*}. */
@ConfigMapping(prefix = "setpoint.journal")
interface JournalConfig {

    /** Where entries are kept. */
    enum StoreKind {
        /** An H2 file in the folder. */
        EMBEDDED,
        /** A PostgreSQL server. */
        POSTGRESQL
    }

    /** What happens while the store cannot be written. */
    enum WhenDown {
        /** The answer is 503. */
        REFUSE,
        /** Entries go to a bounded file in the folder and into the store later; once that is full, as REFUSE. */
        DEGRADE
    }

    StoreKind store();

    /** Folder of the embedded store, the hash key and the spool. */
    Path folder();

    @WithDefault("refuse")
    WhenDown whenDown();

    /** Longest time that an answer waits for its entry to be durable. */
    @WithDefault("2s")
    Duration patience();

    /** Size at which the spool is full. */
    @WithDefault("64M")
    MemorySize spoolLimit();

    /** Bytes free on the folder's disk below which there is a warning. */
    @WithDefault("512M")
    MemorySize littleSpace();

    /** Key for the hashes of patient and user ids; without it a random one is kept in the folder. */
    Optional<String> hashKey();

    /** Age at which entries are deleted, such as {@code P2Y}; kept for ever where absent. */
    Optional<Period> keep();

    /** When old entries are deleted: second, minute, hour, day of month, month, day of week. */
    String deleteAt();
}
