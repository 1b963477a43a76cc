package health.setpoint.client;

import health.setpoint.knowledge.Knowledge;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this service has to offer, against which clients' files are checked.
 *
 * @param hookByService the hook of each service by the service's id
 * @param muteDays for clients whose file does not say
 */
public record ServiceCatalog(Knowledge knowledge, Map<String, String> hookByService, int muteDays) {

    public ServiceCatalog {
        hookByService = Collections.unmodifiableMap(new LinkedHashMap<>(hookByService));
    }
}
