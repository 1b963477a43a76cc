package health.setpoint.http.filter;

import health.setpoint.http.AddressRateLimiter;
import health.setpoint.http.LogLineLimit;
import health.setpoint.http.RequestId;
import health.setpoint.http.body.MemoryInFlight;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The streams of HTTP/2: of one connection no more than a setting says, of all no more than there is memory. Each is charged
 * to it from its first header to its end, the answer included, since its caller decides when that is taken; an answer that
 * nobody takes is thrown away.
 */
final class Http2Streams {

    private static final Logger LOG = Logger.getLogger("health.setpoint.refusals");
    private static final AttributeKey<Map<Integer, Runnable>> AT_END =
            AttributeKey.valueOf("setpoint.at-end-of-stream");

    /** Bytes of the heap: the stream, its request with headers, and what waits for its body. */
    private static final int HELD_BY_ONE = 16 * 1024;

    private final int mostOfAConnection;
    private final MemoryInFlight memory;
    private final Duration slowest;
    private final LogLineLimit lines;

    Http2Streams(int mostOfAConnection, MemoryInFlight memory, Duration slowest, LogLineLimit lines) {
        this.mostOfAConnection = mostOfAConnection;
        this.memory = memory;
        this.slowest = slowest;
        this.lines = lines;
    }

    /** Whether the stream of a call that begins may go on; then it is watched to its end. On the thread of its connection. */
    boolean admits(RoutingContext call) {
        var channel = ((ConnectionBase) call.request().connection()).channel();
        var http2 = http2(channel);
        // The server's own limit holds for those only who have confirmed that they know it.
        if (http2.connection().remote().numActiveStreams() > mostOfAConnection) {
            return false;
        }
        var share = memory.share(AddressRateLimiter.network(AddressRateLimiter.of(call)));
        var id = call.response().streamId();
        if (!share.take(HELD_BY_ONE) || http2.connection().stream(id) == null) {
            share.close();
            return false;
        }
        atEnd(channel, http2).put(id, share::close);
        call.addEndHandler(end -> channel.eventLoop().execute(() -> answered(call, channel, share)));
        return true;
    }

    private void answered(RoutingContext call, Channel channel, MemoryInFlight.Share share) {
        var http2 = http2(channel);
        var id = call.response().streamId();
        if (http2 == null || http2.connection().stream(id) == null) {
            // It was taken, or its caller is gone.
            return;
        }
        if (!share.take(call.response().bytesWritten())) {
            reset(call, channel, id);
            return;
        }
        var cut =
                channel.eventLoop().schedule(() -> reset(call, channel, id), slowest.toMillis(), TimeUnit.MILLISECONDS);
        atEnd(channel, http2).put(id, () -> {
            cut.cancel(false);
            share.close();
        });
    }

    private void reset(RoutingContext call, Channel channel, int id) {
        var http2 = http2(channel);
        var context = channel.pipeline().context(http2);
        http2.resetStream(context, id, Http2Error.CANCEL.code(), context.newPromise());
        http2.flush(context);
        var address = AddressRateLimiter.of(call);
        if (lines.lets(address)) {
            LOG.warnf("request %s: its answer was not taken and is thrown away (from %s)", RequestId.of(call), address);
        }
    }

    private static Map<Integer, Runnable> atEnd(Channel channel, Http2ConnectionHandler http2) {
        var known = channel.attr(AT_END).get();
        if (known != null) {
            return known;
        }
        Map<Integer, Runnable> atEnd = new HashMap<>();
        channel.attr(AT_END).set(atEnd);
        http2.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                var end = atEnd.remove(stream.id());
                if (end != null) {
                    end.run();
                }
            }
        });
        return atEnd;
    }

    private static Http2ConnectionHandler http2(Channel channel) {
        return channel.pipeline().get(Http2ConnectionHandler.class);
    }
}
