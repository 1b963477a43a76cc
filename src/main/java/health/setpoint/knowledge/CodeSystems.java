package health.setpoint.knowledge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The code systems in all their spellings, and how their codes are compared. */
final class CodeSystems {

    private static final String ICD = "http://hl7.org/fhir/sid/icd-10-cm";

    /** No code of these systems has more characters; a longer one is not looked for, piece by piece least of all. */
    private static final int LONGEST = 64;

    private final Map<String, String> canonical = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    CodeSystems(List<Tables.Row> rows) {
        for (Tables.Row row : rows) {
            if (canonical.put(row.text("written"), row.text("system")) != null) {
                throw row.refuse(row.text("written") + " stands twice");
            }
            known.add(row.text("system"));
        }
    }

    /** The key of a coding as an EHR sends it, empty for a code system that no table uses. */
    Optional<Key> key(String system, String code) {
        String found = canonical.get(system.strip());
        return found == null || code.length() > LONGEST
                ? Optional.empty()
                : Optional.of(new Key(found, plain(found, code)));
    }

    Key key(Tables.Row row) {
        String system = row.text("system");
        if (!known.contains(system)) {
            throw row.refuse("unknown code system " + system);
        }
        return new Key(system, plain(system, row.text("code")));
    }

    private static String plain(String system, String code) {
        return system.equals(ICD) ? code.strip().replace(".", "").toUpperCase(Locale.ROOT) : code.strip();
    }

    /** A code in the form in which it is compared: ICD-10-CM without dots. */
    record Key(String system, String code) {

        boolean isHierarchical() {
            return system.equals(ICD);
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
