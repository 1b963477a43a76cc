package health.setpoint.knowledge.terminology;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The code systems in all their spellings, and how their codes are compared. */
final class CodeSystems {

    private static final Set<String> ICD = Set.of(CodeSystemUris.ICD_10_CM, CodeSystemUris.ICD_9_CM);

    /** What follows a code of the ICD: dashes for "and below", marks, a letter for how sure the diagnosis is. */
    private static final Pattern AFTER_CODE = Pattern.compile("[^A-Z0-9].*", Pattern.DOTALL);

    /** A code with the letter A of its own behind it: "ausgeschlossen", ruled out. */
    private static final Pattern RULED_OUT =
            Pattern.compile("[A-Z][0-9]{2}([.]?[0-9]{1,2}|[.]?-)?[-*+!\u2020]*[ _]+A", Pattern.CASE_INSENSITIVE);

    /** Elsewhere than in Germany a letter that follows at once is part of the code. */
    private static final Pattern RULED_OUT_IN_GERMANY =
            Pattern.compile("[A-Z][0-9]{2}([.]?[0-9]{1,2}|[.]?-)?[-*+!\u2020]*[ _]*A", Pattern.CASE_INSENSITIVE);

    private static final Pattern OF_GERMANY = Pattern.compile("fhir[.]de/|icd-?10-?(gm|de)", Pattern.CASE_INSENSITIVE);

    private static final String NO_SYSTEM = "-";
    private static final String ANYTHING = "*";

    /** No code of these systems has more characters; a longer one is not looked for, piece by piece least of all. */
    private static final int LONGEST = 64;

    private final Map<String, String> canonical = new HashMap<>();
    private final Map<String, String> within = new LinkedHashMap<>();
    private final Set<String> known = new HashSet<>();

    CodeSystems(List<Tables.Row> rows) {
        for (Tables.Row row : rows) {
            if (written(row).put(name(row), row.text("system")) != null) {
                throw row.refuse(row.text("written") + " stands twice");
            }
            known.add(row.text("system"));
        }
        known.remove(NO_SYSTEM);
    }

    private Map<String, String> written(Tables.Row row) {
        return isWithin(row) ? within : canonical;
    }

    private static boolean isWithin(Tables.Row row) {
        return row.text("written").startsWith(ANYTHING) && row.text("written").endsWith(ANYTHING);
    }

    private static String name(Tables.Row row) {
        String written = row.text("written");
        return isWithin(row) ? written.substring(1, written.length() - 1) : written;
    }

    /** The key of a coding as an EHR sends it, empty for a code system that no table uses. */
    Optional<Key> key(String system, String code) {
        return code.length() > LONGEST
                ? Optional.empty()
                : canonical(system.strip()).map(found -> new Key(found, plain(found, code)));
    }

    /** By one of its addresses, else by a part of a name, of which the first that is found counts. */
    private Optional<String> canonical(String system) {
        String listed = canonical.get(system);
        // Most systems that no table uses are numbers of a site's own.
        if (listed != null || system.isEmpty() || system.startsWith("urn:")) {
            return Optional.ofNullable(listed);
        }
        String lower = system.toLowerCase(Locale.ROOT);
        return within.entrySet().stream()
                .filter(part -> lower.contains(part.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .filter(found -> !found.equals(NO_SYSTEM));
    }

    /** Whether a code of ICD-10 says of itself that the diagnosis was ruled out. */
    boolean isRuledOut(String system, String code) {
        if (code.length() > LONGEST || !canonical(system.strip()).equals(Optional.of(CodeSystemUris.ICD_10_CM))) {
            return false;
        }
        Pattern form = OF_GERMANY.matcher(system).find() ? RULED_OUT_IN_GERMANY : RULED_OUT;
        return form.matcher(code.strip()).matches();
    }

    /** Whether a table uses the codes of a system. */
    boolean knows(String system) {
        return canonical(system.strip()).isPresent();
    }

    Key key(Tables.Row row) {
        String system = row.text("system");
        if (!known.contains(system)) {
            throw row.refuse("unknown code system " + system);
        }
        return new Key(system, plain(system, row.text("code")));
    }

    private static String plain(String system, String code) {
        return ICD.contains(system)
                ? AFTER_CODE
                        .matcher(code.strip().replace(".", "").toUpperCase(Locale.ROOT))
                        .replaceFirst("")
                : code.strip();
    }

    /** A code in the form in which it is compared: those of the ICD without dots. */
    record Key(String system, String code) {

        boolean isHierarchical() {
            return ICD.contains(system);
        }

        /** The code one character shorter. */
        Key shorter() {
            return new Key(system, code.substring(0, code.length() - 1));
        }

        boolean isEmpty() {
            return code.isEmpty();
        }
    }
}
