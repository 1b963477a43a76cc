package health.setpoint.http;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * The files of a page with scripts, served as they are written.
 *
 * @param folder under {@code /pages}
 */
public record PageFiles(String folder) {

    /** Scripts and styles from here only: a card's text that got through as markup could do nothing. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src %s; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8");

    /**
     * One file, which connects to this service only.
     *
     * @param name without its extension, letters only
     * @throws NotFoundException where there is none
     */
    public Response answer(String name, String type) {
        return answer(name, type, List.of());
    }

    /**
     * One file.
     *
     * @param name without its extension, letters only
     * @param origins to which its scripts may connect, beside this service
     * @throws NotFoundException where there is none
     */
    public Response answer(String name, String type, List<String> origins) {
        try (InputStream file = PageFiles.class.getResourceAsStream("/pages/" + folder + "/" + name + "." + type)) {
            if (file == null) {
                throw new NotFoundException();
            }
            var connect = origins.isEmpty() ? "'self'" : "'self' " + String.join(" ", origins);
            return Response.ok(file.readAllBytes(), TYPES.get(type))
                    .header("Content-Security-Policy", CONTENT_SECURITY_POLICY.formatted(connect))
                    .build();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
