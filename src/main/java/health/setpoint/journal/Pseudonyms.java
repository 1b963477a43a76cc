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
public final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String FILE = "journal.key";
    private static final int SHORTEST_KEY = 32;

    private final SecretKeySpec key;

    private Pseudonyms(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Hashes with a configured key of at least 32 characters. */
    public static Pseudonyms keyed(String key) {
        if (key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(
                    "setpoint.journal.hash-key must have " + SHORTEST_KEY + " characters or more");
        }
        return new Pseudonyms(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Hashes with a key that nobody keeps, for who writes nothing and looks for nobody. */
    public static Pseudonyms ofNobody() {
        return new Pseudonyms(random());
    }

    /** Hashes with the random key kept in this folder; makes it where there is none. */
    public static Pseudonyms kept(Path folder) throws IOException {
        Files.createDirectories(folder);
        var file = folder.resolve(FILE);
        if (Files.notExists(file)) {
            create(file);
        }
        var key = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (!key.matches("([0-9a-fA-F]{2}){" + SHORTEST_KEY / 2 + ",}")) {
            throw new IOException("setpoint.journal.folder: " + file.toAbsolutePath()
                    + " holds no key. Put the one back that was there: with another"
                    + " one, new entries of a patient are not found beside the old ones.");
        }
        return new Pseudonyms(HexFormat.of().parseHex(key));
    }

    /** The same, where there was one before: with a new one, nothing of a patient would be found beside what is kept. */
    public static Pseudonyms keptBefore(Path folder) throws IOException {
        if (Files.notExists(folder.resolve(FILE))) {
            throw new IOException(
                    "setpoint.journal.folder: " + folder.resolve(FILE).toAbsolutePath()
                            + " is gone: it was here before. Put it back, or name its key in setpoint.journal.hash-key; or, to go on"
                            + " with a new one, under which nothing of a patient is found beside what is kept, remove journal.lock.");
        }
        return kept(folder);
    }

    private static byte[] random() {
        var random = new byte[SHORTEST_KEY];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private static void create(Path file) throws IOException {
        var fresh = Files.createTempFile(file.getParent(), FILE, ".new");
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(fresh, HexFormat.of().formatHex(random()));
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            // the key that stands is the key
        } finally {
            Files.delete(fresh);
        }
    }

    /** 64 hexadecimal digits; the kind of id keeps equal ids of a patient and a user apart. */
    public String of(String kind, String id) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal((kind + "\n" + id).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
