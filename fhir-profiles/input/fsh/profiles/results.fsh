// Results and measurements, one profile for each that a rule uses.

Profile: SetpointEstradiolObservation
Parent: Observation
Id: setpoint-estradiol-observation
Title: "Estradiol result for Setpoint"
Description: "A result of estradiol in serum or plasma that the titration rules can use."
* insert Result(SetpointEstradiolTests, estradiol)
* insert Measured(SetpointEstradiolUnits)
* method MS
* method ^short = "Mass spectrometry or immunoassay; unknown is treated as immunoassay"
* referenceRange MS
* referenceRange ^short = "Shown; never replaces the bands"

Profile: SetpointTestosteroneObservation
Parent: Observation
Id: setpoint-testosterone-observation
Title: "Total testosterone result for Setpoint"
Description: "A result of total testosterone in serum or plasma that the titration rules can use."
* insert Result(SetpointTestosteroneTests, total testosterone)
* insert Measured(SetpointTestosteroneUnits)
* referenceRange MS
* referenceRange ^short = "Shown; the upper limit of testosterone is used where it is plausible"

Profile: SetpointFreeTestosteroneObservation
Parent: Observation
Id: setpoint-free-testosterone-observation
Title: "Free testosterone result for Setpoint"
Description: "A result of free testosterone: shown beside the total, and asked for where SHBG makes the total misleading."
* insert Result(SetpointFreeTestosteroneTests, free testosterone)
* insert Measured(SetpointFreeTestosteroneUnits)
* referenceRange MS

Profile: SetpointHematocritObservation
Parent: Observation
Id: setpoint-hematocrit-observation
Title: "Hematocrit result for Setpoint"
Description: "A hematocrit, as a percentage or a fraction, by which a start or increase is withheld."
* insert Result(SetpointHematocritTests, hematocrit)
* insert Measured(SetpointHematocritUnits)

Profile: SetpointPsaObservation
Parent: Observation
Id: setpoint-psa-observation
Title: "PSA result for Setpoint"
Description: "A result of prostate specific antigen; several of them make the rise within a year."
* insert Result(SetpointPsaTests, prostate specific antigen)
* insert Measured(SetpointPsaUnits)

Profile: SetpointAltObservation
Parent: Observation
Id: setpoint-alt-observation
Title: "ALT result for Setpoint"
Description: "A result of alanine aminotransferase. Its own upper reference limit decides where one is given."
* insert Result(SetpointAltTests, alanine aminotransferase)
* insert Measured(SetpointAltUnits)
* referenceRange MS

Profile: SetpointAstObservation
Parent: Observation
Id: setpoint-ast-observation
Title: "AST result for Setpoint"
Description: "A result of aspartate aminotransferase. Its own upper reference limit decides where one is given."
* insert Result(SetpointAstTests, aspartate aminotransferase)
* insert Measured(SetpointAstUnits)
* referenceRange MS

Profile: SetpointBilirubinObservation
Parent: Observation
Id: setpoint-bilirubin-observation
Title: "Bilirubin result for Setpoint"
Description: "A result of total bilirubin. Its own upper reference limit decides where one is given."
* insert Result(SetpointBilirubinTests, total bilirubin)
* insert Measured(SetpointBilirubinUnits)
* referenceRange MS

Profile: SetpointTScoreObservation
Parent: Observation
Id: setpoint-t-score-observation
Title: "T-score for Setpoint"
Description: "A T-score of bone density; the lowest of the newest examination decides."
* insert Result(SetpointDxaTScoreTests, a T-score)
* insert Measured(SetpointDxaTScoreUnits)
* bodySite MS

Profile: SetpointBmiObservation
Parent: Observation
Id: setpoint-bmi-observation
Title: "Body mass index for Setpoint"
Description: "A body mass index: the aromatase factor adiposity."
* insert Result(SetpointBmiTests, body mass index)
* insert Measured(SetpointBmiUnits)

Profile: SetpointWaistObservation
Parent: Observation
Id: setpoint-waist-observation
Title: "Waist circumference for Setpoint"
Description: "A waist circumference: the aromatase factor adiposity."
* insert Result(SetpointWaistTests, waist circumference)
* insert Measured(SetpointWaistUnits)

Profile: SetpointBodyFatObservation
Parent: Observation
Id: setpoint-body-fat-observation
Title: "Body fat for Setpoint"
Description: "A share of body fat: the aromatase factor adiposity."
* insert Result(SetpointBodyFatTests, body fat)
* insert Measured(SetpointBodyFatUnits)

Profile: SetpointHba1cObservation
Parent: Observation
Id: setpoint-hba1c-observation
Title: "HbA1c result for Setpoint"
Description: "A glycated hemoglobin: the aromatase factor insulin resistance."
* insert Result(SetpointHba1cTests, hemoglobin A1c)
* insert Measured(SetpointHba1cUnits)

Profile: SetpointAuditCObservation
Parent: Observation
Id: setpoint-audit-c-observation
Title: "AUDIT-C score for Setpoint"
Description: "The total score of AUDIT-C: the aromatase factor alcohol."
* insert Result(SetpointAuditCTests, the total score of AUDIT-C)
* insert Measured(SetpointAuditCUnits)

Profile: SetpointSymptomObservation
Parent: Observation
Id: setpoint-symptom-observation
Title: "Symptom as an observation for Setpoint"
Description: "A symptom of too much or too little estradiol that was asked for: the code is the symptom, the value says whether it is there."
* insert Published
* status MS
* status from SetpointFinalResultStatus (required)
* status ^short = "Only a final, amended or corrected answer is read"
* code MS
* code from SetpointSymptomFindings (required)
* code ^short = "The symptom that was asked for"
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* value[x] MS
* value[x] only boolean or CodeableConcept
* value[x] ^short = "Yes or no; without a value the symptom is taken to be present"

Profile: SetpointPregnancyObservation
Parent: Observation
Id: setpoint-pregnancy-observation
Title: "Pregnancy status for Setpoint"
Description: "A pregnancy status, which ends every evaluation where it is positive and recent."
* insert Published
* status MS
* code MS
* code = $LOINC#82810-3 "Pregnancy status"
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] 1..1 MS
* effective[x] only dateTime or Period
* value[x] 1..1 MS
* value[x] only CodeableConcept

Profile: SetpointBirthSexObservation
Parent: Observation
Id: setpoint-birth-sex-observation
Title: "Sex assigned at birth for Setpoint"
Description: "A sex at birth as an observation: the record third in precedence."
* insert Published
* status MS
* code MS
* code = $LOINC#76689-9 "Sex assigned at birth"
* subject 1..1 MS
* subject only Reference(Patient)
* value[x] 1..1 MS
* value[x] only CodeableConcept
