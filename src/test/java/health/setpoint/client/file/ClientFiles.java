package health.setpoint.client.file;

import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.token.Keys;
import health.setpoint.knowledge.Knowledge;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Clients' files as sites write them. */
public final class ClientFiles {

    public static final ServiceCatalog OFFER = new ServiceCatalog(Knowledge.load(), services(), 7);

    private ClientFiles() {}

    private static Map<String, String> services() {
        Map<String, String> services = new LinkedHashMap<>();
        services.put("titration-order-select", "order-select");
        services.put("titration-order-sign", "order-sign");
        services.put("titration-patient-view", "patient-view");
        return services;
    }

    /** A file that names everything. */
    static final String WHOLE = """
            name: north
            mode: shadow
            issuer: https://ehr.north.example/r4
            tenant: ward-7
            algorithms: [ES384]
            keys:
              jku: https://ehr.north.example/jwks.json
              file: north-keys.json
            longest-token: 10m
            http-on-this-machine: allowed-for-trying
            fhir-servers: [https://ehr.north.example/r4, "http://127.0.0.1:8090/fhir"]
            fhir-deadline: 800ms
            code-map: north-codes.json
            zone: America/Chicago
            transgender-protocol: yes
            services: [titration-order-sign, titration-patient-view]
            hooks: [order-sign]
            dialect: standard
            orderables:
              doses:
                - {mg: 0.5, times-a-week: 1, system: "urn:oid:1.2.3", code: "17", display: anastrozole half a tablet weekly}
                - {mg: 0.5, times-a-week: 2, system: "urn:oid:1.2.3", code: "18", display: anastrozole twice weekly}
              tests: {estradiol: {system: "urn:oid:1.2.3", code: E2, display: estradiol}}
            override-reasons:
              judgment: {system: "urn:oid:1.2.4", code: "3", display: benefit outweighs risk}
            policy:
              ladder.ceiling: L2
              preference: T_FIRST
            mute-days: 30
            limits: {calls-per-second: 5, calls-at-once: 2}
            may: [explain, reports]
            fhir-client-id: setpoint-north
            card-detail: full
            link-days: 3
            """;

    /** The least that a file must say. */
    static final String SMALL = """
            name: south
            mode: full
            issuer: https://ehr.south.example/r4
            keys: {jku: "https://ehr.south.example/jwks.json"}
            zone: Europe/Berlin
            """;

    static final String CODE_MAP = """
            {"resourceType": "ConceptMap", "group": [{"source": "urn:lab", "target": "http://loinc.org",
              "element": [{"code": "E2", "target": [{"code": "2243-4", "equivalence": "equivalent"}]}]}]}""";

    public static SortedMap<String, byte[]> folder(String... namesAndTexts) {
        SortedMap<String, byte[]> folder = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            folder.put(namesAndTexts[i], namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return folder;
    }

    /** What the whole file names. */
    static SortedMap<String, byte[]> north(String yaml) {
        return folder("north.yaml", yaml, "north-keys.json", Keys.jwks(Keys.EC), "north-codes.json", CODE_MAP);
    }
}
