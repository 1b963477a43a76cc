package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Resource;

/**
 * The spaces of the sandbox: one for everybody, and one for each name that somebody chose. Each begins with the invented
 * patients; of those that are named only the last that were used are kept, as many as there is room for.
 */
final class Spaces {

    static final int MOST_NAMED = 32;

    /** Characters of JSON of all named spaces; in memory a resource takes several times its JSON. */
    static final long LARGEST_TOGETHER = 16L * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]{8,64}");

    private final Clock clock;
    private final Map<String, Space> byName = new LinkedHashMap<>(MOST_NAMED, 0.75f, true);
    private Optional<Space> forAll = Optional.empty();
    private Optional<Space> atFirst = Optional.empty();

    Spaces(Clock clock) {
        this.clock = clock;
    }

    /**
     * The space of a name, made where there is none.
     *
     * @param name empty for the one that all share
     * @throws ResourceNotFoundException for what is no name
     */
    synchronized Space of(Optional<String> name) {
        if (name.filter(chosen -> !NAME.matcher(chosen).matches()).isPresent()) {
            throw new ResourceNotFoundException(
                    "The name of a space has 8 to 64 letters, digits and hyphens: choose one that nobody guesses.");
        }
        var today = LocalDate.now(clock);
        var kept = name.isEmpty() ? forAll : Optional.ofNullable(byName.get(name.get()));
        makeRoom();
        return kept.filter(space -> !space.isStaleOn(today)).orElseGet(() -> keep(name, fresh(today)));
    }

    /** Makes a space as it was at first, with dates counted from today. */
    synchronized void reset(Optional<String> name) {
        of(name);
        keep(name, fresh(LocalDate.now(clock)));
    }

    private Space keep(Optional<String> name, Space space) {
        if (name.isEmpty()) {
            forAll = Optional.of(space);
        } else {
            byName.put(name.get(), space);
            makeRoom();
        }
        return space;
    }

    /** The one that was used last stays. */
    private void makeRoom() {
        while (byName.size() > MOST_NAMED
                || byName.size() > 1
                        && byName.values().stream().mapToLong(Space::size).sum() > LARGEST_TOGETHER) {
            byName.remove(byName.keySet().iterator().next());
        }
    }

    private Space fresh(LocalDate today) {
        atFirst = atFirst.filter(space -> !space.isStaleOn(today)).or(() -> Optional.of(read(today)));
        return atFirst.get().copied();
    }

    private static Space read(LocalDate today) {
        var parser = FhirContext.forR4Cached().newJsonParser();
        Map<String, Resource> resources = new LinkedHashMap<>();
        for (var patient : DemoPatients.on(today)) {
            for (JsonNode entry : patient.chart().path("entry")) {
                resources.put(entry.path("request").path("url").asText(), (Resource)
                        parser.parseResource(entry.path("resource").toString()));
            }
        }
        return Space.of(resources.values(), today);
    }
}
