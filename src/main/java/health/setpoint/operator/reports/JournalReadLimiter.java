package health.setpoint.operator.reports;

import health.setpoint.client.access.AccessControl;
import health.setpoint.http.RequestId;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Who reads much of the journal: few at once, and nobody who takes nothing of it for long. */
@Singleton
class JournalReadLimiter {

    /** As many as the connections to the store that are kept for them. */
    static final int AT_ONCE = 3;

    private static final Logger LOG = Logger.getLogger("health.setpoint.journal");
    private static final long LOOK_MILLIS = 500;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Duration slowest;

    JournalReadLimiter(@ConfigProperty(name = "setpoint.slowest-reader") Duration slowest) {
        this.slowest = slowest;
    }

    /**
     * Lets a call read, until it leaves, or has ended in whichever way.
     *
     * @throws RequestException 503 where as many as may read do
     */
    Reader admit(RoutingContext call) {
        if (!places.tryAcquire()) {
            throw RequestException.forNow(
                    503,
                    Issue.of(
                            Issue.Kind.TRANSIENT,
                            AT_ONCE + " reports or exports are under way, and no more at once. Try again shortly."),
                    AccessControl.SHORTLY);
        }
        return new Reader(call);
    }

    /** One of them. */
    final class Reader {

        private final RoutingContext call;
        private final long timer;
        private final AtomicBoolean left = new AtomicBoolean();
        private volatile boolean cutOff;
        private volatile boolean writes;
        private volatile long since;

        private Reader(RoutingContext call) {
            this.call = call;
            this.timer = call.vertx().setPeriodic(LOOK_MILLIS, tick -> look());
            call.addEndHandler(end -> leave());
        }

        /** What is written is watched: where the reader takes nothing, its connection is cut. */
        OutputStream watched(OutputStream out) {
            return new FilterOutputStream(out) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    since = System.nanoTime();
                    writes = true;
                    try {
                        out.write(bytes, from, length);
                    } finally {
                        writes = false;
                    }
                }
            };
        }

        private void look() {
            if (writes && !cutOff && System.nanoTime() - since > slowest.toNanos()) {
                cutOff = true;
                LOG.warnf(
                        "request %s: its reader took nothing for %d s and is cut off",
                        RequestId.of(call), slowest.toSeconds());
                call.response().reset();
            }
        }

        /** Makes room for another, once. */
        void leave() {
            if (left.compareAndSet(false, true)) {
                call.vertx().cancelTimer(timer);
                places.release();
            }
        }
    }
}
