package health.setpoint.journal.store;

import java.util.List;
import java.util.Optional;

/** Where entries are kept for good. */
interface Store {

    /**
     * Writes entries in one transaction; on return they survive the end of the process and of the machine. An entry that
     * is there already stays as it is. Without entries it is only asked whether the store works.
     *
     * @throws StoreDown while the store cannot be written
     * @throws EntryRefused where the store works and does not take one of the entries; none was written
     */
    void write(List<JournalRow> entries) throws StoreDown, EntryRefused;

    /**
     * A small transaction costs this store much more than its part of a large one: decisions are made durable by the
     * spool, and come here many at a time.
     */
    boolean wantsMany();

    /**
     * Notes that all that was written stands: what else holds it is about to be forgotten.
     *
     * @throws StoreDown where it does not stand, or that cannot be noted
     */
    default void seal() throws StoreDown {}

    /** What the store rests on and is gone from its place, where there is such a thing. */
    default Optional<String> lost() {
        return Optional.empty();
    }

    /** The store cannot be written now. */
    final class StoreDown extends Exception {
        StoreDown(Throwable cause) {
            super(cause);
        }
    }

    /** The store does not take an entry. */
    final class EntryRefused extends Exception {
        EntryRefused(Throwable cause) {
            super(cause);
        }
    }
}
