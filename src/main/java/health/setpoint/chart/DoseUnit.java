package health.setpoint.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a single dose is counted in. Grams are left out: of a gel they are grams of gel. */
enum DoseUnit {
    MILLIGRAM("1", "mg", "milligram", "milligrams", "milligram(s)", "258684004"),
    MICROGRAM("0.001", "ug", "mcg", "µg", "μg", "microgram", "micrograms", "258685003"),
    TABLET(
            "",
            "tbl",
            "tablet",
            "tablets",
            "tablet(s)",
            "tab",
            "tabs",
            "tab(s)",
            "pill",
            "pills",
            "732936001",
            "428673006",
            "oral tablet",
            "cap",
            "caps",
            "capsule",
            "capsules",
            "732937005"),
    MILLILITRE("", "ml", "milliliter", "milliliters", "millilitre", "millilitres", "cc", "258773002"),
    ACTUATION(
            "",
            "actuat",
            "actuation",
            "actuations",
            "actuation(s)",
            "pump",
            "pumps",
            "spray",
            "sprays",
            "puff",
            "puffs",
            "732981002"),
    PACKET("", "packet", "packets", "pkt", "sachet", "sachets", "733007009");

    private static final Map<String, DoseUnit> BY_SPELLING = new HashMap<>();

    static {
        for (var unit : values()) {
            unit.spellings.forEach(spelling -> BY_SPELLING.put(spelling, unit));
        }
    }

    private final Optional<BigDecimal> mg;
    private final List<String> spellings;

    DoseUnit(String mg, String... spellings) {
        this.mg = mg.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(mg));
        this.spellings = List.of(spellings);
    }

    /** mg in one unit; empty where only the product says how much it holds. */
    Optional<BigDecimal> mg() {
        return mg;
    }

    static Optional<DoseUnit> spelled(String spelling) {
        var plain = spelling.strip().toLowerCase(Locale.ROOT);
        if (plain.startsWith("{") && plain.endsWith("}")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        if (plain.startsWith("[") && plain.endsWith("]")) {
            plain = plain.substring(1, plain.length() - 1);
        }
        return Optional.ofNullable(BY_SPELLING.get(plain));
    }

    /** The unit of a Quantity: its code before its words; empty where they contradict each other or say nothing known. */
    static Optional<DoseUnit> of(ObjectNode quantity) {
        var code = Json.text(quantity, "code").filter(text -> !text.equals("1") && !text.equals("{}"));
        var known = code.flatMap(DoseUnit::spelled);
        var words = Json.text(quantity, "unit").flatMap(DoseUnit::spelled);
        if (code.isEmpty()) {
            return words;
        }
        return known.isPresent() && words.isPresent() && words.get() != known.get() ? Optional.empty() : known;
    }
}
