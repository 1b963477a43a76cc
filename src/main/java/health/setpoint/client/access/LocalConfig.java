package health.setpoint.client.access;

import health.setpoint.chart.fetch.FhirOrigins;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Settings of the one caller of local mode, {@code setpoint.local.*}; with registered clients nothing heeds them. */
@ConfigMapping(prefix = "setpoint.local")
interface LocalConfig {

    /** Open FHIR servers that may be asked without a token, beside those on this machine. */
    Optional<List<URI>> fhirServers();

    /** How cards are written, unless a call names another dialect. */
    Optional<String> dialect();

    /**
     * Whoever calls in local mode.
     *
     * @throws IllegalArgumentException for a server that may not be asked, or a name that is no dialect's
     */
    default Client client(ServiceCatalog catalog, ZoneId zone) {
        var client = Client.local(catalog, zone, FhirOrigins.local(fhirServers().orElse(List.of())));
        return dialect().map(client::inDialect).orElse(client);
    }
}
