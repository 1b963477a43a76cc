package health.setpoint.journal;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import org.flywaydb.core.Flyway;

/** Opens the journal with the store that the settings name, and closes it after the last call. */
@Singleton
class OpenJournal {

    private static final int BEFORE_CALLS = 10;

    private final AgroalDataSource source;
    private final GroupCommit writer;
    private final KeptJournal journal;
    private final JournalReader reader;

    OpenJournal(
            JournalConfig config,
            @DataSource("embedded") InjectableInstance<AgroalDataSource> embedded,
            @DataSource("postgresql") InjectableInstance<AgroalDataSource> postgresql,
            @FlywayDataSource("embedded") InjectableInstance<Flyway> embeddedSchema,
            @FlywayDataSource("postgresql") InjectableInstance<Flyway> postgresqlSchema,
            MeterRegistry registry,
            Clock clock) {
        // First: opening H2 would make the folder too.
        var pseudonyms = pseudonyms(config);
        var isEmbedded = config.store() == JournalConfig.StoreKind.EMBEDDED;
        // H2 would look every text up in a cache by its hash; no text of a decision comes twice.
        System.setProperty("h2.objectCache", "false");
        this.source = isEmbedded ? embedded.get() : postgresql.get();
        var store = isEmbedded
                ? JdbcStore.embedded(source, () -> embeddedSchema.get().migrate())
                : JdbcStore.server(source, () -> postgresqlSchema.get().migrate());
        this.writer = new GroupCommit(
                store,
                new Spool(config.folder(), config.spoolLimit().asLongValue()),
                config.whenDown() == JournalConfig.WhenDown.DEGRADE,
                config.patience());
        var meters = new Meters(registry);
        meters.watch(writer::storeWorks, writer::spooled);
        this.journal = new KeptJournal(writer, pseudonyms, clock, meters);
        this.reader = new JournalReader(source, pseudonyms, writer::settle);
    }

    private static Pseudonyms pseudonyms(JournalConfig config) {
        try {
            prepare(config.folder());
            return config.hashKey().isPresent()
                    ? Pseudonyms.keyed(config.hashKey().get())
                    : Pseudonyms.kept(config.folder());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(
                    "setpoint.journal.folder cannot be written: "
                            + config.folder().toAbsolutePath(),
                    unwritable);
        }
    }

    /** A folder that is made here is nobody else's to read. */
    private static void prepare(Path folder) throws IOException {
        if (Files.exists(folder)) {
            return;
        }
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    void open(@Observes @Priority(BEFORE_CALLS) StartupEvent started) {
        writer.start();
    }

    void close(@Observes ShutdownEvent stopped) {
        writer.stop();
    }

    @Produces
    @Singleton
    Journal journal() {
        return journal;
    }

    @Produces
    @Singleton
    JournalReader reader() {
        return reader;
    }

    javax.sql.DataSource source() {
        return source;
    }

    @Produces
    @Singleton
    GroupCommit writer() {
        return writer;
    }
}
