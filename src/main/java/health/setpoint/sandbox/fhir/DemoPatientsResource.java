package health.setpoint.sandbox.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.sandbox.SandboxDoor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;

/** The invented patients with their stories, and their charts to take into another FHIR server. */
@Path("/sandbox")
public class DemoPatientsResource {

    private final SandboxDoor sandbox;
    private final Clock clock;

    DemoPatientsResource(SandboxDoor sandbox, Clock clock) {
        this.sandbox = sandbox;
        this.clock = clock;
    }

    /** Every patient: id, name, story, rule, hook, dialect, dob, gender, and the drafted order where there is one. */
    @GET
    @Path("/patients.json")
    public Response patients() {
        sandbox.enter();
        var list = JsonNodeFactory.instance.arrayNode();
        DemoPatients.on(today()).forEach(patient -> list.add(patient.listed()));
        return json(list);
    }

    /** One chart as a transaction Bundle, its dates counted from today. */
    @GET
    @Path("/patients/{id}.json")
    public Response chart(@PathParam("id") String id) {
        sandbox.enter();
        var chart = DemoPatients.on(today()).stream()
                .filter(patient -> patient.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new RequestException(
                        404,
                        Issue.of(
                                Issue.Kind.NOT_FOUND,
                                "There is no patient of this id. /sandbox/patients.json lists them.")))
                .chart();
        return attached(chart, id + ".json");
    }

    /** All charts as one transaction Bundle. */
    @GET
    @Path("/patients-bundle.json")
    public Response charts() {
        sandbox.enter();
        var all = JsonNodeFactory.instance.objectNode();
        all.put("resourceType", "Bundle").put("type", "transaction");
        var entries = all.putArray("entry");
        Set<String> written = new HashSet<>();
        for (var patient : DemoPatients.on(today())) {
            for (var entry : patient.chart().path("entry")) {
                if (written.add(entry.path("request").path("url").asText())) {
                    entries.add(entry);
                }
            }
        }
        return attached(all, "setpoint-patients.json");
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    private static Response attached(JsonNode bundle, String name) {
        return Response.fromResponse(json(bundle))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .build();
    }

    private static Response json(JsonNode body) {
        return Response.ok(body.toString(), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
