package health.setpoint.journal.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.journal.Decisions;
import health.setpoint.journal.JournalUnavailable;
import health.setpoint.journal.Pseudonyms;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("attack")
class GroupCommitTest {

    @TempDir
    Path folder;

    private final Shaky store = new Shaky();
    private GroupCommit writer;

    /** A store that can be told to fail. */
    private static final class Shaky implements Store {
        final List<List<JournalRow>> transactions = new ArrayList<>();
        volatile boolean down;
        volatile boolean broken;
        final List<Error> thrown = new java.util.concurrent.CopyOnWriteArrayList<>();
        volatile boolean wantsMany;
        volatile String refused = "";
        volatile CountDownLatch hold = new CountDownLatch(0);

        @Override
        public synchronized void write(List<JournalRow> entries) throws StoreDown, EntryRefused {
            try {
                hold.await();
            } catch (InterruptedException hurried) {
                throw new AssertionError(hurried);
            }
            if (down) {
                throw new StoreDown(new SQLException("gone", "08006"));
            }
            if (!entries.isEmpty() && !thrown.isEmpty()) {
                throw thrown.remove(0);
            }
            if (broken && !entries.isEmpty()) {
                throw new IllegalStateException("a fault of our own");
            }
            if (entries.stream().anyMatch(entry -> card(entry).equals(refused))) {
                throw new EntryRefused(new SQLException("no", "22000"));
            }
            transactions.add(List.copyOf(entries));
        }

        @Override
        public boolean wantsMany() {
            return wantsMany;
        }

        synchronized List<String> cards() {
            return transactions.stream().flatMap(List::stream).map(Shaky::card).toList();
        }

        List<List<JournalRow>> transactionsWithEntries() {
            return transactions.stream().filter(together -> !together.isEmpty()).toList();
        }

        synchronized int largest() {
            return transactions.stream().mapToInt(List::size).max().orElse(0);
        }

        static String card(JournalRow entry) {
            return entry instanceof JournalRow.OfDecision decision
                    ? decision.cards().get(0).uuid()
                    : ((JournalRow.OfFeedback) entry).card();
        }
    }

    private void open(boolean spools, long limit, Duration patience) {
        writer = new GroupCommit(store, new Spool(folder, limit), spools, patience);
        writer.start();
    }

    @AfterEach
    void close() {
        store.hold.countDown();
        writer.stop();
    }

    private static JournalRow entry(String card) {
        return JournalRow.of(Decisions.overridden(card), Decisions.NOW);
    }

    private void write(String card) {
        writer.write(List.of(entry(card)));
    }

