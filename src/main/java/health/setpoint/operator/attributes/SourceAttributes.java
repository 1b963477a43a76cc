package health.setpoint.operator.attributes;

import health.setpoint.knowledge.Grade;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The 13 source attributes of an evidence-based decision support intervention (45 CFR 170.315(b)(11)), and what the rules
 * and numbers of this knowledge version rest on. The names are public and stable.
 *
 * @param on the day on which it holds
 * @param review said where no clinician has signed any value
 */
record SourceAttributes(
        KnowledgeVersion knowledge,
        LocalDate on,
        Optional<String> review,
        List<Attribute> attributes,
        List<RuleBasis> rules,
        List<NumberInUse> numbers) {

    /** Which knowledge. */
    record KnowledgeVersion(String version, String hash) {}

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
     */
    record RuleBasis(
            String rule,
            String when,
            String then,
            List<Grade> grades,
            List<String> sources,
            Optional<String> place,
            boolean confirmed) {}

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
}
