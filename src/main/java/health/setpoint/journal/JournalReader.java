package health.setpoint.journal;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Reads the journal: for replay, export and counts. Every call throws {@link JournalUnavailable} while it is down. */
public final class JournalReader {

    private static final String DECISIONS = """
            select id, hook_instance, client, service, hook, request_id, at, status, silent, patient, clinician,
                knowledge_version, knowledge_hash, facts, advice, prefetch, timings, body
            from decision where at >= ? and at < ? order by at limit ?""";
    private static final String DECISION = """
            select id, hook_instance, client, service, hook, request_id, at, status, silent, patient, clinician,
                knowledge_version, knowledge_hash, facts, advice, prefetch, timings, body
            from decision where id = ?""";
    private static final String CARDS = "select uuid, rule, json from card where decision = ? order by place";
    private static final String FEEDBACK = """
            select client, card, known, (select d.id from card c join decision d on d.id = c.decision
                where c.uuid = feedback.card and d.client = feedback.client order by d.at desc, d.id limit 1),
                outcome, suggestions, reason_code, reason_system, at, received, id
            from feedback where at >= ? and at < ? order by at limit ?""";
    private static final String RULES = """
            select c.rule, d.client, extract(year from d.at), extract(month from d.at),
                count(distinct c.uuid),
                count(distinct case when f.outcome = 'accepted' then c.uuid end),
                count(distinct case when f.outcome = 'overridden' then c.uuid end),
                count(distinct case when f.id is null then c.uuid end),
                percentile_cont(0.5) within group (order by extract(epoch from f.at) - extract(epoch from d.at))
            from decision d join card c on c.decision = d.id
                left join feedback f on f.card = c.uuid and f.client = d.client
            where not d.silent and d.status = 200 and d.at >= ? and d.at < ? and ? in ('', d.client)
            group by c.rule, d.client, extract(year from d.at), extract(month from d.at)
            order by 3, 4, 1, 2""";
    private static final String REASONS = """
            select c.rule, f.reason_system, f.reason_code, count(*)
            from feedback f join (select distinct card.uuid, card.rule, decision.client
                from card join decision on decision.id = card.decision) c on c.uuid = f.card and c.client = f.client
            where f.outcome = 'overridden' and f.at >= ? and f.at < ? and ? in ('', f.client)
            group by c.rule, f.reason_system, f.reason_code
            order by 1, 4 desc, 3""";
    private static final String TOTALS = """
            select count(*), count(case when silent then 1 end), count(case when status >= 500 then 1 end)
            from decision where at >= ? and at < ? and ? in ('', client)""";
    private static final String UNKNOWN =
            "select count(*) from feedback where not known and at >= ? and at < ? and ? in ('', client)";
    /** No client is called so. */
    private static final String EVERY_CLIENT = "";

    private static final String OVERRIDDEN = """
            select distinct c.rule
            from feedback f join card c on c.uuid = f.card join decision d on d.id = c.decision and d.client = f.client
            where f.outcome = 'overridden' and f.at >= ? and f.at < ? and c.indicator = 'info'
                and d.client = ? and d.patient = ? and d.clinician = ? and d.knowledge_hash = ?""";

    /** Few, since whoever reads may be slow, and all of one page is in memory. */
    private static final int PAGE = 50;

    private static final int PAGE_SECONDS = 10;
    private static final int COUNT_SECONDS = 30;

    private final DataSource source;
    private final DataSource reading;
    private final Pseudonyms pseudonyms;
    private final Runnable settled;

    /** @param settled brings into the source what was written and is not there yet */
    public JournalReader(DataSource source, Pseudonyms pseudonyms, Runnable settled) {
        this(source, source, pseudonyms, settled);
    }

    /**
     * @param source what is asked while a clinician waits
     * @param reading the same store for those who read much of it: they wait for one another, and nobody for them
     */
    public JournalReader(DataSource source, DataSource reading, Pseudonyms pseudonyms, Runnable settled) {
        this.source = source;
        this.reading = reading;
        this.pseudonyms = pseudonyms;
        this.settled = settled;
    }

