package health.setpoint.client.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.lang.JoseException;

/** Public keys by their id, from a JWKS. Of each key only the public numbers are taken: no certificate, no address. */
public final class KeySet {

    private static final int MOST_KEYS = 100;
    private static final int LONGEST_ID = 256;
    private static final int SHORTEST_RSA = 2048;
    private static final int LONGEST_RSA = 8192;
    private static final List<String> NUMBERS = List.of("kty", "crv", "x", "y", "n", "e");

    private record Key(String id, String type, String curve, String algorithm, PublicKey key) {}

    private final List<Key> keys;

    private KeySet(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * The usable keys of a JWKS.
     *
     * @param refuse told of everything that cannot be used, and why
     */
    public static KeySet of(JsonNode jwks, Consumer<String> refuse) {
        var list = jwks.path("keys");
        var keys = new ArrayList<Key>();
        if (!list.isArray() || list.size() > MOST_KEYS) {
            refuse.accept("a JWKS has a list called keys, of at most " + MOST_KEYS);
            return new KeySet(keys);
        }
        for (int i = 0; i < list.size(); i++) {
            var where = "keys[" + i + "]: ";
            read(list.get(i), why -> refuse.accept(where + why)).ifPresent(key -> {
                if (keys.stream().anyMatch(other -> other.id.equals(key.id) && other.type.equals(key.type))) {
                    refuse.accept(where + "its kid stands twice");
                }
                keys.add(key);
            });
        }
        if (keys.isEmpty()) {
            refuse.accept("no key can be used");
        }
        return new KeySet(keys);
    }

    private static Optional<Key> read(JsonNode jwk, Consumer<String> refuse) {
        var type = jwk.path("kty").asText();
        var curve = type.equals("EC") ? jwk.path("crv").asText() : "";
        var unfit = unfit(jwk, type);
        if (unfit.isPresent()) {
            refuse.accept(unfit.get());
            return Optional.empty();
        }
        try {
            var numbers = new LinkedHashMap<String, Object>();
            NUMBERS.forEach(name -> numbers.computeIfAbsent(
                    name,
                    member -> jwk.path(member).isTextual() ? jwk.path(member).textValue() : null));
            var key = (PublicKey)
                    JsonWebKey.Factory.newJwk((Map<String, Object>) numbers).getKey();
            if (key instanceof RSAPublicKey rsa && !sound(rsa)) {
                refuse.accept(
                        "an RSA key has " + SHORTEST_RSA + " to " + LONGEST_RSA + " bits and an odd exponent from 3");
                return Optional.empty();
            }
            return Optional.of(new Key(
                    jwk.path("kid").textValue(), type, curve, jwk.path("alg").asText(), key));
        } catch (JoseException | RuntimeException broken) {
            refuse.accept("its numbers are no public key");
            return Optional.empty();
        }
    }

    private static Optional<String> unfit(JsonNode jwk, String type) {
        var id = jwk.path("kid");
        if (!id.isTextual() || id.textValue().isEmpty() || id.textValue().length() > LONGEST_ID) {
            return Optional.of("a key needs a kid, by which tokens name it");
        }
        if (jwk.has("d") || jwk.has("p") || jwk.has("k")) {
            return Optional.of("a secret key: only public keys belong here, and this one must no longer be used");
        }
        if (!type.equals("EC") && !type.equals("RSA")) {
            return Optional.of("its kty is neither EC nor RSA");
        }
        if (jwk.has("use") && !jwk.path("use").asText().equals("sig")) {
            return Optional.of("its use is not sig");
        }
        return jwk.has("key_ops") && !verifies(jwk.path("key_ops"))
                ? Optional.of("its key_ops do not name verify")
                : Optional.empty();
    }

    private static boolean sound(RSAPublicKey key) {
        var bits = key.getModulus().bitLength();
        return bits >= SHORTEST_RSA
                && bits <= LONGEST_RSA
                && key.getPublicExponent().testBit(0)
                && key.getPublicExponent().compareTo(BigInteger.valueOf(3)) >= 0;
    }

    private static boolean verifies(JsonNode operations) {
        for (var operation : operations) {
            if (operation.asText().equals("verify")) {
                return true;
            }
        }
        return false;
    }

    /** The one key of this id that can check this algorithm; empty also where two could. */
    public Optional<PublicKey> key(String id, SigningAlgorithm algorithm) {
        var fitting = keys.stream()
                .filter(key -> key.id.equals(id)
                        && algorithm.fits(key.type, key.curve)
                        && (key.algorithm.isEmpty() || key.algorithm.equals(algorithm.name())))
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0).key) : Optional.empty();
    }

    public int size() {
        return keys.size();
    }
}
