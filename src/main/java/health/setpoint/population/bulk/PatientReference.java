package health.setpoint.population.bulk;

import health.setpoint.chart.fhir.References;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The patient whom a Reference names, with and without type, absolute, or as the urn of a transaction. */
final class PatientReference {

    private static final byte[] REFERENCE = "\"reference\"".getBytes(StandardCharsets.US_ASCII);
    private static final String PATIENT = "Patient/";

    private PatientReference() {}

    /** The plain id out of a Reference, or the first of an array of them; empty where it names none, or no patient. */
    static Optional<String> in(byte[] line, int from, int to) {
        return address(line, from, to).flatMap(PatientReference::id);
    }

    /** It names something that is no patient. */
    static boolean isToAnother(byte[] line, int from, int to) {
        return address(line, from, to)
                .flatMap(References::local)
                .filter(local -> !local.startsWith(PATIENT))
                .isPresent();
    }

    private static Optional<String> address(byte[] line, int from, int to) {
        for (int i = from; i + REFERENCE.length < to; i++) {
            if (line[i] == '"' && isReference(line, i)) {
                return value(line, i + REFERENCE.length, to);
            }
        }
        return line[from] == '"' ? value(line, from, to) : Optional.empty();
    }

    private static boolean isReference(byte[] line, int at) {
        for (int i = 0; i < REFERENCE.length; i++) {
            if (line[at + i] != REFERENCE[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> value(byte[] line, int from, int to) {
        var first = from;
        while (first < to && line[first] != '"') {
            first++;
        }
        var last = first + 1;
        while (last < to && line[last] != '"') {
            last++;
        }
        return last < to
                ? Optional.of(new String(line, first + 1, last - first - 1, StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    /** As reading a chart takes it. */
    private static Optional<String> id(String address) {
        if (address.isEmpty() || address.startsWith("#")) {
            return Optional.empty();
        }
        if (address.startsWith("urn:")) {
            return Optional.of(address.substring(address.lastIndexOf(':') + 1));
        }
        var local = References.local(address);
        return local.isEmpty()
                ? Optional.of(address)
                : local.filter(each -> each.startsWith(PATIENT)).map(each -> each.substring(PATIENT.length()));
    }
}
