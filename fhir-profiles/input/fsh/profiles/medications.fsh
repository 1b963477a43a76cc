// Orders, statements, administrations and dispenses of the two drugs whose dose is computed, and of the others that a rule asks for.

Profile: SetpointAnastrozoleRequest
Parent: MedicationRequest
Id: setpoint-anastrozole-request
Title: "Anastrozole order for Setpoint"
Description: "An order or draft of anastrozole from which the titration rules can compute a weekly dose."
* insert Drug(SetpointAnastrozoleMedications, anastrozole)
* intent MS
* authoredOn MS
* insert Dosage(dosageInstruction)
* priorPrescription MS
* priorPrescription ^short = "Names the order that this one replaces"

Profile: SetpointAnastrozoleStatement
Parent: MedicationStatement
Id: setpoint-anastrozole-statement
Title: "Anastrozole statement for Setpoint"
Description: "A record that the patient takes anastrozole, from which the titration rules can compute a weekly dose."
* insert Drug(SetpointAnastrozoleMedications, anastrozole)
* effective[x] MS
* effective[x] ^short = "Start and end date changes of therapy"
* insert Dosage(dosage)

Profile: SetpointAnastrozoleAdministration
Parent: MedicationAdministration
Id: setpoint-anastrozole-administration
Title: "Anastrozole administration for Setpoint"
Description: "A dose of anastrozole that was given: it says when the last one was, and that the drug is taken."
* insert Drug(SetpointAnastrozoleMedications, anastrozole)
* effective[x] MS
* effective[x] ^short = "When it was given"
* dosage MS
* dosage.dose MS
* dosage.dose ^short = "mg, or mL of a product of known strength"
* request MS

Profile: SetpointAnastrozoleDispense
Parent: MedicationDispense
Id: setpoint-anastrozole-dispense
Title: "Anastrozole dispense for Setpoint"
Description: "A supply of anastrozole: it says that the drug was handed over, and the dosage on its label."
* insert Drug(SetpointAnastrozoleMedications, anastrozole)
* whenHandedOver MS
* authorizingPrescription MS
* dosageInstruction MS
* dosageInstruction ^short = "Structured, so that a weekly dose can be computed"

Profile: SetpointTestosteroneRequest
Parent: MedicationRequest
Id: setpoint-testosterone-request
Title: "Testosterone order for Setpoint"
Description: "An order or draft of testosterone from which the titration rules can compute a weekly dose."
* insert Drug(SetpointTestosteroneMedications, testosterone)
* intent MS
* authoredOn MS
* insert Dosage(dosageInstruction)
* priorPrescription MS
* priorPrescription ^short = "Names the order that this one replaces"

Profile: SetpointTestosteroneStatement
Parent: MedicationStatement
Id: setpoint-testosterone-statement
Title: "Testosterone statement for Setpoint"
Description: "A record that the patient takes testosterone, from which the titration rules can compute a weekly dose."
* insert Drug(SetpointTestosteroneMedications, testosterone)
* effective[x] MS
* effective[x] ^short = "Start and end date changes of therapy"
* insert Dosage(dosage)

Profile: SetpointTestosteroneAdministration
Parent: MedicationAdministration
Id: setpoint-testosterone-administration
Title: "Testosterone administration for Setpoint"
Description: "A dose of testosterone that was given: it says when the last one was, and that the drug is taken."
* insert Drug(SetpointTestosteroneMedications, testosterone)
* effective[x] MS
* effective[x] ^short = "When it was given"
* dosage MS
* dosage.dose MS
* dosage.dose ^short = "mg, or mL of a product of known strength"
* request MS

Profile: SetpointTestosteroneDispense
Parent: MedicationDispense
Id: setpoint-testosterone-dispense
Title: "Testosterone dispense for Setpoint"
Description: "A supply of testosterone: it says that the drug was handed over, and the dosage on its label."
* insert Drug(SetpointTestosteroneMedications, testosterone)
* whenHandedOver MS
* authorizingPrescription MS
* dosageInstruction MS
* dosageInstruction ^short = "Structured, so that a weekly dose can be computed"

Profile: SetpointInteractingRequest
Parent: MedicationRequest
Id: setpoint-interacting-request
Title: "Order of another drug that a rule asks for"
Description: "An order of another aromatase inhibitor, a selective estrogen receptor modulator, an estrogen, a gonadotropin, a 5-alpha-reductase inhibitor or warfarin. No dose is computed; that it runs decides."
* insert Drug(SetpointInteractingMedications, such a drug)
* intent MS
* authoredOn MS
