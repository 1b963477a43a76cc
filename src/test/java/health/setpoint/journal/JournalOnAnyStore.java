package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.journal.lifecycle.DurableJournal;
import health.setpoint.journal.lifecycle.Meters;
import health.setpoint.journal.lifecycle.Purge;
import health.setpoint.journal.store.GroupCommit;
import health.setpoint.journal.store.JdbcStore;
import health.setpoint.journal.store.Spool;
import health.setpoint.titration.facts.Facts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds on every store; one subclass for each. */
@Tag("attack")
abstract class JournalOnAnyStore {

    @TempDir
    Path folder;

    DataSource source;
    GroupCommit writer;
    DurableJournal journal;
    JournalReader reader;
    SimpleMeterRegistry meters;

    abstract DataSource source() throws Exception;

    abstract JdbcStore store(DataSource source, Runnable schema);

    @BeforeEach
    void open() throws Exception {
        source = source();
        writer = new GroupCommit(
                store(source, () -> schema().migrate()), new Spool(folder, 1_000_000), false, Duration.ofSeconds(20));
        writer.start();
        var pseudonyms = Pseudonyms.kept(folder);
        meters = new SimpleMeterRegistry();
        journal = new DurableJournal(writer, pseudonyms, InstantSource.fixed(Decisions.NOW), new Meters(meters));
        reader = new JournalReader(source, pseudonyms, writer::settle);
    }

    private Flyway schema() {
        return Flyway.configure().dataSource(source).locations("db/journal").load();
    }

    @AfterEach
    void close() {
        writer.stop();
    }

    @Test
    void aDecisionCanBeReadAsItWasMade() throws Exception {
        var decision = Decisions.withCards("card-1", "card-2");
        journal.record(decision);
        assertEquals(List.of("card-1", "card-2"), column("select uuid from card order by place"));
        var kept = reader.decision(decision.id()).orElseThrow();
        assertEquals(
                decision.facts().orElseThrow(), RecordJson.read(kept.facts().orElseThrow(), Facts.class));
        assertEquals(decision.advice(), kept.readAdvice());
        assertEquals("{\"chart\":3000}", kept.timings());
        assertEquals(
                List.of("card-1", "card-2"),
                kept.cards().stream()
                        .map(card -> card.json()
                                .replaceAll("^.\"uuid\":\"([^\"]*)\".*\"summary\":\"Hold anastrozole\".*", "$1"))
                        .toList());
    }

    @Test
    void oneDecisionIsFoundByItsIdAndNoOther() {
        var decision = Decisions.withCards("card-1", "card-2");
        journal.record(decision);
        journal.record(Decisions.withCards("card-3"));
        var found = reader.decision(decision.id()).orElseThrow();
        assertEquals(decision.facts(), found.readFacts());
        assertEquals(
                List.of("card-1", "card-2"),
                found.cards().stream().map(StoredCard::uuid).toList());
        assertEquals(Optional.empty(), reader.decision(UUID.randomUUID()));
    }

    @Test
    void nothingInTheStoreNamesThePatientOrTheUser() throws Exception {
        journal.record(Decisions.withCards("card-1"));
        for (var column : List.of("patient", "clinician", "prefetch", "timings")) {
            var written = column("select " + column + " from decision").get(0);
            assertFalse(written.contains("1288992") || written.contains("Practitioner"), column);
        }
        reader.decisions(Decisions.NOW, Decisions.NOW.plusSeconds(1), kept -> {
            for (var written :
                    List.of(kept.prefetch(), kept.timings(), kept.facts().orElseThrow())) {
                assertFalse(written.contains("1288992") || written.contains("Practitioner"), written);
            }
            assertFalse(kept.cards().get(0).json().contains("Testman"));
        });
    }

    @Test
    void aRowOfAnEarlierReleaseIsReadFromItsTexts() throws Exception {
        var decision = Decisions.withCards("card-1", "card-2");
        journal.record(decision);
        var now = reader.decision(decision.id()).orElseThrow();
        try (var connection = source.getConnection();
                var row = connection.prepareStatement(
                        "update decision set body = null, facts = ?, advice = ?, prefetch = ?, timings = ?");
                var card = connection.prepareStatement("update card set json = ? where place = ?")) {
            row.setString(1, now.facts().orElseThrow());
            row.setString(2, now.advice().orElseThrow());
            row.setString(3, now.prefetch());
            row.setString(4, now.timings());
            assertEquals(1, row.executeUpdate());
            for (int place = 0; place < 2; place++) {
                card.setString(1, now.cards().get(place).json());
                card.setInt(2, place);
                assertEquals(1, card.executeUpdate());
            }
        }
        assertEquals(now, reader.decision(decision.id()).orElseThrow());
    }

