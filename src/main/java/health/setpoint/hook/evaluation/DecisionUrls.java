package health.setpoint.hook.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import health.setpoint.card.suggestion.CardLinks;
import health.setpoint.client.Client;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.journal.DecisionLinks;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where cards lead: the address under which a person reads one decision, signed for a time, and the SMART app, which is told by
 * the EHR which decision its user comes from.
 */
@Singleton
public class DecisionUrls {

    private static final Duration APP_LIFE = Duration.ofDays(1);

    private final String base;
    private final DecisionLinks links;

    public DecisionUrls(@ConfigProperty(name = "setpoint.public-url") String publicBase, DecisionLinks links) {
        this.base = publicBase.replaceAll("/+$", "");
        this.links = links;
    }

    /** Where the cards of a decision lead, as far as the client wants links and its EHR can launch the app. */
    CardLinks of(Client client, HookRequest call, UUID decision, Instant now) {
        var days = client.style().linkDays();
        var app = client.app().filter(known -> known.isLaunchedFrom(call.fhirServer()));
        if (days == 0 && app.isEmpty()) {
            return CardLinks.NONE;
        }
        var until = now.plus(days == 0 ? APP_LIFE : Duration.ofDays(days));
        var signature = links.signature(decision.toString(), until);
        return new CardLinks(
                days == 0
                        ? Optional.empty()
                        : Optional.of(URI.create(base + "/decisions/" + decision + "?until=" + until.getEpochSecond()
                                + "&signature=" + signature)),
                app.map(known -> new CardLinks.App(
                        URI.create(base + known.launchPath()), context(decision, until, signature, call.patientId()))));
    }

    /**
     * What the app needs to find the decision. The patient stands in it as a hash only, salted with the signature, by which the
     * app sees whether the chart that was launched is still that of the card.
     */
    private static String context(UUID decision, Instant until, String signature, String patientId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("decision", decision.toString())
                .put("until", until.getEpochSecond())
                .put("signature", signature)
                .put("patient", hash(signature + "/" + patientId))
                .toString();
    }

    private static String hash(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
