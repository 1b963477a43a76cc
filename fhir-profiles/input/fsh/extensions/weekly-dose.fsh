Extension: SetpointWeeklyDose
Id: setpoint-weekly-dose
Title: "Weekly dose"
Description: "What an activity amounts to in a week: the number in which the rungs of the ladder are compared."
* insert Published
* ^context.type = #element
* ^context.expression = "ActivityDefinition"
* value[x] 1..1
* value[x] only Quantity
* value[x].system = "http://unitsofmeasure.org" (exactly)
* value[x].code = #mg/wk (exactly)
