package health.setpoint.clinic;

import health.setpoint.clinic.ClinicTables.Row;
import java.util.Set;

/** The headings that a table may use. */
final class Columns {

    private static final Set<String> KNOWN = Set.of(
            "#",
            "case",
            "reading",
            "hook",
            "policy",
            "day",
            "knowledge",
            "sex",
            "age",
            "ai",
            "ai changed",
            "ai before",
            "draft",
            "t",
            "t changed",
            "t draft",
            "estradiol",
            "earlier estradiol",
            "testosterone",
            "injection",
            "symptoms",
            "conditions",
            "labs",
            "other drugs",
            "open requests",
            "not read",
            "rules",
            "rules (exact)",
            "indicator",
            "advice",
            "dose",
            "current",
            "recheck",
            "labs due",
            "options",
            "suggestions",
            "advised",
            "calendar",
            "due",
            "later",
            "notes",
            "cards",
            "draft agrees",
            "doubts",
            "seen");

    private Columns() {}

    static void check(Row row) {
        for (String column : row.cells().keySet()) {
            if (!KNOWN.contains(column)) {
                throw new IllegalArgumentException(row.where() + ": unknown column '" + column + "'");
            }
        }
    }
}
