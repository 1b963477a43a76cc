package health.setpoint.population.bulk;

import health.setpoint.chart.fhir.ResourceType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One line of a bulk file, looked over without building a tree: is it one whole JSON object, of which type and whose, and
 * where stands the code that says what it is about. An object serves one thread, line by line.
 */
public final class ResourceScan {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long NEWLINES = '\n' * ONES;
    private static final int LONGEST_KEY = 40;

    /** The members that are looked for; what else a line has is passed over. */
    private enum Member {
        TYPE("resourceType"),
        ID("id"),
        SUBJECT("subject"),
        PATIENT("patient"),
        CODE("code"),
        MEDICATION_CODE("medicationCodeableConcept"),
        /** Members beside which a code does not say all. */
        MORE(
                "component",
                "contained",
                "valueCodeableConcept",
                "bodySite",
                "reasonCode",
                "reason",
                "medicationReference",
                "medication");

        private final String[] names;

        Member(String... names) {
            this.names = names;
        }
    }

    /** A stretch of the line. */
    record Span(int from, int to) {
        private static final Span NONE = new Span(-1, -1);

        boolean isThere() {
            return from >= 0;
        }
    }

    private static final Member[][] BY_LENGTH = new Member[LONGEST_KEY + 1][];
    private static final byte[][][] NAMES = new byte[LONGEST_KEY + 1][][];

    static {
        for (var member : Member.values()) {
            for (var name : member.names) {
                var length = name.length();
                var before = BY_LENGTH[length] == null ? 0 : BY_LENGTH[length].length;
                var members = new Member[before + 1];
                var names = new byte[before + 1][];
                if (before > 0) {
                    System.arraycopy(BY_LENGTH[length], 0, members, 0, before);
                    System.arraycopy(NAMES[length], 0, names, 0, before);
                }
                members[before] = member;
                names[before] = name.getBytes(StandardCharsets.US_ASCII);
                BY_LENGTH[length] = members;
                NAMES[length] = names;
            }
        }
    }

    private byte[] line = new byte[0];
    private int at;
    private int end;
    private boolean isWhole;
    private boolean hasMore;
    private final Span[] members = new Span[Member.values().length];

    /** Looks over a line; false where it is not one whole JSON object. What was seen before it broke off is kept. */
    public boolean read(byte[] bytes, int from, int to) {
        line = bytes;
        at = from;
        end = to;
        hasMore = false;
        Arrays.fill(members, Span.NONE);
        isWhole = object();
        return isWhole;
    }

    // --- what was seen

    /** Its resourceType as it is written; empty where it has none. */
    public String typeName() {
        return string(Member.TYPE);
    }

    /** Its id; empty where it has none. */
    public String id() {
        return string(Member.ID);
    }

    /** Its code says all that there is to know of it without reading it. */
    boolean isDescribedByCode() {
        return !hasMore;
    }

    Span code() {
        return members[Member.CODE.ordinal()];
    }

    Span medicationCode() {
        return members[Member.MEDICATION_CODE.ordinal()];
    }

    byte[] bytes() {
        return line;
    }

    /** The plain id of the patient whose it is: by subject or patient, of a Patient its own. */
    public Optional<String> owner(ResourceType type) {
        if (type == ResourceType.PATIENT) {
            return Optional.of(id()).filter(id -> !id.isEmpty());
        }
        return owner(members[Member.SUBJECT.ordinal()]).or(() -> owner(members[Member.PATIENT.ordinal()]));
    }

    /** It is of a group, a device or the like. */
    boolean isOfNoPatient() {
        var subject = members[Member.SUBJECT.ordinal()];
        return subject.isThere() && PatientReference.isToAnother(line, subject.from(), subject.to());
    }

    private Optional<String> owner(Span reference) {
        return reference.isThere() ? PatientReference.in(line, reference.from(), reference.to()) : Optional.empty();
    }

    private String string(Member member) {
        var span = members[member.ordinal()];
        return span.isThere() && line[span.from()] == '"' && span.to() - span.from() >= 2
                ? new String(line, span.from() + 1, span.to() - span.from() - 2, StandardCharsets.UTF_8)
                : "";
    }

