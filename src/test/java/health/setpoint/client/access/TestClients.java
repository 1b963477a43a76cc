package health.setpoint.client.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Where a test keeps the files of its clients. */
public final class TestClients {

    private TestClients() {}

    /** A new folder without a client. */
    public static Path folder() {
        try {
            return Files.createDirectories(
                            Path.of("target", "test-clients", UUID.randomUUID().toString()))
                    .toAbsolutePath();
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
