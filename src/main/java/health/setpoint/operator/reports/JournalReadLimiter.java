package health.setpoint.operator.reports;

import health.setpoint.client.access.AccessControl;
import health.setpoint.http.RequestId;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Who reads much of the journal: few at once, and nobody who takes nothing of it, or little, for long. */
@Singleton
class JournalReadLimiter {

    /** As many as the connections to the store that are kept for them. */
    static final int AT_ONCE = 3;

    private static final Logger LOG = Logger.getLogger("health.setpoint.journal");
    private static final long LOOK_MILLIS = 500;
    private static final int PIECE = 8192;
    /** 64 KB a second. */
    private static final long NANOS_A_BYTE = Duration.ofSeconds(1).toNanos() / (64 * 1024);

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

    /** A reader who no longer takes what is written for it. */
    static final class Gone extends RuntimeException {
        Gone() {
            super("the reader is gone", null, false, false);
        }
    }

    /** One of them. */
    final class Reader {

        private final RoutingContext call;
        private final long timer;
        private final AtomicBoolean left = new AtomicBoolean();
        private final AtomicLong taken = new AtomicLong();
        private final AtomicLong waited = new AtomicLong();
        private volatile boolean cutOff;
        private volatile boolean writes;
        private volatile long since;

        private Reader(RoutingContext call) {
            this.call = call;
            this.timer = call.vertx().setPeriodic(LOOK_MILLIS, tick -> look());
            call.addEndHandler(end -> leave());
        }

        /**
         * Writes to the reader, and is watched: where it takes too little, its connection is cut.
         *
         * @throws Gone where it takes nothing more
         */
        void write(OutputStream out, byte[] bytes) {
            writes = true;
            try {
                for (int from = 0; from < bytes.length; from += PIECE) {
                    if (call.response().closed()) {
                        throw new Gone();
                    }
                    var length = Math.min(PIECE, bytes.length - from);
                    since = System.nanoTime();
                    out.write(bytes, from, length);
                    taken.addAndGet(length);
                    waited.addAndGet(System.nanoTime() - since);
                }
            } catch (IOException gone) {
                throw new Gone();
            } finally {
                writes = false;
            }
        }

        private void look() {
            if (!writes || cutOff) {
                return;
            }
            var all = waited.get() + System.nanoTime() - since;
            if (System.nanoTime() - since > slowest.toNanos() || all > slowest.toNanos() + taken.get() * NANOS_A_BYTE) {
                cutOff = true;
                LOG.warnf(
                        "request %s: its reader is cut off for taking %d bytes in %d s",
                        RequestId.of(call), taken.get(), Duration.ofNanos(all).toSeconds());
                // Behind HTTP's own handlers, which wait with the end until what they hold has been taken.
                ((ConnectionBase) call.request().connection())
                        .channel()
                        .pipeline()
                        .firstContext()
                        .close();
            }
        }

        /** Whoever was cut off has its line in the log already. */
        void hasGone() {
            if (!cutOff) {
                LOG.infof("request %s: its reader went away after %d bytes", RequestId.of(call), taken.get());
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
