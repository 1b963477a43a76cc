package health.setpoint.sandbox.page;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import health.setpoint.sandbox.page.Chromium.Screen;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;

/** A reader before one page: the browser is opened once for a class, and each test has a session of its own. */
abstract class InBrowser {

    private static Chromium chromium;

    @TestHTTPResource
    URL base;

    /** What the reader has before them; none before {@link #read}. */
    Page page;

    @BeforeAll
    static void open(TestInfo tests) {
        chromium = Chromium.open(tests.getTestClass().orElseThrow());
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
            chromium = null;
        }
    }

    @AfterEach
    void leave() {
        if (page != null) {
            page.context().close();
        }
    }

    /** Sits down before a screen. */
    final Page read(Screen screen, ColorScheme scheme) {
        page = chromium.page(base, screen, scheme);
        return page;
    }
}
