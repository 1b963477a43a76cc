package health.setpoint.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.reading.Problem;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.facts.Facts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of reading a chart. */
public sealed interface ChartOutcome {

    /**
     * The chart could be read.
     *
     * @param facts all that the rules may know
     * @param orders whole JSON of each draft medication order that has an id, and of each active or held order of an
     *     aromatase inhibitor or testosterone, by {@code MedicationRequest/id}; a draft hides an order of the same id
     * @param incomplete required data of which only a part could be had: what a card says may rest on it, but silence
     *     may not
     * @param expanded the expansion of a terminology server by which codes were read, empty for the shipped one
     */
    record Read(
            Facts facts,
            Map<String, ObjectNode> orders,
            List<ReadNote> notes,
            List<Problem> incomplete,
            Optional<String> expanded)
            implements ChartOutcome {
        public Read {
            orders = Map.copyOf(orders);
            notes = List.copyOf(notes);
            incomplete = List.copyOf(incomplete);
        }

        @Override
        public Optional<Facts> known() {
            return Optional.of(facts);
        }

        @Override
        public List<Problem> problems() {
            return incomplete;
        }
    }

    /** The call must not be evaluated. */
    record Refused(Kind kind, List<Problem> problems, List<ReadNote> notes) implements ChartOutcome {
        public Refused {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }

        @Override
        public Optional<Facts> known() {
            return Optional.empty();
        }
    }

    /** All that the rules may know; empty where the call must not be evaluated. */
    Optional<Facts> known();

    /** What could not be had, or why the call must not be evaluated. */
    List<Problem> problems();

    /** What was read from each entry, and what was ignored or unreadable and why. */
    List<ReadNote> notes();

    /** Whose fault it is. */
    enum Kind {
        /** The request contradicts itself: 400. */
        BAD_REQUEST,
        /** It holds more than is read: 413. */
        TOO_LARGE,
        /** Required data could not be had: 412. */
        DATA_MISSING
    }
}
