package health.setpoint.client;

import health.setpoint.card.suggestion.CardStyle;
import health.setpoint.card.suggestion.Dialects;
import health.setpoint.card.suggestion.Orderables;
import health.setpoint.chart.fetch.FhirLimits;
import health.setpoint.chart.fetch.FhirOrigins;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.prefetch.LabSearch;
import health.setpoint.knowledge.parameter.PolicyCalendar;
import health.setpoint.knowledge.parameter.SiteChoices;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;

/**
 * One EHR that calls, and how it is served.
 *
 * @param name in the journal, logs and metrics
 * @param services ids of the services that it may call
 * @param style how its cards look
 * @param site how its patients' charts are read
 * @param choices what the site chose within the knowledge
 * @param policies the policy of each day under these choices
 * @param muteDays days for which an info card that a user overrode is not shown again; 0 is off
 * @param may what it may do beside calling services
 * @param app the SMART app that its EHR can launch; empty where none is configured
 */
public record Client(
        String name,
        Mode mode,
        Set<String> services,
        CardStyle style,
        Site site,
        SiteChoices choices,
        PolicyCalendar policies,
        int muteDays,
        CallLimits limits,
        Set<Permission> may,
        Optional<SmartApp> app) {

    /** Name of the one caller while no client is registered. */
    public static final String LOCAL = "local";

    /**
     * How the charts of a site are read.
     *
     * @param zone in which dates compare
     * @param servers FHIR servers that the client may name
     * @param fhirClientId under which the EHR's authorization server knows this service; where it is told, access tokens
     *     that were given to another are refused
     * @param limits what fetching from them may cost
     * @param codes local codes and what they stand for
     * @param labSearch how results are asked for, so that those with local codes come too
     * @param transgenderProtocol whether the site has a protocol for transgender men
     */
    public record Site(
            ZoneId zone,
            FhirOrigins servers,
            Optional<String> fhirClientId,
            FhirLimits limits,
            CodeMap codes,
            LabSearch labSearch,
            boolean transgenderProtocol) {}

    public Client {
        services = Set.copyOf(services);
        may = Set.copyOf(may);
    }

    /** Whoever calls while no client is registered: everything, and FHIR servers on this machine. */
    public static Client local(ServiceCatalog catalog, ZoneId zone) {
        return local(catalog, zone, FhirOrigins.LOOPBACK);
    }

    /**
     * Whoever calls while no client is registered, where other FHIR servers may be asked too.
     *
     * @param servers open ones, beside those on this machine
     */
    public static Client local(ServiceCatalog catalog, ZoneId zone, FhirOrigins servers) {
        return new Client(
                LOCAL,
                Mode.FULL,
                catalog.hookByService().keySet(),
                CardStyle.STANDARD.with(catalog.cardDetail()).withLinkFor(catalog.linkDays()),
                new Site(zone, servers, Optional.empty(), FhirLimits.STANDARD, CodeMap.NONE, LabSearch.STANDARD, false),
                SiteChoices.none(),
                catalog.knowledge().calendar(SiteChoices.none()),
                catalog.muteDays(),
                CallLimits.NONE,
                Set.of(Permission.values()),
                Optional.empty());
    }

    /**
     * The client with the cards of another EHR family.
     *
     * @throws IllegalArgumentException for a name that is no dialect's
     */
    public Client inDialect(String name) {
        var dialect = Dialects.named(name, Orderables.NONE);
        return new Client(
                this.name,
                mode,
                services,
                new CardStyle(dialect, style.overrideReasons(), style.detail(), style.linkDays(), style.language()),
                site,
                choices,
                policies,
                muteDays,
                limits,
                may,
                app);
    }

    /** The client, whose EHR can launch the SMART app. */
    public Client with(SmartApp launched) {
        return new Client(
                name, mode, services, style, site, choices, policies, muteDays, limits, may, Optional.of(launched));
    }

    /** The client as its users ask on their own in the SMART app: every call is explained, and none is counted. */
    public Client asking() {
        return new Client(
                name,
                mode,
                services,
                style,
                site,
                choices,
                policies,
                muteDays,
                limits,
                Set.of(Permission.EXPLAIN),
                app);
    }

    /** Whether its clinicians may see advice at all. */
    public boolean shows() {
        return mode == Mode.FULL || mode == Mode.SAFETY_ONLY;
    }

    public boolean may(Permission permission) {
        return may.contains(permission);
    }
}
