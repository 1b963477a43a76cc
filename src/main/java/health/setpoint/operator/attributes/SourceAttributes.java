package health.setpoint.operator.attributes;

import health.setpoint.knowledge.source.Grade;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The 13 source attributes of an evidence-based decision support intervention (45 CFR 170.315(b)(11)), and what the rules
 * and numbers of this knowledge version rest on. The names are public and stable.
 *
 * @param on the day on which it holds
 * @param review said where no clinician has signed anything
 * @param signOff who signed how much of it
 */
record SourceAttributes(
        KnowledgeVersion knowledge,
        LocalDate on,
        Optional<String> review,
        Signed signOff,
        List<Attribute> attributes,
        List<RuleBasis> rules,
        List<NumberInUse> numbers,
        List<TableInUse> tables) {

    /** Which knowledge. */
    record KnowledgeVersion(String version, String hash) {}

    /**
     * Who signed, and how much.
     *
     * @param complete every number, rule and table is signed as it stands
     * @param changedSince what was signed and has changed since, so that it counts as unsigned
     */
    record Signed(
            boolean complete, List<Signatory> by, Part numbers, Part rules, Part tables, List<String> changedSince) {}

    /** A named person, and the day on which that person signed. */
    record Signatory(String name, String role, LocalDate on) {}

    /** How many of how many are signed. */
    record Part(long signed, long all) {}

    /**
     * One of the thirteen.
     *
     * @param number from 1 in the order of the regulation
     * @param used whether the logic reads data of this kind
     * @param released first day of the knowledge
     * @param revised days on which a value changes
     */
    record Attribute(
            int number,
            String name,
            Optional<Boolean> used,
            Optional<String> value,
            Optional<List<Citation>> sources,
            Optional<LocalDate> released,
            Optional<List<LocalDate>> revised) {}

    /** A publication, label or decision. */
    record Citation(String key, String title, Optional<Integer> year, Optional<String> where, Optional<URI> link) {}

    /**
     * What a rule does, and what it rests on.
     *
     * @param when its condition, with the numbers of the day
     * @param then what it advises
     * @param confirmed false where the statement was not read in the primary source
     * @param signedOn the day on which that person signed it as it stands
     */
    record RuleBasis(
            String rule,
            String when,
            String then,
            List<Grade> grades,
            List<String> sources,
            Optional<String> place,
            boolean confirmed,
            Optional<String> signedBy,
            Optional<LocalDate> signedOn) {}

    /** A value as it holds on the day, with its grounds. */
    record NumberInUse(
            String id,
            String says,
            String value,
            String unit,
            String source,
            String place,
            Grade grade,
            Optional<String> signedBy,
            Optional<LocalDate> signedOn) {}

    /**
     * A table of codes, words or units.
     *
     * @param grade how sure its rows are; absent where it does not say
     */
    record TableInUse(
            String file,
            String says,
            String source,
            Optional<String> grade,
            int rows,
            Optional<String> signedBy,
            Optional<LocalDate> signedOn) {}
}
