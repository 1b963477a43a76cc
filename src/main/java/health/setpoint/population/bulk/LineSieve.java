package health.setpoint.population.bulk;

import health.setpoint.chart.CodeRelevance;
import health.setpoint.chart.CodeRelevance.Verdict;
import health.setpoint.chart.fhir.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which lines a rule can ask for, and whose they are, by their type and code, before any is read. An object serves one thread. */
public final class LineSieve {

    private final CodeMemo codes;
    private final UnmappedCodes unmapped;
    private final ResourceScan scan = new ResourceScan();

    LineSieve(CodeMemo codes, UnmappedCodes unmapped) {
        this.codes = codes;
        this.unmapped = unmapped;
    }

    /** A sieve of its own, for whoever tells lines apart by patient in another way than on the disk. */
    public static LineSieve of(CodeRelevance relevance) {
        return new LineSieve(new CodeMemo(relevance), new UnmappedCodes());
    }

    /**
     * The patient whose line it is; empty where no rule asks for it, where it names no patient, and where it is no whole JSON
     * object.
     */
    public Optional<String> patient(String line) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        if (!scan.read(bytes, 0, bytes.length)) {
            return Optional.empty();
        }
        var type = ResourceType.of(scan.typeName());
        return isAsked(type) && !type.equals(ResourceType.MEDICATION) ? scan.owner(type) : Optional.empty();
    }

    ResourceScan scan() {
        return scan;
    }

    /** By its type and its code: the line that was scanned last. */
    boolean isAsked(ResourceType type) {
        return switch (type) {
            case OBSERVATION, CONDITION, PROCEDURE, SERVICE_REQUEST -> isAsked(type, scan.code());
            case MEDICATION_REQUEST,
                    MEDICATION_STATEMENT,
                    MEDICATION_USAGE,
                    MEDICATION_ADMINISTRATION,
                    MEDICATION_DISPENSE -> isAsked(type, scan.medicationCode());
            case DIAGNOSTIC_REPORT -> !scan.isDescribedByCode() || scan.code().isThere() && isAsked(type, scan.code());
            case PRACTITIONER, PRACTITIONER_ROLE, ORGANIZATION, ENCOUNTER, OTHER -> false;
            default -> true;
        };
    }

    private boolean isAsked(ResourceType type, ResourceScan.Span code) {
        return !code.isThere()
                || !scan.isDescribedByCode()
                || codes.of(type, scan.bytes(), code, unmapped) == Verdict.ASKED;
    }
}
