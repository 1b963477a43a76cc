package health.setpoint.knowledge.parameter;

import health.setpoint.knowledge.source.Grade;
import health.setpoint.knowledge.source.Source;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.therapy.Regimen;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One number, dose or choice that a clinician could argue about.
 *
 * @param id stable name, for instance {@code estradiol.low}
 * @param says what it means, in one sentence
 * @param unit UCUM code, or words where there is none
 * @param site what a site may choose instead, empty where it may choose nothing
 * @param values by the day from which they hold
 * @param file knowledge file
 * @param line in that file, from 1
 */
public record Parameter(
        String id,
        String says,
        String unit,
        Optional<SiteRange> site,
        NavigableMap<LocalDate, DatedValue> values,
        String file,
        int line) {

    public Parameter {
        values = Collections.unmodifiableNavigableMap(new TreeMap<>(values));
    }

    /** The value that holds on a day, empty before the first. */
    public Optional<DatedValue> on(LocalDate day) {
        return Optional.ofNullable(values.floorEntry(day)).map(Map.Entry::getValue);
    }

    /**
     * A value from its day on.
     *
     * @param value what it is
     * @param basis where it comes from
     * @param line in the parameter's file, from 1
     */
    public record DatedValue(Value value, Basis basis, int line) {}

    /** A value as the file gives it. */
    public sealed interface Value {}

    /** A number, a rung, a yes or no, or the word of a choice. */
    public record Plain(String text) implements Value {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A dose of the ladder. */
    public record Dose(Regimen regimen) implements Value {
        @Override
        public String toString() {
            return regimen.mgPerIntake().toPlainString() + " mg x " + regimen.timesPerWeek();
        }
    }

    /** Where a value comes from, and how strong that is. */
    public record Basis(Source source, String place, Grade grade) {}

    /** What a site may choose. */
    public sealed interface SiteRange {

        /** Which way it goes. */
        String word();

        /** Down or up to where, or the words to choose from. */
        String to();
    }

    /** Any lower number or rung down to a bound. */
    public record Lower(String to) implements SiteRange {
        @Override
        public String word() {
            return "lower-to";
        }
    }

    /** Any higher number or rung up to a bound. */
    public record Raise(String to) implements SiteRange {
        @Override
        public String word() {
            return "raise-to";
        }
    }

    /** One of these words. */
    public record Choose(List<String> from) implements SiteRange {
        public Choose {
            from = List.copyOf(from);
        }

        @Override
        public String word() {
            return "choose";
        }

        @Override
        public String to() {
            return String.join(", ", from);
        }
    }

    public KnowledgeException refuse(String why) {
        return new KnowledgeException(file + ":" + line + ": " + id + ": " + why);
    }

    public static Optional<BigDecimal> number(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException word) {
            return Optional.empty();
        }
    }
}
