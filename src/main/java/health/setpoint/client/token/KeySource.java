package health.setpoint.client.token;

import java.net.URI;
import java.security.PublicKey;
import java.util.Optional;

/** Where the keys behind a registered jku come from. */
public interface KeySource {

    /** The key of this id; fetched only where it is due. */
    Optional<PublicKey> key(URI registered, String id, SigningAlgorithm algorithm);
}
