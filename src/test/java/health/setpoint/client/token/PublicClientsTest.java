package health.setpoint.client.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import health.setpoint.client.Endpoint;
import health.setpoint.client.file.ClientFiles;
import health.setpoint.client.file.ClientFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The public sandbox client and Inferno, registered by the file that their page shows, letter by letter. */
class PublicClientsTest {

    private static final Pattern FILE = Pattern.compile("```yaml\n(name:.*?)\n```", Pattern.DOTALL);
    private static final String INFERNO = "https://inferno.healthit.gov/suites/custom/crd_server";
    private static final String SANDBOX = "https://sandbox.cds-hooks.org";

    private final TokenCheck check = new TokenCheck(
            (place, id, algorithm) -> fail("keys that stand in the folder are not fetched from " + place));

    private static Clients registered(String page, String keys) throws IOException {
        var shown = FILE.matcher(Files.readString(Path.of("docs/integrate", page)));
        assertTrue(shown.find(), page);
        var folder = ClientFiles.folder("client.yaml", shown.group(1), keys, Keys.jwks(Keys.EC, Keys.RSA));
        var reading = ClientFolder.read(folder, ClientFolder.Reading.NONE, ClientFiles.OFFER);
        assertEquals(List.of(), reading.faults());
        return reading.clients();
    }

    private String outcome(Clients clients, Tokens token) {
        var verdict = check.check(
                List.of("Bearer " + token.token()),
                Endpoint.service("titration-order-sign").audiences(Tokens.BASE),
                clients,
                Tokens.NOW);
        return verdict instanceof TokenCheck.Refused refused
                ? refused.why().word()
                : ((TokenCheck.Proven) verdict).caller().client().name();
    }

    /** As it was seen on the wire. */
    private static Tokens ofTheSandbox() {
        return Tokens.good().header("jku", SANDBOX + "/.well-known/jwks.json").claim("iss", SANDBOX);
    }

    @Test
    void theSandboxIsKnownByTheKeysBesideItsFile() throws IOException {
        var clients = registered("public-sandbox.md", "cds-hooks-sandbox-keys.json");
        assertEquals("cds-hooks-sandbox", outcome(clients, ofTheSandbox()));
        assertEquals(
                RejectionReason.KEY_PLACE_NOT_REGISTERED.word(),
                outcome(clients, ofTheSandbox().header("jku", "https://elsewhere.example/jwks.json")));
    }

    @Test
    void infernoIsKnownByTheKeysBesideItsFile() throws IOException {
        var clients = registered("inferno.md", "inferno-keys.json");
        for (var token : List.of(Tokens.signedBy(Keys.RSA, "RS384"), Tokens.good())) {
            assertEquals("inferno", outcome(clients, ofInferno(token)));
        }
    }

    private static Tokens ofInferno(Tokens token) {
        return token.header("jku", INFERNO + "/jwks.json").claim("iss", INFERNO);
    }

    @Test
    void aKeyThatDoesNotStandInTheFolderProvesNothing() throws IOException {
        var clients = registered("inferno.md", "inferno-keys.json");
        assertEquals(
                RejectionReason.SIGNATURE_WRONG.word(),
                outcome(clients, ofInferno(Tokens.signedBy(Keys.STRANGER, "ES384"))));
    }
}
