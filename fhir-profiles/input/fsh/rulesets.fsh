// What the artefacts share.

RuleSet: Published
* ^version = "2026.2.0"
* ^status = #draft
* ^experimental = true
* ^date = "2026-01-01"
* ^publisher = "Setpoint"

RuleSet: Metadata
* version = "2026.2.0"
* status = #draft
* experimental = true
* date = "2026-01-01"
* publisher = "Setpoint"

// A measured value: what it must have so that every rule can use it.
RuleSet: Result(tests, what)
* insert Published
* status MS
* status from SetpointResultStatus (required)
* status ^short = "A result entered in error, cancelled or of unknown status is not read"
* code MS
* code from {tests} (required)
* code ^short = "At least one coding that means {what}"
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* effective[x] ^short = "When it was measured or drawn, the time of issue is never used instead"

RuleSet: Measured(units)
* value[x] 1..1 MS
* value[x] only Quantity
* value[x] ^short = "Number with UCUM unit, a comparator is read as an interval"
* value[x].value 1..1 MS
* value[x].comparator MS
* value[x].system 1..1 MS
* value[x].system = "http://unitsofmeasure.org" (exactly)
* value[x].code 1..1 MS
* value[x].code from {units} (required)

// The drug of an order, statement, administration or dispense.
RuleSet: Drug(medications, what)
* insert Published
* status MS
* medication[x] MS
* medication[x] from {medications} (required)
* medication[x] ^short = "At least one coding that means {what}, or a reference to such a Medication"
* subject 1..1 MS
* subject only Reference(Patient)

// A dosage from which a weekly dose can be computed, where the element is called so.
RuleSet: Dosage(element)
* {element} 1..* MS
* {element} ^short = "Structured, so that a weekly dose can be computed"
* {element}.timing MS
* {element}.timing.repeat MS
* {element}.timing.repeat ^short = "Frequency and period, boundsPeriod.start dates a change of dose"
* {element}.route MS
* {element}.doseAndRate MS
* {element}.doseAndRate.dose[x] MS
* {element}.doseAndRate.dose[x] ^short = "mg, or tablets, mL or actuations of a product of known strength"
