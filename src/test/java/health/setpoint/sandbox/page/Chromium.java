package health.setpoint.sandbox.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import health.setpoint.hook.FixedClock;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The chromium of this machine. Where there is none the tests that need it are skipped with one line for all, or fail where
 * {@code SETPOINT_BROWSER_TESTS} is {@code required}.
 */
final class Chromium implements AutoCloseable {

    /** What a reader has before them. */
    enum Screen {
        DESKTOP(1440, 900),
        PHONE(380, 800);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }
    }

    private static final List<Path> USUAL = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final String SKIPPED =
            "Skipped: the tests of the pages in a real browser (*InBrowserTest), since there is no" + " chromium at "
                    + USUAL + ", or at what SETPOINT_CHROMIUM names.";
    /** Told once, though each class of tests may have a class loader of its own. */
    private static final String TOLD = "setpoint.browser-tests.skipped";

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    /** In milliseconds; the machine may have others to serve. */
    private static final double PATIENCE = 60_000;

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Path executable) {
        this.playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        this.browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    /** The browser that is named, and no other; without a name the one of this machine. */
    static Optional<Path> executable(String named) {
        return (named == null ? USUAL : List.of(Path.of(named)))
                .stream().filter(Files::isExecutable).findFirst();
    }

    /** Opens the browser for a class of tests. */
    static Chromium open(Class<?> tests) {
        var executable = executable(System.getenv("SETPOINT_CHROMIUM"));
        if (executable.isEmpty()) {
            if ("required".equals(System.getenv("SETPOINT_BROWSER_TESTS"))) {
                Assertions.fail(tests.getSimpleName() + " must not be skipped here. " + SKIPPED);
            }
            if (System.setProperty(TOLD, "true") == null) {
                System.out.println(SKIPPED);
            }
            Assumptions.abort(SKIPPED);
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        return new Chromium(executable.orElseThrow());
    }

    /** A page of a reader of its own, on the day of the tests. */
    Page page(URL base, Screen screen, ColorScheme scheme) {
        var context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(base.toString())
                .setViewportSize(screen.width, screen.height)
                .setTimezoneId("UTC")
                .setLocale("en-GB")
                .setColorScheme(scheme));
        context.setDefaultTimeout(PATIENCE);
        var page = context.newPage();
        page.clock().setFixedTime(FixedClock.NOW.toEpochMilli());
        return page;
    }

    /** Keeps a picture of the page among what the build leaves. */
    static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    /**
     * A picture of what stands on the screen, for the README; it goes there with {@code -Dsetpoint.screenshots=write}, else
     * among what the build leaves.
     */
    static void show(Page page, String name) {
        var folder =
                "write".equals(System.getProperty("setpoint.screenshots")) ? Path.of("docs", "images") : SCREENSHOTS;
        page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name + ".png")));
    }

    /** Holds a page to what axe knows of accessibility, and to its own width. */
    static void holdAccessible(Page page) {
        var serious = new AxeBuilder(page)
                        // What holds for the first rows of a table holds for hundreds like them.
                        .exclude("tbody tr:nth-child(n+7)")
                        .analyze()
                        .getViolations()
                        .stream()
                        .filter(found -> List.of("serious", "critical").contains(found.getImpact()))
                        .map(found -> found.getId() + ": "
                                + found.getNodes().stream()
                                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                        .toList())
                        .toList();
        assertEquals(List.of(), serious, page.url());
        assertEquals(
                Boolean.TRUE,
                page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"),
                page.url() + " is wider than the screen");
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
