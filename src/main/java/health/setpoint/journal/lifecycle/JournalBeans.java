package health.setpoint.journal.lifecycle;

import health.setpoint.journal.DecisionLinks;
import health.setpoint.journal.Journal;
import health.setpoint.journal.JournalReader;
import health.setpoint.journal.Pseudonyms;
import health.setpoint.journal.store.EmbeddedFile;
import health.setpoint.journal.store.GroupCommit;
import health.setpoint.journal.store.JdbcStore;
import health.setpoint.journal.store.JournalFolder;
import health.setpoint.journal.store.Spool;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

/**
 * Opens the journal with the store that the settings name, and closes it after the last call. A command opens it once it
 * asks for it, and on a server only to read.
 */
@Singleton
class JournalBeans {

    /** And before the scheduler, at 0: a start that is refused runs nothing. */
    private static final int BEFORE_CALLS = -10;

    private final JournalConfig config;
    private final InjectableInstance<AgroalDataSource> embedded;
    private final InjectableInstance<AgroalDataSource> postgresql;
    private final InjectableInstance<AgroalDataSource> embeddedReading;
    private final InjectableInstance<AgroalDataSource> postgresqlReading;
    private final InjectableInstance<Flyway> embeddedSchema;
    private final InjectableInstance<Flyway> postgresqlSchema;
    private final String url;
    private final String user;
    private final String password;
    private final boolean serves;
    private final MeterRegistry registry;
    private final Clock clock;
    private Optional<Opened> opened = Optional.empty();

    private record Opened(
            JournalFolder folder,
            Optional<EmbeddedFile> file,
            GroupCommit writer,
            Purge purge,
            DurableJournal journal,
            JournalReader reader,
            DecisionLinks links) {}

    JournalBeans(
            JournalConfig config,
            @DataSource("embedded") InjectableInstance<AgroalDataSource> embedded,
            @DataSource("postgresql") InjectableInstance<AgroalDataSource> postgresql,
            @DataSource("embedded-reading") InjectableInstance<AgroalDataSource> embeddedReading,
            @DataSource("postgresql-reading") InjectableInstance<AgroalDataSource> postgresqlReading,
            @FlywayDataSource("embedded") InjectableInstance<Flyway> embeddedSchema,
            @FlywayDataSource("postgresql") InjectableInstance<Flyway> postgresqlSchema,
            @ConfigProperty(name = "quarkus.datasource.embedded.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.embedded.username") String user,
            @ConfigProperty(name = "quarkus.datasource.embedded.password") String password,
            @ConfigProperty(name = "quarkus.http.host-enabled", defaultValue = "true") boolean serves,
            MeterRegistry registry,
            Clock clock) {
        this.config = config;
        this.embedded = embedded;
        this.postgresql = postgresql;
        this.embeddedReading = embeddedReading;
        this.postgresqlReading = postgresqlReading;
        this.embeddedSchema = embeddedSchema;
        this.postgresqlSchema = postgresqlSchema;
        this.url = url;
        this.user = user;
        this.password = password;
        this.serves = serves;
        this.registry = registry;
        this.clock = clock;
    }

    void open(@Observes @Priority(BEFORE_CALLS) StartupEvent started) {
        if (serves) {
            opened();
        }
    }

    void close(@Observes ShutdownEvent stopped) throws IOException {
        if (isOpen()) {
            opened().writer.stop();
            opened().file.ifPresent(EmbeddedFile::letGo);
            opened().folder.close();
        }
    }

    synchronized boolean isOpen() {
        return opened.isPresent();
    }

    private synchronized Opened opened() {
        if (opened.isEmpty()) {
            opened = Optional.of(openNow());
        }
        return opened.get();
    }

    private Opened openNow() {
        var isEmbedded = config.store() == JournalConfig.StoreKind.EMBEDDED;
        // A command that reads a server leaves the folder to the service.
        var owns = serves || isEmbedded;
        // Before H2 is opened, which would make the folder too.
        var folder = owns ? claim() : JournalFolder.unclaimed(config.folder());
        var pseudonyms = owns ? pseudonyms(folder) : Pseudonyms.ofNobody();
        if (!isEmbedded) {
            mark(folder);
        }
        // H2 would look every text up in a cache by its hash; no text of a decision comes twice.
        System.setProperty("h2.objectCache", "false");
        var file = isEmbedded ? Optional.of(file(folder)) : Optional.<EmbeddedFile>empty();
        var source = isEmbedded ? embedded.get() : postgresql.get();
        var reading = isEmbedded ? embeddedReading.get() : postgresqlReading.get();
        var store = file.map(some -> JdbcStore.embedded(
                        source, () -> embeddedSchema.get().migrate(), some, () -> List.of(source, reading)
                                .forEach(pool -> pool.flush(AgroalDataSource.FlushMode.ALL))))
                .orElseGet(() -> JdbcStore.server(
                        source,
                        () -> postgresqlSchema.get().migrate(),
                        () -> source.flush(AgroalDataSource.FlushMode.GRACEFUL)));
        var writer = new GroupCommit(
                store,
                new Spool(folder, config.spoolLimit().asLongValue()),
                config.whenDown() == JournalConfig.WhenDown.DEGRADE,
                config.patience());
        var meters = new Meters(registry);
        meters.watch(writer, folder);
        if (owns) {
            writer.start();
        }
        return new Opened(
                folder,
                file,
                writer,
                new Purge(writer, reading, file),
                new DurableJournal(writer, pseudonyms, clock, meters),
                new JournalReader(source, reading, pseudonyms, owns ? writer::settle : () -> {}),
                new DecisionLinks(pseudonyms));
    }

    /** So that the next start knows that there was one. */
    private static void mark(JournalFolder folder) {
        try {
            if (folder.mark().isEmpty()) {
                folder.mark("postgresql");
            }
        } catch (IOException unwritable) {
            throw refusal("setpoint.journal.folder: " + unwritable.getMessage());
        }
    }

    private JournalFolder claim() {
        try {
            return JournalFolder.claim(config.folder());
        } catch (JournalFolder.Refused refused) {
            throw refusal(refused.getMessage());
        }
    }

    private EmbeddedFile file(JournalFolder folder) {
        try {
            var file = new EmbeddedFile(folder, url, user, password);
            file.open(
                    config.keep().map(age -> ZonedDateTime.now(clock).minus(age).toInstant()));
            return file;
        } catch (JournalFolder.Refused | IOException unusable) {
            throw refusal(unusable.getMessage());
        }
    }

    private Pseudonyms pseudonyms(JournalFolder folder) {
        try {
            if (config.hashKey().isPresent()) {
                return Pseudonyms.keyed(config.hashKey().get());
            }
            return folder.mark().isEmpty() ? Pseudonyms.kept(folder.path()) : Pseudonyms.keptBefore(folder.path());
        } catch (IOException | IllegalArgumentException unusable) {
            throw refusal(unusable.getMessage());
        }
    }

    /** Ends the start with one line. */
    private static ConfigurationException refusal(String why) {
        return new ConfigurationException(why);
    }

    @Produces
    @Singleton
    Journal journal() {
        return opened().journal;
    }

    @Produces
    @Singleton
    JournalReader reader() {
        return opened().reader;
    }

    @Produces
    @Singleton
    DecisionLinks links() {
        return opened().links;
    }

    JournalFolder folder() {
        return opened().folder;
    }

    Purge purge() {
        return opened().purge;
    }

    @Produces
    @Singleton
    GroupCommit writer() {
        return opened().writer;
    }
}
