// The value sets of status. Those of tests, units, drugs, problems and orders are written from the knowledge, knowledge.fsh.

ValueSet: SetpointResultStatus
Id: setpoint-result-status
Title: "Status of a result that exists"
Description: "A result of another status is not read. Only final, amended and corrected results decide."
* insert Published
* $OBSERVATION-STATUS#registered
* $OBSERVATION-STATUS#preliminary
* $OBSERVATION-STATUS#final
* $OBSERVATION-STATUS#amended
* $OBSERVATION-STATUS#corrected

ValueSet: SetpointFinalResultStatus
Id: setpoint-final-result-status
Title: "Status of a result that decides"
Description: "Only such a result decides."
* insert Published
* $OBSERVATION-STATUS#final
* $OBSERVATION-STATUS#amended
* $OBSERVATION-STATUS#corrected

ValueSet: SetpointFinishedAnswers
Id: setpoint-finished-answers
Title: "Status of answers that are read"
Description: "A questionnaire in progress, stopped or entered in error is not read."
* insert Published
* http://hl7.org/fhir/questionnaire-answers-status#completed
* http://hl7.org/fhir/questionnaire-answers-status#amended
