package health.setpoint.chart.observation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.ResultStatus;
import java.util.Optional;

/** What an Observation hands down to its components and contained members. */
record ObservationFrame(
        ObjectNode node,
        Optional<ObservationFrame> parent,
        String reference,
        ResultStatus status,
        ClinicalTime drawn,
        Concept method) {}
