package health.setpoint.journal.store;

import health.setpoint.journal.JournalBody;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The store over JDBC: H2 or PostgreSQL. The schema is brought up to date before the first write. */
public final class JdbcStore implements Store {

    private static final String DECISION = """
            insert into decision (id, hook_instance, client, service, hook, request_id, at, status, silent, patient,
                clinician, knowledge_version, knowledge_hash, facts, advice, prefetch, timings, body)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";
    private static final String CARD = """
            insert into card (decision, place, uuid, rule, advice, indicator, json)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";
    private static final String FEEDBACK = """
            insert into feedback (id, client, service, card, known, outcome, suggestions, reason_code, reason_system,
                comment, at, received)
            values (?, ?, ?, ?, exists (select 1 from card join decision on decision.id = card.decision
                    where card.uuid = ? and decision.client = ?),
                ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    private static final int VALID_SECONDS = 1;
    private static final byte[] NO_BODY = {};

    private final DataSource source;
    private final Runnable schema;
    private final boolean syncs;
    private final Optional<EmbeddedFile> file;
    private final Runnable renew;
    private boolean schemaStands;
    private volatile Optional<String> newest = Optional.empty();

    private JdbcStore(DataSource source, Runnable schema, boolean syncs, Optional<EmbeddedFile> file, Runnable renew) {
        this.source = source;
        this.schema = schema;
        this.syncs = syncs;
        this.file = file;
        this.renew = renew;
    }

    /** H2, which on commit hands its file to the operating system and must be told to have it on the disk. */
    public static JdbcStore embedded(DataSource source, Runnable schema) {
        return new JdbcStore(source, schema, true, Optional.empty(), () -> {});
    }

    /**
     * H2 in a file that is watched.
     *
     * @param renew has the source forget its connections: after a fault of the disk H2 serves none of them again
     */
    public static JdbcStore embedded(DataSource source, Runnable schema, EmbeddedFile file, Runnable renew) {
        return new JdbcStore(source, schema, true, Optional.of(file), renew);
    }

    /** PostgreSQL, whose commit is durable. */
    public static JdbcStore server(DataSource source, Runnable schema) {
        return server(source, schema, () -> {});
    }

    /** @param renew has the source forget its connections: where one was cut, the others mostly were too */
    public static JdbcStore server(DataSource source, Runnable schema, Runnable renew) {
        return new JdbcStore(source, schema, false, Optional.empty(), renew);
    }

    @Override
    public void write(List<JournalRow> entries) throws StoreDown, EntryRefused {
        try {
            checkFile();
            bringSchemaUpToDate();
            commit(entries);
            checkFile();
        } catch (SQLException failure) {
            if (isAboutData(failure)) {
                throw new EntryRefused(failure);
            }
            startAnew();
            throw new StoreDown(failure);
        } catch (StoreDown down) {
            startAnew();
            throw down;
        }
    }

    private void commit(List<JournalRow> entries) throws SQLException {
        try (Connection connection = source.getConnection()) {
            if (entries.isEmpty()) {
                if (!connection.isValid(VALID_SECONDS)) {
                    throw new SQLException("no answer", "08000");
                }
                return;
            }
            try {
                connection.setAutoCommit(false);
                insert(connection, entries);
                connection.commit();
                if (syncs) {
                    sync(connection);
                }
            } catch (SQLException failure) {
                undo(connection, failure);
                throw failure;
            }
        }
        for (var entry : entries) {
            if (entry instanceof JournalRow.OfDecision decision) {
                newest = Optional.of(decision.id());
            }
        }
    }

    private void checkFile() throws SQLException {
        if (file.isPresent()) {
            file.get().check();
        }
    }

    /** A file that is lost stays open: opened again it would be another one. */
    private void startAnew() {
        if (file.isEmpty()) {
            renew.run();
        } else if (file.get().lost().isEmpty()) {
            file.get().letGo();
            renew.run();
        }
    }

    @Override
    public void seal() throws StoreDown {
        if (file.isEmpty() || newest.isEmpty()) {
            return;
        }
        try {
            file.get().check();
            file.get().mark(newest.get());
        } catch (SQLException | IOException notThere) {
            throw new StoreDown(notThere);
        }
    }

    @Override
    public Optional<String> lost() {
        return file.flatMap(EmbeddedFile::lost);
    }

    @Override
    public boolean wantsMany() {
        return syncs;
    }

    private void bringSchemaUpToDate() throws StoreDown {
        if (schemaStands) {
            return;
        }
        try {
            schema.run();
            schemaStands = true;
        } catch (RuntimeException unreachable) {
            throw new StoreDown(unreachable);
        }
    }

    private static void undo(Connection connection, SQLException failure) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            failure.addSuppressed(broken);
        }
    }

    private static void sync(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        }
    }

    /** Classes 22 and 23: the data, not the store. */
    private static boolean isAboutData(SQLException failure) {
        var state = Optional.ofNullable(failure.getSQLState()).orElse("");
        return state.startsWith("22") || state.startsWith("23");
    }

    private static void insert(Connection connection, List<JournalRow> entries) throws SQLException {
        try (var bodies = new JournalBody();
                var decisions = connection.prepareStatement(DECISION);
                var cards = connection.prepareStatement(CARD);
                var feedback = connection.prepareStatement(FEEDBACK)) {
            boolean anyDecision = false;
            boolean anyCard = false;
            boolean anyFeedback = false;
            for (var entry : entries) {
                if (entry instanceof JournalRow.OfDecision decision) {
                    var body = bodies.of(decision.bodyTexts());
                    add(decisions, decision, body);
                    for (var card : decision.cards()) {
                        add(cards, decision.id(), card, body.isPresent() ? JournalBody.ELSEWHERE : card.json());
                        anyCard = true;
                    }
                    anyDecision = true;
                } else if (entry instanceof JournalRow.OfFeedback event) {
                    add(feedback, event);
                    anyFeedback = true;
                }
            }
            if (anyDecision) {
                decisions.executeBatch();
            }
            if (anyCard) {
                cards.executeBatch();
            }
            if (anyFeedback) {
                feedback.executeBatch();
            }
        }
    }

    private static void add(PreparedStatement insert, JournalRow.OfDecision decision, Optional<byte[]> body)
            throws SQLException {
        fill(
                insert,
                decision.id(),
                decision.hookInstance(),
                decision.client(),
                decision.service(),
                decision.hook(),
                decision.requestId(),
                decision.at(),
                decision.status(),
                decision.silent(),
                decision.patient(),
                decision.clinician(),
                decision.knowledgeVersion(),
                decision.knowledgeHash(),
                body.isPresent() ? Optional.empty() : decision.facts(),
                body.isPresent() ? Optional.empty() : decision.advice(),
                body.isPresent() ? JournalBody.ELSEWHERE : decision.prefetch(),
                body.isPresent() ? JournalBody.ELSEWHERE : decision.timings(),
                body.isPresent() ? body.get() : NO_BODY);
    }

    private static void add(PreparedStatement insert, String decision, JournalRow.Card card, String json)
            throws SQLException {
        fill(insert, decision, card.place(), card.uuid(), card.rule(), card.advice(), card.indicator(), json);
    }

    private static void add(PreparedStatement insert, JournalRow.OfFeedback event) throws SQLException {
        fill(
                insert,
                event.id(),
                event.client(),
                event.service(),
                event.card(),
                event.card(),
                event.client(),
                event.outcome(),
                event.suggestions(),
                event.reasonCode(),
                event.reasonSystem(),
                event.comment(),
                event.at(),
                event.received());
    }

    private static void fill(PreparedStatement insert, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            var value = values[i] instanceof Optional<?> option ? option.orElse(null) : values[i];
            if (value == null) {
                insert.setNull(i + 1, Types.VARCHAR);
            } else if (value instanceof Instant moment) {
                insert.setObject(i + 1, OffsetDateTime.ofInstant(moment, ZoneOffset.UTC));
            } else {
                insert.setObject(i + 1, value);
            }
        }
        insert.addBatch();
    }
}