    /** Every decision of a span of time, oldest first; from inclusive, to exclusive. */
    public void decisions(Instant from, Instant to, Consumer<StoredDecision> each) {
        inPages(DECISIONS, from, to, JournalReader::decision, each);
    }

    /** One decision; empty where there is none of this id. */
    public Optional<StoredDecision> decision(UUID id) {
        settled.run();
        try (var connection = reading.getConnection();
                var statement = connection.prepareStatement(DECISION);
                var cards = connection.prepareStatement(CARDS)) {
            statement.setQueryTimeout(PAGE_SECONDS);
            statement.setString(1, id.toString());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(decision(rows, cards).value) : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new JournalUnavailable("the journal cannot be read", failure);
        }
    }

    /** Every feedback event of a span of time, oldest first. */
    public void feedback(Instant from, Instant to, Consumer<StoredFeedback> each) {
        inPages(FEEDBACK, from, to, JournalReader::feedback, each);
    }

    /** A row, with what it is ordered by. */
    private record Row<T>(Instant at, String id, T value) {}

    private interface RowReader<T> {
        Row<T> read(ResultSet row, PreparedStatement cards) throws SQLException;
    }

    /** No connection is held while a row is handed on, however slowly it is taken. */
    private <T> void inPages(String query, Instant from, Instant to, RowReader<T> reader, Consumer<T> each) {
        settled.run();
        var start = from;
        var most = PAGE;
        while (true) {
            var page = page(query, start, to, most, reader);
            if (page.size() < most) {
                page.forEach(row -> each.accept(row.value));
                return;
            }
            // More of the last moment may lie beyond the page: it is where the next one begins.
            var last = page.get(page.size() - 1).at;
            var complete = page.stream().filter(row -> row.at.isBefore(last)).toList();
            complete.forEach(row -> each.accept(row.value));
            start = last;
            most = complete.isEmpty() ? most * 2 : PAGE;
        }
    }

