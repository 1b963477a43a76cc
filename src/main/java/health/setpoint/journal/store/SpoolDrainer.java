package health.setpoint.journal.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;

/**
 * Moves entries that the spool holds into the store, many at a time, on a thread of its own while more are logged. Used by
 * one thread. Once a move has failed it knows of no entry: all are in the spool still.
 */
final class SpoolDrainer {

    /** More at a time make a transaction hardly cheaper, and whoever wants to read waits for its end. */
    private static final int MANY = 64;

    private static final FutureTask<List<JournalRow>> NOTHING = new FutureTask<>(List::of);

    static {
        NOTHING.run();
    }

    private final Store store;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(SpoolDrainer::daemon);
    private final List<JournalRow> waiting = new ArrayList<>();
    private final List<JournalRow> refused = new ArrayList<>();
    private FutureTask<List<JournalRow>> moving = NOTHING;

    SpoolDrainer(Store store) {
        this.store = store;
    }

    private static Thread daemon(Runnable work) {
        var daemon = new Thread(work, "journal-mover");
        daemon.setDaemon(true);
        return daemon;
    }

    /** It was given nothing since it finished, or failed. */
    boolean isIdle() {
        return waiting.isEmpty() && moving == NOTHING;
    }

    /**
     * Takes entries, and sends those that wait on their way where they are many and the thread is free.
     *
     * @throws Store.StoreDown where a move begun earlier failed
     */
    void add(List<JournalRow> entries) throws Store.StoreDown {
        waiting.addAll(entries);
        if (waiting.size() >= MANY && moving.isDone()) {
            send();
        }
    }

    /**
     * Returns once all entries are in the store.
     *
     * @return those that the store refused since this was called last
     */
    List<JournalRow> finish() throws Store.StoreDown {
        if (!waiting.isEmpty()) {
            send();
        }
        collect();
        var aside = List.copyOf(refused);
        forget();
        return aside;
    }

    void stop() {
        thread.shutdown();
    }

    private void send() throws Store.StoreDown {
        collect();
        var entries = List.copyOf(waiting);
        waiting.clear();
        // A task of this kind ends whatever is thrown, also where there is no memory for another object.
        var task = new FutureTask<>(() -> move(entries));
        thread.execute(task);
        moving = task;
    }

    private void collect() throws Store.StoreDown {
        try {
            refused.addAll(moving.get());
            moving = NOTHING;
        } catch (ExecutionException failed) {
            forget();
            throw failed.getCause() instanceof Store.StoreDown down ? down : new Store.StoreDown(failed.getCause());
        } catch (InterruptedException hurried) {
            forget();
            throw new Store.StoreDown(hurried);
        }
    }

    private void forget() {
        waiting.clear();
        refused.clear();
        moving = NOTHING;
    }

    /** Those that the store refused. */
    private List<JournalRow> move(List<JournalRow> entries) throws Store.StoreDown {
        List<JournalRow> aside = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += MANY) {
            aside.addAll(together(entries.subList(from, Math.min(from + MANY, entries.size()))));
        }
        return aside;
    }

    private List<JournalRow> together(List<JournalRow> entries) throws Store.StoreDown {
        try {
            store.write(entries);
            return List.of();
        } catch (Store.EntryRefused oneOfThem) {
            return oneByOne(entries);
        }
    }

    private List<JournalRow> oneByOne(List<JournalRow> entries) throws Store.StoreDown {
        List<JournalRow> aside = new ArrayList<>();
        for (var entry : entries) {
            try {
                store.write(List.of(entry));
            } catch (Store.EntryRefused thisOne) {
                aside.add(entry);
            }
        }
        return aside;
    }
}
