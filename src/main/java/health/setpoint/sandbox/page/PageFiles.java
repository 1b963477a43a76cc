package health.setpoint.sandbox.page;

import health.setpoint.http.error.RequestException;
import health.setpoint.http.error.StatusIssues;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The files of a page with scripts, served as they are written.
 *
 * @param folder under {@code /pages}
 */
record PageFiles(String folder) {

    /** Scripts and styles from here only: a card's text that got through as markup could do nothing. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8");

    /**
     * One file.
     *
     * @param name without its extension, letters only
     * @throws RequestException 404 where there is none
     */
    Response answer(String name, String type) {
        try (InputStream file = PageFiles.class.getResourceAsStream("/pages/" + folder + "/" + name + "." + type)) {
            if (file == null) {
                throw new RequestException(404, StatusIssues.of(404));
            }
            return Response.ok(file.readAllBytes(), TYPES.get(type))
                    .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
