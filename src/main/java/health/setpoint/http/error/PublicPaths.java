package health.setpoint.http.error;

import java.util.Set;

/** Paths that the documentation names: the log may name them where a call is refused. Each part of the service adds its own. */
public interface PublicPaths {

    Set<String> paths();
}
