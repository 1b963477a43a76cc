CodeSystem: SetpointSymptoms
Id: setpoint-symptoms
Title: "Symptoms"
Description: "The symptoms of too much and too little estradiol, in three categories: some have no code in SNOMED CT that a source confirms."
* insert Published
* ^caseSensitive = true
* ^content = #complete
* ^property[0].code = #side
* ^property[0].type = #code
* ^property[0].description = "Which estradiol it speaks for: high, low, or shared"
* ^property[1].code = #category
* ^property[1].type = #code
* ^property[1].description = "physical, mental or sexual"
* ^property[2].code = #specific
* ^property[2].type = #boolean
* ^property[2].description = "Enough alone, joint pain only while an aromatase inhibitor runs"
* #gynecomastia "Gynecomastia"
* #gynecomastia ^property[0].code = #side
* #gynecomastia ^property[0].valueCode = #high
* #gynecomastia ^property[1].code = #category
* #gynecomastia ^property[1].valueCode = #physical
* #gynecomastia ^property[2].code = #specific
* #gynecomastia ^property[2].valueBoolean = true
* #breast-pain "Breast pain"
* #breast-pain ^property[0].code = #side
* #breast-pain ^property[0].valueCode = #high
* #breast-pain ^property[1].code = #category
* #breast-pain ^property[1].valueCode = #physical
* #breast-pain ^property[2].code = #specific
* #breast-pain ^property[2].valueBoolean = true
* #fluid-retention "Fluid retention"
* #fluid-retention ^property[0].code = #side
* #fluid-retention ^property[0].valueCode = #high
* #fluid-retention ^property[1].code = #category
* #fluid-retention ^property[1].valueCode = #physical
* #fluid-retention ^property[2].code = #specific
* #fluid-retention ^property[2].valueBoolean = false
* #bloating "Bloating"
* #bloating ^property[0].code = #side
* #bloating ^property[0].valueCode = #high
* #bloating ^property[1].code = #category
* #bloating ^property[1].valueCode = #physical
* #bloating ^property[2].code = #specific
* #bloating ^property[2].valueBoolean = false
* #body-fat-gain "Gain of body fat"
* #body-fat-gain ^property[0].code = #side
* #body-fat-gain ^property[0].valueCode = #high
* #body-fat-gain ^property[1].code = #category
* #body-fat-gain ^property[1].valueCode = #physical
* #body-fat-gain ^property[2].code = #specific
* #body-fat-gain ^property[2].valueBoolean = false
* #mood-swings "Mood swings"
* #mood-swings ^property[0].code = #side
* #mood-swings ^property[0].valueCode = #high
* #mood-swings ^property[1].code = #category
* #mood-swings ^property[1].valueCode = #mental
* #mood-swings ^property[2].code = #specific
* #mood-swings ^property[2].valueBoolean = false
* #heightened-sensitivity "Heightened emotional sensitivity"
* #heightened-sensitivity ^property[0].code = #side
* #heightened-sensitivity ^property[0].valueCode = #high
* #heightened-sensitivity ^property[1].code = #category
* #heightened-sensitivity ^property[1].valueCode = #mental
* #heightened-sensitivity ^property[2].code = #specific
* #heightened-sensitivity ^property[2].valueBoolean = false
* #anxiety "Anxiety"
* #anxiety ^property[0].code = #side
* #anxiety ^property[0].valueCode = #shared
* #anxiety ^property[1].code = #category
* #anxiety ^property[1].valueCode = #mental
* #anxiety ^property[2].code = #specific
* #anxiety ^property[2].valueBoolean = false
* #depressed-mood "Depressed mood"
* #depressed-mood ^property[0].code = #side
* #depressed-mood ^property[0].valueCode = #shared
* #depressed-mood ^property[1].code = #category
* #depressed-mood ^property[1].valueCode = #mental
* #depressed-mood ^property[2].code = #specific
* #depressed-mood ^property[2].valueBoolean = false
* #reduced-libido "Reduced libido"
* #reduced-libido ^property[0].code = #side
* #reduced-libido ^property[0].valueCode = #shared
* #reduced-libido ^property[1].code = #category
* #reduced-libido ^property[1].valueCode = #sexual
* #reduced-libido ^property[2].code = #specific
* #reduced-libido ^property[2].valueBoolean = false
* #erectile-dysfunction "Erectile dysfunction"
* #erectile-dysfunction ^property[0].code = #side
* #erectile-dysfunction ^property[0].valueCode = #shared
* #erectile-dysfunction ^property[1].code = #category
* #erectile-dysfunction ^property[1].valueCode = #sexual
* #erectile-dysfunction ^property[2].code = #specific
* #erectile-dysfunction ^property[2].valueBoolean = false
* #joint-pain "Joint pain"
* #joint-pain ^property[0].code = #side
* #joint-pain ^property[0].valueCode = #low
* #joint-pain ^property[1].code = #category
* #joint-pain ^property[1].valueCode = #physical
* #joint-pain ^property[2].code = #specific
* #joint-pain ^property[2].valueBoolean = true
* #dehydration "Dehydration"
* #dehydration ^property[0].code = #side
* #dehydration ^property[0].valueCode = #low
* #dehydration ^property[1].code = #category
* #dehydration ^property[1].valueCode = #physical
* #dehydration ^property[2].code = #specific
* #dehydration ^property[2].valueBoolean = false
* #frequent-urination "Frequent urination"
* #frequent-urination ^property[0].code = #side
* #frequent-urination ^property[0].valueCode = #low
* #frequent-urination ^property[1].code = #category
* #frequent-urination ^property[1].valueCode = #physical
* #frequent-urination ^property[2].code = #specific
* #frequent-urination ^property[2].valueBoolean = false
* #anhedonia "Anhedonia"
* #anhedonia ^property[0].code = #side
* #anhedonia ^property[0].valueCode = #low
* #anhedonia ^property[1].code = #category
* #anhedonia ^property[1].valueCode = #mental
* #anhedonia ^property[2].code = #specific
* #anhedonia ^property[2].valueBoolean = false
* #poor-concentration "Poor concentration"
* #poor-concentration ^property[0].code = #side
* #poor-concentration ^property[0].valueCode = #low
* #poor-concentration ^property[1].code = #category
* #poor-concentration ^property[1].valueCode = #mental
* #poor-concentration ^property[2].code = #specific
* #poor-concentration ^property[2].valueBoolean = false
* #fatigue "Fatigue"
* #fatigue ^property[0].code = #side
* #fatigue ^property[0].valueCode = #low
* #fatigue ^property[1].code = #category
* #fatigue ^property[1].valueCode = #mental
* #fatigue ^property[2].code = #specific
* #fatigue ^property[2].valueBoolean = false
* #reduced-wellbeing "Reduced well-being"
* #reduced-wellbeing ^property[0].code = #side
* #reduced-wellbeing ^property[0].valueCode = #low
* #reduced-wellbeing ^property[1].code = #category
* #reduced-wellbeing ^property[1].valueCode = #mental
* #reduced-wellbeing ^property[2].code = #specific
* #reduced-wellbeing ^property[2].valueBoolean = false
* #reduced-sensitivity "Reduced genital sensitivity"
* #reduced-sensitivity ^property[0].code = #side
* #reduced-sensitivity ^property[0].valueCode = #low
* #reduced-sensitivity ^property[1].code = #category
* #reduced-sensitivity ^property[1].valueCode = #sexual
* #reduced-sensitivity ^property[2].code = #specific
* #reduced-sensitivity ^property[2].valueBoolean = false
* #anorgasmia "Anorgasmia"
* #anorgasmia ^property[0].code = #side
* #anorgasmia ^property[0].valueCode = #low
* #anorgasmia ^property[1].code = #category
* #anorgasmia ^property[1].valueCode = #sexual
* #anorgasmia ^property[2].code = #specific
* #anorgasmia ^property[2].valueBoolean = false
