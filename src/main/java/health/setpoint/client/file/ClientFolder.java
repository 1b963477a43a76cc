package health.setpoint.client.file;

import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.token.Clients;
import health.setpoint.client.token.RegisteredClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The folder with one YAML file for each client, and what beside it they name. */
public final class ClientFolder {

    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_FILES = 10_000;

    /**
     * What is in force after a reading.
     *
     * @param inForce by file: as it was read, or as it was last good
     * @param faults of the files that were refused
     */
    public record Reading(SortedMap<String, RegisteredClient> inForce, List<ClientFileFault> faults) {

        /** Before the first reading. */
        public static final Reading NONE = new Reading(new TreeMap<>(), List.of());

        public Reading {
            inForce = new TreeMap<>(inForce);
            faults = List.copyOf(faults);
        }

        public Clients clients() {
            return new Clients(inForce.values());
        }

        /** How many files were refused. */
        long refused() {
            return faults.stream().map(ClientFileFault::file).distinct().count();
        }

        /** Whether there is a file of which nothing is in force. */
        boolean lacksAny() {
            return faults.stream().anyMatch(fault -> !inForce.containsKey(fault.file()));
        }
    }

    private ClientFolder() {}

    /**
     * The files of a folder by name, or one file with those beside it; hidden ones are left out.
     *
     * @throws IOException where the folder cannot be read or holds a file beyond all measure
     */
    static SortedMap<String, byte[]> files(Path folder) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (var list = Files.list(folder)) {
            for (var file : list.limit(MOST_FILES).toList()) {
                var name = file.getFileName().toString();
                if (isOurs(name) && Files.isRegularFile(file)) {
                    if (Files.size(file) > MOST_BYTES) {
                        throw new IOException(name + " is larger than a megabyte");
                    }
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static boolean isOurs(String name) {
        return !name.startsWith(".") && (isClient(name) || name.endsWith(".json"));
    }

    static boolean isClient(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    static boolean same(Map<String, byte[]> one, Map<String, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream().allMatch(name -> Arrays.equals(one.get(name), other.get(name)));
    }

    /**
     * Reads every client's file. A file that is refused leaves in force what was last good of it; a name, or an issuer and
     * tenant, that two files claim stays with the one that had it before, and with none where neither had.
     */
    public static Reading read(SortedMap<String, byte[]> files, Reading before, ServiceCatalog catalog) {
        List<ClientFileFault> faults = new ArrayList<>();
        SortedMap<String, RegisteredClient> now = new TreeMap<>();
        Map<String, RegisteredClient> read = new HashMap<>();
        for (var name : files.keySet()) {
            if (isClient(name)) {
                var file = ClientFile.read(name, files, catalog);
                faults.addAll(file.faults());
                file.registration().ifPresent(registration -> read.put(name, registration));
                file.registration()
                        .or(() -> Optional.ofNullable(before.inForce().get(name)))
                        .ifPresent(registration -> now.put(name, registration));
            }
        }
        for (var again = true; again; ) {
            again = refuse(clashes(now, registration -> registration.client().name(), "name"), before, now, faults)
                    | refuse(
                            clashes(
                                    now,
                                    registration -> registration.trust().issuer() + " "
                                            + registration.trust().tenant().orElse(""),
                                    "issuer"),
                            before,
                            now,
                            faults);
        }
        return new Reading(now, faults);
    }

    private record Clash(String field, List<String> files) {}

    private static List<Clash> clashes(
            Map<String, RegisteredClient> now, Function<RegisteredClient, String> key, String field) {
        Map<String, List<String>> byKey = new LinkedHashMap<>();
        now.forEach((file, registration) -> byKey.computeIfAbsent(key.apply(registration), k -> new ArrayList<>())
                .add(file));
        return byKey.values().stream()
                .filter(files -> files.size() > 1)
                .map(files -> new Clash(field, files))
                .toList();
    }

    /** Takes what clashes out of force, or back to what it was; whether anything changed. */
    private static boolean refuse(
            Collection<Clash> clashes,
            Reading before,
            SortedMap<String, RegisteredClient> now,
            List<ClientFileFault> faults) {
        var changed = false;
        for (var clash : clashes) {
            for (var file : clash.files()) {
                var old = before.inForce().get(file);
                if (now.get(file) == null || holds(clash, now.get(file), old)) {
                    continue;
                }
                faults.add(new ClientFileFault(
                        file,
                        1,
                        clash.field(),
                        (clash.field().equals("name") ? "is also the name in " : "and tenant are also those of ")
                                + clash.files().stream()
                                        .filter(other -> !other.equals(file))
                                        .collect(Collectors.joining(", "))));
                if (old == null || old == now.get(file)) {
                    now.remove(file);
                } else {
                    now.put(file, old);
                }
                changed = true;
            }
        }
        return changed;
    }

    /** Whether a file had what it claims before this reading. */
    private static boolean holds(Clash clash, RegisteredClient claims, RegisteredClient old) {
        if (old == null) {
            return false;
        }
        return clash.field().equals("name")
                ? old.client().name().equals(claims.client().name())
                : old.trust().issuer().equals(claims.trust().issuer())
                        && old.trust().tenant().equals(claims.trust().tenant());
    }
}
