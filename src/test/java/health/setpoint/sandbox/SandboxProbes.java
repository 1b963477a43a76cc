package health.setpoint.sandbox;

import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Calls to the sandbox, written as a caller may write them who looks for a door. */
final class SandboxProbes {

    /** Addresses of what the sandbox serves. */
    static final List<String> SERVED = List.of(
            "GET /sandbox/patients.json",
            "GET /sandbox/patients-bundle.json",
            "GET /sandbox/patients/setpoint-start.json",
            "GET /sandbox/fhir/metadata",
            "GET /sandbox/fhir/Patient",
            "HEAD /sandbox/fhir/Patient/setpoint-start",
            "GET /sandbox/fhir/space/a-space-of-ones-own/Patient",
            "GET /sandbox/fhir/Patient/setpoint-start/$everything",
            "POST /sandbox/fhir/$reset",
            "GET /sandbox",
            "GET /sandbox/main.js",
            "GET /sandbox/fhir/.well-known/smart-configuration",
            "GET /sandbox/fhir/space/a-space-of-ones-own/.well-known/smart-configuration",
            "GET /sandbox/auth/keys",
            "GET /app",
            "GET /app/launch",
            "GET /app/configuration",
            "GET /app/app.js",
            "GET /app/launch.js",
            "GET /app/desk.css",
            "GET /webjars/uplot/dist/uPlot.min.css");

    /** What the sandbox answers with a refusal, since such a call brings nothing that it could use. */
    static final List<String> REFUSED_INSIDE = List.of(
            "GET /sandbox/auth/authorize",
            "GET /sandbox/auth/authorize?client_id=setpoint-app&redirect_uri=https://evil.example",
            "POST /sandbox/auth/token",
            "POST /sandbox/auth/launch");

    /** The same in other words, and what is not served but lies below. */
    static final List<String> HIDDEN = List.of(
            "GET /sandbox/fhir",
            "GET /sandbox/fhir/",
            "GET //sandbox/fhir/metadata",
            "GET /sandbox//fhir/metadata",
            "GET /./sandbox/fhir/metadata",
            "GET /q/../sandbox/fhir/metadata",
            "GET /sandbox;x=1/fhir/metadata",
            "GET /sandbox/fhir;x=1/metadata",
            "GET /sandbox/fhir/metadata;x=1",
            "GET /%73andbox/fhir/metadata",
            "GET /sandbox%2Ffhir/metadata",
            "GET /sandbox/%66hir/metadata",
            "GET /sandbox/patients.json;x=1",
            "GET /Sandbox/fhir/metadata",
            "PUT /sandbox/fhir/Patient/setpoint-start",
            "DELETE /sandbox/fhir/Patient/setpoint-start",
            "OPTIONS /sandbox/fhir/metadata",
            "PATCH /sandbox/fhir/Patient/setpoint-start",
            "GET /sandbox/",
            "GET /sandbox/auth",
            "GET /sandbox/auth/",
            "GET /sandbox/auth/launch",
            "GET /sandbox//auth/keys",
            "GET /sandbox/%61uth/keys",
            "GET /sandbox/auth/keys;x=1",
            "GET /sandbox/auth/../auth/keys",
            "HEAD /sandbox/auth/keys",
            "OPTIONS /sandbox/auth/token",
            "GET /app/",
            "GET //app",
            "GET /%61pp",
            "GET /app;x=1",
            "GET /app/launch;x=1",
            "GET /app/%6caunch",
            "GET /q/../app/launch",
            "GET /app/for/local",
            "GET /app/for/local/launch",
            "GET /app/for/local/services",
            "POST /app/for/local/services/titration-patient-view",
            "GET /app/for/nobody/configuration",
            "POST /app/for/nobody/services/titration-patient-view",
            "GET /app/main.js",
            "POST /app",
            "HEAD /app",
            "OPTIONS /app",
            "GET /App",
            "GET /webjars",
            "GET /webjars/",
            "GET //webjars/uplot/dist/uPlot.min.css",
            "GET /%77ebjars/uplot/dist/uPlot.min.css",
            "GET /webjars/uplot/dist/uPlot.iife.min.js",
            "GET /webjars/markdown-it/dist/markdown-it.min.js",
            "GET /webjars/dompurify/dist/purify.min.js");

    private SandboxProbes() {}

    /** The status with which a call is answered, sent as it is written. */
    static int status(URL base, String methodAndPath) throws IOException {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write((methodAndPath
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var line =
                    new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
            return Integer.parseInt(line.substring("HTTP/1.1 ".length()));
        }
    }
}
