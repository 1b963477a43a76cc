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
            "POST /sandbox/fhir/$reset");

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
            "PATCH /sandbox/fhir/Patient/setpoint-start");

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
