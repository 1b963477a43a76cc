package health.setpoint.sandbox.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import health.setpoint.sandbox.page.Chromium.Screen;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The SMART app, launched as EHRs launch apps. */
@Tag("attack")
@QuarkusTest
class TimelineInBrowserTest {

    private static Chromium chromium;

    @TestHTTPResource
    URL base;

    private Page page;

    @BeforeAll
    static void open() {
        chromium = Chromium.open(TimelineInBrowserTest.class);
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void leave() {
        if (page != null) {
            page.context().close();
        }
    }

    @Test
    void theOpenChartIsLaunchedWithoutAChoice() {
        page = chromium.page(base, Screen.DESKTOP, ColorScheme.LIGHT);
        page.navigate("/sandbox?patient=setpoint-over-suppressed");
        assertThat(page.locator("#trend canvas")).hasCount(2);
        var app = page.waitForPopup(() -> page.click("#launch-app"));
        assertThat(app.locator("#patient-name")).hasText("Bruno Kowalski");
        assertThat(app.locator("#advices")).containsText("hold anastrozole");
        assertThat(app.locator("#trend canvas")).hasCount(2);
        assertTrue(app.url().endsWith("/app"), app.url());
        app.fill("#if-estradiol", "72");
        app.selectOption("#if-dose", "none");
        app.click("#if-ask");
        assertThat(app.locator("#if-answer table")).containsText("R-55");
        Chromium.holdAccessible(app);
        Chromium.keep(app, "timeline-DESKTOP");
        app.reload();
        assertThat(app.locator("#patient-facts")).containsText("launched from a chart");
    }

    @Test
    void withoutAnEhrThePatientIsChosenAndTheTokenIsUsed() {
        page = chromium.page(base, Screen.PHONE, ColorScheme.DARK);
        List<Request> toFhir = new ArrayList<>();
        page.onRequest(request -> {
            if (request.url().contains("/sandbox/fhir/") && !request.url().contains("smart-configuration")) {
                toFhir.add(request);
            }
        });
        page.navigate("/app");
        page.locator("#no-launch a").click();
        assertThat(page.locator("h1")).hasText("Whose chart may the app open?");
        Chromium.holdAccessible(page);
        page.getByText("Marcus Olsen").click();
        assertThat(page.locator("#patient-name")).hasText("Marcus Olsen");
        assertThat(page.locator("#trend canvas")).hasCount(2);
        assertTrue(toFhir.size() > 5, toFhir.size() + " calls");
        assertEquals(
                List.of(),
                toFhir.stream()
                        .filter(request -> !request.headers()
                                .getOrDefault("authorization", "")
                                .startsWith("Bearer sandbox-token-"))
                        .map(Request::url)
                        .toList());
        assertEquals("", page.evaluate("JSON.stringify(sessionStorage).match(/sandbox-token-/)?.[0] ?? ''"));
        Chromium.holdAccessible(page);
        Chromium.keep(page, "timeline-PHONE");
    }

    @Test
    void anAnswerThatNobodyAskedForOpensNothing() {
        page = chromium.page(base, Screen.DESKTOP, ColorScheme.LIGHT);
        page.navigate("/app?code=stolen&state=of-another-browser");
        assertThat(page.locator("#patient-facts [role=alert]")).containsText("belongs to no launch");
        assertThat(page.locator("#chart")).isHidden();
    }

    @Test
    void aStrangersServerIsNotAskedForAnything() {
        page = chromium.page(base, Screen.DESKTOP, ColorScheme.LIGHT);
        List<String> strangers = new ArrayList<>();
        page.onRequest(request -> {
            if (!request.url().startsWith(base.toString())) {
                strangers.add(request.url());
            }
        });
        for (var iss : List.of(
                "https://evil.example/fhir",
                base.toString().replaceAll("/+$", "") + ".evil.example/sandbox/fhir",
                base + "cds-services",
                "javascript:alert(1)",
                "no URL")) {
            page.navigate("/app/launch?launch=x&iss=" + iss);
            assertThat(page.locator("#launch-status")).not().containsText("Asking the EHR");
        }
        assertEquals(List.of(), strangers);
    }
}
