package health.setpoint.client.file;

import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.token.RegisteredClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What clients' files would come to, without bringing them into force.
 *
 * @param found the good ones
 * @param faults of the others
 */
public record Inspection(List<Found> found, List<ClientFileFault> faults) {

    private static final String DRAWS_THE_DOSE_FROM_ORDERABLES = "epic";

    /**
     * A client of a good file.
     *
     * @param issuer the {@code iss} of its tokens
     * @param algorithms by which they may be signed
     * @param jku the only place of keys that its tokens may name
     * @param fixed whether its keys were handed over, so that none is fetched
     * @param unmapped steps of today's dose ladder that its EHR cannot be offered, for want of an orderable
     */
    public record Found(
            String file,
            Client client,
            String issuer,
            Optional<String> tenant,
            List<String> algorithms,
            Optional<URI> jku,
            boolean fixed,
            List<String> unmapped) {}

    public Inspection {
        found = List.copyOf(found);
        faults = List.copyOf(faults);
    }

    /**
     * Reads one client's file, or every one of a folder.
     *
     * @throws IOException where it cannot be read, or there is none
     */
    public static Inspection of(Path fileOrFolder, ServiceCatalog catalog, LocalDate today) throws IOException {
        var folder = Files.isDirectory(fileOrFolder)
                ? fileOrFolder
                : fileOrFolder.toAbsolutePath().getParent();
        var files = ClientFolder.files(folder);
        if (!Files.isDirectory(fileOrFolder)) {
            var name = fileOrFolder.getFileName().toString();
            files.keySet().removeIf(other -> ClientFolder.isClient(other) && !other.equals(name));
        }
        if (files.keySet().stream().noneMatch(ClientFolder::isClient)) {
            throw new IOException("there is no .yaml file of a client: " + fileOrFolder);
        }
        var reading = ClientFolder.read(files, ClientFolder.Reading.NONE, catalog);
        List<Found> found = new ArrayList<>();
        reading.inForce().forEach((file, registration) -> found.add(found(file, registration, catalog, today)));
        return new Inspection(found, reading.faults());
    }

    private static Found found(String file, RegisteredClient registration, ServiceCatalog catalog, LocalDate today) {
        var trust = registration.trust();
        var client = registration.client();
        return new Found(
                file,
                client,
                trust.issuer(),
                trust.tenant(),
                trust.algorithms().stream().map(Enum::name).sorted().toList(),
                trust.keys().jku(),
                trust.keys().fixed().isPresent(),
                client.style().dialect().name().equals(DRAWS_THE_DOSE_FROM_ORDERABLES)
                        ? registration.orderables().missing(catalog.knowledge(), today, client.choices())
                        : List.of());
    }
}
