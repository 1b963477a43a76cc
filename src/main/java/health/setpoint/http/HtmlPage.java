package health.setpoint.http;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Template;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A page without scripts: the stylesheet that all pages share, and its icon. */
public final class HtmlPage {

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Template template;

    /** A template under {@code /pages}; all values are escaped unless the template says {@code raw}. */
    public HtmlPage(String name) {
        try (InputStream file = HtmlPage.class.getResourceAsStream("/pages/" + name + ".html")) {
            this.template = Engine.builder()
                    .addDefaults()
                    .addValueResolver(ValueResolvers.rawResolver())
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

    /** The page of a record, which the template calls {@code page}. */
    public Response.ResponseBuilder answer(int status, Object content) {
        return Response.status(status)
                .entity(template.data("page", AnswerJson.members(content)).render())
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    }
}