    // --- how it is looked over

    private boolean object() {
        blanks();
        if (at >= end || line[at] != '{') {
            return false;
        }
        at++;
        blanks();
        if (at < end && line[at] == '}') {
            at++;
        } else if (!members()) {
            return false;
        }
        blanks();
        return at == end;
    }

    private boolean members() {
        while (true) {
            blanks();
            if (at >= end || line[at] != '"') {
                return false;
            }
            var keyFrom = at + 1;
            if (!string()) {
                return false;
            }
            var keyTo = at - 1;
            blanks();
            if (at >= end || line[at] != ':') {
                return false;
            }
            at++;
            blanks();
            var from = at;
            if (!value()) {
                // Whose a line was that breaks off in the middle is worth knowing.
                note(keyFrom, keyTo, from, end);
                return false;
            }
            note(keyFrom, keyTo, from, at);
            blanks();
            if (at >= end) {
                return false;
            }
            if (line[at] == '}') {
                at++;
                return true;
            }
            if (line[at] != ',') {
                return false;
            }
            at++;
        }
    }

    private void note(int keyFrom, int keyTo, int from, int to) {
        var length = keyTo - keyFrom;
        if (length > LONGEST_KEY || BY_LENGTH[length] == null) {
            return;
        }
        var names = NAMES[length];
        for (int i = 0; i < names.length; i++) {
            if (line[keyFrom] == names[i][0] && Arrays.equals(line, keyFrom, keyTo, names[i], 0, length)) {
                var member = BY_LENGTH[length][i];
                if (member == Member.MORE) {
                    hasMore = true;
                } else {
                    members[member.ordinal()] = new Span(from, to);
                }
                return;
            }
        }
    }

    private boolean value() {
        if (at >= end) {
            return false;
        }
        switch (line[at]) {
            case '"' -> {
                return string();
            }
            case '{', '[' -> {
                return nested();
            }
            default -> {
                var from = at;
                while (at < end && line[at] != ',' && line[at] != '}' && line[at] != ']') {
                    at++;
                }
                return at > from;
            }
        }
    }

    private boolean nested() {
        var depth = 0;
        var bytes = line;
        var last = end;
        var i = at;
        while (i < last) {
            switch (bytes[i]) {
                case '"' -> {
                    at = i;
                    if (!string()) {
                        return false;
                    }
                    i = at;
                }
                case '{', '[' -> {
                    depth++;
                    i++;
                }
                case '}', ']' -> {
                    depth--;
                    i++;
                    if (depth == 0) {
                        at = i;
                        return true;
                    }
                }
                default -> i++;
            }
        }
        return false;
    }

    /** Past a string, eight bytes at a time. */
    private boolean string() {
        var bytes = line;
        var last = end;
        var i = at + 1;
        while (true) {
            if (i + Long.BYTES <= last) {
                var eight = (long) EIGHT.get(bytes, i);
                var found = zeros(eight ^ QUOTES) | zeros(eight ^ BACKSLASHES);
                if (found == 0) {
                    i += Long.BYTES;
                    continue;
                }
                i += Long.numberOfTrailingZeros(found) >>> 3;
            }
            if (i >= last) {
                return false;
            }
            if (bytes[i] == '"') {
                at = i + 1;
                return true;
            }
            i += bytes[i] == '\\' ? 2 : 1;
        }
    }

    /** Where the line ends that begins here; the end where no other follows. */
    static int newline(byte[] bytes, int from, int to) {
        var i = from;
        while (i + Long.BYTES <= to) {
            var found = zeros((long) EIGHT.get(bytes, i) ^ NEWLINES);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
            i += Long.BYTES;
        }
        while (i < to && bytes[i] != '\n') {
            i++;
        }
        return i;
    }

    /** The high bit of the first byte that is zero, and nothing below it. */
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGH;
    }

    private void blanks() {
        while (at < end && line[at] <= ' ' && line[at] >= 0) {
            at++;
        }
    }
}
