package health.setpoint.population.bulk;

import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.population.bulk.IntakeCounts.Fate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Looks at each line of an export once, and puts it where it belongs. An object serves one thread. */
final class LineIntake {

    private static final int SHORTEST = 2;

    private final Intake intake;
    private final LineSieve sieve;
    private final ResourceScan scan;

    LineIntake(Intake intake) {
        this.intake = intake;
        this.sieve = new LineSieve(intake.codes(), intake.unmapped());
        this.scan = sieve.scan();
    }

    void take(Intake.FileBlock work) throws IOException {
        var block = work.block();
        if (block.tooLong()) {
            scan.read(block.bytes(), 0, block.length());
            reject(work, block.firstLine(), "longer than " + LineBlocks.LONGEST_LINE + " bytes");
            return;
        }
        var bytes = block.bytes();
        var line = block.firstLine();
        var from = 0;
        while (from < block.length()) {
            var newline = ResourceScan.newline(bytes, from, block.length());
            var to = newline;
            while (to > from && bytes[to - 1] <= ' ' && bytes[to - 1] >= 0) {
                to--;
            }
            var begin = line == 1 ? withoutMark(bytes, from, to) : from;
            if (to - begin >= SHORTEST || to > begin && bytes[begin] != ' ') {
                take(work, line, bytes, begin, to);
            }
            from = newline + 1;
            line++;
        }
    }

    /** A byte order mark, as some systems put before the first line. */
    private static int withoutMark(byte[] bytes, int from, int to) {
        return to - from >= 3
                        && bytes[from] == (byte) 0xEF
                        && bytes[from + 1] == (byte) 0xBB
                        && bytes[from + 2] == (byte) 0xBF
                ? from + 3
                : from;
    }

    private void take(Intake.FileBlock work, long line, byte[] bytes, int from, int to) throws IOException {
        if (!scan.read(bytes, from, to)) {
            reject(work, line, "no whole JSON object");
            return;
        }
        var name = scan.typeName();
        if (name.isEmpty()) {
            reject(work, line, "no resourceType");
            return;
        }
        intake.counts().countType(name);
        switch (name) {
            case "Bundle" -> bundle(work, line, bytes, from, to);
            case "OperationOutcome" -> intake.outcome(bytes, from, to);
            case "Medication" -> medication(bytes, from, to);
            default -> resource(work, line, ResourceType.of(name), bytes, from, to);
        }
    }

    private void bundle(Intake.FileBlock work, long line, byte[] bytes, int from, int to) {
        if (!intake.deletions(bytes, from, to)) {
            reject(work, line, "a Bundle that deletes nothing: a line holds one resource");
        }
    }

    private void medication(byte[] bytes, int from, int to) throws IOException {
        intake.counts().count(Fate.MEDICATION);
        intake.medications().add(bytes, from, to);
    }

    private void resource(Intake.FileBlock work, long line, ResourceType type, byte[] bytes, int from, int to)
            throws IOException {
        if (!sieve.isAsked(type)) {
            intake.counts().count(Fate.UNASKED);
            return;
        }
        var owner = scan.owner(type);
        if (owner.isEmpty()) {
            if (type == ResourceType.SPECIMEN || scan.isOfNoPatient()) {
                intake.counts().count(Fate.OF_NO_PATIENT);
            } else {
                reject(work, line, "it names no patient");
            }
            return;
        }
        intake.counts().count(Fate.KEPT);
        intake.partitions().add(owner.get(), origin(work, line, ""), bytes, from, to);
    }

    private void reject(Intake.FileBlock work, long line, String why) {
        intake.counts().count(Fate.REJECTED);
        var type = scan.typeName();
        var named = ResourceType.of(type) == ResourceType.OTHER ? "" : type;
        intake.rejects().add(work.file(), line, named.isEmpty() ? "" : named + "/" + scan.id(), why);
        var known = ResourceType.of(type);
        if (named.isEmpty() || isNeverRead(known)) {
            return;
        }
        scan.owner(known).ifPresent(patient -> lack(work, line, patient, known));
    }

    private static boolean isNeverRead(ResourceType type) {
        return type.isOnlyReferenced() && type != ResourceType.SPECIMEN;
    }

    /** Whoever has a line that cannot be read is decided on a part of his record, and his row says so. */
    private void lack(Intake.FileBlock work, long line, String patient, ResourceType type) {
        intake.lacking(patient, origin(work, line, type.code()));
    }

    static byte[] origin(Intake.FileBlock work, long line, String unreadable) {
        return ("{\"file\":" + work.number() + ",\"line\":" + line
                        + (unreadable.isEmpty() ? "" : ",\"unreadable\":\"" + unreadable + "\"") + "}")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
