package health.setpoint.journal.lifecycle;

import org.jboss.logging.Logger;

/** Warns once the journal's disk is nearly full, and says so once it no longer is. Used by one thread. */
final class FreeSpace {

    private static final Logger LOG = Logger.getLogger("health.setpoint.journal");
    private static final int MIB = 1 << 20;

    private final long little;
    private boolean warned;

    /** @param little bytes below which there is a warning */
    FreeSpace(long little) {
        this.little = little;
    }

    /** Says only what has changed, and not for every byte to and fro. */
    void look(long free) {
        if (!warned && free < little) {
            warned = true;
            LOG.warnf(
                    "setpoint.journal.folder: %d MiB are free on its disk, less than setpoint.journal.little-space (%d MiB)."
                            + " Once it is full, nothing is kept and, with that, nothing answered.",
                    free / MIB, little / MIB);
        } else if (warned && free > little + little / 10) {
            warned = false;
            LOG.infof("setpoint.journal.folder: %d MiB are free on its disk again", free / MIB);
        }
    }
}
