// Two invented men, one input of each kind.

Instance: example-on-both
InstanceOf: SetpointPatient
Usage: #example
Title: "A man on both drugs by order, in US units"
* name.family = "Invented"
* name.given = "Adam"
* gender = #male
* birthDate = "1981-05-04"
* extension[0].url = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex"
* extension[0].valueCode = #M


Instance: example-by-statement
InstanceOf: SetpointPatient
Usage: #example
Title: "A man on both drugs by statement, in molar units"
* name.family = "Made-Up"
* name.given = "Bruno"
* gender = #male
* birthDate = "1968-11-20"


Instance: a-estradiol
InstanceOf: SetpointEstradiolObservation
Usage: #example
Title: "Estradiol by mass spectrometry"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#35384-7 "Estradiol (E2)"
* code.text = "Estradiol (E2)"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 50 'pg/mL' "pg/mL"
* method.text = "LC-MS/MS"
* referenceRange.low = 10 'pg/mL' "pg/mL"
* referenceRange.high = 42 'pg/mL' "pg/mL"


Instance: b-estradiol
InstanceOf: SetpointEstradiolObservation
Usage: #example
Title: "Estradiol by immunoassay"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#14715-7 "Estradiol (E2) [Moles/volume] in Serum or Plasma"
* code.text = "Estradiol (E2) [Moles/volume] in Serum or Plasma"
* subject = Reference(example-by-statement)
* effectiveDateTime = "2026-02-24T09:00:00+01:00"
* performer.display = "Example laboratory"
* valueQuantity = 110 'pmol/L' "pmol/L"
* method.text = "Immunoassay"


Instance: a-testosterone
InstanceOf: SetpointTestosteroneObservation
Usage: #example
Title: "Testosterone [Mass/volume] in Serum or Plasma"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#2986-8 "Testosterone [Mass/volume] in Serum or Plasma"
* code.text = "Testosterone [Mass/volume] in Serum or Plasma"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 650 'ng/dL' "ng/dL"
* referenceRange.low = 264 'ng/dL' "ng/dL"
* referenceRange.high = 916 'ng/dL' "ng/dL"


Instance: b-testosterone
InstanceOf: SetpointTestosteroneObservation
Usage: #example
Title: "Testosterone [Moles/volume] in Serum or Plasma"
* status = #corrected
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#14913-8 "Testosterone [Moles/volume] in Serum or Plasma"
* code.text = "Testosterone [Moles/volume] in Serum or Plasma"
* subject = Reference(example-by-statement)
* effectiveDateTime = "2026-02-24T09:00:00+01:00"
* performer.display = "Example laboratory"
* valueQuantity = 21.5 'nmol/L' "nmol/L"


Instance: a-free-testosterone
InstanceOf: SetpointFreeTestosteroneObservation
Usage: #example
Title: "Testosterone Free [Mass/volume] in Serum or Plasma"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#2991-8 "Testosterone Free [Mass/volume] in Serum or Plasma"
* code.text = "Testosterone Free [Mass/volume] in Serum or Plasma"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 140 'pg/mL' "pg/mL"
* referenceRange.low = 47 'pg/mL' "pg/mL"
* referenceRange.high = 244 'pg/mL' "pg/mL"


Instance: a-hematocrit
InstanceOf: SetpointHematocritObservation
Usage: #example
Title: "Hematocrit [Volume Fraction] of Blood by Automated count"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#4544-3 "Hematocrit [Volume Fraction] of Blood by Automated count"
* code.text = "Hematocrit [Volume Fraction] of Blood by Automated count"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 48.2 '%' "%"


Instance: a-psa
InstanceOf: SetpointPsaObservation
Usage: #example
Title: "Prostate specific Ag [Mass/volume] in Serum or Plasma"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#2857-1 "Prostate specific Ag [Mass/volume] in Serum or Plasma"
* code.text = "Prostate specific Ag [Mass/volume] in Serum or Plasma"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 0.9 'ng/mL' "ng/mL"


Instance: a-alt
InstanceOf: SetpointAltObservation
Usage: #example
Title: "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#1742-6 "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma"
* code.text = "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 31 'U/L' "U/L"
* referenceRange.low = 7 'U/L' "U/L"
* referenceRange.high = 55 'U/L' "U/L"


Instance: a-ast
InstanceOf: SetpointAstObservation
Usage: #example
Title: "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#1920-8 "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma"
* code.text = "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 27 'U/L' "U/L"
* referenceRange.low = 8 'U/L' "U/L"
* referenceRange.high = 48 'U/L' "U/L"


