package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.ResourceType;
import health.setpoint.titration.therapy.Course;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads where a medication record stands, by its status and what stands beside it in the versions of FHIR. */
final class StandingReader {

    private static final Set<String> NO_ORDER = Set.of("proposal", "option");
    private static final List<String> NOT_DONE = List.of("notGiven", "wasNotGiven", "notDone", "notPerformed");

    /** Codes of adherence for a drug that is not taken. */
    static final List<String> NOT_TAKING = List.of("not-taking", "not-taking-as-directed", "not-taken");

    private static final Set<String> STOPPING = Set.of("stopped", "cancelled", "completed", "ended", "on-hold");

    private StandingReader() {}

    /** Where a record stands; empty where it says nothing of what is ordered, taken or given. */
    static Optional<Standing> of(ChartEntry entry) {
        var node = entry.resource();
        var status = FhirJson.text(node, "status").orElse("");
        if (entry.isDraft()) {
            return draft(entry, status);
        }
        if (isNotDone(node)) {
            return Optional.empty();
        }
        return switch (entry.type()) {
            case MEDICATION_REQUEST -> order(node, status).map(state -> new Standing(Course.Source.ORDER, state));
            case MEDICATION_STATEMENT, MEDICATION_USAGE ->
                statement(node, status).map(state -> new Standing(Course.Source.STATEMENT, state));
            case MEDICATION_ADMINISTRATION ->
                administration(status).map(state -> new Standing(Course.Source.ADMINISTRATION, state));
            case MEDICATION_DISPENSE -> dispense(status).map(state -> new Standing(Course.Source.DISPENSE, state));
            case PROCEDURE ->
                Optional.of(new Standing(Course.Source.ADMINISTRATION, Course.State.ENDED))
                        .filter(done -> status.equals("completed"));
            case PATIENT,
                    OBSERVATION,
                    DIAGNOSTIC_REPORT,
                    CONDITION,
                    ALLERGY_INTOLERANCE,
                    SERVICE_REQUEST,
                    QUESTIONNAIRE_RESPONSE,
                    MEDICATION,
                    SPECIMEN,
                    PRACTITIONER,
                    PRACTITIONER_ROLE,
                    ORGANIZATION,
                    ENCOUNTER,
                    MEDICATION_ORDER,
                    DIAGNOSTIC_ORDER,
                    MEDICATION_PRESCRIPTION,
                    OTHER -> Optional.empty();
        };
    }

    private static Optional<Standing> draft(ChartEntry entry, String status) {
        if (entry.type() != ResourceType.MEDICATION_REQUEST || status.equals("entered-in-error")) {
            return Optional.empty();
        }
        var stops = STOPPING.contains(status) || FhirJson.isTrue(entry.resource(), "doNotPerform");
        return Optional.of(new Standing(Course.Source.ORDER, stops ? Course.State.DRAFT_STOP : Course.State.DRAFT));
    }

    private static Optional<Course.State> order(ObjectNode node, String status) {
        if (FhirJson.isTrue(node, "doNotPerform")
                || NO_ORDER.contains(FhirJson.text(node, "intent").orElse(""))) {
            return Optional.empty();
        }
        return switch (status) {
            case "active" -> Optional.of(Course.State.ACTIVE);
            case "on-hold" -> Optional.of(Course.State.ON_HOLD);
            case "completed", "stopped", "ended" -> Optional.of(Course.State.ENDED);
            default -> Optional.empty();
        };
    }

    private static Optional<Course.State> statement(ObjectNode node, String status) {
        if (FhirJson.isTrue(node, "wasNotTaken")
                || Set.of("n", "unk", "na")
                        .contains(FhirJson.text(node, "taken").orElse(""))) {
            return Optional.of(Course.State.NOT_TAKEN);
        }
        return switch (status) {
            case "active" -> Optional.of(Course.State.ACTIVE);
            case "on-hold" -> Optional.of(Course.State.ON_HOLD);
            case "completed", "stopped" -> Optional.of(Course.State.ENDED);
            case "intended", "not-taken" -> Optional.of(Course.State.NOT_TAKEN);
            case "recorded" -> Optional.of(adherence(node));
            default -> Optional.empty();
        };
    }

    /** In R5 a statement only says that it was recorded; whether the drug is taken stands in its adherence. */
    private static Course.State adherence(ObjectNode node) {
        var code = adherenceCode(node);
        if (code.hasAnyCode(List.of("on-hold", "on-hold-as-directed", "on-hold-not-as-directed"))) {
            return Course.State.ON_HOLD;
        }
        if (code.hasAnyCode(List.of(
                "stopped", "stopped-as-directed", "stopped-not-as-directed", "stopped-completed", "completed"))) {
            return Course.State.ENDED;
        }
        return code.hasAnyCode(NOT_TAKING) || code.hasCode("intended") ? Course.State.NOT_TAKEN : Course.State.ACTIVE;
    }

    /** What a statement of R5 says of adherence. */
    static Concept adherenceCode(ObjectNode node) {
        return FhirJson.object(node, "adherence")
                .map(adherence -> Concept.of(adherence, "code", CodeMap.NONE))
                .orElse(Concept.NONE);
    }

    private static Optional<Course.State> administration(String status) {
        return switch (status) {
            case "in-progress" -> Optional.of(Course.State.ACTIVE);
            case "completed", "stopped" -> Optional.of(Course.State.ENDED);
            default -> Optional.empty();
        };
    }

    private static Optional<Course.State> dispense(String status) {
        return switch (status) {
            case "completed", "stopped" -> Optional.of(Course.State.ENDED);
            default -> Optional.empty();
        };
    }

    /** STU3 and DSTU2 say beside the status that something was not given, dispensed or done. */
    private static boolean isNotDone(ObjectNode node) {
        for (var member : NOT_DONE) {
            if (FhirJson.isTrue(node, member)) {
                return true;
            }
        }
        return FhirJson.has(node, "notDoneCodeableConcept") || FhirJson.has(node, "notDoneReference");
    }

    /** Why a record does not stand. */
    static String whyIgnored(ChartEntry entry) {
        if (isNotDone(entry.resource())) {
            return "it says that it was not done";
        }
        var status =
                FhirJson.text(entry.resource(), "status").map(DisplayText::code).orElse("missing");
        if (FhirJson.isTrue(entry.resource(), "doNotPerform")) {
            return "it says that the drug is not to be given";
        }
        return "status " + status
                + FhirJson.text(entry.resource(), "intent")
                        .map(intent -> ", intent " + DisplayText.code(intent))
                        .orElse("")
                + ": it does not stand";
    }
}
