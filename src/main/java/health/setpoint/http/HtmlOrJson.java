package health.setpoint.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The same content as JSON for programs and as a page for people who follow a link in a browser. */
public final class HtmlOrJson {

    private final HtmlPage page;

    /** A template under {@code /pages}; all values are escaped. */
    public HtmlOrJson(String name) {
        this.page = new HtmlPage(name);
    }

    /** A record or a tree as JSON, unless the caller asks for HTML before it. */
    public Response answer(Object content, HttpHeaders headers) {
        if (!asksForHtml(headers)) {
            return Response.ok(AnswerJson.text(content), MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                    .build();
        }
        return page.answer(200, content)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
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
