package health.setpoint.chart.observation;

import health.setpoint.chart.person.CodedAnswer;
import health.setpoint.chart.person.SymptomAnswer;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.person.UnreadForm;
import java.util.ArrayList;
import java.util.List;

/**
 * What Observations say, as they are gone through.
 *
 * @param labs results, with what tells whether another one replaces them
 * @param unread answers on symptoms that are neither yes nor no
 */
record ObservationContent(
        List<ResultVersion> labs,
        List<SymptomAnswer> symptoms,
        List<CodedAnswer> pregnancies,
        List<CodedAnswer> sexes,
        List<UnreadForm> unread,
        List<ReadNote> notes) {

    ObservationContent() {
        this(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
    }
}
