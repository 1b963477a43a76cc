package health.setpoint.operator.command;

import health.setpoint.card.text.Languages;
import health.setpoint.chart.prefetch.LabSearch;
import health.setpoint.chart.prefetch.PrefetchKey;
import health.setpoint.chart.prefetch.PrefetchKeys;
import health.setpoint.client.Client;
import health.setpoint.client.Endpoint;
import health.setpoint.client.Permission;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.file.Inspection;
import health.setpoint.hook.request.CdsService;
import health.setpoint.knowledge.Knowledge;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code check-client <file or folder> [--public-url url]}: checks clients' files as the service would, and prints what the
 * EHR's side is to enter. Starts no service, and can run beside one.
 */
final class CheckClientCommand {

    static final String WORD = "check-client";

    private static final String HERE = "http://localhost:8080";

    private final ServiceCatalog catalog = new ServiceCatalog(Knowledge.load(), CdsService.hooksById(), 0);
    private final PrefetchKeys keys = new PrefetchKeys(catalog.knowledge().terminology());
    private final PrintStream out;
    private final PrintStream faults;
    private final Clock clock;

    CheckClientCommand(PrintStream out, PrintStream faults, Clock clock) {
        this.out = out;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Checks clients' files.
     *
     * @param publicUrl under which clients reach the service; the configured one otherwise
     * @return 0 where every file is good, 1 where one is not or nothing can be read
     */
    int run(Path fileOrFolder, Optional<String> publicUrl) {
        var base = base(publicUrl);
        try {
            var inspection = Inspection.of(fileOrFolder, catalog, LocalDate.now(clock));
            inspection.found().forEach(found -> print(found, base));
            inspection.faults().forEach(faults::println);
            return inspection.faults().isEmpty() ? 0 : 1;
        } catch (IOException unreadable) {
            faults.println("cannot be read: " + unreadable.getMessage());
            return 1;
        }
    }

    /** Under which clients reach the service: as it is named, as it is configured, or on this machine; without a slash at the end. */
    static String base(Optional<String> publicUrl) {
        return publicUrl.or(CheckClientCommand::configured).orElse(HERE).replaceAll("/+$", "");
    }

    private static Optional<String> configured() {
        return new SmallRyeConfigBuilder()
                .addDefaultSources()
                .addDefaultInterceptors()
                .build()
                .getOptionalValue("setpoint.public-url", String.class);
    }

    private void print(Inspection.Found found, String base) {
        var client = found.client();
        out.printf(
                "%s: client %s, mode %s, dialect %s, zone %s%n",
                found.file(),
                client.name(),
                client.mode().word(),
                client.style().dialect().name(),
                client.site().zone());
        out.printf("  tokens%n    iss %s%n", found.issuer());
        found.tenant().ifPresent(tenant -> out.printf("    tenant %s%n", tenant));
        out.printf("    keys %s%n", keys(found));
        out.printf("    alg %s%n", String.join(" or ", found.algorithms()));
        out.printf(
                "  FHIR servers that may be asked: %s%n",
                words(client.site().servers().listed()));
        if (!client.site().servers().open().isEmpty()) {
            out.printf(
                    "  open FHIR servers, asked without a token: %s%n",
                    words(client.site().servers().open()));
        }
        out.printf(
                "  subject of fhirAuthorization: %s%n",
                client.site().fhirClientId().orElse("not compared, since the file names no fhir-client-id"));
        client.app()
                .ifPresent(app -> out.printf(
                        "  SMART app, client id %s%n    launch URL %s%s%n    redirect URI %s%s%n    launches from %s%n    browsers connect to %s%n",
                        app.clientId(),
                        base,
                        app.launchPath(),
                        base,
                        app.path(),
                        app.servers().stream().map(URI::toString).collect(Collectors.joining(", ")),
                        String.join(", ", app.origins())));
        Languages.note(client.style().language()).ifPresent(note -> out.printf("  cards: %s%n", note));
        out.printf("  results with local codes: %s%n", localCodes(client.site().labSearch()));
        if (!found.unmapped().isEmpty()) {
            out.printf(
                    "  no orderable, so no suggestion to click, for anastrozole %s%n",
                    String.join("; ", found.unmapped()));
        }
        out.printf("%n");
        endpoint("discovery", "GET ", Endpoint.discovery(), base);
        if (client.may(Permission.REPORTS)) {
            endpoint("report on its cards", "GET ", Endpoint.report(), base);
        }
        for (var service : CdsService.values()) {
            if (client.services().contains(service.id())) {
                endpoint(service.hook().word(), "POST", Endpoint.service(service.id()), base);
                endpoint("its feedback", "POST", Endpoint.feedback(service.id()), base);
                prefetch(client, service);
            }
        }
    }

    private static String words(Set<String> origins) {
        return origins.isEmpty() ? "none" : origins.stream().sorted().collect(Collectors.joining(", "));
    }

    /** Where the keys are, and what becomes of a token that names a place of its own. */
    private static String keys(Inspection.Found found) {
        if (found.jku().isEmpty()) {
            return "handed over, nothing is fetched; a token that names a jku is refused: where tokens do, name it beside the keys";
        }
        return found.fixed()
                ? "handed over, nothing is fetched; a token may name the jku "
                        + found.jku().get() + " and no other"
                : "fetched from jku " + found.jku().get() + "; a token that names another is refused";
    }

    /** A result that is not asked for is not sent by a server that searches strictly, and an older one decides in its place. */
    private static String localCodes(LabSearch search) {
        if (search.byCategory()) {
            return "every laboratory result is asked for (lab-search: category)";
        }
        return search.results().isEmpty()
                ? "NOT asked for; where the laboratory sends any without LOINC, map them (code-map) or say lab-search: category"
                : search.results().size() + " asked for, those of the code map; the EHR needs the templates below";
    }

    private void endpoint(String what, String method, Endpoint endpoint, String base) {
        out.printf("  %s%n    %s %s%n", what, method, endpoint.url(base));
        endpoint.audiences(base).stream().sorted().forEach(audience -> out.printf("    aud  %s%n", audience));
    }

    private void prefetch(Client client, CdsService service) {
        var today = LocalDate.now(clock.withZone(client.site().zone()));
        out.printf("    prefetch, dates as of %s%n", today);
        for (PrefetchKey key : keys.forHook(service.hook(), client.site().labSearch())) {
            out.printf("      %s%s: %s%n", key.name(), key.required() ? " (required)" : "", key.template(today));
        }
    }
}
