package health.setpoint.hook.request;

import health.setpoint.client.Client;
import health.setpoint.http.body.MemoryInFlight;
import java.io.InputStream;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call of a client that was let in, with its body; what it holds is given back when it is closed. */
public final class CollectedRequest implements AutoCloseable {

    private final Authentication.Caller caller;
    private final MemoryInFlight.Share share;
    private final Deque<byte[]> pieces;
    private final AtomicBoolean taken = new AtomicBoolean();

    CollectedRequest(Authentication.Caller caller, MemoryInFlight.Share share, Deque<byte[]> pieces) {
        this.caller = caller;
        this.share = share;
        this.pieces = pieces;
    }

    public Client client() {
        return caller.client();
    }

    public MemoryInFlight.Share share() {
        return share;
    }

    /** The body, once: what was read of it is let go. */
    public InputStream body() {
        return new Pieces();
    }

    /** Whether it could be taken: once, and not after its caller went away. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    /** Gives back what it holds, unless somebody works on it, who will. */
    void closeUnlessTaken() {
        if (take()) {
            close();
        }
    }

    @Override
    public void close() {
        pieces.clear();
        share.close();
        caller.close();
    }

    private final class Pieces extends InputStream {

        private static final byte[] NONE = {};

        private byte[] piece = NONE;
        private int read;

        @Override
        public int read() {
            return next() ? piece[read++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] into, int from, int most) {
            if (most == 0) {
                return 0;
            }
            if (!next()) {
                return -1;
            }
            var got = Math.min(most, piece.length - read);
            System.arraycopy(piece, read, into, from, got);
            read += got;
            return got;
        }

        private boolean next() {
            while (read == piece.length && !pieces.isEmpty()) {
                piece = pieces.remove();
                read = 0;
            }
            return read < piece.length;
        }
    }
}
