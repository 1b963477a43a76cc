package health.setpoint.chart.fetch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The FHIR servers of the clients, asked for what their requests did not bring. Kept for the life of the service: the
 * connections are shared. What is known of a server's health each client has found out by itself, so that what one of
 * them sends never closes a server to another. Closing it is not needed.
 */
public final class FhirServers {

    private static final int MOST_REMEMBERED_OF_A_CLIENT = 200;

    private final HttpClient http;
    private final ObjectReader json;
    private final Map<String, Map<String, CircuitBreaker>> breakersByClient = new ConcurrentHashMap<>();

    /**
     * @param json reads decimals exactly, as the requests themselves are read
     */
    public FhirServers(ObjectMapper json) {
        this.json = json.reader();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * The source of missing data for one request, whose time begins to run now.
     *
     * @param client in whose name the server is asked
     * @param origins servers that this client may name
     * @param fhirServer what the request names; empty where it names none
     * @param token the access token that the request carries
     * @param memory to which what comes is charged
     */
    public MissingData forRequest(
            String client,
            FhirOrigins origins,
            FhirLimits limits,
            Optional<String> fhirServer,
            Optional<String> token,
            FetchMemory memory) {
        if (fhirServer.isEmpty()) {
            return MissingData.NOWHERE;
        }
        var base = FhirOrigins.base(fhirServer.get());
        if (base.isEmpty() || !origins.allow(base.get())) {
            return notAsked("the fhirServer of the request is not one that this client may name");
        }
        if (token.isEmpty() && !origins.isOpen(base.get())) {
            return notAsked("the request carries no fhirAuthorization");
        }
        if (token.isPresent() && !isToken(token.get())) {
            return notAsked("the access token of the request cannot be sent in a header");
        }
        return new FhirFetch(http, json, kind -> breaker(client, base.get(), kind), base.get(), token, limits, memory);
    }

    private CircuitBreaker breaker(String client, URI base, String kind) {
        var breakers = breakersByClient.computeIfAbsent(client, name -> new ConcurrentHashMap<>());
        if (breakers.size() > MOST_REMEMBERED_OF_A_CLIENT) {
            breakers.clear();
        }
        return breakers.computeIfAbsent(
                FhirOrigins.origin(base).orElseThrow() + " " + kind, name -> new CircuitBreaker());
    }

    private static boolean isToken(String token) {
        return token.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static MissingData notAsked(String why) {
        return needs -> {
            var answers = new HashMap<MissingData.Need, MissingData.Answer>();
            needs.forEach(need -> answers.put(need, new MissingData.Answer.NotAsked(why)));
            return answers;
        };
    }
}
