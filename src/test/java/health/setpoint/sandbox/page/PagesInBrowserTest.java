package health.setpoint.sandbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import health.setpoint.hook.Calls;
import health.setpoint.sandbox.page.Chromium.Screen;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pages without scripts, as people see them. */
@QuarkusTest
class PagesInBrowserTest extends InBrowser {

    private static final List<String> PAGES =
            List.of("/", "/dsi/source-attributes", "/journal/report", "/journal/report?to=2020-06-30");

    @Test
    void everyPageIsAccessibleOnADesktopByDay() {
        holdAccessible(Screen.DESKTOP, ColorScheme.LIGHT);
    }

    @Test
    void everyPageIsAccessibleOnAPhoneInTheDark() {
        holdAccessible(Screen.PHONE, ColorScheme.DARK);
    }

    @Test
    void everyPageIsAccessibleOnADesktopInTheDark() {
        holdAccessible(Screen.DESKTOP, ColorScheme.DARK);
    }

    @Test
    void everyPageIsAccessibleOnAPhoneByDay() {
        holdAccessible(Screen.PHONE, ColorScheme.LIGHT);
    }

    /** The page behind the link of the sample's first card. */
    private static String decision() {
        var sample = Calls.request().get("/samples/order-sign.json").asString();
        var link = URI.create(Calls.json(Calls.send("order-sign", sample).asString())
                .at("/cards/0/links/0/url")
                .asText());
        return link.getRawPath() + "?" + link.getRawQuery();
    }

    private void holdAccessible(Screen screen, ColorScheme scheme) {
        read(screen, scheme);
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        for (var path : PAGES) {
            assertEquals(200, page.navigate(path).status(), path);
            Chromium.holdAccessible(page);
            Chromium.keep(page, "page" + path.replaceAll("\\W+", "-") + "-" + screen);
        }
        assertEquals(200, page.navigate(decision()).status());
        page.locator("details").all().forEach(details -> details.locator("summary")
                .press("Enter"));
        Chromium.holdAccessible(page);
        Chromium.keep(page, "page-decision-" + screen + "-" + scheme);
        assertEquals(List.of(), complaints);
        assertEquals(404, page.navigate("/decisions/x").status());
        Chromium.holdAccessible(page);
        Chromium.keep(page, "page-no-decision-" + screen + "-" + scheme);
    }

    @Test
    void aLinkToARuleLandsOnItsLine() {
        read(Screen.DESKTOP, ColorScheme.LIGHT);
        page.navigate("/dsi/source-attributes#R-55");
        assertTrue(page.locator("tr:target").textContent().contains("Estradiol above 60"));
    }
}
