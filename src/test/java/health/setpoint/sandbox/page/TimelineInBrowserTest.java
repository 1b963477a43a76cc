package health.setpoint.sandbox.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import health.setpoint.sandbox.page.Chromium.Screen;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The SMART app, launched as EHRs launch apps. */
@Tag("attack")
@QuarkusTest
@TestProfile(OwnAddress.class)
class TimelineInBrowserTest extends InBrowser {

    @Test
    void theOpenChartIsLaunchedWithoutAChoice() {
        read(Screen.DESKTOP, ColorScheme.LIGHT);
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
    void aCardLaunchesTheAppWhichShowsTheCardsItComesFrom() {
        read(Screen.DESKTOP, ColorScheme.LIGHT);
        List<String> addresses = new ArrayList<>();
        page.context().onRequest(request -> addresses.add(request.url()));
        page.navigate("/sandbox?patient=setpoint-over-suppressed");
        var link = page.locator("#advices article").first().getByText("Chart and what-if (app)");
        var app = page.waitForPopup(() -> link.click());
        assertThat(app.locator("#patient-name")).hasText("Bruno Kowalski");
        assertThat(app.locator("#came-from")).containsText("hold anastrozole");
        assertThat(app.locator("#came-from a")).hasText("Why, evidence, timeline of that decision");
        Chromium.holdAccessible(app);
        Chromium.keep(app, "timeline-from-a-card-DESKTOP");
        assertEquals(
                List.of(),
                addresses.stream()
                        .filter(address -> address.contains("appContext") || address.contains("%22decision%22"))
                        .toList(),
                "the context comes with the token, not in an address");
        var why = app.waitForPopup(() -> app.locator("#came-from a").click());
        assertThat(why.locator("body")).containsText("hold anastrozole");
    }

    @Test
    void theContextOfAnotherChartIsNotShown() {
        read(Screen.DESKTOP, ColorScheme.LIGHT);
        page.navigate("/sandbox?patient=setpoint-over-suppressed");
        var link = page.locator("#advices article").first().getByText("Chart and what-if (app)");
        assertThat(link).isVisible();
        page.route(
                "**/sandbox/auth/launch",
                route -> route.resume(new Route.ResumeOptions()
                        .setPostData(
                                route.request().postData().replace("setpoint-over-suppressed", "setpoint-stable"))));
        var app = page.waitForPopup(() -> link.click());
        assertThat(app.locator("#patient-name")).not().hasText("Bruno Kowalski");
        assertThat(app.locator("#came-from [role=alert]")).containsText("another chart");
        assertThat(app.locator("#came-from")).not().containsText("hold anastrozole");
    }

    @Test
    void anAnswerIsTakenOnceAndForTheLaunchThatAskedForIt() {
        read(Screen.DESKTOP, ColorScheme.LIGHT);
        List<String> answers = new ArrayList<>();
        page.onRequest(request -> {
            if (request.isNavigationRequest() && request.url().contains("code=")) {
                answers.add(request.url());
            }
        });
        page.navigate("/app/launch");
        page.getByText("Marcus Olsen").click();
        assertThat(page.locator("#patient-name")).hasText("Marcus Olsen");
        page.navigate(answers.get(0));
        assertThat(page.locator("#patient-facts [role=alert]")).containsText("belongs to no launch");
        assertThat(page.locator("#chart")).isHidden();
    }

    @Test
    void whoSignedInIsBelievedForThisLaunchOnly() {
        read(Screen.DESKTOP, ColorScheme.LIGHT);
        page.route(
                "**/sandbox/auth/authorize?*",
                route -> route.resume(new Route.ResumeOptions()
                        .setUrl(route.request().url().replaceAll("nonce=[^&]+", "nonce=of-another-launch"))));
        page.navigate("/app/launch");
        page.getByText("Marcus Olsen").click();
        assertThat(page.locator("#patient-facts [role=alert]")).containsText("not for this launch");
        assertThat(page.locator("#chart")).isHidden();
    }

    @Test
    void withoutAnEhrThePatientIsChosenAndTheTokenIsUsed() {
        read(Screen.PHONE, ColorScheme.DARK);
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
        read(Screen.DESKTOP, ColorScheme.LIGHT);
        page.navigate("/app?code=stolen&state=of-another-browser");
        assertThat(page.locator("#patient-facts [role=alert]")).containsText("belongs to no launch");
        assertThat(page.locator("#chart")).isHidden();
    }

    @Test
    void aStrangersServerIsNotAskedForAnything() {
        read(Screen.DESKTOP, ColorScheme.LIGHT);
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
