package health.setpoint.population.decision;

import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.parameter.PolicyCalendar;
import health.setpoint.knowledge.parameter.SiteChoices;
import java.time.ZoneId;

/**
 * Whose charts are read, and how.
 *
 * @param name of the client, as its file has it
 * @param zone in which dates compare
 * @param codes local codes and what they stand for
 * @param transgenderProtocol whether the site has a protocol for transgender men
 * @param policies the policy of each day under the site's choices
 */
public record PopulationSite(
        String name,
        Knowledge knowledge,
        ZoneId zone,
        CodeMap codes,
        boolean transgenderProtocol,
        PolicyCalendar policies) {

    /** A site without choices of its own. */
    public static PopulationSite standard(Knowledge knowledge, ZoneId zone) {
        return new PopulationSite(
                "local", knowledge, zone, CodeMap.NONE, false, knowledge.calendar(SiteChoices.none()));
    }
}
