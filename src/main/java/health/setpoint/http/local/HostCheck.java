package health.setpoint.http.local;

import health.setpoint.http.filter.HttpFilters;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Refuses, in local mode, every call that does not name this machine, on every path, before anything is answered. */
@ApplicationScoped
class HostCheck {

    /** After the call has its id, before the check of its page's origin. */
    private static final int BEFORE_ORIGIN = 350;

    private static final int MISDIRECTED = 421;

    private final boolean clients;
    private final LocalHosts hosts;

    HostCheck(
            @ConfigProperty(name = "setpoint.public-url") URI publicUrl,
            @ConfigProperty(name = "setpoint.clients.folder") Optional<String> clients,
            @ConfigProperty(name = "setpoint.local-mode.allow-other-machines") boolean othersAllowed) {
        this.clients = clients.isPresent();
        this.hosts = LocalHosts.of(publicUrl, othersAllowed);
    }

    void onEachCall(@Observes Filters filters) {
        if (!clients) {
            filters.register(this::check, BEFORE_ORIGIN);
        }
    }

    private void check(RoutingContext call) {
        var named = named(call.request());
        if (named.stream().allMatch(hosts::include)
                && (!named.isEmpty() || call.request().version() == HttpVersion.HTTP_1_0)) {
            call.next();
        } else {
            HttpFilters.answer(call, MISDIRECTED);
        }
    }

    /** Every host that a call names: in Host headers, in HTTP/2's authority, and in an absolute target. */
    private static List<String> named(HttpServerRequest request) {
        List<String> named = new ArrayList<>(request.headers().getAll(HttpHeaders.HOST));
        if (request.version() == HttpVersion.HTTP_2) {
            Optional.ofNullable(request.authority())
                    .map(authority ->
                            authority.port() < 0 ? authority.host() : authority.host() + ":" + authority.port())
                    .ifPresent(named::add);
        }
        target(request.uri()).ifPresent(named::add);
        return named;
    }

    private static Optional<String> target(String uri) {
        if (uri.startsWith("/") || uri.equals("*")) {
            return Optional.empty();
        }
        var scheme = uri.indexOf("://");
        var authority = scheme < 0 ? uri : uri.substring(scheme + 3);
        for (int i = 0; i < authority.length(); i++) {
            if ("/?#".indexOf(authority.charAt(i)) >= 0) {
                return Optional.of(authority.substring(0, i));
            }
        }
        return Optional.of(authority);
    }
}
