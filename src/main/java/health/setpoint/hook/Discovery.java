package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.prefetch.PrefetchKey;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.client.Client;
import health.setpoint.client.Mode;
import health.setpoint.hook.request.CdsService;
import health.setpoint.knowledge.Knowledge;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** Discovery: which services are on offer and what each would like to be sent. */
@Singleton
class Discovery {

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

    /**
     * The services that this client may call, none where it is switched off, with prefetch templates whose date limits are
     * absolute and counted from today.
     */
    ObjectNode services(Client client) {
        var today = LocalDate.now(clock.withZone(client.site().zone()));
        var answer = JsonNodeFactory.instance.objectNode();
        var services = answer.putArray("services");
        for (var service : CdsService.values()) {
            if (client.mode() != Mode.OFF && client.services().contains(service.id())) {
                services.add(entry(client, service, today));
            }
        }
        return answer;
    }

    private ObjectNode entry(Client client, CdsService service, LocalDate today) {
        var queries = keys.forHook(service.hook());
        var entry = JsonNodeFactory.instance.objectNode();
        entry.put("hook", service.hook().word());
        entry.put("id", service.id());
        entry.put("title", service.title());
        entry.put("description", service.description());
        entry.put("usageRequirements", usageRequirements(queries));
        entry.put("version", CDS_HOOKS);
        var prefetch = entry.putObject("prefetch");
        for (var query : queries) {
            prefetch.put(query.name(), query.template(today));
        }
        entry.putObject("extension")
                .putObject("health.setpoint.knowledge")
                .put("version", knowledge.version())
                .put("hash", client.policies().hash());
        return entry;
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