    @Test
    void aDecisionThatIsTooLargeForABodyIsKeptAsTexts() throws Exception {
        var words = new StringBuilder();
        new Random(1).ints(1_500_000, 0x4e00, 0x9000).forEach(words::appendCodePoint);
        var huge = Decisions.withCards("card-1");
        huge.cards().get(0).json().put("summary", words.toString());
        journal.record(huge);
        var kept = reader.decision(huge.id()).orElseThrow();
        assertTrue(kept.cards().get(0).json().contains(words));
        assertEquals(huge.facts(), kept.readFacts());
    }

    @Test
    void aDamagedBodyIsNoticed() throws Exception {
        var decision = Decisions.withCards("card-1");
        journal.record(decision);
        try (var connection = source.getConnection();
                var row = connection.prepareStatement("update decision set body = ?")) {
            row.setBytes(1, new byte[] {1, 2, 3});
            row.executeUpdate();
        }
        assertThrows(JournalUnavailable.class, () -> reader.decision(decision.id()));
    }

    @Test
    void equalPatientsHaveEqualHashesAndAUserOfTheSameIdHasAnother() throws Exception {
        journal.record(Decisions.withCards("card-1"));
        journal.record(Decisions.withCards("card-2"));
        assertEquals(1, column("select distinct patient from decision").size());
        assertFalse(column("select patient from decision").equals(column("select clinician from decision")));
    }

