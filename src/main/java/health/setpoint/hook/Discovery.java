package health.setpoint.hook;

import com.fasterxml.jackson.annotation.JsonProperty;
import health.setpoint.chart.prefetch.PrefetchKey;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.client.Client;
import health.setpoint.client.Mode;
import health.setpoint.hook.request.CdsService;
import health.setpoint.knowledge.Knowledge;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Discovery: which services are on offer and what each would like to be sent. */
@Singleton
public class Discovery {

    /** Version of the CDS Hooks specification that the services follow, not of this service. */
    static final String CDS_HOOKS = "2.0.1";

    private final Knowledge knowledge;
    private final PrefetchKeys keys;
    private final Clock clock;

    Discovery(Knowledge knowledge, PrefetchKeys keys, Clock clock) {
        this.knowledge = knowledge;
        this.keys = keys;
        this.clock = clock;
    }

    /** Which services there are. */
    public record Services(List<Service> services) {}

    /**
     * A service on offer, as CDS Hooks describes one.
     *
     * @param version of the specification that it follows
     * @param prefetch templates by key, in the order in which they are worth sending
     */
    public record Service(
            String hook,
            String id,
            String title,
            String description,
            String usageRequirements,
            String version,
            Map<String, String> prefetch,
            ServiceExtension extension) {}

    /** What this service adds to the description. */
    public record ServiceExtension(
            @JsonProperty("health.setpoint.knowledge") KnowledgeInUse knowledge) {}

    /** The knowledge that decides for the client that asks, with its choices in the hash. */
    public record KnowledgeInUse(String version, String hash) {}

    /**
     * The services that this client may call, none where it is switched off, with prefetch templates whose date limits are
     * absolute and counted from today.
     */
    public Services services(Client client) {
        var today = LocalDate.now(clock.withZone(client.site().zone()));
        return new Services(Stream.of(CdsService.values())
                .filter(service ->
                        client.mode() != Mode.OFF && client.services().contains(service.id()))
                .map(service -> described(client, service, today))
                .toList());
    }

    private Service described(Client client, CdsService service, LocalDate today) {
        var queries = keys.forHook(service.hook(), client.site().labSearch());
        Map<String, String> prefetch = new LinkedHashMap<>();
        queries.forEach(query -> prefetch.put(query.name(), query.template(today)));
        return new Service(
                service.hook().word(),
                service.id(),
                service.title(),
                service.description(),
                usageRequirements(queries),
                CDS_HOOKS,
                prefetch,
                new ServiceExtension(new KnowledgeInUse(
                        knowledge.version(), client.policies().hash())));
    }

    private static String usageRequirements(List<PrefetchKey> queries) {
        var required = queries.stream()
                .filter(PrefetchKey::required)
                .map(PrefetchKey::name)
                .collect(Collectors.joining(", "));
        return "Needs the prefetch keys " + required
                + ", or a FHIR server from which they can be read; without them the"
                + " answer is 412. The other keys are optional, and a card names those that were missing. FHIR R4. For"
                + " licensed prescribers treating men of 18 years and over.";
    }
}
