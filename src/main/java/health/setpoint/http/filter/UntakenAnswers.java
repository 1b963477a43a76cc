package health.setpoint.http.filter;

import health.setpoint.http.AddressRateLimiter;
import health.setpoint.http.LogLineLimit;
import health.setpoint.http.RequestId;
import health.setpoint.http.body.MemoryInFlight;
import health.setpoint.http.error.RefusalLog;
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
 * Answers over HTTP/2 that were written and are not taken. Their callers decide when they are, and could have any number of
 * them held: so they are charged to the memory for calls under way, and thrown away where nobody takes them.
 */
final class UntakenAnswers {

    private static final Logger LOG = Logger.getLogger("health.setpoint.refusals");
    private static final AttributeKey<Map<Integer, Runnable>> AT_END =
            AttributeKey.valueOf("setpoint.at-end-of-stream");

    private final MemoryInFlight memory;
    private final Duration slowest;
    private final LogLineLimit lines;

    UntakenAnswers(MemoryInFlight memory, Duration slowest, LogLineLimit lines) {
        this.memory = memory;
        this.slowest = slowest;
        this.lines = lines;
    }

    /** Streams of the connection of a call over HTTP/2 that are open, with an answer or without. */
    static int openStreams(RoutingContext call) {
        return http2(channel(call)).connection().remote().numActiveStreams();
    }

    /** Watches over the answer to a call over HTTP/2 once it is written. */
    void watch(RoutingContext call) {
        var channel = channel(call);
        call.addEndHandler(end -> channel.eventLoop().execute(() -> charge(call, channel)));
    }

    private void charge(RoutingContext call, Channel channel) {
        var http2 = http2(channel);
        var id = call.response().streamId();
        var stream = http2 == null ? null : http2.connection().stream(id);
        if (stream == null) {
            // It was taken, or its caller is gone.
            return;
        }
        var address = AddressRateLimiter.of(call);
        var share = memory.share(RefusalLog.client(call).orElseGet(() -> AddressRateLimiter.network(address)));
        if (share.take(call.response().bytesWritten())) {
            var cut = channel.eventLoop()
                    .schedule(() -> reset(call, address, channel, id), slowest.toMillis(), TimeUnit.MILLISECONDS);
            atEnd(channel, http2).put(id, () -> {
                cut.cancel(false);
                share.close();
            });
        } else {
            reset(call, address, channel, id);
        }
    }

    private void reset(RoutingContext call, String address, Channel channel, int id) {
        var http2 = http2(channel);
        var context = channel.pipeline().context(http2);
        http2.resetStream(context, id, Http2Error.CANCEL.code(), context.newPromise());
        http2.flush(context);
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

    private static Channel channel(RoutingContext call) {
        return ((ConnectionBase) call.request().connection()).channel();
    }

    private static Http2ConnectionHandler http2(Channel channel) {
        return channel.pipeline().get(Http2ConnectionHandler.class);
    }
}
