package health.setpoint.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A source that knows how many of its connections are in use. */
final class CountedConnections {

    private final AtomicInteger open = new AtomicInteger();
    private final DataSource source;

    CountedConnections(DataSource real) {
        source = (DataSource) proxy(DataSource.class, real);
    }

    DataSource source() {
        return source;
    }

    int open() {
        return open.get();
    }

    private Object proxy(Class<?> type, Object real) {
        return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {type}, (self, method, words) -> {
            try {
                var result = method.invoke(real, words);
                if (result instanceof Connection connection && type == DataSource.class) {
                    open.incrementAndGet();
                    return proxy(Connection.class, connection);
                }
                if (type == Connection.class && method.getName().equals("close")) {
                    open.decrementAndGet();
                }
                return result;
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        });
    }
}
