package health.setpoint.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The Library resources hold the CQL as it stands in {@code input/cql} and the ELM that it is translated into. A wanted
 * change is written with {@code -Dsetpoint.cql=write}.
 */
class LogicResourcesTest {

    @Test
    void theResourcesAreThoseOfTheSources() throws IOException {
        var written = LogicResources.written();
        if ("write".equals(System.getProperty("setpoint.cql"))) {
            for (var file : written.entrySet()) {
                Files.createDirectories(file.getKey().getParent());
                Files.writeString(file.getKey(), file.getValue());
            }
        }
        var present = new TreeSet<Path>();
        for (var folder : new String[] {"libraries", "plandefinitions"}) {
            try (Stream<Path> files = Files.list(LogicResources.PACKAGE.resolve(folder))) {
                files.forEach(present::add);
            }
        }
        assertEquals(written.keySet(), present);
        for (var file : written.entrySet()) {
            assertTrue(
                    file.getValue().equals(Files.readString(file.getKey())),
                    file.getKey() + " is not what the CQL comes to");
        }
    }
}
