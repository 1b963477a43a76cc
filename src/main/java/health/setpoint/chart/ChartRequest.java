package health.setpoint.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.prefetch.LabSearch;
import health.setpoint.titration.facts.Hook;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/**
 * What a call brings of the chart.
 *
 * @param hook the moment at which the service is asked
 * @param patientId the plain id of {@code context.patientId}
 * @param prefetch the prefetch object; MissingNode where there is none
 * @param draftOrders the Bundle of unsigned orders; MissingNode where there is none
 * @param selections what order-select names as selected; empty stands for every draft
 * @param now evaluation time in the zone
 * @param zone the site's zone, in which dates compare
 * @param codes local codes of this client
 * @param labSearch how this client's results are asked for where they were not sent
 * @param transgenderProtocol the site has a protocol for transgender men, so that a female record beside a male gender
 *     does not exclude a patient
 * @param missingData where data can be fetched that were not sent
 */
public record ChartRequest(
        Hook hook,
        String patientId,
        JsonNode prefetch,
        JsonNode draftOrders,
        List<String> selections,
        LocalDateTime now,
        ZoneId zone,
        CodeMap codes,
        LabSearch labSearch,
        boolean transgenderProtocol,
        MissingData missingData) {

    public ChartRequest {
        prefetch = prefetch == null ? MissingNode.getInstance() : prefetch;
        draftOrders = draftOrders == null ? MissingNode.getInstance() : draftOrders;
        selections = List.copyOf(selections);
    }

    /** A call of a client whose results are asked for by standard codes. */
    public ChartRequest(
            Hook hook,
            String patientId,
            JsonNode prefetch,
            JsonNode draftOrders,
            List<String> selections,
            LocalDateTime now,
            ZoneId zone,
            CodeMap codes,
            boolean transgenderProtocol,
            MissingData missingData) {
        this(
                hook,
                patientId,
                prefetch,
                draftOrders,
                selections,
                now,
                zone,
                codes,
                LabSearch.STANDARD,
                transgenderProtocol,
                missingData);
    }

    /** A call of a client without choices of its own, whose FHIR server is not asked. */
    public ChartRequest(
            Hook hook,
            String patientId,
            JsonNode prefetch,
            JsonNode draftOrders,
            List<String> selections,
            LocalDateTime now,
            ZoneId zone) {
        this(hook, patientId, prefetch, draftOrders, selections, now, zone, CodeMap.NONE, false, MissingData.NOWHERE);
    }

    /** The same call, with a client's local codes. */
    public ChartRequest with(CodeMap localCodes) {
        return new ChartRequest(
                hook,
                patientId,
                prefetch,
                draftOrders,
                selections,
                now,
                zone,
                localCodes,
                labSearch,
                transgenderProtocol,
                missingData);
    }

    /** The same call, of a client whose results are asked for otherwise. */
    public ChartRequest with(LabSearch search) {
        return new ChartRequest(
                hook,
                patientId,
                prefetch,
                draftOrders,
                selections,
                now,
                zone,
                codes,
                search,
                transgenderProtocol,
                missingData);
    }

    /** The same call, with a place where missing data can be had. */
    public ChartRequest with(MissingData source) {
        return new ChartRequest(
                hook,
                patientId,
                prefetch,
                draftOrders,
                selections,
                now,
                zone,
                codes,
                labSearch,
                transgenderProtocol,
                source);
    }

    /** The same call, of a site with or without a protocol for transgender men. */
    public ChartRequest withTransgenderProtocol(boolean present) {
        return new ChartRequest(
                hook, patientId, prefetch, draftOrders, selections, now, zone, codes, labSearch, present, missingData);
    }
}
