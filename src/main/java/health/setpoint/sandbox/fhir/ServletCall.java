package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.util.UrlUtil;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A call that has come as a whole, as HAPI's servlet asks for it. What it does not ask for is refused. */
final class ServletCall extends HttpServletRequestWrapper {

    private final String method;
    private final String origin;
    private final String path;
    private final String query;
    private final String servletPath;
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final byte[] body;
    private final ServletContext context;
    private final Map<String, Object> attributes = new HashMap<>();

    /**
     * @param origin scheme, host and port of the address that was called
     * @param path as it was sent, with its escapes
     * @param query without the question mark; empty where there is none
     * @param servletPath the part of the path that leads to the servlet
     */
    ServletCall(
            String method,
            String origin,
            String path,
            String query,
            String servletPath,
            Map<String, List<String>> headers,
            byte[] body,
            ServletContext context) {
        super(refusing(HttpServletRequest.class));
        this.method = method;
        this.origin = origin;
        this.path = path;
        this.query = query;
        this.servletPath = servletPath;
        this.headers.putAll(headers);
        this.body = body;
        this.context = context;
    }

    /** Something of the servlet API that nobody is meant to ask. */
    static <T> T refusing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, asked, with) -> {
            throw new UnsupportedOperationException(asked.toString());
        }));
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(origin).append(path);
    }

    @Override
    public String getQueryString() {
        return query.isEmpty() ? null : query;
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getServletPath() {
        return servletPath;
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public String getHeader(String name) {
        var values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.enumeration(headers.getOrDefault(name, List.of()));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(headers.keySet());
    }

    @Override
    public String getContentType() {
        return getHeader("Content-Type");
    }

    @Override
    public String getCharacterEncoding() {
        return StandardCharsets.UTF_8.name();
    }

    @Override
    public int getContentLength() {
        return body.length;
    }

    /** Of the query and of a form. */
    @Override
    public Map<String, String[]> getParameterMap() {
        var type = getContentType();
        return type != null && type.startsWith(Constants.CT_X_FORM_URLENCODED)
                ? UrlUtil.parseQueryStrings(query, new String(body, StandardCharsets.UTF_8))
                : UrlUtil.parseQueryStrings(query);
    }

    @Override
    public Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public String getRemoteAddr() {
        return "";
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Whole(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    }

    private static final class Whole extends ServletInputStream {

        private final ByteArrayInputStream body;

        Whole(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] into, int from, int most) {
            return body.read(into, from, most);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is here");
        }
    }
}