    @Test
    void callersThatComeTogetherAllFindTheirDecisionsKept() throws Exception {
        var callers = Executors.newFixedThreadPool(16);
        List<Callable<Void>> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(() -> {
                journal.record(Decisions.withCards(UUID.randomUUID().toString()));
                return null;
            });
        }
        for (var call : callers.invokeAll(calls)) {
            call.get();
        }
        callers.shutdown();
        assertEquals(List.of("200"), column("select count(*) from decision"));
        assertEquals(List.of("200"), column("select count(distinct uuid) from card"));
    }

    @Test
    void aRetriedCallGivesTheSameCardASecondTime() throws Exception {
        journal.record(Decisions.withCards("card-1"));
        journal.record(Decisions.withCards("card-1"));
        assertEquals(List.of("2"), column("select count(*) from card where uuid = 'card-1'"));
    }

    @Test
    void theSameFeedbackTwiceIsOneEvent() throws Exception {
        journal.record(Decisions.withCards("card-1"));
        journal.feedback(List.of(Decisions.overridden("card-1"), Decisions.overridden("card-1")));
        journal.feedback(List.of(Decisions.overridden("card-1")));
        journal.feedback(List.of(Decisions.accepted("card-1", "suggestion-1")));
        assertEquals(List.of("overridden", "accepted"), column("select outcome from feedback order by at"));
        assertEquals(List.of("he would rather wait"), column("select comment from feedback where comment is not null"));
    }

    @Test
    void feedbackOfAnUnknownCardIsKeptAndFlagged() throws Exception {
        journal.record(Decisions.withCards("card-1"));
        journal.feedback(List.of(Decisions.overridden("card-1"), Decisions.overridden("nobody's")));
        assertEquals(List.of("card-1"), column("select card from feedback where known"));
        assertEquals(List.of("nobody's"), column("select card from feedback where not known"));
    }

    @Test
    void anEmptyBatchIsKeptWithoutTrouble() throws Exception {
        journal.record(Decisions.withCards());
        journal.feedback(List.of());
        assertTrue(column("select id from feedback").isEmpty());
    }

    @Test
    void charactersThatAStoreMightNotTakeDoNotStopAnEntry() throws Exception {
        journal.feedback(List.of(Decisions.overridden("nul \0 and \uD83D\uDE00")));
        journal.record(Decisions.withCards("x".repeat(500)));
        assertEquals(List.of("64"), column("select length(uuid) from card"));
    }

    @Test
    void decisionsComeBackOldestFirstWithFactsAdviceAndCards() {
        var later = Decisions.at(Decisions.NOW.plusSeconds(5), "card-2");
        var earlier = Decisions.withCards("card-1");
        journal.record(later);
        journal.record(earlier);
        List<StoredDecision> stored = new ArrayList<>();
        reader.decisions(Decisions.NOW, Decisions.NOW.plusSeconds(60), stored::add);
        assertEquals(
                List.of(earlier.at(), later.at()),
                stored.stream().map(StoredDecision::at).toList());
        assertEquals(earlier.facts(), stored.get(0).readFacts());
        assertEquals(earlier.advice(), stored.get(0).readAdvice());
        assertTrue(stored.get(0).cards().get(0).json().contains("card-1"));
        stored.clear();
        reader.decisions(Decisions.NOW.plusSeconds(1), Decisions.NOW.plusSeconds(5), stored::add);
        assertTrue(stored.isEmpty());
    }

    /** More than a page, several of them at one moment, and more than a page at another. */
    @Test
    void longExportsComeWholeAndInOrder() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            journal.record(Decisions.at(Decisions.NOW.plusSeconds(i / 3), "card-" + i));
        }
        for (int i = 130; i < 260; i++) {
            journal.record(Decisions.at(Decisions.NOW.plusSeconds(1000), "card-" + i));
        }
        journal.record(Decisions.at(Decisions.NOW.plusSeconds(2000), "card-260"));
        journal.feedback(java.util.stream.IntStream.range(0, 120)
                .mapToObj(i -> Decisions.overridden("card-" + i))
                .toList());
        List<StoredDecision> stored = new ArrayList<>();
        reader.decisions(Decisions.NOW, Decisions.NOW.plusSeconds(3000), stored::add);
        assertEquals(261, stored.stream().map(StoredDecision::id).distinct().count());
        assertEquals(261, stored.size());
        assertEquals(
                stored.stream().map(StoredDecision::at).sorted().toList(),
                stored.stream().map(StoredDecision::at).toList());
        List<StoredFeedback> events = new ArrayList<>();
        reader.feedback(Decisions.NOW, Decisions.NOW.plusSeconds(3000), events::add);
        assertEquals(120, events.stream().map(StoredFeedback::card).distinct().count());
        assertEquals(120, events.size());
    }

    @Test
    void whoeverReadsSlowlyHoldsNoConnectionMeanwhile() {
        journal.record(Decisions.withCards("card-1"));
        journal.feedback(List.of(Decisions.overridden("card-1")));
        var connections = new CountedConnections(source);
        var slowly = new JournalReader(source, connections.source(), Pseudonyms.ofNobody(), writer::settle);
        List<Integer> held = new ArrayList<>();
        slowly.decisions(Decisions.NOW, Decisions.NOW.plusSeconds(60), one -> held.add(connections.open()));
        slowly.feedback(Decisions.NOW, Decisions.NOW.plusSeconds(60), one -> held.add(connections.open()));
        assertEquals(List.of(0, 0), held);
    }

    @Test
    void feedbackComesBackWithTheDecisionThatShowedTheCard() {
        journal.record(Decisions.withCards("card-1"));
        journal.feedback(List.of(Decisions.overridden("card-1"), Decisions.overridden("nobody's")));
        List<StoredDecision> decisions = new ArrayList<>();
        reader.decisions(Decisions.NOW, Decisions.NOW.plusSeconds(60), decisions::add);
        List<StoredFeedback> events = new ArrayList<>();
        reader.feedback(Decisions.NOW, Decisions.NOW.plusSeconds(60), events::add);
        for (var event : events) {
            assertEquals(event.card().equals("card-1"), event.known());
            assertEquals(event.known() ? Optional.of(decisions.get(0).id()) : Optional.empty(), event.decision());
        }
        assertEquals(2, events.size());
    }

    @Test
    void cardsAreCountedByWhatBecameOfThem() {
        journal.record(Decisions.withCards("ignored", "accepted", "overridden", "both"));
        journal.record(Decisions.withCards("ignored"));
        journal.feedback(List.of(
                Decisions.accepted("accepted", "s1"),
                Decisions.overridden("overridden"),
                Decisions.overridden("both"),
                Decisions.accepted("both", "s2"),
                Decisions.accepted("nobody's", "s3")));
        var counts = reader.counts(Decisions.NOW, Decisions.NOW.plusSeconds(60), Optional.empty());
        assertEquals(
                List.of(new Counts.OfRule("R-40", "local", "2026-11", 4, 2, 2, 1, OptionalDouble.of(25))),
                counts.rules());
        assertEquals(
                List.of(new Counts.OfReason("R-40", Optional.empty(), Optional.of("patient-declined"), 2)),
                counts.reasons());
        assertEquals(2, counts.decisions());
        assertEquals(1, counts.unknownCards());
        assertEquals(counts, reader.counts(Decisions.NOW, Decisions.NOW.plusSeconds(60), Optional.of("local")));
        assertEquals(
                new Counts(List.of(), List.of(), 0, 0, 0, 0),
                reader.counts(Decisions.NOW, Decisions.NOW.plusSeconds(60), Optional.of("another")));
    }

    @Test
    void anOverriddenInfoCardIsKnownToTheSameUserOfTheSamePatientOnly() {
        var info = Decisions.card("info-card").put("indicator", "info");
        var shown = Decisions.showing(info);
        journal.record(shown);
        journal.record(Decisions.withCards("warning-card"));
        journal.feedback(List.of(Decisions.overridden("info-card"), Decisions.overridden("warning-card")));
        assertEquals(Set.of("R-40"), muted(shown.call(), "smart-1288992", "Practitioner/example"));
        assertEquals(Set.of(), muted(shown.call(), "another", "Practitioner/example"));
        assertEquals(Set.of(), muted(shown.call(), "smart-1288992", "Practitioner/other"));
    }

    @Test
    void feedbackOfAnotherClientIsUnknownCountsNowhereAndMutesNothing() throws Exception {
        var shown = Decisions.showing(Decisions.card("info-card").put("indicator", "info"));
        journal.record(shown);
        var foreign = Decisions.by("another", Decisions.overridden("info-card"));
        journal.feedback(List.of(foreign));
        assertEquals(List.of("another"), column("select client from feedback where not known"));
        assertEquals(Set.of(), muted(shown.call(), "smart-1288992", "Practitioner/example"));
        var counts = reader.counts(Decisions.NOW, Decisions.NOW.plusSeconds(60), Optional.empty());
        assertEquals(
                List.of(new Counts.OfRule("R-40", "local", "2026-11", 1, 0, 0, 1, OptionalDouble.empty())),
                counts.rules());
        assertEquals(List.of(), counts.reasons());
        assertEquals(1, counts.unknownCards());
        var whose = reader.counts(Decisions.NOW, Decisions.NOW.plusSeconds(60), Optional.of("another"));
        assertEquals(new Counts(List.of(), List.of(), 0, 0, 0, 1), whose);
        List<StoredFeedback> events = new ArrayList<>();
        reader.feedback(Decisions.NOW, Decisions.NOW.plusSeconds(60), events::add);
        assertEquals(Optional.empty(), events.get(0).decision());

        journal.feedback(List.of(Decisions.overridden("info-card")));
        assertEquals(Set.of("R-40"), muted(shown.call(), "smart-1288992", "Practitioner/example"));
        assertEquals(
                List.of(new Counts.OfReason("R-40", Optional.empty(), Optional.of("patient-declined"), 1)),
                reader.counts(Decisions.NOW, Decisions.NOW.plusSeconds(60), Optional.empty())
                        .reasons());
    }

    private Set<String> muted(Decision.Call call, String patient, String user) {
        return reader.overriddenInfo(call, patient, user, "0123456789ab", Decisions.NOW, Decisions.NOW.plusSeconds(60));
    }

    @Test
    void whatIsOlderThanTheSiteKeepsIsDeletedWithItsCardsAndFeedback() throws Exception {
        journal.record(Decisions.at(Decisions.NOW.minusSeconds(1000), "old"));
        journal.record(Decisions.withCards("new"));
        journal.feedback(List.of(Decisions.overridden("new")));
        writer.settle();
        new Purge(writer, source, Optional.empty()).before(Decisions.NOW);
        assertEquals(List.of("new"), column("select uuid from card"));
        assertEquals(List.of("1"), column("select count(*) from decision"));
        assertEquals(List.of("new"), column("select card from feedback"));
        new Purge(writer, source, Optional.empty()).before(Decisions.NOW.plusSeconds(100));
        assertEquals(List.of("0"), column("select count(*) from feedback"));
    }

    @Test
    void nothingIsDeletedBeforeTheStoreIsKnownToWork() throws Exception {
        journal.record(Decisions.at(Decisions.NOW.minusSeconds(1000), "old"));
        var justStarted =
                new GroupCommit(store(source, () -> {}), new Spool(folder, 1_000_000), false, Duration.ofSeconds(20));
        new Purge(justStarted, source, Optional.empty()).before(Decisions.NOW);
        assertEquals(List.of("old"), column("select uuid from card"));
        new Purge(writer, source, Optional.empty()).before(Decisions.NOW);
        assertEquals(List.of(), column("select uuid from card"));
    }

    @Test
    void metersCountWhatWasKept() {
        journal.record(Decisions.withCards("card-1", "card-2"));
        journal.feedback(List.of(Decisions.overridden("card-1")));
        assertEquals(
                2, meters.get("setpoint.cards").tag("rule", "R-40").counter().count());
        assertEquals(
                1,
                meters.get("setpoint.decisions")
                        .tag("hook", "order-sign")
                        .counter()
                        .count());
        assertEquals(
                1,
                meters.get("setpoint.feedback")
                        .tag("outcome", "overridden")
                        .counter()
                        .count());
        assertEquals(2, meters.get("setpoint.journal.write").timer().count());
    }

    List<String> column(String query) throws SQLException {
        writer.settle();
        try (var connection = source.getConnection();
                var rows = connection.createStatement().executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
