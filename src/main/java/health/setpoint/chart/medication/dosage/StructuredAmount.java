package health.setpoint.chart.medication.dosage;

import java.math.BigDecimal;
import java.util.Optional;

/** What the structured elements of an instruction say of a dose or a frequency. */
sealed interface StructuredAmount {

    /** One number. */
    record Exactly(BigDecimal value) implements StructuredAmount {
        @Override
        public Optional<BigDecimal> highest() {
            return Optional.of(value);
        }
    }

    /** A range. */
    record UpTo(BigDecimal most) implements StructuredAmount {
        @Override
        public Optional<BigDecimal> highest() {
            return Optional.of(most);
        }
    }

    /** A frequency that is none: once, on one date. */
    record OneDate() implements StructuredAmount {
        @Override
        public Optional<BigDecimal> highest() {
            return Optional.empty();
        }
    }

    /** Nothing that can be read without words. */
    record Missing(String why) implements StructuredAmount {
        @Override
        public Optional<BigDecimal> highest() {
            return Optional.empty();
        }

        @Override
        public Optional<String> lack() {
            return Optional.of(why);
        }
    }

    /** Something that cannot be read, or contradicts itself. */
    record Unclear(String why) implements StructuredAmount {
        @Override
        public Optional<BigDecimal> highest() {
            return Optional.empty();
        }

        @Override
        public Optional<String> refusal() {
            return Optional.of(why);
        }
    }

    /** The number, or the highest of a range. */
    Optional<BigDecimal> highest();

    /** What is missing that words may say instead, a sentence for the reader. */
    default Optional<String> lack() {
        return Optional.empty();
    }

    /** Why nothing can be read, whatever the words say, a sentence for the reader. */
    default Optional<String> refusal() {
        return Optional.empty();
    }
}