    @Test
    void entriesThatComeDuringATransactionShareTheNextOne() throws Exception {
        open(false, 0, Duration.ofSeconds(20));
        store.hold = new CountDownLatch(1);
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            var card = "card-" + i;
            var caller = new CompletableFuture<Void>();
            callers.add(caller);
            new Thread(() -> {
                        write(card);
                        caller.complete(null);
                    })
                    .start();
        }
        Thread.sleep(300);
        store.hold.countDown();
        for (var caller : callers) {
            caller.get();
        }
        assertEquals(20, store.cards().size());
        assertTrue(store.transactionsWithEntries().size() <= 3);
    }

    @Test
    void whileTheStoreIsDownNothingIsTakenAndAfterwardsItIs() throws Exception {
        open(false, 0, Duration.ofSeconds(1));
        write("before");
        store.down = true;
        assertThrows(JournalUnavailable.class, () -> write("lost"));
        assertFalse(writer.accepts());
        store.down = false;
        await(writer::accepts);
        write("after");
        assertEquals(List.of("before", "after"), store.cards());
    }

    @Test
    void aStoreThatIsAwayForAMomentCostsNobodyAnAnswer() throws Exception {
        open(false, 0, Duration.ofSeconds(2));
        write("before");
        for (int i = 0; i < 3; i++) {
            store.down = true;
            var back = new Thread(() -> {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException hurried) {
                    throw new AssertionError(hurried);
                }
                store.down = false;
            });
            back.start();
            write("meanwhile-" + i);
            back.join();
            assertTrue(writer.accepts());
        }
        assertEquals(List.of("before", "meanwhile-0", "meanwhile-1", "meanwhile-2"), store.cards());
    }

    @Test
    void whoWaitsForAStoreThatStaysAwayIsToldInTime() throws Exception {
        open(false, 0, Duration.ofSeconds(1));
        write("before");
        store.down = true;
        var begin = System.nanoTime();
        var refused = assertThrows(JournalUnavailable.class, () -> write("lost"));
        assertTrue(refused.getCause() instanceof IOException, "told by the thread, not by the clock: " + refused);
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toMillis() < 1000);
        begin = System.nanoTime();
        assertThrows(JournalUnavailable.class, () -> write("refused at once"));
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).toMillis() < 500);
    }

    @Test
    void inDegradedOperationEntriesWaitOnTheDiskAndReachTheStoreLater() throws Exception {
        open(true, 1_000_000, Duration.ofSeconds(20));
        store.down = true;
        write("one");
        write("two");
        assertTrue(writer.accepts());
        assertTrue(writer.spooled() > 0);
        store.down = false;
        await(() -> writer.spooled() == 0);
        assertEquals(List.of("one", "two"), store.cards());
    }

    @Test
    void whoWantsToReadInAStoreThatIsDownIsToldSo() throws Exception {
        open(true, 1_000_000, Duration.ofSeconds(20));
        store.down = true;
        write("waits");
        assertThrows(JournalUnavailable.class, writer::settle);
        store.down = false;
        await(() -> writer.spooled() == 0);
        writer.settle();
        assertEquals(List.of("waits"), store.cards());
    }

    @Test
    void aFullSpoolRefuses() throws Exception {
        open(true, 900, Duration.ofSeconds(20));
        store.down = true;
        write("one");
        assertThrows(JournalUnavailable.class, () -> {
            write("two");
            write("three");
        });
    }

    @Test
    void whileTheStoreIsDownASpoolThatTookNoMoreIsNotReadyUntilThereIsRoom() throws Exception {
        open(true, 3000, Duration.ofSeconds(20));
        store.down = true;
        while (writer.accepts()) {
            try {
                write("card-" + store.cards().size() + "-" + writer.spooled());
            } catch (JournalUnavailable full) {
                break;
            }
        }
        assertFalse(writer.accepts());
        Thread.sleep(1500);
        assertFalse(writer.accepts(), "nothing has changed");
        store.down = false;
        await(() -> writer.spooled() == 0);
        assertTrue(writer.accepts());
        store.down = true;
        write("there is room again");
        assertTrue(writer.accepts());
    }

    @Test
    void whatDoesNotFitTogetherIsTriedAlone() throws Exception {
        open(true, 3000, Duration.ofSeconds(20));
        store.down = true;
        store.hold = new CountDownLatch(1);
        var taken = new java.util.concurrent.atomic.AtomicInteger();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            var card = "card-" + i;
            var caller = new Thread(() -> {
                try {
                    write(card);
                    taken.incrementAndGet();
                } catch (JournalUnavailable full) {
                    // one of those that do not fit
                }
            });
            callers.add(caller);
            caller.start();
        }
        Thread.sleep(300);
        store.hold.countDown();
        for (var caller : callers) {
            caller.join();
        }
        assertTrue(taken.get() > 2 && taken.get() < 12, "taken: " + taken);
    }

    @Test
    void whatWaitedWhenTheProcessDiedReachesTheStoreAtTheNextStart() throws Exception {
        new Spool(folder, 1_000_000).add(List.of(entry("left over")));
        open(false, 0, Duration.ofSeconds(20));
        await(() -> writer.spooled() == 0);
        assertEquals(List.of("left over"), store.cards());
    }

    private void theWholeLineIsMovedAndTheOtherSetAside() throws Exception {
        open(false, 0, Duration.ofSeconds(20));
        await(() -> writer.spooled() == 0);
        assertEquals(List.of("whole"), store.cards());
        assertEquals(
                1, Files.readAllLines(folder.resolve("journal.spool.rejected")).size());
    }

    @Test
    void aLineThatWasCutOffIsSetAsideAndTheOthersAreMoved() throws Exception {
        new Spool(folder, 1_000_000).add(List.of(entry("whole")));
        Files.writeString(folder.resolve("journal.spool"), "feedback\t{\"id\":\"cut", StandardOpenOption.APPEND);
        theWholeLineIsMovedAndTheOtherSetAside();
    }

    @Test
    void aLineThatWasCutOffDoesNotSwallowWhatIsSpooledAfterIt() throws Exception {
        Files.writeString(folder.resolve("journal.spool"), "feedback\t{\"id\":\"cut");
        store.down = true;
        open(true, 1_000_000, Duration.ofSeconds(20));
        write("whole");
        store.down = false;
        await(() -> writer.spooled() == 0);
        assertEquals(List.of("whole"), store.cards());
    }

    @Test
    void aLineCutOffWithinALetterIsSetAsideAndTheOthersAreMoved() throws Exception {
        new Spool(folder, 1_000_000).add(List.of(entry("whole")));
        Files.write(
                folder.resolve("journal.spool"),
                new byte[] {'f', 'e', 'e', 'd', (byte) 0xE2, (byte) 0x89},
                StandardOpenOption.APPEND);
        theWholeLineIsMovedAndTheOtherSetAside();
    }

    @Test
    void aLineOfAnotherReleaseThatCannotBeReadIsSetAsideAndTheOthersAreMoved() throws Exception {
        var line = "feedback\t{\"id\":\"of another shape\"}\t";
        var sum = new CRC32();
        sum.update(line.getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve("journal.spool"), line + Long.toHexString(sum.getValue()) + "\n");
        new Spool(folder, 1_000_000).add(List.of(entry("whole")));
        theWholeLineIsMovedAndTheOtherSetAside();
    }

    @Test
    void whileTheSpoolCannotBeReadNothingIsTakenAndNothingOfItForgotten() throws Exception {
        Files.createDirectory(folder.resolve("journal.spool"));
        open(false, 1_000_000, Duration.ofMillis(500));
        Thread.sleep(300);
        assertThrows(JournalUnavailable.class, () -> write("one"));
        assertFalse(writer.accepts());
        Files.delete(folder.resolve("journal.spool"));
        await(writer::accepts);
    }

    private void decide(String card) {
        writer.write(List.of(JournalRow.of(Decisions.withCards(card), Pseudonyms.keyed("0".repeat(32)))));
    }

    private void decide(IntStream cards) {
        var pseudonyms = Pseudonyms.keyed("0".repeat(32));
        writer.write(cards.mapToObj(card -> (JournalRow) JournalRow.of(Decisions.withCards("card-" + card), pseudonyms))
                .toList());
    }

    private void openForMany() throws Exception {
        store.wantsMany = true;
        open(false, 1_000_000, Duration.ofSeconds(20));
        await(writer::storeWorks);
    }

    @Test
    void aStoreThatWantsManyGetsDecisionsTogetherAndTheSpoolHasThemBefore() throws Exception {
        openForMany();
        store.hold = new CountDownLatch(1);
        decide("one");
        decide("two");
        assertEquals(List.of(), store.transactionsWithEntries());
        assertEquals(2, new Spool(folder, 1_000_000).read().entries().size());
        store.hold.countDown();
        writer.settle();
        assertEquals(List.of("one", "two"), store.cards());
        assertEquals(0, writer.spooled());
    }

    @Test
    void decisionsReachTheStoreWithoutBeingAskedForAndInPortions() throws Exception {
        openForMany();
        for (int i = 0; i < 200; i++) {
            decide("card-" + i);
        }
        await(() -> store.cards().size() == 200);
        assertTrue(store.largest() <= 64 + 1, "largest: " + store.largest());
        await(() -> writer.spooled() == 0);
    }

    @Test
    void feedbackFindsTheDecisionsBeforeItInTheStore() throws Exception {
        openForMany();
        decide("one");
        write("one");
        assertEquals(List.of("one", "one"), store.cards());
    }

    @Test
    void whatWasLoggedSurvivesAStoreThatGoesDownAndIsMovedWhenItIsBack() throws Exception {
        openForMany();
        store.down = true;
        decide("one");
        await(() -> !writer.storeWorks());
        assertThrows(JournalUnavailable.class, () -> decide("refused"));
        assertThrows(JournalUnavailable.class, writer::settle);
        assertTrue(writer.spooled() > 0);
        store.down = false;
        await(() -> writer.spooled() == 0);
        assertEquals(List.of("one"), store.cards());
    }

    @Test
    void whatWasLoggedSurvivesAFaultWhileItIsMoved() throws Exception {
        openForMany();
        store.broken = true;
        for (int i = 0; i < 70; i++) {
            decide("card-" + i);
        }
        await(() -> !writer.storeWorks());
        store.broken = false;
        await(() -> writer.spooled() == 0);
        assertEquals(70, store.cards().stream().distinct().count());
    }

    @Test
    void decisionsAreLoggedWhileOthersAreMoved() throws Exception {
        openForMany();
        store.hold = new CountDownLatch(1);
        // In two goes: in a quiet quarter of a second between them the writer would wait for the store itself.
        decide(IntStream.range(0, 40));
        decide(IntStream.range(40, 80));
        assertEquals(List.of(), store.transactionsWithEntries());
        store.hold.countDown();
        writer.settle();
        assertEquals(80, store.cards().size());
        assertTrue(store.largest() <= 64, "largest: " + store.largest());
        assertEquals(0, writer.spooled());
    }

    @Test
    void aLoggedDecisionThatTheStoreDoesNotTakeIsSetAsideAndTheOthersAreMoved() throws Exception {
        openForMany();
        store.refused = "odd";
        decide("odd");
        decide("even");
        writer.settle();
        assertEquals(List.of("even"), store.cards());
        var rejected = Files.readAllLines(folder.resolve("journal.spool.rejected"));
        assertEquals(1, rejected.size());
        assertTrue(rejected.get(0).contains("odd"));
    }

    @Test
    void aRefusedDecisionThatCannotBeSetAsideIsNotForgotten() throws Exception {
        openForMany();
        var rejected = Files.createDirectory(folder.resolve("journal.spool.rejected"));
        store.refused = "odd";
        decide("odd");
        await(() -> !writer.storeWorks());
        assertThrows(JournalUnavailable.class, () -> decide("even"));
        Files.delete(rejected);
        await(() -> writer.spooled() == 0);
        assertTrue(Files.readString(rejected).contains("odd"));
    }

    @Test
    void aSpoolThatGrowsIsClearedWhileItIsUsed() throws Exception {
        store.wantsMany = true;
        open(false, 40_000, Duration.ofSeconds(20));
        await(writer::storeWorks);
        for (int i = 0; i < 60; i++) {
            decide("card-" + i);
            assertTrue(writer.spooled() < 40_000);
        }
        writer.settle();
        assertEquals(60, store.cards().size());
    }

    @Test
    void whereTheSpoolTakesNoMoreDecisionsGoToTheStoreAtOnce() throws Exception {
        store.wantsMany = true;
        open(false, 10, Duration.ofSeconds(20));
        await(writer::storeWorks);
        decide("one");
        assertEquals(List.of("one"), store.cards());
    }

    @Test
    void whatWasLoggedReachesTheStoreBeforeTheEnd() throws Exception {
        openForMany();
        decide("last");
        writer.stop();
        assertEquals(List.of("last"), store.cards());
        assertEquals(0, writer.spooled());
    }

    @Test
    void whoReadsAfterAStartFindsWhatWaitedWhenTheProcessDied() throws Exception {
        new Spool(folder, 1_000_000).add(List.of(entry("left over")));
        open(false, 0, Duration.ofSeconds(20));
        writer.settle();
        assertEquals(List.of("left over"), store.cards());
    }

    private static List<Error> errors() {
        return List.of(
                new OutOfMemoryError("test"), new StackOverflowError("test"), new AssertionError("test"), new Error());
    }

    @Test
    void theThreadSurvivesWhateverIsThrownAndItsCallersAreTold() throws Exception {
        open(false, 0, Duration.ofSeconds(20));
        await(writer::storeWorks);
        int survived = 0;
        for (var error : errors()) {
            store.thrown.add(error);
            var refused = assertThrows(JournalUnavailable.class, () -> write("lost"));
            assertEquals(error, refused.getCause());
            survived++;
            int faults = survived;
            await(() -> writer.faults() == faults);
            write("after " + error);
            assertTrue(writer.accepts());
        }
        assertEquals(errors().size(), store.cards().size());
    }

    @Test
    void whateverIsThrownWhileDecisionsAreMovedTheyStayInTheSpoolAndTheMoverGoesOn() throws Exception {
        openForMany();
        int taken = 0;
        for (var error : errors()) {
            int before = writer.faults();
            store.thrown.add(error);
            for (int i = 0; i < 70; i++) {
                decide("card-" + taken++);
            }
            await(() -> writer.faults() > before);
            await(writer::storeWorks);
        }
        int all = taken;
        await(() -> store.cards().stream().distinct().count() == all);
        await(() -> writer.spooled() == 0);
    }

    @Test
    void anEntryThatTheStoreDoesNotTakeFailsAlone() throws IOException {
        open(false, 0, Duration.ofSeconds(20));
        store.refused = "odd";
        assertThrows(JournalUnavailable.class, () -> write("odd"));
        write("even");
        assertEquals(List.of("even"), store.cards());
    }

    @Test
    void aCallerWaitsNoLongerThanItsPatience() {
        open(false, 0, Duration.ofMillis(100));
        store.hold = new CountDownLatch(1);
        assertThrows(JournalUnavailable.class, () -> write("late"));
    }

    @Test
    void afterTheEndNothingIsTaken() {
        open(false, 0, Duration.ofSeconds(20));
        write("last");
        writer.stop();
        assertThrows(JournalUnavailable.class, () -> write("too late"));
        assertEquals(List.of("last"), store.cards());
    }

    private static void await(java.util.function.BooleanSupplier until) throws InterruptedException {
        for (int i = 0; i < 200 && !until.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertTrue(until.getAsBoolean());
    }
}
