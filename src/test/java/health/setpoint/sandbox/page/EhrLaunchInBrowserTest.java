package health.setpoint.sandbox.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import health.setpoint.app.LaunchingClient;
import health.setpoint.app.StubEhr;
import health.setpoint.sandbox.page.Chromium.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The SMART app, launched by the EHR of a registered client, which lies on another origin. */
@Tag("attack")
@QuarkusTest
@TestProfile(LaunchingClient.class)
class EhrLaunchInBrowserTest extends InBrowser {

    @ConfigProperty(name = LaunchingClient.EHR_PORT)
    int port;

    private StubEhr ehr;
    private final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void sitDown() throws IOException {
        ehr = new StubEhr(port);
        read(Screen.DESKTOP, ColorScheme.LIGHT);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
    }

    @AfterEach
    void stop() {
        ehr.close();
    }

    private String fhir() {
        return "http://127.0.0.1:" + port + "/fhir";
    }

    @Test
    void anEhrLaunchesItAndTheServiceAnswersTheUsersToken() {
        page.navigate("/app/for/north/launch?launch=of-this-chart&iss=" + fhir());
        assertThat(page.locator("#patient-name")).hasText("Bruno Kowalski");
        assertThat(page.locator("#advices")).containsText("hold anastrozole");
        assertThat(page.locator("#trend canvas")).hasCount(2);
        assertTrue(page.url().endsWith("/app/for/north"), page.url());
        page.fill("#if-estradiol", "72");
        page.selectOption("#if-dose", "none");
        page.click("#if-ask");
        assertThat(page.locator("#if-answer table")).containsText("R-55");
        assertEquals("{}", page.evaluate("JSON.stringify(sessionStorage)"), "nothing of the launch is kept");
        assertEquals(0, page.evaluate("localStorage.length"));
        assertEquals(List.of(), complaints);
        Chromium.holdAccessible(page);
        page.reload();
        assertThat(page.locator("#patient-facts")).containsText("launched from a chart: from the EHR.");
        assertThat(page.locator("#no-launch")).isHidden();
    }

    @Test
    void withoutALaunchItAsksTheOneServerThatItKnows() {
        page.navigate("/app/for/north/launch");
        assertThat(page.locator("#patient-name")).hasText("Bruno Kowalski");
    }

    @Test
    void aForeignIssIsNotAskedForAnything() {
        List<String> strangers = new ArrayList<>();
        page.onRequest(request -> {
            if (!request.url().startsWith(base.toString())) {
                strangers.add(request.url());
            }
        });
        for (var iss : List.of(
                "https://evil.example/fhir",
                fhir() + "s",
                fhir() + "/../other",
                fhir() + "/%2e%2e/other",
                fhir() + "?x=1",
                "http://127.0.0.1:" + port + "@evil.example/fhir",
                base + "sandbox/fhir")) {
            page.navigate("/app/for/north/launch?launch=x&iss="
                    + iss.replace("%", "%25").replace("?", "%3F"));
            assertThat(page.locator("#launch-status")).containsText("not registered with the EHR");
        }
        assertEquals(List.of(), strangers);
    }

    @Test
    void anAuthorizationServerThatIsNotConfiguredGetsNothing() {
        ehr.says("token_endpoint", "https://evil.example/token");
        page.navigate("/app/for/north/launch?launch=x&iss=" + fhir());
        assertThat(page.locator("#launch-status")).containsText("does not know");
        ehr.says("token_endpoint", "http://127.0.0.1:" + port + "/auth/token");
        ehr.says("authorization_endpoint", "https://evil.example/authorize");
        page.navigate("/app/for/north/launch?launch=x&iss=" + fhir());
        assertThat(page.locator("#launch-status")).containsText("does not know");
    }

    @Test
    void thePolicyOfThePageLetsNothingOutToOthers() throws IOException {
        try (var other = new ServerSocket(0)) {
            page.navigate("/app/for/north");
            assertEquals(
                    "refused",
                    page.evaluate("fetch('http://127.0.0.1:" + other.getLocalPort()
                            + "/').then(() => 'sent', () => 'refused')"));
            assertTrue(complaints.get(0).contains("Content Security Policy"), complaints.get(0));
        }
    }

    @Test
    void anAnswerIsGoodOnceAndForItsOwnAppOnly() {
        List<String> answers = new ArrayList<>();
        page.onRequest(request -> {
            if (request.isNavigationRequest() && request.url().contains("code=")) {
                answers.add(request.url());
            }
        });
        page.navigate("/app/for/north/launch?launch=x&iss=" + fhir());
        assertThat(page.locator("#patient-name")).hasText("Bruno Kowalski");
        page.navigate(answers.get(0));
        assertThat(page.locator("#patient-facts [role=alert]")).containsText("belongs to no launch");
        page.navigate("/app/for/north?code=stolen&state=of-another-browser");
        assertThat(page.locator("#patient-facts [role=alert]")).containsText("belongs to no launch");
        assertThat(page.locator("#chart")).isHidden();
    }

    @Test
    void anAnswerOfAnotherEhrIsNotTaken() {
        ehr.says("issuer", "https://the-one-that-was-asked.example");
        page.navigate("/app/for/north/launch?launch=x&iss=" + fhir());
        assertThat(page.locator("#patient-facts [role=alert]")).containsText("another EHR");
        assertTrue(ehr.asked().stream().noneMatch(path -> path.startsWith("/auth/token")), "no code is redeemed");
    }
}
