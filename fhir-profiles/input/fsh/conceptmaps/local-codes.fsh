Instance: setpoint-example-laboratory
InstanceOf: ConceptMap
Usage: #example
Title: "Local codes of an example laboratory"
Description: "A client's file can name such a map (code-map); only equal and equivalent targets are taken."
* insert Metadata
* url = "http://setpoint.health/fhir/ConceptMap/setpoint-example-laboratory"
* name = "SetpointExampleLaboratory"
* title = "Local codes of an example laboratory"
* group.source = "http://laboratory.example/tests"
* group.target = "http://loinc.org"
* group.element[0].code = #E2MS
* group.element[0].display = "Estradiol, LC-MS/MS"
* group.element[0].target.code = #35384-7
* group.element[0].target.equivalence = #equivalent
* group.element[1].code = #TESTO
* group.element[1].display = "Testosterone, total"
* group.element[1].target.code = #2986-8
* group.element[1].target.equivalence = #equivalent
* group.element[2].code = #HKT
* group.element[2].display = "Hematocrit"
* group.element[2].target.code = #4544-3
* group.element[2].target.equivalence = #equivalent
