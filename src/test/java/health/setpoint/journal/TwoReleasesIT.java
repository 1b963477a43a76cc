package health.setpoint.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service and an earlier release of it on one PostgreSQL: a rollout, and a rollback. The earlier one is the
 * quarkus-app folder that {@code -Dsetpoint.release.before} names.
 */
@EnabledIfSystemProperty(named = "setpoint.release.before", matches = ".+")
class TwoReleasesIT {

    private static final int ANSWERS = 20;
    private static final String OPERATOR = "an-operator-of-both";

    @TempDir
    Path place;

    private final Set<String> delivered = new HashSet<>();

    private void called(RunningJar service) throws InterruptedException {
        try (var load = new Load(service)) {
            load.awaitAnswers(ANSWERS);
            load.stop();
            assertEquals(0, load.refused(), "answers of 503");
            delivered.addAll(load.delivered());
        }
    }

    @Test
    void theLaterOneIsRolledOutBesideTheEarlierAndBackAndNothingIsLost() throws Exception {
        var before = Path.of(System.getProperty("setpoint.release.before"));
        try (var server = EmbeddedPostgres.start()) {
            Map<String, String> settings = new HashMap<>(Stores.postgresql(server, "refuse"));
            settings.put("setpoint.journal.hash-key", "one key for all of the instances");
            settings.put("setpoint.operator-token", OPERATOR);
            try (var earlier = RunningJar.start(before, place.resolve("earlier"), settings)) {
                called(earlier);
                try (var later = RunningJar.start(place.resolve("later"), settings)) {
                    called(later);
                    called(earlier);
                    assertExported(later);
                }
                called(earlier);
            }
            try (var goneBack = RunningJar.start(before, place.resolve("earlier"), settings)) {
                called(goneBack);
            }
            try (var again = RunningJar.start(place.resolve("later"), settings)) {
                called(again);
                assertExported(again);
            }
            Stores.assertNothingLost(delivered, server.getPostgresDatabase().getConnection());
        }
    }

    /** Each card that reached a caller, whichever release wrote it, with what it said. */
    private void assertExported(RunningJar service) throws Exception {
        var export = service.getAsOperator("/journal/decisions.ndjson", OPERATOR);
        assertEquals(200, export.statusCode(), export.body());
        var lost =
                delivered.stream().filter(uuid -> !export.body().contains(uuid)).collect(Collectors.toSet());
        assertEquals(Set.of(), lost);
        assertTrue(export.body().lines().allMatch(line -> line.contains("\"summary\"") && line.contains("\"facts\"")));
    }
}
