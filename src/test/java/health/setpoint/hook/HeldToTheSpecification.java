package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.setpoint.conformance.CdsHooksConformance;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds every answer of every HTTP test against the conformance checker, or against what errors promise. */
final class HeldToTheSpecification implements Filter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CALL = Pattern.compile("/cds-services/titration-([a-z-]+)");

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        var response = context.next(request, expected);
        var path = URI.create(request.getURI()).getPath();
        if (!request.getMethod().equals("HEAD") && !request.getMethod().equals("OPTIONS")) {
            if (response.statusCode() >= 400) {
                error(response);
            } else if (path.equals("/cds-services")) {
                assertEquals(List.of(), CdsHooksConformance.ofDiscovery(json(response)));
            } else if (path.endsWith("/feedback")) {
                assertEquals("{}", response.asString());
            } else {
                Matcher call = CALL.matcher(path);
                if (call.matches()) {
                    assertEquals(List.of(), CdsHooksConformance.ofResponse(json(response), call.group(1)));
                }
            }
        }
        return response;
    }

    private static void error(Response response) {
        var text = response.asString();
        var body = json(response);
        assertAll(
                () -> assertEquals("OperationOutcome", body.path("resourceType").textValue()),
                () -> assertFalse(body.path("issue").isEmpty(), "an error has an issue"),
                () -> body.path("issue").forEach(HeldToTheSpecification::issue),
                () -> assertNotNull(response.header("X-Request-Id")),
                () -> assertEquals(
                        response.header("X-Request-Id"), body.path("id").textValue()),
                () -> assertTrue(
                        response.contentType().matches("application/(fhir\\+)?json.*"), response.contentType()),
                () -> assertFalse(text.matches("(?s).*(Exception|\\tat |health\\.setpoint\\.[a-z]+\\.[A-Z]).*"), text));
    }

    private static void issue(JsonNode issue) {
        assertAll(
                () -> assertEquals("error", issue.path("severity").textValue()),
                () -> assertTrue(issue.path("code").textValue().matches("[a-z-]+")),
                () -> assertTrue(issue.path("details").path("text").textValue().length() > 10));
    }

    private static JsonNode json(Response response) {
        try {
            return JSON.readTree(response.asString());
        } catch (JsonProcessingException noJson) {
            throw new AssertionError("no JSON: " + response.asString(), noJson);
        }
    }
}