    private <T> List<Row<T>> page(String query, Instant from, Instant to, int most, RowReader<T> reader) {
        List<Row<T>> page = new ArrayList<>();
        try (var connection = reading.getConnection();
                var statement = connection.prepareStatement(query);
                var cards = connection.prepareStatement(CARDS)) {
            statement.setQueryTimeout(PAGE_SECONDS);
            span(statement, from, to);
            statement.setInt(3, most);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    page.add(reader.read(rows, cards));
                }
            }
        } catch (SQLException failure) {
            throw new JournalUnavailable("the journal cannot be read", failure);
        }
        page.sort(Comparator.<Row<T>, Instant>comparing(Row::at).thenComparing(Row::id));
        return page;
    }

    private static Row<StoredFeedback> feedback(ResultSet row, PreparedStatement noCards) throws SQLException {
        var at = instant(row, 9);
        return new Row<>(
                at,
                row.getString(11),
                new StoredFeedback(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        Optional.ofNullable(row.getString(4)),
                        row.getString(5),
                        row.getString(6),
                        Optional.ofNullable(row.getString(7)),
                        Optional.ofNullable(row.getString(8)),
                        at,
                        instant(row, 10)));
    }

    /** What became of the cards of a span of time, of every client or of one. */
    public Counts counts(Instant from, Instant to, Optional<String> client) {
        settled.run();
        var whose = client.orElse(EVERY_CLIENT);
        List<Counts.OfRule> rules = new ArrayList<>();
        readOf(whose, RULES, from, to, rows -> {
            while (rows.next()) {
                rules.add(rule(rows));
            }
        });
        List<Counts.OfReason> reasons = new ArrayList<>();
        readOf(whose, REASONS, from, to, rows -> {
            while (rows.next()) {
                reasons.add(new Counts.OfReason(
                        rows.getString(1),
                        Optional.ofNullable(rows.getString(2)),
                        Optional.ofNullable(rows.getString(3)),
                        rows.getLong(4)));
            }
        });
        var totals = new long[4];
        readOf(whose, TOTALS, from, to, rows -> {
            rows.next();
            for (int i = 0; i < 3; i++) {
                totals[i] = rows.getLong(i + 1);
            }
        });
        readOf(whose, UNKNOWN, from, to, rows -> {
            rows.next();
            totals[3] = rows.getLong(1);
        });
        return new Counts(rules, reasons, totals[0], totals[1], totals[2], totals[3]);
    }

    /**
     * Rules whose info card this user overrode for this patient under this knowledge in a span of time. Asked on every
     * call where cards are muted; feedback never waits for the store, nor does what came before it.
     *
     * @param call who asks now
     */
    public Set<String> overriddenInfo(
            Decision.Call call, String patientId, String userId, String knowledgeHash, Instant from, Instant to) {
        Set<String> rules = new HashSet<>();
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement(OVERRIDDEN)) {
            span(statement, from, to);
            statement.setString(3, call.client());
            statement.setString(4, pseudonyms.of("patient", patientId));
            statement.setString(5, pseudonyms.of("user", userId));
            statement.setString(6, knowledgeHash);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    rules.add(rows.getString(1));
                }
            }
        } catch (SQLException failure) {
            throw new JournalUnavailable("the journal cannot be read", failure);
        }
        return rules;
    }

    private interface Counted {
        void take(ResultSet rows) throws SQLException;
    }

    private void readOf(String client, String query, Instant from, Instant to, Counted take) {
        try (var connection = reading.getConnection();
                var statement = connection.prepareStatement(query)) {
            statement.setQueryTimeout(COUNT_SECONDS);
            span(statement, from, to);
            statement.setString(3, client);
            try (var rows = statement.executeQuery()) {
                take.take(rows);
            }
        } catch (SQLException failure) {
            throw new JournalUnavailable("the journal cannot be read", failure);
        }
    }

    private static void span(PreparedStatement statement, Instant from, Instant to) throws SQLException {
        statement.setObject(1, OffsetDateTime.ofInstant(from, ZoneOffset.UTC));
        statement.setObject(2, OffsetDateTime.ofInstant(to, ZoneOffset.UTC));
    }

    private static Row<StoredDecision> decision(ResultSet rows, PreparedStatement cards) throws SQLException {
        var id = rows.getString(1);
        var stored = cardsOf(id, cards);
        var texts = texts(rows, stored);
        var decision = new StoredDecision(
                id,
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                rows.getString(5),
                rows.getString(6),
                instant(rows, 7),
                rows.getInt(8),
                rows.getBoolean(9),
                rows.getString(10),
                rows.getString(11),
                Optional.ofNullable(rows.getString(12)),
                Optional.ofNullable(rows.getString(13)),
                texts.facts(),
                texts.advice(),
                texts.prefetch(),
                texts.timings(),
                IntStream.range(0, stored.size())
                        .mapToObj(place -> stored.get(place).with(texts.cards().get(place)))
                        .toList());
        return new Row<>(decision.at(), id, decision);
    }

    /** From the body; where it was too long for one, or an earlier release wrote the row, from the columns. */
    private static JournalBody.Texts texts(ResultSet rows, List<StoredCard> cards) throws SQLException {
        var body = rows.getBytes(18);
        if (body == null || body.length == 0) {
            return new JournalBody.Texts(
                    Optional.ofNullable(rows.getString(14)),
                    Optional.ofNullable(rows.getString(15)),
                    rows.getString(16),
                    rows.getString(17),
                    cards.stream().map(StoredCard::json).toList());
        }
        try {
            var texts = JournalBody.read(body);
            if (texts.cards().size() == cards.size()) {
                return texts;
            }
            throw new IllegalArgumentException("other cards than the table's");
        } catch (IllegalArgumentException damaged) {
            throw new SQLException(damaged.getMessage(), JournalBody.DAMAGED, damaged);
        }
    }

    private static List<StoredCard> cardsOf(String decision, PreparedStatement cards) throws SQLException {
        cards.setString(1, decision);
        try (var rows = cards.executeQuery()) {
            List<StoredCard> stored = new ArrayList<>();
            while (rows.next()) {
                stored.add(new StoredCard(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
            return stored;
        }
    }

    private static Counts.OfRule rule(ResultSet rows) throws SQLException {
        var seconds = rows.getDouble(9);
        var median = rows.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(seconds);
        return new Counts.OfRule(
                rows.getString(1),
                rows.getString(2),
                "%04d-%02d".formatted(rows.getInt(3), rows.getInt(4)),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getLong(8),
                median);
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
