// Who he is, what he has, what he does not tolerate, what is ordered and what he answered.

Profile: SetpointPatient
Parent: Patient
Id: setpoint-patient
Title: "Patient for Setpoint"
Description: "Whom the rules are about: age, and sex by the records in their order of precedence. The extensions are those of FHIR's extension pack, of US Core and of Epic, whose definitions are not part of this package: the invariants say by which address each is found, and what it must hold."
* insert Published
* birthDate 1..1 MS
* birthDate ^short = "The age decides; a year alone is read as its last day"
* gender 1..1 MS
* gender ^short = "Last in precedence; a man by it whom another record calls a woman is spoken of"
* obeys setpoint-clinical-use and setpoint-sex and setpoint-birth-sex and setpoint-epic-clinical-use and setpoint-epic-legal-sex

Invariant: setpoint-clinical-use
Description: "Sex parameter for clinical use, first in precedence: the value is a coding, in the extension or within it"
Severity: #warning
Expression: "extension.where(url = 'http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse').all(value.exists() or extension.where(url = 'value').value.exists())"

Invariant: setpoint-epic-clinical-use
Description: "Epic's sex for clinical use, as the sex parameter for clinical use: the value is a coding"
Severity: #warning
Expression: "extension.where(url = 'http://open.epic.com/FHIR/StructureDefinition/extension/sex-for-clinical-use').all(value.exists())"

Invariant: setpoint-sex
Description: "US Core sex, second in precedence: the value is a code"
Severity: #warning
Expression: "extension.where(url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex').all(value.exists())"

Invariant: setpoint-birth-sex
Description: "US Core birth sex, third in precedence: the value is a code"
Severity: #warning
Expression: "extension.where(url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex').all(value.exists())"

Invariant: setpoint-epic-legal-sex
Description: "Epic's legal sex, an administrative record as the gender is: the value is a coding"
Severity: #warning
Expression: "extension.where(url = 'http://open.epic.com/FHIR/StructureDefinition/extension/legal-sex').all(value.exists())"

Profile: SetpointCondition
Parent: Condition
Id: setpoint-condition
Title: "Problem for Setpoint"
Description: "A diagnosis or symptom that a rule asks for. One that is refuted, entered in error or only suspected does not count as there."
* insert Published
* clinicalStatus MS
* verificationStatus MS
* code 1..1 MS
* code from SetpointConditions (required)
* code ^short = "At least one coding of a diagnosis or symptom that a rule asks for"
* subject MS
* subject only Reference(Patient)
* onset[x] MS
* abatement[x] MS
* recordedDate MS

Profile: SetpointAllergy
Parent: AllergyIntolerance
Id: setpoint-allergy
Title: "Hypersensitivity for Setpoint"
Description: "A hypersensitivity to anastrozole by code. One to an excipient of its tablet is found by its words, which no binding can say."
* insert Published
* clinicalStatus MS
* verificationStatus MS
* type MS
* type ^short = "An intolerance of lactose is no hypersensitivity"
* code 1..1 MS
* code from SetpointAnastrozoleMedications (required)
* patient MS

Profile: SetpointLabOrder
Parent: ServiceRequest
Id: setpoint-lab-order
Title: "Laboratory or imaging order for Setpoint"
Description: "An order of a test that a card could ask for: while it stands, no card asks for it again. The orders that Setpoint suggests have this form too."
* insert Published
* status MS
* status ^short = "Active or draft: the order stands"
* intent MS
* intent ^short = "A proposal or an option is no order"
* doNotPerform MS
* code 1..1 MS
* code from SetpointLabOrders (required)
* subject MS
* subject only Reference(Patient)
* occurrence[x] MS

Profile: SetpointSymptomResponse
Parent: QuestionnaireResponse
Id: setpoint-symptom-response
Title: "Answers on symptoms for Setpoint"
Description: "A completed questionnaire of symptoms. An item is matched by a code of its own, by its link id or by the end of its definition."
* insert Published
* status MS
* status from SetpointFinishedAnswers (required)
* status ^short = "Only completed or amended answers are read"
* questionnaire MS
* subject 1..1 MS
* subject only Reference(Patient)
* authored 1..1 MS
* item 1..* MS
