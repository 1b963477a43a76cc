package health.setpoint.client;

import health.setpoint.card.CardDetail;
import health.setpoint.knowledge.Knowledge;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this service has to offer, against which clients' files are checked.
 *
 * @param hookByService the hook of each service by the service's id
 * @param muteDays for clients whose file does not say
 * @param cardDetail the same
 */
public record ServiceCatalog(
        Knowledge knowledge, Map<String, String> hookByService, int muteDays, CardDetail cardDetail) {

    /** With short cards. */
    public ServiceCatalog(Knowledge knowledge, Map<String, String> hookByService, int muteDays) {
        this(knowledge, hookByService, muteDays, CardDetail.SHORT);
    }

    public ServiceCatalog {
        hookByService = Collections.unmodifiableMap(new LinkedHashMap<>(hookByService));
    }
}