Instance: a-bilirubin
InstanceOf: SetpointBilirubinObservation
Usage: #example
Title: "Bilirubin.total [Mass/volume] in Serum or Plasma"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#1975-2 "Bilirubin.total [Mass/volume] in Serum or Plasma"
* code.text = "Bilirubin.total [Mass/volume] in Serum or Plasma"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 0.7 'mg/dL' "mg/dL"
* referenceRange.low = 0.1 'mg/dL' "mg/dL"
* referenceRange.high = 1.2 'mg/dL' "mg/dL"


Instance: a-t-score
InstanceOf: SetpointTScoreObservation
Usage: #example
Title: "DXA Lumbar spine [T-score] Bone density"
* status = #final
* category = $OBSERVATION-CATEGORY#imaging
* code = $LOINC#38267-1 "DXA Lumbar spine [T-score] Bone density"
* code.text = "DXA Lumbar spine [T-score] Bone density"
* subject = Reference(example-on-both)
* effectiveDateTime = "2025-03-10"
* performer.display = "Example laboratory"
* valueQuantity = -0.8 '{Tscore}' "{Tscore}"


Instance: a-bmi
InstanceOf: SetpointBmiObservation
Usage: #example
Title: "Body Mass Index"
* status = #final
* category = $OBSERVATION-CATEGORY#vital-signs
* code = $LOINC#39156-5 "Body Mass Index"
* code.text = "Body Mass Index"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 27.4 'kg/m2' "kg/m2"


Instance: a-waist
InstanceOf: SetpointWaistObservation
Usage: #example
Title: "Waist circumference at umbilicus"
* status = #final
* category = $OBSERVATION-CATEGORY#vital-signs
* code = $LOINC#8280-0 "Waist circumference at umbilicus"
* code.text = "Waist circumference at umbilicus"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 98 'cm' "cm"


Instance: a-body-fat
InstanceOf: SetpointBodyFatObservation
Usage: #example
Title: "Body fat percentage"
* status = #final
* category = $OBSERVATION-CATEGORY#vital-signs
* code = $LOINC#41982-0 "Body fat percentage"
* code.text = "Body fat percentage"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 22 '%' "%"


Instance: a-hba1c
InstanceOf: SetpointHba1cObservation
Usage: #example
Title: "Hemoglobin A1c/Hemoglobin.total in Blood"
* status = #final
* category = $OBSERVATION-CATEGORY#laboratory
* code = $LOINC#4548-4 "Hemoglobin A1c/Hemoglobin.total in Blood"
* code.text = "Hemoglobin A1c/Hemoglobin.total in Blood"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 5.4 '%' "%"


Instance: a-audit-c
InstanceOf: SetpointAuditCObservation
Usage: #example
Title: "Total score [AUDIT-C]"
* status = #final
* category = $OBSERVATION-CATEGORY#survey
* code = $LOINC#75626-2 "Total score [AUDIT-C]"
* code.text = "Total score [AUDIT-C]"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-27T08:10:00-05:00"
* performer.display = "Example laboratory"
* valueQuantity = 2 '{score}' "{score}"


Instance: a-nipple-tenderness
InstanceOf: SetpointSymptomObservation
Usage: #example
Title: "Breast pain, asked for and there"
* status = #final
* category = $OBSERVATION-CATEGORY#survey
* code = $SCT#53430007 "Pain of breast (finding)"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-03-02"
* performer.display = "Example clinic"
* valueBoolean = true


Instance: a-pregnancy-status
InstanceOf: SetpointPregnancyObservation
Usage: #example
Title: "A pregnancy status"
* status = #final
* category = $OBSERVATION-CATEGORY#social-history
* code = $LOINC#82810-3 "Pregnancy status"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-03-02"
* performer.display = "Example clinic"
* valueCodeableConcept = $LOINC#LA26683-5 "Not pregnant"


Instance: a-birth-sex
InstanceOf: SetpointBirthSexObservation
Usage: #example
Title: "A sex at birth"
* status = #final
* category = $OBSERVATION-CATEGORY#social-history
* code = $LOINC#76689-9 "Sex assigned at birth"
* subject = Reference(example-on-both)
* effectiveDateTime = "2020-01-07"
* performer.display = "Example clinic"
* valueCodeableConcept = $LOINC#LA2-8 "Male"


