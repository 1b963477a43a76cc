package health.setpoint.card.suggestion;

import java.net.URI;
import java.util.Optional;

/**
 * Where the cards of a call lead.
 *
 * @param page where the whole reason stands; empty where no link is wanted
 * @param app how the EHR launches the SMART app from a card; empty where it cannot
 */
public record CardLinks(Optional<URI> page, Optional<App> app) {

    /** Cards that lead nowhere. */
    public static final CardLinks NONE = new CardLinks(Optional.empty(), Optional.empty());

    /**
     * The SMART app.
     *
     * @param launch its launch URL, to which the EHR adds {@code iss} and {@code launch}
     * @param context the {@code appContext}: what the EHR hands to the app beside the token, without data of a patient
     */
    public record App(URI launch, String context) {}
}
