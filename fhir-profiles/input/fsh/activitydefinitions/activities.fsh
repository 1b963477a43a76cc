// What is proposed: the rungs of the ladder, from knowledge/ladder.yaml, and the laboratory orders, from knowledge/lab-requests.csv.

RuleSet: Rung(rung, mg, times, weekly)
* insert Metadata
* url = "http://setpoint.health/fhir/ActivityDefinition/setpoint-rung-{rung}"
* kind = #MedicationRequest
* intent = #proposal
* doNotPerform = false
* productCodeableConcept = $RXNORM#199224 "anastrozole 1 MG Oral Tablet"
* dosage.timing.repeat.frequency = {times}
* dosage.timing.repeat.period = 1
* dosage.timing.repeat.periodUnit = #wk
* dosage.route = $SCT#26643006 "Oral route"
* dosage.doseAndRate.doseQuantity = {mg} 'mg' "mg"
* extension[SetpointWeeklyDose].valueQuantity = {weekly} 'mg/wk' "mg/wk"

RuleSet: Order(test)
* insert Metadata
* url = "http://setpoint.health/fhir/ActivityDefinition/setpoint-order-{test}"
* kind = #ServiceRequest
* intent = #proposal
* doNotPerform = false

Instance: setpoint-rung-l1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Anastrozole L1"
* insert Rung(l1, 0.5, 1, 0.5)
* name = "SetpointRungL1"
* title = "Anastrozole L1"
* description = "Rung L1 of the ladder: half a tablet once weekly."
* dosage.text = "Half a tablet once weekly"

Instance: setpoint-rung-l1-quarter
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Anastrozole L1-QUARTER"
* insert Rung(l1-quarter, 0.25, 2, 0.5)
* name = "SetpointRungL1Quarter"
* title = "Anastrozole L1-QUARTER"
* description = "Rung L1-QUARTER of the ladder: a quarter of a tablet twice weekly, where the site allows it."
* dosage.text = "A quarter of a tablet twice weekly"

Instance: setpoint-rung-l2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Anastrozole L2"
* insert Rung(l2, 0.5, 2, 1)
* name = "SetpointRungL2"
* title = "Anastrozole L2"
* description = "Rung L2 of the ladder: half a tablet twice weekly."
* dosage.text = "Half a tablet twice weekly"

Instance: setpoint-rung-l3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Anastrozole L3"
* insert Rung(l3, 0.5, 3, 1.5)
* name = "SetpointRungL3"
* title = "Anastrozole L3"
* description = "Rung L3 of the ladder: half a tablet three times weekly."
* dosage.text = "Half a tablet three times weekly"

Instance: setpoint-rung-l4
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Anastrozole L4"
* insert Rung(l4, 1, 2, 2)
* name = "SetpointRungL4"
* title = "Anastrozole L4"
* description = "Rung L4 of the ladder: one tablet twice weekly."
* dosage.text = "One tablet twice weekly"

Instance: setpoint-order-estradiol-by-mass-spectrometry
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of estradiol by mass spectrometry"
* insert Order(estradiol-by-mass-spectrometry)
* name = "SetpointOrderEstradiolByMassSpectrometry"
* title = "Order of estradiol by mass spectrometry"
* description = "Order of estradiol by mass spectrometry."
* code = $LOINC#35384-7 "Estradiol (E2)"

Instance: setpoint-order-estradiol
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of estradiol"
* insert Order(estradiol)
* name = "SetpointOrderEstradiol"
* title = "Order of estradiol"
* description = "Order of estradiol."
* code = $LOINC#2243-4 "Estradiol (E2) [Mass/volume] in Serum or Plasma"

Instance: setpoint-order-testosterone
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of testosterone"
* insert Order(testosterone)
* name = "SetpointOrderTestosterone"
* title = "Order of testosterone"
* description = "Order of testosterone."
* code = $LOINC#2986-8 "Testosterone [Mass/volume] in Serum or Plasma"

Instance: setpoint-order-free-testosterone
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of free testosterone"
* insert Order(free-testosterone)
* name = "SetpointOrderFreeTestosterone"
* title = "Order of free testosterone"
* description = "Order of free testosterone."
* code = $LOINC#2991-8 "Testosterone Free [Mass/volume] in Serum or Plasma"

Instance: setpoint-order-lh
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of lh"
* insert Order(lh)
* name = "SetpointOrderLh"
* title = "Order of lh"
* description = "Order of lh."
* code = $LOINC#10501-5 "Lutropin [Units/volume] in Serum or Plasma"

Instance: setpoint-order-fsh
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of fsh"
* insert Order(fsh)
* name = "SetpointOrderFsh"
* title = "Order of fsh"
* description = "Order of fsh."
* code = $LOINC#15067-2 "Follitropin [Units/volume] in Serum or Plasma"

Instance: setpoint-order-shbg
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of shbg"
* insert Order(shbg)
* name = "SetpointOrderShbg"
* title = "Order of shbg"
* description = "Order of shbg."
* code = $LOINC#13967-5 "Sex hormone binding globulin [Moles/volume] in Serum or Plasma"

Instance: setpoint-order-cbc
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of cbc"
* insert Order(cbc)
* name = "SetpointOrderCbc"
* title = "Order of cbc"
* description = "Order of cbc."
* code = $LOINC#58410-2 "CBC panel - Blood by Automated count"

Instance: setpoint-order-cmp
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of cmp"
* insert Order(cmp)
* name = "SetpointOrderCmp"
* title = "Order of cmp"
* description = "Order of cmp."
* code = $LOINC#24323-8 "Comprehensive metabolic 2000 panel - Serum or Plasma"

Instance: setpoint-order-psa
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of psa"
* insert Order(psa)
* name = "SetpointOrderPsa"
* title = "Order of psa"
* description = "Order of psa."
* code = $LOINC#2857-1 "Prostate specific Ag [Mass/volume] in Serum or Plasma"

Instance: setpoint-order-lipids
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of lipids"
* insert Order(lipids)
* name = "SetpointOrderLipids"
* title = "Order of lipids"
* description = "Order of lipids."
* code = $LOINC#24331-1 "Lipid 1996 panel - Serum or Plasma"

Instance: setpoint-order-dxa
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Order of dxa"
* insert Order(dxa)
* name = "SetpointOrderDxa"
* title = "Order of dxa"
* description = "Order of dxa."
* code = $LOINC#38269-7 "DXA Skeletal system Views for bone density"
