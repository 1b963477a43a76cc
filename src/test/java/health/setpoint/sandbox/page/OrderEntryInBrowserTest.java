package health.setpoint.sandbox.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SelectOption;
import health.setpoint.hook.Samples;
import health.setpoint.sandbox.page.Chromium.Screen;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order-entry page as a prescriber and an engineer use it. */
@Tag("attack")
@QuarkusTest
class OrderEntryInBrowserTest extends InBrowser {

    private static final String FORGED = """
            {"cards":[{"uuid":"1","summary":"Forged","indicator":"info","source":{"label":"x","url":"javascript:alert(1)"},
            "detail":"<img src=x onerror=alert(1)> <script>alert(1)</script> [here](javascript:alert(1)) **bold**",
            "links":[{"label":"bad","url":"javascript:alert(1)","type":"absolute"}]}]}""";

    private static final Pattern ORDER_SELECT = Pattern.compile("/cds-services/titration-order-select");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Pattern ARRANGED = Pattern.compile("R-40 arranged \\d+");

    private final List<String> complaints = new ArrayList<>();

    @Test
    void anAcceptedSuggestionChangesTheDraftWhichIsThenSigned() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-start");
        page.selectOption("#product", "anastrozole");
        answered("order-select");
        assertThat(drafts()).hasCount(1);
        assertThat(drafts().first()).containsText("Take 1 mg twice weekly");
        var change = page.locator(".suggestion").filter(containing("Change the draft to anastrozole 0.5 mg"));
        change.first().click();
        assertThat(page.locator("#order-status")).containsText("Accepted: Change the draft");
        assertThat(drafts().first()).containsText("half a 1 mg tablet (0.5 mg) twice weekly");
        assertThat(drafts()).hasCount(3);
        answered("order-select");
        page.click("#sign");
        answered("order-sign");
        if (page.locator("#sign").isVisible()) {
            assertThat(page.locator("#sign")).containsText("Sign all the same");
            page.click("#sign");
        }
        assertThat(page.locator("#order-status")).containsText("Signed: anastrozole 1 MG Oral Tablet");
        assertThat(page.locator("#medications")).containsText("half a 1 mg tablet (0.5 mg) twice weekly");
        assertThat(drafts()).hasCount(0);
        assertEquals(List.of(), complaints);
    }

    @Test
    void anOverrideReachesTheReportWithItsReason() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-over-suppressed");
        page.click("#story-draft");
        answered("order-select");
        Chromium.show(page, "order-entry");
        page.click("#sign");
        answered("order-sign");
        var card = page.locator("article.advice").first();
        card.locator(".override > summary").click();
        card.locator(".override select")
                .selectOption(new SelectOption().setLabel("Already arranged or done elsewhere"));
        card.locator(".override input").fill("Rheumatology sees him on Friday");
        card.locator(".override button").click();
        assertThat(card.locator(".outcome")).hasText("Overridden: Already arranged or done elsewhere");
        page.navigate("/journal/report");
        assertThat(page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(ARRANGED)))
                .isVisible();
        assertEquals(List.of(), complaints);
    }

    @Test
    void aResultThatIsAddedChangesTheAdvice() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-start");
        page.locator("#result-summary").click();
        page.fill("#result-value", "12");
        page.fill("#result-day", "2026-11-22");
        page.locator("#result-form button").click();
        assertThat(page.locator("#results")).containsText("12 pg/mL, 2026-11-22");
        answered("patient-view");
        page.selectOption("#product", "anastrozole");
        answered("order-select");
        assertThat(page.locator("#advices")).containsText("12 pg/mL");
        assertEquals(List.of(), complaints);
    }

    @Test
    void anEarlierEditIsNotWaitedFor() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-start");
        var held = new AtomicReference<Route>();
        List<Request> givenUp = new ArrayList<>();
        page.onRequestFailed(givenUp::add);
        page.route(ORDER_SELECT, route -> {
            if (!held.compareAndSet(null, route)) {
                route.resume();
            }
        });
        page.selectOption("#product", "anastrozole");
        page.waitForCondition(() -> held.get() != null);
        page.selectOption("#sentence", "0");
        page.waitForCondition(() -> givenUp.contains(held.get().request()));
        answered("order-select");
        assertThat(drafts().first()).containsText("once weekly");
        assertThat(page.locator("#calls > option")).hasCount(2);
    }

    @Test
    void aRefusedCallIsAnErrorAndNeverAnAllClear() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-start");
        page.route(
                ORDER_SELECT,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(412)
                        .setContentType("application/fhir+json")
                        .setBody("""
                                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required",
                                "details":{"text":"The prefetch key labs is missing."}}]}""")));
        page.selectOption("#product", "anastrozole");
        assertThat(page.locator("#advices [role=alert]")).containsText("The prefetch key labs is missing.");
        assertThat(page.locator("#advice-status")).containsText("refused");
        page.unroute(ORDER_SELECT);
        page.route(ORDER_SELECT, Route::abort);
        page.selectOption("#sentence", "0");
        assertThat(page.locator("#advices [role=alert]")).containsText("no all-clear");
    }

    @Test
    void whatAServiceSendsAsMarkupDoesNothing() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-start");
        page.route(
                ORDER_SELECT,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody(FORGED)));
        page.selectOption("#product", "anastrozole");
        answered("order-select");
        assertThat(page.locator("#advices strong")).hasText("bold");
        assertThat(page.locator("#advices img, #advices script, #advices a[href^=javascript]"))
                .hasCount(0);
    }

    @Test
    void aHypotheticalEstradiolShowsWhichRuleWouldDecideAndIsNotCounted() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-stable");
        page.locator("#what-if > summary").click();
        page.fill("#if-estradiol", "9");
        page.click("#if-ask");
        assertThat(page.locator("#if-answer table")).containsText("R-40");
        page.fill("#if-estradiol", "72");
        page.selectOption("#if-dose", "none");
        page.click("#if-ask");
        assertThat(page.locator("#if-answer table")).containsText("R-55");
        assertThat(page.locator("#results")).not().containsText("72 pg/mL");
        assertEquals(List.of(), complaints);
    }

    @Test
    void theTestsThatAreDueComeAsACalendar() throws IOException {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-start");
        page.click("#story-draft");
        answered("order-select");
        var file = page.waitForDownload(() -> page.click("#calendar"));
        assertEquals("setpoint-start-tests-due.ics", file.suggestedFilename());
        var calendar = Files.readString(file.path());
        assertTrue(calendar.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), calendar);
        assertTrue(calendar.contains("SUMMARY:Tests due: estradiol\\, testosterone\r\n"), calendar);
        assertTrue(calendar.lines().allMatch(line -> line.length() <= 75), calendar);
    }

    @Test
    void aPatientOfAnotherEhrIsAskedAboutInItsDialect() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-epic");
        assertThat(page.locator("#dialect")).hasValue("epic");
        page.click("#story-draft");
        answered("order-select");
        assertThat(page.locator("#call-summary")).containsText("dialect=epic");
        page.locator("[data-patient=setpoint-start]").click();
        answered("patient-view");
        assertThat(page.locator("#dialect")).hasValue("");
        assertEquals(List.of(), complaints);
    }

    @Test
    void anEngineerSeesWhatWasReadAndWhichRulesFired() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-start");
        page.click("#story-draft");
        answered("order-select");
        page.locator("#developer > summary").click();
        page.click("#tab-read");
        assertThat(page.locator("#read")).containsText("estradiol, final");
        page.click("#tab-rules");
        assertThat(page.locator("#rules")).containsText("R-55");
        page.evaluate("document.getElementById('developer').scrollIntoView()");
        Chromium.show(page, "order-entry-developers");
        page.click("#tab-exchange");
        page.fill("#request", "{\"hook\":");
        page.click("#resend");
        assertThat(page.locator("#call-summary")).containsText("HTTP 400");
        Chromium.keep(page, "developer-DESKTOP-LIGHT");
    }

    @Test
    void aCapturedCallIsCheckedAndARefusalSaysWhatToMend() throws JsonProcessingException {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-start");
        var sample = Samples.on("order-sign", LocalDate.of(2026, 11, 23)).orElseThrow();
        page.locator("#developer > summary").click();
        page.click("#tab-capture");
        page.fill("#captured", sample);
        page.click("#check");
        assertThat(page.locator("#checked")).containsText("E2 72 pg/mL");
        assertThat(page.locator("#read")).containsText("Observation/estradiol-result");
        page.click("#tab-capture");
        page.fill("#captured", withoutLabs(sample));
        page.click("#check");
        assertThat(page.locator("#checked [role=alert]")).containsText("labs");
        page.click("#tab-capture");
        page.fill("#captured", "not JSON");
        page.click("#check");
        assertThat(page.locator("#checked")).containsText("This is no JSON");
    }

    @Test
    void thePageIsAccessibleOnADesktopByDay() {
        openChart(Screen.DESKTOP, ColorScheme.LIGHT, "setpoint-stable");
        page.selectOption("#product", "anastrozole");
        answered("order-select");
        page.locator("#developer > summary").click();
        page.locator(".as-table > summary").click();
        Chromium.holdAccessible(page);
    }

    @Test
    void thePageIsAccessibleOnAPhoneInTheDark() {
        openChart(Screen.PHONE, ColorScheme.DARK, "setpoint-start");
        page.selectOption("#product", "anastrozole");
        answered("order-select");
        page.locator("#developer > summary").click();
        Chromium.holdAccessible(page);
        page.locator("#developer > summary").click();
        page.evaluate("document.getElementById('advice-heading').scrollIntoView()");
        Chromium.show(page, "order-entry-phone");
    }

    private static String withoutLabs(String sample) throws JsonProcessingException {
        var call = (ObjectNode) JSON.readTree(sample);
        ((ObjectNode) call.path("prefetch")).remove("labs");
        return call.toString();
    }

    private void openChart(Screen screen, ColorScheme scheme, String patient) {
        read(screen, scheme);
        page.onPageError(complaints::add);
        page.navigate("/sandbox");
        page.locator("[data-patient=" + patient + "]").click();
        answered("patient-view");
        assertThat(page.locator("#trend canvas")).hasCount(2);
    }

    /** Until the cards of this hook stand on the page. */
    private void answered(String hook) {
        assertThat(page.locator("#advice-status"))
                .containsText(Pattern.compile("^" + hook + ": (\\d+ cards?|refused)"));
    }

    private Locator drafts() {
        return page.locator("#drafts > li");
    }

    private static Locator.FilterOptions containing(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
