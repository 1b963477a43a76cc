package health.setpoint.client.file;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.client.CallLimits;
import health.setpoint.client.Mode;
import health.setpoint.client.Permission;
import health.setpoint.client.token.Keys;
import health.setpoint.client.token.RegisteredClient;
import health.setpoint.client.token.SigningAlgorithm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client's file says is what holds; what it gets wrong is told, all of it, with file, line and member. */
@Tag("attack")
class ClientFileTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);

    private static RegisteredClient good(SortedMap<String, byte[]> folder) {
        var read = ClientFile.read(
                folder.firstKey().endsWith(".yaml") ? folder.firstKey() : "north.yaml", folder, ClientFiles.OFFER);
        assertEquals(List.of(), read.faults());
        return read.registration().orElseThrow();
    }

    private static List<String> faults(SortedMap<String, byte[]> folder) {
        var read = ClientFile.read("north.yaml", folder, ClientFiles.OFFER);
        assertTrue(read.registration().isEmpty() || read.faults().isEmpty(), "a file with faults is no client");
        return read.faults().stream().map(ClientFileFault::toString).toList();
    }

    @Test
    void aServerThatIsOpenIsAskedWithoutAToken() {
        var servers = good(ClientFiles.north(ClientFiles.WHOLE.replace(
                        "[https://ehr.north.example/r4,", "[{url: https://open.example/r4, token: none},")))
                .client()
                .site()
                .servers();
        assertEquals(Set.of("https://open.example:443"), servers.open());
        assertEquals(Set.of("http://127.0.0.1:8090"), servers.listed());
    }

    @Test
    void theLocalCodesOfItsCodeMapAreAskedFor() {
        var search = good(ClientFiles.north(ClientFiles.WHOLE)).client().site().labSearch();
        assertFalse(search.results().isEmpty());
        assertFalse(search.byCategory());
        assertTrue(good(ClientFiles.north(ClientFiles.WHOLE + "\nlab-search: category\n"))
                .client()
                .site()
                .labSearch()
                .byCategory());
    }

    @Test
    void itsCardsAreInTheLanguageThatItNamesAndInEnglishOtherwise() {
        assertEquals(
                "en",
                good(ClientFiles.north(ClientFiles.WHOLE)).client().style().language());
        assertEquals(
                "de",
                good(ClientFiles.north(ClientFiles.WHOLE + "\nlanguage: de\n"))
                        .client()
                        .inDialect("epic")
                        .style()
                        .language());
    }

    @Test
    void launchesOfTheSmartAppAreTakenFromServersThatWantATokenAndBelow() {
        var app = good(ClientFiles.north(
                        ClientFiles.WHOLE.replace(
                                        "[https://ehr.north.example/r4,",
                                        "[https://ehr.north.example/r4, {url: https://open.example/r4, token: none},")
                                + "\nsmart-app: {client-id: titration, authorization-servers: [https://login.north.example:8443/x]}\n"))
                .client()
                .app()
                .orElseThrow();
        assertEquals("titration", app.clientId());
        assertEquals("/app/for/north/launch", app.launchPath());
        assertEquals(
                List.of("https://ehr.north.example", "http://127.0.0.1:8090", "https://login.north.example:8443"),
                app.origins());
        for (var own : List.of(
                "https://ehr.north.example/r4",
                "https://ehr.north.example/r4/",
                "https://EHR.north.example:443/r4/tenant")) {
            assertTrue(app.trusts(URI.create(own)), own);
        }
        for (var foreign : List.of(
                "https://ehr.north.example/r4b",
                "https://ehr.north.example/",
                "http://ehr.north.example/r4",
                "https://ehr.north.example:444/r4",
                "https://u@ehr.north.example/r4",
                "https://ehr.north.example/r4/../admin",
                "https://ehr.north.example/r4/%2e%2e/admin",
                "https://ehr.north.example/r4?x",
                "https://open.example/r4",
                "https://login.north.example:8443/x",
                "r4",
                "urn:x:y")) {
            assertFalse(app.trusts(URI.create(foreign)), foreign);
        }
    }

    @Test
    void aSmartAppThatNoServerCouldLaunchIsRefused() {
        var faults = faults(ClientFiles.north(ClientFiles.WHOLE.replaceFirst(
                        "fhir-servers: .*", "fhir-servers: [{url: https://open.example/r4, token: none}]")
                + "\nsmart-app: {client-id: titration, secret: x, authorization-servers: [http://login.example]}\n"));
        assertEquals(3, faults.size(), faults::toString);
        assertTrue(faults.stream().anyMatch(fault -> fault.contains("wants a token")), faults::toString);
    }

    @Test
    void everythingThatAFileNamesHolds() {
        var registration = good(ClientFiles.north(ClientFiles.WHOLE));
        var client = registration.client();
        var trust = registration.trust();
        assertAll(
                () -> assertEquals("north", client.name()),
                () -> assertEquals(Mode.SHADOW, client.mode()),
                () -> assertEquals(Set.of("titration-order-sign"), client.services(), "services as far as hooks go"),
                () -> assertEquals(ZoneId.of("America/Chicago"), client.site().zone()),
                () -> assertEquals(
                        Set.of("https://ehr.north.example:443", "http://127.0.0.1:8090"),
                        client.site().servers().listed()),
                () -> assertEquals(Set.of(), client.site().servers().open()),
                () -> assertFalse(client.site().servers().anyLoopback()),
                () -> assertEquals(
                        Duration.ofMillis(800), client.site().limits().deadline()),
                () -> assertFalse(client.site().codes() == CodeMap.NONE),
                () -> assertTrue(client.site().transgenderProtocol()),
                () -> assertEquals(
                        "1",
                        client.policies().on(DAY).ladder().ceiling().weekly().toString()),
                () -> assertEquals(Optional.of("setpoint-north"), client.site().fhirClientId()),
                () -> assertEquals(30, client.muteDays()),
                () -> assertEquals(new CallLimits(5, 2), client.limits()),
                () -> assertEquals(Set.of(Permission.EXPLAIN, Permission.REPORTS), client.may()),
                () -> assertEquals("https://ehr.north.example/r4", trust.issuer()),
                () -> assertEquals(Optional.of("ward-7"), trust.tenant()),
                () -> assertEquals(Set.of(SigningAlgorithm.ES384), trust.algorithms()),
                () -> assertEquals(
                        Optional.of(URI.create("https://ehr.north.example/jwks.json")),
                        trust.keys().jku()),
                () -> assertEquals(1, trust.keys().fixed().orElseThrow().size()),
                () -> assertEquals(Duration.ofMinutes(10), trust.longestToken()));
    }

    @Test
    void whatAFileLeavesOutIsTheCautiousOrTheUsual() {
        var registration = good(ClientFiles.folder("south.yaml", ClientFiles.SMALL));
        var client = registration.client();
        assertAll(
                () -> assertEquals(ClientFiles.OFFER.hookByService().keySet(), client.services()),
                () -> assertEquals(Set.of(), client.site().servers().listed()),
                () -> assertFalse(client.site().servers().anyLoopback()),
                () -> assertFalse(client.site().transgenderProtocol()),
                () -> assertEquals(
                        ClientFiles.OFFER.knowledge().hash(), client.policies().hash()),
                () -> assertEquals(ClientFiles.OFFER.muteDays(), client.muteDays()),
                () -> assertEquals(CallLimits.STANDARD, client.limits()),
                () -> assertEquals(Optional.empty(), client.site().fhirClientId()),
                () -> assertEquals(Set.of(), client.may()),
                () -> assertEquals(
                        Set.of(SigningAlgorithm.ES384, SigningAlgorithm.RS384),
                        registration.trust().algorithms()),
                () -> assertEquals(Duration.ofHours(1), registration.trust().longestToken()));
    }

    @Test
    void safetyOnlyWithholdsEveryStartAndIncreaseByThePolicy() {
        var client = good(ClientFiles.folder(
                        "south.yaml", ClientFiles.SMALL.replace("mode: full", "mode: safety-only")))
                .client();
        assertEquals("SAFETY_ONLY", client.policies().on(DAY).mode().name());
    }

    @Test
    void keysMayStandInTheFileItself() {
        var inline = ClientFiles.SMALL.replace(
                "{jku: \"https://ehr.south.example/jwks.json\"}", "{jwks: " + Keys.jwks(Keys.EC, Keys.RSA) + "}");
        assertEquals(
                2,
                good(ClientFiles.folder("south.yaml", inline))
                        .trust()
                        .keys()
                        .fixed()
                        .orElseThrow()
                        .size());
    }

    /** Text in the whole file; what stands there instead; where the fault is told; a part of what is told. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: north                  | name: North Clinic             | 1: name                    | small letters
            name: north                  | name: local                    | 1: name                    | not the word local
            name: north                  | name:                          | 1: name                    | is empty
            name: north                  | naem: north                    | 1: naem                    | unknown
            name: north                  | naem: north                    | 1: name                    | missing
            mode: shadow                 | mood: shadow                   | 1: mode                    | missing: off, shadow, safety-only or full
            mode: shadow                 | mode: live                     | 2: mode                    | off, shadow, safety-only or full
            mode: shadow                 | mode: [shadow]                 | 2: mode                    | single value
            mode: shadow                 | mode: shadow¶mode: full     | 3:                         | mode stands twice
            issuer: https://ehr.north.example/r4¶ | issuer: north¶                | 3: issuer                  | is a URI
            tenant: ward-7               | tenant: ward 7                 | 4: tenant                  | without blanks
            [ES384]                      | [none]                         | 5: algorithms[0]           | never accepted
            [ES384]                      | [HS256]                        | 5: algorithms[0]           | never accepted
            [ES384]                      | [ES384, ED25519]               | 5: algorithms[1]           | is one of
            [ES384]                      | []                             | 5: algorithms              | names no algorithm
            [ES384]                      | ES384                          | 5: algorithms              | is a list
            https://ehr.north.example/jwks.json | http://ehr.north.example/jwks.json | 7: keys.jku     | is https
            https://ehr.north.example/jwks.json | https://me@ehr.north.example/j | 7: keys.jku         | no user
            https://ehr.north.example/jwks.json | https://169.254.169.254/j  | 7: keys.jku             | link-local
            https://ehr.north.example/jwks.json | file:///etc/passwd         | 7: keys.jku             | absolute https address
            file: north-keys.json        | file: ../north-keys.json       | 8: keys.file               | in the same folder
            file: north-keys.json        | file: other.json               | 8: keys.file               | there is none
            file: north-keys.json        | file: north-codes.json         | 8: keys.file               | a list called keys
            file: north-keys.json        | {file: north-keys.json, at: x} | 9:                         | not YAML
            longest-token: 10m           | longest-token: 2h              | 9: longest-token           | to 3600s
            longest-token: 10m           | longest-token: soon            | 9: longest-token           | is a time such as
            allowed-for-trying           | yes                            | 10: http-on-this-machine   | the words allowed-for-trying
            http-on-this-machine: allowed-for-trying¶ | ''               | 10: fhir-servers[1]        | needs http-on-this-machine
            http://127.0.0.1:8090/fhir   | http://10.0.0.1/fhir           | 11: fhir-servers[1]        | is https
            http://127.0.0.1:8090/fhir   | https://127.0.0.1:8090/f#r     | 11: fhir-servers[1]        | no fragment
            http://127.0.0.1:8090/fhir   | http://127.0.0.1.example/fhir  | 11: fhir-servers[1]        | is https
            http://127.0.0.1:8090/fhir   | http://2130706433/fhir         | 11: fhir-servers[1]        | https
            http://127.0.0.1:8090/fhir   | https://[fe80::1]/fhir         | 11: fhir-servers[1]        | link-local
            "http://127.0.0.1:8090/fhir" | {url: https://a.example/r4, token: any} | 11: fhir-servers[1].token | is the word none
            "http://127.0.0.1:8090/fhir" | {url: http://10.0.0.1/r4, token: none}  | 11: fhir-servers[1].url   | is https
            "http://127.0.0.1:8090/fhir" | {url: https://a.example/r4}             | 11: fhir-servers[1]       | token
            fhir-deadline: 800ms         | fhir-deadline: 1m              | 12: fhir-deadline          | 50ms to 4s
            code-map: north-codes.json   | code-map: north-keys.json      | 13: code-map               | ConceptMap
            code-map: north-codes.json   | lab-search: all                | 13: lab-search             | codes or category
            America/Chicago              | America/Springfield            | 14: zone                   | no time zone
            zone: America/Chicago¶      | ''                             | 1: zone                    | missing
            transgender-protocol: yes    | transgender-protocol: maybe    | 15: transgender-protocol   | yes or no
            [titration-order-sign, titration-patient-view] | [order-sign] | 16: services[0]            | titration-order-select
            hooks: [order-sign]          | hooks: [order-dispatch]        | 17: hooks[0]               | order-select, order-sign
            dialect: standard            | dialect: klingon               | 18: dialect                | no dialect is called
            mg: 0.5, times-a-week: 1     | mg: half, times-a-week: 1      | 21: orderables.doses[0].mg | is a number
            mg: 0.5, times-a-week: 1     | mg: 0, times-a-week: 1         | 21: orderables.doses[0]    | mg above 0
            mg: 0.5, times-a-week: 2     | mg: 0.5, times-a-week: 1       | 20: orderables             | two orderables
            code: "17",                  | ''                             | 21: orderables.doses[0].code | missing
            {estradiol:                  | {cortisol:                     | 23: orderables.tests.cortisol | no test is called
            dialect: standard            | dialect: epic                  | 18: dialect                | takes no medication
            judgment:                    | whim:                          | 25: override-reasons.whim  | judgment, patientwish
            ladder.ceiling: L2           | ladder.ceiling: L9             | 27: policy.ladder.ceiling  | ladder.ceiling
            ladder.ceiling: L2           | ladder.floor: L2               | 27: policy.ladder.floor    | nothing is called so
            preference: T_FIRST          | mode: FULL                     | 28: policy.mode            | at the top
            mute-days: 30                | mute-days: -1                  | 29: mute-days              | 0 to 365
            calls-per-second: 5          | calls-per-second: 0            | 30: limits.calls-per-second | 1 to 100000
            calls-at-once: 2             | calls-atonce: 2                | 30: limits.calls-atonce    | unknown
            [explain, reports]           | [explain, everything]          | 31: may[1]                 | explain, reports
            fhir-client-id: setpoint-north | fhir-client-id: set point    | 32: fhir-client-id         | without blanks
            card-detail: full            | card-detail: long              | 33: card-detail            | short, full
            link-days: 3                 | link-days: 8                   | 34: link-days              | 0 to 7
            link-days: 3                 | language: fr                   | 34: language               | en, de
            """)
    void eachFaultIsToldWhereItStands(String good, String bad, String where, String told) {
        var text = good.replace("¶", "\n");
        assertTrue(ClientFiles.WHOLE.contains(text), "the table names what is in the file: " + text);
        var faults = faults(ClientFiles.north(ClientFiles.WHOLE.replace(text, bad.replace("¶", "\n"))));
        assertTrue(
                faults.stream().anyMatch(fault -> fault.startsWith("north.yaml:" + where) && fault.contains(told)),
                () -> where + " ... " + told + " is not among\n" + String.join("\n", faults));
    }

    @Test
    void allFaultsAreToldAtOnce() {
        var faults = faults(ClientFiles.north(ClientFiles.WHOLE
                .replace("mode: shadow", "mode: live")
                .replace("America/Chicago", "nowhere")
                .replace("[ES384]", "[HS512]")
                .replace("ladder.ceiling: L2", "ladder.ceiling: L9")
                .replace("T_FIRST", "SOMEHOW")
                .replace("may: [explain, reports]", "maybe: [explain]")));
        assertEquals(
                List.of(
                        "north.yaml:2",
                        "north.yaml:5",
                        "north.yaml:14",
                        "north.yaml:27",
                        "north.yaml:28",
                        "north.yaml:31"),
                faults.stream()
                        .map(fault -> fault.substring(0, fault.indexOf(':', "north.yaml:".length())))
                        .sorted((one, other) -> Integer.compare(line(one), line(other)))
                        .collect(Collectors.toList()));
    }

    private static int line(String place) {
        return Integer.parseInt(place.substring(place.indexOf(':') + 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            keys: none                                            | a list called keys
            {"keys": []}                                          | no key can be used
            {"keys": [{"kty": "oct", "kid": "a", "k": "c2VjcmV0"}]} | a secret key
            {"keys": [{"kty": "EC", "crv": "P-384", "kid": "a", "x": "AA", "y": "AA", "use": "enc"}]} | not sig
            {"keys": [{"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"}]} | needs a kid
            {"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "a", "x": "AA"}]} | neither EC nor RSA
            """)
    void aKeyThatCannotBeUsedIsToldInTheFileOfItsClient(String jwks, String told) {
        var folder = ClientFiles.north(ClientFiles.WHOLE);
        folder.put("north-keys.json", jwks.getBytes(StandardCharsets.UTF_8));
        var faults = faults(folder);
        assertTrue(
                faults.stream().anyMatch(fault -> fault.startsWith("north.yaml:8: keys.file: ")),
                () -> String.join("\n", faults));
        if (jwks.startsWith("{")) {
            assertTrue(faults.stream().anyMatch(fault -> fault.contains(told)), () -> String.join("\n", faults));
        }
    }

    @Test
    void aShortKeyIsRefused() throws JoseException {
        var key = RsaJwkGenerator.generateJwk(1024);
        key.setKeyId("short");
        var folder = ClientFiles.north(ClientFiles.WHOLE);
        folder.put("north-keys.json", Keys.jwks(key).getBytes(StandardCharsets.UTF_8));
        assertTrue(faults(folder).stream().anyMatch(fault -> fault.contains("2048 to 8192 bits")));
    }

    @Test
    void aSecretKeyInTheFileIsRefused() {
        var folder = ClientFiles.north(ClientFiles.WHOLE);
        var secret = Keys.EC.toJson(OutputControlLevel.INCLUDE_PRIVATE);
        folder.put("north-keys.json", ("{\"keys\":[" + secret + "]}").getBytes(StandardCharsets.UTF_8));
        var faults = faults(folder);
        assertTrue(faults.stream().anyMatch(fault -> fault.contains("a secret key")));
        assertFalse(String.join("", faults).contains(Keys.EC.toJson().substring(40, 60)), "no fault quotes a key");
    }

    @Test
    void whatIsNoYamlIsToldToo() {
        for (var broken : List.of("", "- a list", "name: [", "name: north\n\tmode: full", "\u0000", "a: &a [*a]")) {
            assertFalse(faults(ClientFiles.folder("north.yaml", broken)).isEmpty(), broken);
        }
        var folder = ClientFiles.folder("north.yaml", "");
        folder.put("north.yaml", new byte[] {(byte) 0xff, (byte) 0xfe, 'a'});
        assertEquals(List.of("north.yaml:1: not UTF-8"), faults(folder));
    }
}
