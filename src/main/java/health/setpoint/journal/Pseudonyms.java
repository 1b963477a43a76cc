package health.setpoint.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Ids as keyed hashes: equal ids stay equal, and nobody without the key can tell or try whose they are. */
final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String FILE = "journal.key";
    private static final int SHORTEST_KEY = 32;

    private final SecretKeySpec key;

    private Pseudonyms(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Hashes with a configured key of at least 32 characters. */
    static Pseudonyms keyed(String key) {
        if (key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "setpoint.journal.hash-key must have " + SHORTEST_KEY + " characters or more");
        }
        return new Pseudonyms(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Hashes with the random key kept in this folder; makes it where there is none. */
    static Pseudonyms kept(Path folder) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(FILE);
        if (Files.notExists(file)) {
            create(file);
        }
        var key = Files.readString(file).strip();
        if (key.length() < SHORTEST_KEY) {
            throw new IOException(file + " holds no key");
        }
        return new Pseudonyms(HexFormat.of().parseHex(key));
    }

    private static void create(Path file) throws IOException {
        var random = new byte[SHORTEST_KEY];
        new SecureRandom().nextBytes(random);
        var fresh = Files.createTempFile(file.getParent(), FILE, ".new");
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(fresh, HexFormat.of().formatHex(random));
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            // the key that stands is the key
        } finally {
            Files.delete(fresh);
        }
    }

    /** 64 hexadecimal digits; the kind of id keeps equal ids of a patient and a user apart. */
    String of(String kind, String id) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((kind + "\n" + id).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
