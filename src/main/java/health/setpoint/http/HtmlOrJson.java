package health.setpoint.http;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The same content as JSON for programs and as a page for people who follow a link in a browser. */
public final class HtmlOrJson {

    /** Pages without scripts: the stylesheet that all share, and its icon. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Template template;

    /** A template under {@code /pages}; all values are escaped. */
    public HtmlOrJson(String name) {
        try (InputStream file = HtmlOrJson.class.getResourceAsStream("/pages/" + name + ".html")) {
            this.template = Engine.builder()
                    .addDefaults()
                    .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
                    .build()
                    .parse(
                            new String(file.readAllBytes(), StandardCharsets.UTF_8),
                            Variant.forContentType(Variant.TEXT_HTML),
                            name);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A record or a tree as JSON, unless the caller asks for HTML before it. */
    public Response answer(Object content, HttpHeaders headers) {
        if (!asksForHtml(headers)) {
            return Response.ok(AnswerJson.text(content), MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .build();
        }
        return Response.ok(html(content), MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .build();
    }

    private String html(Object content) {
        return template.data("page", AnswerJson.members(content)).render();
    }

    private static boolean asksForHtml(HttpHeaders headers) {
        for (var type : headers.getAcceptableMediaTypes()) {
            if (type.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                return false;
            }
            if (type.isCompatible(MediaType.TEXT_HTML_TYPE)) {
                return true;
            }
        }
        return false;
    }
}
