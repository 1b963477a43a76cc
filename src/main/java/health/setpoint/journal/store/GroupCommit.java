package health.setpoint.journal.store;

import health.setpoint.journal.JournalUnavailable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * One thread writes what many callers bring: those that come while it writes share the next turn. A caller returns once
 * its entries are durable: in the store, or in the spool where the store wants many at a time.
 */
public final class GroupCommit {

    private static final Logger LOG = Logger.getLogger("health.setpoint.journal");
    private static final int MOST_WAITING = 2000;
    private static final int MOST_TOGETHER = 256;
    /** Bytes. The spool is cleared when all of it was moved; once there is so much, callers wait for that. */
    private static final long MUCH = 16 << 20;

    private static final long IDLE_MILLIS = 250;
    /** Asking the disk where each file is costs more than many a commit; the spool is looked at with each all the same. */
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long PROBE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 100;
    private static final long SHORTLY_NANOS = Duration.ofMillis(250).toNanos();
    /** Of a caller's patience: an answer must still be written. */
    private static final long LAST_MOMENT_NANOS = Duration.ofMillis(200).toNanos();

    private final Store store;
    private final Spool spool;
    private final SpoolDrainer mover;
    private final boolean spools;
    private final Duration patience;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::work, "journal");
    private volatile boolean open = true;
    private volatile boolean storeWorks;
    private volatile Optional<String> lost = Optional.empty();
    private volatile int faults;
    private long askAgainAt = System.nanoTime();
    private long lookAgainAt = System.nanoTime();
    /** The mover was given all that is in the spool, so that the spool may be cleared once it has finished. */
    private boolean moverHasAll;
    /** Why the store is down, as the log has it: it is asked every second, and would say so as often. */
    private String said = "";

    /** @param spools entries may wait in the spool while the store is down */
    public GroupCommit(Store store, Spool spool, boolean spools, Duration patience) {
        this.store = store;
        this.spool = spool;
        this.mover = new SpoolDrainer(store);
        this.spools = spools;
        this.patience = patience;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Finishes what was brought, then stops. */
    public void stop() {
        open = false;
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** The last try to reach the store went well. */
    public boolean storeWorks() {
        return storeWorks;
    }

    /** An entry brought now can be made durable. */
    public boolean accepts() {
        return open && thread.isAlive() && lost.isEmpty() && (storeWorks || spools && spool.takes());
    }

    /** A file of the journal, or its folder, that is gone from its place or was replaced or cut off there. */
    public Optional<String> lost() {
        return lost;
    }

    /** How often the thread met what it should not meet, and went on. */
    public int faults() {
        return faults;
    }

    /** Bytes in the spool. */
    public long spooled() {
        return spool.size();
    }

    /**
     * Returns once the entries are durable.
     *
     * @throws JournalUnavailable where they are not, or not in time
     */
    public void write(List<JournalRow> entries) {
        await(entries);
    }

    /**
     * Returns once all that was written before is in the store, to be read there.
     *
     * @throws JournalUnavailable where it cannot be had in the store, or not in time
     */
    public void settle() {
        if (spool.size() > 0) {
            await(List.of());
        }
    }

    private void await(List<JournalRow> entries) {
        var waiting = new Waiting(entries, System.nanoTime() + patience.toNanos());
        if (!open || !thread.isAlive() || !queue.offer(waiting)) {
            throw new JournalUnavailable("the journal takes no more entries");
        }
        try {
            waiting.done.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            waiting.giveUp();
            throw new JournalUnavailable("the journal did not answer within " + patience);
        } catch (ExecutionException failed) {
            throw new JournalUnavailable("the journal could not be written", failed.getCause());
        } catch (InterruptedException hurried) {
            waiting.giveUp();
            Thread.currentThread().interrupt();
            throw new JournalUnavailable("interrupted");
        }
    }

    private void work() {
        while (open || !queue.isEmpty() || !mover.isIdle()) {
            try {
                look();
                commit(next());
            } catch (InterruptedException hurried) {
                LOG.warn("the journal's thread was interrupted and goes on");
            } catch (Throwable fault) {
                survive(fault);
            }
        }
        mover.stop();
    }

    /** Whatever it was: callers wait, and who comes next must find a thread. */
    private void survive(Throwable fault) {
        try {
            faults++;
            LOG.errorf("the journal's thread met a fault and goes on: %s", kind(fault));
        } catch (Throwable again) {
            // No memory for a line: the fault is counted, and its callers know.
        }
    }

    private void look() {
        if (System.nanoTime() - lookAgainAt < 0) {
            return;
        }
        lookAgainAt = System.nanoTime() + LOOK_NANOS;
        var now = spool.lost().or(store::lost);
        if (now.equals(lost)) {
            return;
        }
        lost = now;
        if (now.isPresent()) {
            if (store.wantsMany()) {
                // What stands in the spool only is moved now, as far as that goes; nothing more is logged.
                storeWorks = false;
                askAgainAt = System.nanoTime();
            }
            LOG.errorf(
                    "setpoint.journal.folder: %s is gone from its place, or was replaced or cut off there. Nothing is kept in"
                            + " it until it is back, or, once that is seen to, the service is started again.",
                    now.get());
        } else {
            LOG.info("setpoint.journal.folder: all is in its place again");
        }
    }

    private List<Waiting> next() throws InterruptedException {
        List<Waiting> batch = new ArrayList<>();
        var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch, MOST_TOGETHER - 1);
        }
        batch.removeIf(waiting -> !waiting.take());
        return batch;
    }

    private void commit(List<Waiting> batch) {
        try {
            store(batch);
        } catch (Throwable fault) {
            batch.forEach(waiting -> waiting.done.completeExceptionally(fault));
            throw fault;
        }
    }

    private void store(List<Waiting> batch) {
        var early = System.nanoTime() - askAgainAt < 0;
        if (early && (!storeWorks || batch.isEmpty() && mover.isIdle())) {
            divert(batch);
            return;
        }
        if (storeWorks && mayWait(batch) && log(batch)) {
            return;
        }
        try {
            moveLogged();
            tryDisk();
            persist(batch);
            up();
            batch.forEach(waiting -> waiting.done.complete(null));
        } catch (Store.EntryRefused oneOfThem) {
            oneByOne(batch);
        } catch (Store.StoreDown down) {
            down(down);
            divert(batch);
            tryRoom();
        }
    }

    /**
     * Writes what was brought. A store that has just worked is tried again for as long as its callers wait, since a cut
     * connection, or a server that is started again, costs a moment; writing twice changes nothing.
     */
    private void persist(List<Waiting> batch) throws Store.StoreDown, Store.EntryRefused {
        var entries = entriesOf(batch);
        var until = tryUntil(batch);
        for (var pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                store.write(entries);
                return;
            } catch (Store.StoreDown down) {
                if (store.wantsMany()
                        || System.nanoTime() + Duration.ofMillis(pause).toNanos() - until > 0) {
                    throw down;
                }
                pause(pause, down);
            }
        }
    }

    /** Where entries can wait in the spool, only long enough to find that all connections of the pool were cut. */
    private long tryUntil(List<Waiting> batch) {
        if (!storeWorks) {
            return System.nanoTime();
        }
        var shortly = System.nanoTime() + SHORTLY_NANOS;
        return spools
                ? shortly
                : batch.stream()
                        .mapToLong(waiting -> waiting.until - LAST_MOMENT_NANOS)
                        .reduce((one, other) -> one - other < 0 ? one : other)
                        .orElse(shortly);
    }

    private static void pause(long millis, Store.StoreDown down) throws Store.StoreDown {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException hurried) {
            throw down;
        }
    }

    /** A store in the folder that was down comes back with room for what it did not take: opening it alone takes none. */
    private void tryDisk() throws Store.StoreDown {
        if (storeWorks || !store.wantsMany()) {
            return;
        }
        try {
            spool.tryDisk();
        } catch (IOException full) {
            throw new Store.StoreDown(full);
        }
    }

    /** A spool that took no more may do so again; readiness depends on it while the store is down. */
    private void tryRoom() {
        if (!spools || spool.takes()) {
            return;
        }
        try {
            spool.tryAgain();
            LOG.info("the spool takes entries again");
        } catch (IOException stillFull) {
            LOG.debug("the spool is full still");
        }
    }

    /** Only decisions: feedback is joined to what the store holds, and who brings nothing wants to read there. */
    private boolean mayWait(List<Waiting> batch) {
        return store.wantsMany()
                && !batch.isEmpty()
                && batch.stream()
                        .allMatch(waiting -> !waiting.entries.isEmpty()
                                && waiting.entries.stream().allMatch(JournalRow.OfDecision.class::isInstance));
    }

    /** Makes entries durable by the spool; false where it does not take them. */
    private boolean log(List<Waiting> batch) {
        var entries = entriesOf(batch);
        var hadAll = moverHasAll || spool.size() == 0;
        try {
            moverHasAll = false;
            spool.add(entries);
            batch.forEach(waiting -> waiting.done.complete(null));
            mover.add(entries);
            moverHasAll = hadAll;
            if (spool.size() >= Math.min(MUCH, spool.limit() / 2)) {
                moveLogged();
            }
        } catch (Store.StoreDown down) {
            down(down);
        } catch (IOException full) {
            moverHasAll = hadAll;
            LOG.warnf(
                    "the spool takes no decision, the store gets it at once: %s",
                    full.getClass().getName());
            return false;
        }
        return true;
    }

    private static List<JournalRow> entriesOf(List<Waiting> batch) {
        return batch.stream().flatMap(waiting -> waiting.entries.stream()).toList();
    }

    /** Sees what is in the spool only into the store. */
    private void moveLogged() throws Store.StoreDown {
        if (mover.isIdle()) {
            return;
        }
        var hadAll = moverHasAll;
        moverHasAll = false;
        var refused = mover.finish();
        if (hadAll) {
            clear(List.of(), refused);
        }
    }

    /** An uncleared spool must be read again: what was refused would be forgotten with what comes. */
    private void clear(List<String> damaged, List<JournalRow> refused) throws Store.StoreDown {
        store.seal();
        try {
            spool.clear(damaged, refused);
        } catch (IOException unwritable) {
            throw new Store.StoreDown(unwritable);
        }
    }

    private void oneByOne(List<Waiting> batch) {
        for (var waiting : batch) {
            try {
                store.write(waiting.entries);
                waiting.done.complete(null);
            } catch (Store.EntryRefused refused) {
                LOG.errorf("the journal refused an entry: %s", kind(refused));
                waiting.done.completeExceptionally(refused);
            } catch (Store.StoreDown down) {
                down(down);
                divert(List.of(waiting));
            }
        }
    }

    /** Into the spool, where entries may wait there; who wants to read in the store is told that it is down. */
    private void divert(List<Waiting> batch) {
        var writers = batch.stream()
                .filter(waiting -> spools && !waiting.entries.isEmpty())
                .toList();
        batch.stream()
                .filter(waiting -> !writers.contains(waiting))
                .forEach(waiting -> waiting.done.completeExceptionally(new IOException("the store is down")));
        if (writers.isEmpty()) {
            return;
        }
        try {
            moverHasAll = false;
            spool.add(entriesOf(writers));
            writers.forEach(waiting -> waiting.done.complete(null));
        } catch (IOException nowhere) {
            if (writers.size() > 1) {
                // One alone may find the room that all together did not.
                writers.forEach(waiting -> divert(List.of(waiting)));
            } else {
                writers.get(0).done.completeExceptionally(nowhere);
            }
        }
    }

    private void up() throws Store.StoreDown {
        askAgainAt = System.nanoTime() + PROBE_NANOS;
        if (spool.size() > 0) {
            empty();
        }
        if (!storeWorks) {
            storeWorks = true;
            said = "";
            LOG.info("the journal's store works");
        }
    }

    private void down(Store.StoreDown why) {
        storeWorks = false;
        askAgainAt = System.nanoTime() + RETRY_NANOS;
        if (why.getCause() instanceof Error) {
            faults++;
        }
        var kind = kind(why);
        if (!kind.equals(said)) {
            said = kind;
            LOG.errorf("the journal's store is down: %s", kind);
        }
    }

    /** Moves what waits in the spool into the store; what was moved before a crash is there already and stays once. */
    private void empty() throws Store.StoreDown {
        var waiting = read();
        moverHasAll = false;
        mover.add(waiting.entries());
        var refused = mover.finish();
        clear(waiting.damaged(), refused);
        LOG.infof(
                "%d entries moved from the spool into the store, %d set aside",
                waiting.entries().size() - refused.size(), waiting.damaged().size() + refused.size());
    }

    private Spool.Waiting read() throws Store.StoreDown {
        try {
            return spool.read();
        } catch (IOException unreadable) {
            throw new Store.StoreDown(unreadable);
        }
    }

    /** Kinds of failure and SQL state; a message may quote data. */
    private static String kind(Throwable failure) {
        var words = new StringBuilder();
        for (Throwable cause = failure; cause != null && words.length() < 600; cause = cause.getCause()) {
            words.append(words.isEmpty() ? "" : " < ").append(cause.getClass().getName());
            if (cause instanceof SQLException sql) {
                words.append(" (").append(sql.getSQLState()).append(")");
            }
        }
        return words.toString();
    }

    /** Entries of one caller. Either the thread takes them or the caller gives up, never both. */
    private static final class Waiting {

        private enum State {
            WAITS,
            TAKEN,
            GIVEN_UP
        }

        final List<JournalRow> entries;
        final long until;
        final CompletableFuture<Void> done = new CompletableFuture<>();
        private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);

        /** @param until moment by {@code System.nanoTime()} at which the caller waits no longer */
        Waiting(List<JournalRow> entries, long until) {
            this.entries = entries;
            this.until = until;
        }

        boolean take() {
            return state.compareAndSet(State.WAITS, State.TAKEN);
        }

        void giveUp() {
            state.compareAndSet(State.WAITS, State.GIVEN_UP);
        }
    }
}
