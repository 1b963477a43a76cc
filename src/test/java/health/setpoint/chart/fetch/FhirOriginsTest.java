package health.setpoint.chart.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request names its FHIR server, and so may name any address that its sender would like to have asked. */
@Tag("attack")
class FhirOriginsTest {

    private static final FhirOrigins EHR =
            FhirOrigins.of(List.of(URI.create("https://ehr.example/r4"), URI.create("https://10.0.0.7:8443/fhir")));

    private static boolean allowed(FhirOrigins origins, String address) {
        return FhirOrigins.base(address).filter(origins::allow).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ehr.example/r4",
                "https://ehr.example:443/r4",
                "https://EHR.example/other",
                "HTTPS://ehr.example",
                "https://10.0.0.7:8443/fhir"
            })
    void aListedServerIsAllowedHoweverItsOriginIsWritten(String address) {
        assertTrue(allowed(EHR, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ehr.example/r4",
                "https://ehr.example:8443/r4",
                "https://ehr.example.evil.example/r4",
                "https://evil.example/https://ehr.example/r4",
                "https://evil.example#https://ehr.example/r4",
                "https://evil.example?https://ehr.example/r4",
                "https://ehr.example@evil.example/r4",
                "https://evil.example@ehr.example/r4",
                "https://user:secret@ehr.example/r4",
                "https://ehr.example%40evil.example/r4",
                "https://ehr.example%00.evil.example/r4",
                "https://ehr.example\\@evil.example/r4",
                "https://ehr.example\\.evil.example/r4",
                "https://ehr.example /r4",
                "https://ehr.example\n.evil.example/r4",
                "https://ehr.example./r4",
                "https://еhr.example/r4",
                "https://xn--hr-7lc.example/r4",
                "//ehr.example/r4",
                "/r4",
                "ehr.example/r4",
                "https:ehr.example/r4",
                "https:///r4",
                "ftp://ehr.example/r4",
                "file:///etc/passwd",
                "jar:https://ehr.example/r4!/",
                "gopher://ehr.example/r4",
                "https://169.254.169.254/latest/meta-data",
                "http://169.254.169.254/latest/meta-data",
                "http://metadata.google.internal/",
                "https://[fe80::1%25eth0]/r4",
                "https://[::ffff:10.0.0.7]:8443/fhir",
                "https://[::ffff:169.254.169.254]/",
                "https://10.0.0.8:8443/fhir",
                "https://10.0.0.7/fhir",
                "https://167772167:8443/fhir",
                "https://012.0.0.7:8443/fhir",
                "https://0x0a.0.0.7:8443/fhir",
                "https://10.7:8443/fhir",
                "https://127.0.0.1/r4",
                "http://localhost:8080/r4",
                ""
            })
    void nothingElseIsAllowedHoweverItIsWritten(String address) {
        assertFalse(allowed(EHR, address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1.example/r4",
                "http://127.0.0.1.nip.io/r4",
                "http://localhost.example/r4",
                "http://localhost./r4",
                "http://2130706433/r4",
                "http://0177.0.0.1/r4",
                "http://0x7f.0.0.1/r4",
                "http://127.1/r4",
                "http://127.0.1/r4",
                "http://127.0.0.256/r4",
                "http://127.0.0.01x/r4",
                "http://0.0.0.0/r4",
                "http://0/r4",
                "http://[::]/r4",
                "http://[::ffff:127.0.0.1]/r4",
                "http://[::ffff:7f00:1]/r4",
                "http://[0:0:0:0:0:0:0:2]/r4",
                "http://[::1%25lo]/r4",
                "http://me@127.0.0.1/r4",
                "http://127.0.0.1@evil.example/r4",
                "http://127.0.0.1\\@evil.example/r4",
                "http://128.0.0.1/r4",
                "http://10.0.0.1/r4",
                "http://169.254.169.254/",
                "https://ehr.example/r4"
            })
    void localModeMeansThisMachineAndNothingThatOnlyLooksLikeIt(String address) {
        assertFalse(allowed(FhirOrigins.LOOPBACK, address));
    }

    @Test
    void localModeMeansThisMachineOnAnyPort() {
        for (var address : List.of(
                "http://localhost:8090/r4", "http://127.0.0.1/r4", "http://127.8.9.10:1/r4", "http://[::1]:8090/r4")) {
            assertTrue(allowed(FhirOrigins.LOOPBACK, address), address);
        }
    }

    @Test
    void aServerThatCannotBeAskedSafelyCannotBeListed() {
        for (var address : List.of(
                "http://ehr.example/r4",
                "https://me@ehr.example/r4",
                "/r4",
                "file:///etc/passwd",
                "http://10.0.0.1/r4")) {
            assertThrows(IllegalArgumentException.class, () -> FhirOrigins.of(List.of(URI.create(address))), address);
        }
        assertEquals(
                "https://ehr.example:443",
                FhirOrigins.of(List.of(URI.create("https://EHR.example")))
                        .listed()
                        .iterator()
                        .next());
    }

    @Test
    void localModeMayNameOpenServersElsewhereAndAsksNoOthers() {
        var open = FhirOrigins.local(List.of(URI.create("http://fhir.example/r4"), URI.create("https://r4.example")));
        for (var address :
                List.of("http://fhir.example/other", "https://r4.example:443/x", "http://localhost:8090/r4")) {
            assertTrue(allowed(open, address), address);
            assertTrue(open.isOpen(URI.create(address)), address);
        }
        for (var address : List.of(
                "https://fhir.example/r4",
                "http://fhir.example:8080/r4",
                "http://r4.example",
                "http://fhir.example@evil.example/r4",
                "http://169.254.169.254/")) {
            assertFalse(allowed(open, address), address);
        }
    }

    @Test
    void noOpenServerIsOneThatGuardsSecretsOrCannotBeAsked() {
        for (var address : List.of(
                "http://169.254.169.254/latest",
                "https://[fe80::1]/r4",
                "file:///etc/passwd",
                "http://me@a.example",
                "/r4")) {
            assertThrows(
                    IllegalArgumentException.class, () -> FhirOrigins.local(List.of(URI.create(address))), address);
        }
    }

    @Test
    void aRegisteredClientsOpenServerIsHttpsAndTheOthersStayClosed() {
        var both = FhirOrigins.of(
                List.of(URI.create("https://ehr.example/r4")), List.of(URI.create("https://open.example/r4")));
        assertTrue(both.isOpen(URI.create("https://open.example/r4")));
        assertTrue(both.allow(URI.create("https://open.example/r4")));
        assertFalse(both.isOpen(URI.create("https://ehr.example/r4")));
        assertTrue(both.allow(URI.create("https://ehr.example/r4")));
        assertThrows(
                IllegalArgumentException.class,
                () -> FhirOrigins.of(List.of(), List.of(URI.create("http://open.example/r4"))));
    }
}
