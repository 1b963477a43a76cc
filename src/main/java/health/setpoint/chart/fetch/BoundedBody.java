package health.setpoint.chart.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A response body that stops being read once the bytes that a request may cost are used up. */
public final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {

    /** As they came, and as strings. */
    private static final int HELD_PER_BYTE = 2;

    private final AtomicInteger left;
    private final int most;
    private final FetchMemory memory;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();

    /**
     * @param left bytes that all answers of the request may still have together; an answer that fails gives back its own
     * @param most bytes that this answer may have
     * @param memory to which its bytes are charged as they come
     */
    public BoundedBody(AtomicInteger left, int most, FetchMemory memory) {
        this.left = left;
        this.most = most;
        this.memory = memory;
    }

    static final class TooLarge extends IOException {
        TooLarge() {
            super("the answer is too large");
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        if (subscription.compareAndSet(null, started)) {
            started.request(Long.MAX_VALUE);
        } else {
            started.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            var size = buffer.remaining();
            if (left.addAndGet(-size) < 0 || bytes.size() + size > most) {
                left.addAndGet(size);
                subscription.get().cancel();
                fail(new TooLarge());
                return;
            }
            if (!memory.take((long) size * HELD_PER_BYTE)) {
                subscription.get().cancel();
                fail(new AnswerTree.NoMemory());
                return;
            }
            var chunk = new byte[size];
            buffer.get(chunk);
            bytes.writeBytes(chunk);
        }
    }

    @Override
    public void onError(Throwable broken) {
        fail(broken);
    }

    private void fail(Throwable why) {
        if (whole.completeExceptionally(why)) {
            left.addAndGet(bytes.size());
        }
    }

    @Override
    public void onComplete() {
        whole.complete(bytes.toByteArray());
    }
}
