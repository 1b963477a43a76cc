package health.setpoint.client;

import java.net.URI;
import java.security.PublicKey;
import java.util.Optional;

/** Where the keys behind a registered jku come from. */
interface KeySource {

    /** The key of this id; fetched only where it is due. */
    Optional<PublicKey> key(URI registered, String id, SigningAlgorithm algorithm);
}