Instance: a-testosterone-order
InstanceOf: SetpointTestosteroneRequest
Usage: #example
Title: "An order of testosterone"
* status = #active
* intent = #order
* medicationCodeableConcept = $RXNORM#835840 "testosterone cypionate 200 MG/ML Injectable Solution"
* medicationCodeableConcept.text = "testosterone cypionate 200 MG/ML Injectable Solution"
* subject = Reference(example-on-both)
* authoredOn = "2025-06-02"
* requester.display = "Example prescriber"
* dosageInstruction.text = "100 mg into the muscle once weekly"
* dosageInstruction.timing.repeat.boundsPeriod.start = "2025-06-02"
* dosageInstruction.timing.repeat.frequency = 1
* dosageInstruction.timing.repeat.period = 1
* dosageInstruction.timing.repeat.periodUnit = #wk
* dosageInstruction.route.text = "intramuscular"
* dosageInstruction.doseAndRate.doseQuantity = 100 'mg' "mg"


Instance: a-anastrozole-order
InstanceOf: SetpointAnastrozoleRequest
Usage: #example
Title: "An order of anastrozole"
* status = #active
* intent = #order
* medicationCodeableConcept = $RXNORM#199224 "anastrozole 1 MG Oral Tablet"
* medicationCodeableConcept.text = "anastrozole 1 MG Oral Tablet"
* subject = Reference(example-on-both)
* authoredOn = "2025-11-03"
* requester.display = "Example prescriber"
* dosageInstruction.text = "Half a 1 mg tablet (0.5 mg) twice weekly"
* dosageInstruction.timing.repeat.boundsPeriod.start = "2025-11-03"
* dosageInstruction.timing.repeat.frequency = 2
* dosageInstruction.timing.repeat.period = 1
* dosageInstruction.timing.repeat.periodUnit = #wk
* dosageInstruction.route.text = "oral"
* dosageInstruction.doseAndRate.doseQuantity = 0.5 'mg' "mg"


Instance: a-tamoxifen-order
InstanceOf: SetpointInteractingRequest
Usage: #example
Title: "An order of tamoxifen that was stopped"
* status = #stopped
* intent = #order
* medicationCodeableConcept = $RXNORM#198240 "Tamoxifen 10 MG Oral Tablet"
* medicationCodeableConcept.text = "Tamoxifen 10 MG Oral Tablet"
* subject = Reference(example-on-both)
* authoredOn = "2025-01-13"
* requester.display = "Example prescriber"


Instance: b-testosterone-statement
InstanceOf: SetpointTestosteroneStatement
Usage: #example
Title: "A statement of testosterone"
* status = #active
* medicationCodeableConcept = $RXNORM#1597129 "testosterone 1% gel 50 MG/5 G packet or tube"
* medicationCodeableConcept.text = "testosterone 1% gel 50 MG/5 G packet or tube"
* subject = Reference(example-by-statement)
* effectivePeriod.start = "2024-09-16"
* dosage.text = "50 mg on the skin every morning"
* dosage.timing.repeat.boundsPeriod.start = "2024-09-16"
* dosage.timing.repeat.frequency = 1
* dosage.timing.repeat.period = 1
* dosage.timing.repeat.periodUnit = #d
* dosage.route.text = "transdermal"
* dosage.doseAndRate.doseQuantity = 50 'mg' "mg"


Instance: b-anastrozole-statement
InstanceOf: SetpointAnastrozoleStatement
Usage: #example
Title: "A statement of anastrozole"
* status = #active
* medicationCodeableConcept = $RXNORM#199224 "anastrozole 1 MG Oral Tablet"
* medicationCodeableConcept.text = "anastrozole 1 MG Oral Tablet"
* subject = Reference(example-by-statement)
* effectivePeriod.start = "2025-08-04"
* dosage.text = "0.5 mg once weekly"
* dosage.timing.repeat.boundsPeriod.start = "2025-08-04"
* dosage.timing.repeat.frequency = 1
* dosage.timing.repeat.period = 1
* dosage.timing.repeat.periodUnit = #wk
* dosage.route.text = "oral"
* dosage.doseAndRate.doseQuantity = 0.5 'mg' "mg"


Instance: a-testosterone-administration
InstanceOf: SetpointTestosteroneAdministration
Usage: #example
Title: "An injection of testosterone"
* status = #completed
* medicationCodeableConcept = $RXNORM#835840 "testosterone cypionate 200 MG/ML Injectable Solution"
* medicationCodeableConcept.text = "testosterone cypionate 200 MG/ML Injectable Solution"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-23T10:00:00-05:00"
* request = Reference(a-testosterone-order)
* dosage.route.text = "intramuscular"
* dosage.dose = 100 'mg' "mg"


