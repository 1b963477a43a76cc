package health.setpoint.hook.request;

import health.setpoint.http.error.PublicPaths;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Discovery, every service and its feedback. */
@Singleton
class ServicePaths implements PublicPaths {

    private static final String DISCOVERY = "/cds-services";

    @Override
    public Set<String> paths() {
        return Stream.concat(
                        Stream.of(DISCOVERY),
                        Arrays.stream(CdsService.values())
                                .map(service -> DISCOVERY + "/" + service.id())
                                .flatMap(service -> Stream.of(service, service + "/feedback")))
                .collect(Collectors.toUnmodifiableSet());
    }
}
