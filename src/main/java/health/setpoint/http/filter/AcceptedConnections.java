package health.setpoint.http.filter;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Closes the connections beyond {@code quarkus.http.limits.max-connections} as they are accepted. The server's own count
 * begins with the first byte of a request, or when TLS is agreed, so that it lets in any number of callers who are silent.
 */
public final class AcceptedConnections extends ChannelInitializerExtension {

    private static final String SETTING = "quarkus.http.limits.max-connections";

    private final AtomicInteger open = new AtomicInteger();
    private volatile int most = Integer.MAX_VALUE;

    /** Has the server ask for this class when it opens its port. */
    public static void limit() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel port) {
        most = ConfigProvider.getConfig(AcceptedConnections.class.getClassLoader())
                .getOptionalValue(SETTING, Integer.class)
                .orElse(Integer.MAX_VALUE);
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        var isOneTooMany = open.incrementAndGet() > most;
        connection.closeFuture().addListener(closed -> open.decrementAndGet());
        if (isOneTooMany) {
            connection.pipeline().addFirst(new Closing());
        }
    }

    /** It can be closed only once it has a thread. */
    private static final class Closing extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRegistered(ChannelHandlerContext connection) {
            connection.close();
        }
    }
}
