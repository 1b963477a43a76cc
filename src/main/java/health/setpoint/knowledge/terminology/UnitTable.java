package health.setpoint.knowledge.terminology;

import health.setpoint.knowledge.parameter.Parameter;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The units in which each analyte may be reported, by UCUM code and by the spellings that laboratories use; compared
 * letter by letter, since upper and lower case differ in meaning. A unit of the wrong kind is not found.
 */
public final class UnitTable {

    private final Map<Analyte, Map<String, List<Entry>>> units;
    private final Map<Analyte, List<Unit>> guesses;

    private UnitTable(Map<Analyte, Map<String, List<Entry>>> units, Map<Analyte, List<Unit>> guesses) {
        this.units = units;
        this.guesses = guesses;
    }

    public static UnitTable read(Tables tables) {
        Map<Analyte, Map<String, List<Entry>>> units = new EnumMap<>(Analyte.class);
        for (Tables.Row row : tables.rows(
                "units.csv", "analyte", "written", "shown", "factor", "offset", "up_to", "guessed", "note")) {
            Unit unit = new Unit(row.text("shown"), number(row, "factor"), number(row, "offset"));
            if (unit.factor().signum() <= 0) {
                throw row.refuse("a factor is above zero");
            }
            Optional<BigDecimal> upTo =
                    row.maybe("up_to").isEmpty() ? Optional.empty() : Optional.of(number(row, "up_to"));
            List<Entry> entries = units.computeIfAbsent(row.oneOf("analyte", Analyte.class), fresh -> new HashMap<>())
                    .computeIfAbsent(row.maybe("written"), fresh -> new ArrayList<>());
            if (!entries.isEmpty() && entries.get(entries.size() - 1).upTo().isEmpty()) {
                throw row.refuse(row.maybe("written") + " stands twice");
            }
            boolean guessed =
                    switch (row.maybe("guessed")) {
                        case "" -> true;
                        case "no" -> false;
                        default -> throw row.refuse("guessed: unknown word " + row.maybe("guessed"));
                    };
            entries.add(new Entry(unit, upTo, guessed));
        }
        for (Analyte analyte : Analyte.values()) {
            boolean base = units.getOrDefault(analyte, Map.of()).getOrDefault(analyte.baseUnit(), List.of()).stream()
                    .anyMatch(entry -> entry.unit().factor().compareTo(BigDecimal.ONE) == 0);
            if (!base) {
                throw new KnowledgeException("units.csv: " + analyte + " lacks its base unit " + analyte.baseUnit());
            }
        }
        Map<Analyte, List<Unit>> guesses = new EnumMap<>(Analyte.class);
        units.forEach((analyte, written) -> guesses.put(analyte, guesses(written)));
        return new UnitTable(units, guesses);
    }

    /** Each way into the base unit once, by its simplest unit. */
    private static List<Unit> guesses(Map<String, List<Entry>> written) {
        Map<BigDecimal, Unit> byFactor = new TreeMap<>();
        for (List<Entry> entries : written.values()) {
            for (Entry entry : entries) {
                if (entry.guessed()) {
                    byFactor.merge(
                            entry.unit().factor().stripTrailingZeros(),
                            entry.unit(),
                            (a, b) -> a.symbol().compareTo(b.symbol()) <= 0 ? a : b);
                }
            }
        }
        return List.copyOf(byFactor.values());
    }

    private static BigDecimal number(Tables.Row row, String column) {
        return Parameter.number(row.text(column)).orElseThrow(() -> row.refuse("not a number: " + row.text(column)));
    }

    /** The unit that a spelling means for an analyte, whatever the amount. */
    public Optional<Unit> unit(Analyte analyte, String spelling) {
        return entries(analyte, spelling).stream().findFirst().map(Entry::unit);
    }

    /**
     * The unit that a spelling means for this amount: a hematocrit in {@code L/L} is a fraction up to 1, and above it a
     * percentage.
     */
    public Optional<Unit> unit(Analyte analyte, String spelling, BigDecimal amount) {
        for (Entry entry : entries(analyte, spelling)) {
            if (entry.upTo().isEmpty() || amount.compareTo(entry.upTo().get()) <= 0) {
                return Optional.of(entry.unit());
            }
        }
        return Optional.empty();
    }

    /** The units that a number without one, or with an unknown one, may have. */
    public List<Unit> guesses(Analyte analyte) {
        return guesses.getOrDefault(analyte, List.of());
    }

    /** The units of an analyte as they are shown to a reader, each once. */
    public Set<String> symbols(Analyte analyte) {
        return units.getOrDefault(analyte, Map.of()).values().stream()
                .flatMap(List::stream)
                .map(entry -> entry.unit().symbol())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every spelling in which a unit of an analyte is read. */
    public Set<String> spellings(Analyte analyte) {
        return new TreeSet<>(units.getOrDefault(analyte, Map.of()).keySet());
    }

    private List<Entry> entries(Analyte analyte, String spelling) {
        return units.getOrDefault(analyte, Map.of()).getOrDefault(spelling.strip(), List.of());
    }

    private record Entry(Unit unit, Optional<BigDecimal> upTo, boolean guessed) {}
}
