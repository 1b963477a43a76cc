package health.setpoint.client;

import health.setpoint.card.text.CardDetail;
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
 * @param linkDays the same: for how many days the link of a card holds, 0 for none
 */
public record ServiceCatalog(
        Knowledge knowledge, Map<String, String> hookByService, int muteDays, CardDetail cardDetail, int linkDays) {

    /** Longest time for which a card links to its reasons. */
    public static final int MOST_LINK_DAYS = 7;

    /** With short cards, whose links hold for a day. */
    public ServiceCatalog(Knowledge knowledge, Map<String, String> hookByService, int muteDays) {
        this(knowledge, hookByService, muteDays, CardDetail.SHORT, 1);
    }

    public ServiceCatalog {
        hookByService = Collections.unmodifiableMap(new LinkedHashMap<>(hookByService));
    }
}