Instance: a-anastrozole-administration
InstanceOf: SetpointAnastrozoleAdministration
Usage: #example
Title: "A dose of anastrozole that was given"
* status = #completed
* medicationCodeableConcept = $RXNORM#199224 "anastrozole 1 MG Oral Tablet"
* medicationCodeableConcept.text = "anastrozole 1 MG Oral Tablet"
* subject = Reference(example-on-both)
* effectiveDateTime = "2026-02-23T10:00:00-05:00"
* request = Reference(a-anastrozole-order)
* dosage.route.text = "oral"
* dosage.dose = 0.5 'mg' "mg"


Instance: a-testosterone-dispense
InstanceOf: SetpointTestosteroneDispense
Usage: #example
Title: "A supply of testosterone"
* status = #completed
* medicationCodeableConcept = $RXNORM#835840 "testosterone cypionate 200 MG/ML Injectable Solution"
* medicationCodeableConcept.text = "testosterone cypionate 200 MG/ML Injectable Solution"
* subject = Reference(example-on-both)
* authorizingPrescription = Reference(a-testosterone-order)
* whenHandedOver = "2026-01-12"
* dosageInstruction.text = "100 mg into the muscle once weekly"
* dosageInstruction.timing.repeat.boundsPeriod.start = "2026-01-12"
* dosageInstruction.timing.repeat.frequency = 1
* dosageInstruction.timing.repeat.period = 1
* dosageInstruction.timing.repeat.periodUnit = #wk
* dosageInstruction.route.text = "intramuscular"
* dosageInstruction.doseAndRate.doseQuantity = 100 'mg' "mg"


Instance: a-anastrozole-dispense
InstanceOf: SetpointAnastrozoleDispense
Usage: #example
Title: "A supply of anastrozole"
* status = #completed
* medicationCodeableConcept = $RXNORM#199224 "anastrozole 1 MG Oral Tablet"
* medicationCodeableConcept.text = "anastrozole 1 MG Oral Tablet"
* subject = Reference(example-on-both)
* authorizingPrescription = Reference(a-anastrozole-order)
* whenHandedOver = "2026-01-12"
* dosageInstruction.text = "Half a 1 mg tablet (0.5 mg) twice weekly"
* dosageInstruction.timing.repeat.boundsPeriod.start = "2026-01-12"
* dosageInstruction.timing.repeat.frequency = 2
* dosageInstruction.timing.repeat.period = 1
* dosageInstruction.timing.repeat.periodUnit = #wk
* dosageInstruction.route.text = "oral"
* dosageInstruction.doseAndRate.doseQuantity = 0.5 'mg' "mg"


Instance: a-hypogonadism
InstanceOf: SetpointCondition
Usage: #example
Title: "His indication"
* clinicalStatus = $CONDITION-CLINICAL#active
* verificationStatus = $CONDITION-VERIFICATION#confirmed
* category = http://terminology.hl7.org/CodeSystem/condition-category#problem-list-item
* code = $SCT#48723006 "Male hypogonadism (disorder)"
* subject = Reference(example-on-both)
* recordedDate = "2025-05-26"


Instance: a-allergy
InstanceOf: SetpointAllergy
Usage: #example
Title: "A hypersensitivity that is over"
* clinicalStatus = $ALLERGY-CLINICAL#resolved
* verificationStatus = $ALLERGY-VERIFICATION#confirmed
* type = #allergy
* code = $RXNORM#84857 "anastrozole"
* patient = Reference(example-on-both)


Instance: a-estradiol-order
InstanceOf: SetpointLabOrder
Usage: #example
Title: "An order of estradiol"
* status = #active
* intent = #order
* code = $LOINC#35384-7 "Estradiol (E2)"
* subject = Reference(example-on-both)
* occurrenceDateTime = "2026-04-13"
* requester.display = "Example prescriber"


Instance: a-symptom-answers
InstanceOf: SetpointSymptomResponse
Usage: #example
Title: "His answers on symptoms"
* status = #completed
* questionnaire = "http://setpoint.health/fhir/Questionnaire/setpoint-symptoms-questionnaire"
* subject = Reference(example-on-both)
* authored = "2026-03-02T09:00:00-05:00"
* item[0].linkId = "physical"
* item[0].item[0].linkId = "gynecomastia"
* item[0].item[0].answer.valueBoolean = false
* item[0].item[1].linkId = "breast-pain"
* item[0].item[1].answer.valueBoolean = true
* item[0].item[2].linkId = "body-fat-gain"
* item[0].item[2].answer.valueBoolean = true
* item[1].linkId = "mental"
* item[1].item[0].linkId = "heightened-sensitivity"
* item[1].item[0].answer.valueBoolean = true
* item[2].linkId = "sexual"
* item[2].item[0].linkId = "reduced-libido"
* item[2].item[0].answer.valueBoolean = false

