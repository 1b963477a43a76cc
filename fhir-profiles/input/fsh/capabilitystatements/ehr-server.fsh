// What the service asks of the FHIR server of an EHR. CapabilityTest holds it to the prefetch templates of discovery, which are
// also what is fetched where an EHR does not prefetch.

RuleSet: Asked(index, type)
* rest.resource[{index}].type = #{type}
* rest.resource[{index}].interaction[0].code = #search-type
* rest.resource[{index}].searchParam[0].name = "patient"
* rest.resource[{index}].searchParam[0].type = #reference

RuleSet: AlsoBy(index, number, parameter, type)
* rest.resource[{index}].searchParam[{number}].name = "{parameter}"
* rest.resource[{index}].searchParam[{number}].type = #{type}

Instance: setpoint-ehr-server
InstanceOf: CapabilityStatement
Usage: #definition
* insert Metadata
* url = "http://setpoint.health/fhir/CapabilityStatement/setpoint-ehr-server"
* name = "SetpointEhrServer"
* title = "What Setpoint asks of the FHIR server of an EHR"
* description = "Reads and searches only, in FHIR R4 as JSON, with the bearer token of the call; pages are followed by their next link. Nothing is written. Where everything is prefetched, nothing is asked."
* kind = #requirements
* fhirVersion = #4.0.1
* format = #application/fhir+json
* rest.mode = #client
* rest.documentation = "Patient, Observation and MedicationRequest are needed for an answer; each of the others, where it is missing, is named on the card as not known."
* rest.security.cors = false
* rest.security.description = "Authorization: Bearer, the token of fhirAuthorization in the hook's request, which grants read and search on the types below."
* rest.resource[0].type = #Patient
* rest.resource[0].interaction[0].code = #read
* insert Asked(1, Observation)
* insert AlsoBy(1, 1, code, token)
* insert AlsoBy(1, 2, date, date)
* insert AlsoBy(1, 3, category, token)
* rest.resource[1].documentation = "By category for clients whose file says lab-search: category, else by code"
* insert Asked(2, MedicationRequest)
* insert Asked(3, MedicationStatement)
* insert Asked(4, Condition)
* insert Asked(5, ServiceRequest)
* insert AlsoBy(5, 1, status, token)
* insert Asked(6, AllergyIntolerance)
* insert Asked(7, MedicationAdministration)
* insert AlsoBy(7, 1, effective-time, date)
* insert Asked(8, MedicationDispense)
* insert AlsoBy(8, 1, whenhandedover, date)
* insert Asked(9, QuestionnaireResponse)
* insert AlsoBy(9, 1, authored, date)
* rest.resource[10].type = #Medication
* rest.resource[10].interaction[0].code = #read
* rest.resource[10].documentation = "Read where an order, statement, administration or dispense refers to it and it was not sent"
