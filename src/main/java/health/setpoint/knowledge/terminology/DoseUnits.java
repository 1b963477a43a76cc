package health.setpoint.knowledge.terminology;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The units of a dose by code and by word. A code of UCUM, of SNOMED CT or of the NCI Thesaurus is unlike any other of
 * them, so that its system is not asked for.
 */
public final class DoseUnits {

    private static final int LONGEST = 100;
    private static final int SHORTEST_WORD = 3;

    private final Map<String, DoseUnit> units = new HashMap<>();

    private DoseUnits() {}

    public static DoseUnits read(Tables tables) {
        DoseUnits read = new DoseUnits();
        for (Tables.Row row : tables.rows("dose-units.csv", "unit", "written", "system", "since", "note")) {
            since(row);
            String written = row.text("written").toLowerCase(Locale.ROOT);
            if (read.units.put(written, row.oneOf("unit", DoseUnit.class)) != null) {
                throw row.refuse(row.text("written") + " stands twice");
            }
        }
        return read;
    }

    /** The day from which a row of a table of words holds. */
    static LocalDate since(Tables.Row row) {
        try {
            return LocalDate.parse(row.text("since"));
        } catch (DateTimeParseException none) {
            throw row.refuse("since: no date: " + row.text("since"));
        }
    }

    /** What a word or code means, OTHER where it is a unit that no dose can be computed from. */
    public Optional<DoseUnit> named(String written) {
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        String plain = within(within(written.strip().toLowerCase(Locale.ROOT), '{', '}'), '[', ']');
        return Optional.ofNullable(units.get(plain));
    }

    private static String within(String text, char open, char close) {
        boolean isEnclosed = text.length() > 2 && text.charAt(0) == open && text.charAt(text.length() - 1) == close;
        return isEnclosed ? text.substring(1, text.length() - 1) : text;
    }

    /**
     * The unit of a quantity. Its code speaks before its word; a code that is unknown leaves it to the word, unless it
     * may be a unit of UCUM. Empty where code and word contradict each other or say nothing that can be counted.
     */
    public Optional<DoseUnit> of(Optional<String> system, Optional<String> code, Optional<String> word) {
        Optional<DoseUnit> named = word.flatMap(this::named);
        Optional<String> said = code.filter(text -> !text.equals("1") && !text.equals("{}"));
        Optional<DoseUnit> coded = said.flatMap(this::named);
        if (coded.isPresent() && named.isPresent() && coded.get() != named.get()) {
            return Optional.empty();
        }
        boolean isOtherUnit = said.isPresent() && coded.isEmpty() && mayBeUcum(system, said.get());
        return isOtherUnit ? Optional.empty() : coded.or(() -> named).filter(unit -> unit != DoseUnit.OTHER);
    }

    /** Words under the name of UCUM, such as "Tablet", are none of its units; those are short or hold signs. */
    private static boolean mayBeUcum(Optional<String> system, String code) {
        if (code.indexOf('/') >= 0) {
            return true;
        }
        boolean isUcum = system.filter(name -> name.equals(CodeSystemUris.UCUM) || name.equals(CodeSystemUris.UCUM_OID))
                .isPresent();
        boolean isAnyNumber = system.isEmpty() && code.chars().allMatch(Character::isDigit);
        return (isUcum || system.isEmpty())
                && !isAnyNumber
                && !isAnnotation(code)
                && (code.length() < SHORTEST_WORD || !code.chars().allMatch(Character::isLetter));
    }

    private static boolean isAnnotation(String code) {
        return code.startsWith("{") && code.endsWith("}");
    }
}
