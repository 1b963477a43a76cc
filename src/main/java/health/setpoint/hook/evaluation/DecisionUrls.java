package health.setpoint.hook.evaluation;

import health.setpoint.journal.DecisionLinks;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The address under which a person reads one decision, signed for a time. */
@Singleton
public class DecisionUrls {

    private final String base;
    private final DecisionLinks links;

    public DecisionUrls(@ConfigProperty(name = "setpoint.public-url") String publicBase, DecisionLinks links) {
        this.base = publicBase.replaceAll("/+$", "") + "/decisions/";
        this.links = links;
    }

    /** The page of a decision, up to an end in whole seconds. */
    URI to(UUID decision, Instant until) {
        return URI.create(base + decision + "?until=" + until.getEpochSecond() + "&signature="
                + links.signature(decision.toString(), until));
    }
}
