package health.setpoint.knowledge.terminology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminologyTest {

    private static final String LOINC = "http://loinc.org";
    private static final String SNOMED = "http://snomed.info/sct";
    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private static final String ATC = "http://www.whocc.no/atc";
    private static final String ICD = "http://hl7.org/fhir/sid/icd-10-cm";

    private final Terminology terminology = Knowledge.load().terminology();

    @Test
    void anAnastrozoleTabletIsOneMilligram() {
        DrugCode tablet = terminology.drug(RXNORM, "199224").orElseThrow();

        assertEquals(Drug.ANASTROZOLE, tablet.drug());
        assertEquals(Optional.of(new Strength(BigDecimal.ONE, Per.TABLET)), tablet.strength());
        assertTrue(tablet.verified());
    }

    @ParameterizedTest(name = "{1} is {2}")
    @CsvSource({
        "http://www.nlm.nih.gov/research/umls/rxnorm, 84857, ANASTROZOLE",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 72965, LETROZOLE",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 258494, EXEMESTANE",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 10379, TESTOSTERONE",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 6904, METHYLTESTOSTERONE",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 10324, TAMOXIFEN",
        "http://www.nlm.nih.gov/research/umls/rxnorm, 4083, ESTROGEN",
        "http://www.whocc.no/atc, L02BG03, ANASTROZOLE",
        "http://www.whocc.no/atc, L02BA02, OTHER_SERM",
        "http://www.whocc.no/atc, G03BA03, TESTOSTERONE",
        "http://snomed.info/sct, 386910003, ANASTROZOLE",
        "urn:oid:2.16.840.1.113883.6.88, 84857, ANASTROZOLE"
    })
    void drugCodesMeanTheirIngredient(String system, String code, Drug drug) {
        assertEquals(drug, terminology.drug(system, code).orElseThrow().drug());
    }

    @Test
    void aTestosteroneProductHasItsEsterAndConcentration() {
        DrugCode vial = terminology.drug(RXNORM, "835840").orElseThrow();

        assertEquals(Formulation.CYPIONATE, vial.formulation());
        assertEquals(Optional.of(new Strength(new BigDecimal("200"), Per.ML)), vial.strength());
    }

    @Test
    void aCombinationMeansBothItsDrugs() {
        assertEquals(
                List.of(Drug.TESTOSTERONE, Drug.ESTROGEN),
                terminology.drugs(ATC, "G03EA02").stream().map(DrugCode::drug).toList());
    }

    @Test
    void anUnverifiedDrugCodeIsMarked() {
        assertFalse(terminology.drug(RXNORM, "1647574").orElseThrow().verified());
        assertFalse(terminology.drug(SNOMED, "108774000").orElseThrow().verified());
    }

    @Test
    void codesThatNameNoSingleDrugOrAreNotListedAreNotFound() {
        assertTrue(terminology.drug(ATC, "L02BG").isEmpty());
        assertTrue(terminology.drug(RXNORM, "6440").isEmpty());
        assertTrue(terminology.drug("http://local", "84857").isEmpty());
        assertTrue(terminology.drug(LOINC, "84857").isEmpty());
    }

    @ParameterizedTest(name = "\"{0}\" is {1}")
    @CsvSource({
        "anastrozole 1 MG Oral Tablet, ANASTROZOLE, OTHER",
        "ARIMIDEX, ANASTROZOLE, OTHER",
        "Femara 2.5 mg, LETROZOLE, OTHER",
        "Aromasin, EXEMESTANE, OTHER",
        "'Testosterone cypionate 200 mg/mL, 0.5 mL IM weekly', TESTOSTERONE, CYPIONATE",
        "Depo-Testosterone, TESTOSTERONE, CYPIONATE",
        "Xyosted 75 mg/0.5 mL, TESTOSTERONE, ENANTHATE",
        "testosterone propionate, TESTOSTERONE, PROPIONATE",
        "Aveed, TESTOSTERONE, UNDECANOATE_INJECTED",
        "Testosterone undecanoate 250 MG/ML injection, TESTOSTERONE, UNDECANOATE_INJECTED",
        "Jatenzo 237 mg, TESTOSTERONE, UNDECANOATE_ORAL",
        "Kyzatrex, TESTOSTERONE, UNDECANOATE_ORAL",
        "Tlando, TESTOSTERONE, UNDECANOATE_ORAL",
        "Testosterone undecanoate, TESTOSTERONE, OTHER",
        "Testopel, TESTOSTERONE, PELLET",
        "Androderm, TESTOSTERONE, PATCH",
        "AndroGel 1.62 %, TESTOSTERONE, GEL",
        "Testim, TESTOSTERONE, GEL",
        "Fortesta, TESTOSTERONE, GEL",
        "Vogelxo, TESTOSTERONE, GEL",
        "Natesto, TESTOSTERONE, NASAL",
        "Axiron, TESTOSTERONE, SOLUTION",
        "methyltestosterone 10 mg, METHYLTESTOSTERONE, OTHER",
        "Nolvadex, TAMOXIFEN, OTHER",
        "Evista, RALOXIFENE, OTHER",
        "clomifene, CLOMIPHENE, OTHER",
        "Enclomiphene citrate, CLOMIPHENE, OTHER",
        "Clomid, CLOMIPHENE, OTHER",
        "hCG 500 units, HCG, OTHER",
        "chorionic gonadotropin, HCG, OTHER",
        "Ovidrel, HCG, OTHER",
        "Novarel, HCG, OTHER",
        "Pregnyl, HCG, OTHER",
        "Proscar, FINASTERIDE, OTHER",
        "Propecia, FINASTERIDE, OTHER",
        "Avodart, DUTASTERIDE, OTHER",
        "estradiol patch, ESTROGEN, OTHER",
        "'Estrogens, Conjugated (USP)', ESTROGEN, OTHER",
        "Premarin, ESTROGEN, OTHER",
        "warfarin 5 mg, WARFARIN, OTHER"
    })
    void productNamesNameTheirDrug(String text, Drug drug, Formulation formulation) {
        DrugCode found = terminology.drugByText(text).orElseThrow();

        assertEquals(drug, found.drug());
        assertEquals(formulation, found.formulation());
        assertTrue(found.strength().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lisinopril 10 mg",
                "anastrozolex",
                "protestosterone",
                "clomipramine 25 mg",
                "",
                "estradiolum-free soap",
                "Tamsulosin"
            })
    void otherNamesNameNoDrug(String text) {
        assertTrue(terminology.drugByText(text).isEmpty());
    }

    @Test
    void methyltestosteroneIsNotTestosterone() {
        assertEquals(
                List.of(Drug.METHYLTESTOSTERONE),
                terminology.drugsByText("Methyltestosterone").stream()
                        .map(DrugCode::drug)
                        .toList());
    }

    @Test
    void aNameOfTwoDrugsNamesBoth() {
        assertEquals(
                List.of(Drug.METHYLTESTOSTERONE, Drug.ESTROGEN),
                terminology.drugsByText("esterified estrogens / methyltestosterone").stream()
                        .map(DrugCode::drug)
                        .toList());
    }

    @Test
    void theMethodOfEstradiolIsThatOfTheCodeWhereTheCodeStatesIt() {
        assertEquals(
                new LabCode(Analyte.ESTRADIOL, Assay.UNKNOWN, true),
                terminology.lab(LOINC, "2243-4").orElseThrow());
        assertEquals(
                new LabCode(Analyte.ESTRADIOL, Assay.IMMUNOASSAY, true),
                terminology.lab(LOINC, "83096-8").orElseThrow());
        assertEquals(
                new LabCode(Analyte.ESTRADIOL, Assay.MASS_SPECTROMETRY, true),
                terminology.lab(LOINC, "35384-7").orElseThrow());
        assertFalse(terminology.lab(LOINC, "83097-6").orElseThrow().verified());
    }

    @Test
    void everyAnalyteHasACode() {
        for (Analyte analyte : Analyte.values()) {
            assertFalse(terminology.codes(analyte).isEmpty(), analyte.name());
        }
    }

    @Test
    void unverifiedLabCodesCountOnlyWithATextThatNamesTheAnalyte() {
        assertTrue(terminology.namedTests("Estradiol, serum").mayMean(Analyte.ESTRADIOL));
        assertTrue(terminology.namedTests("Oestradiol").mayMean(Analyte.ESTRADIOL));
        assertFalse(terminology.namedTests("Testosterone").mayMean(Analyte.ESTRADIOL));
        assertTrue(terminology.namedTests("DXA femur T-score").mayMean(Analyte.DXA_T_SCORE));
    }

    @ParameterizedTest(name = "\"{0}\" is {1}")
    @CsvSource({
        "LC-MS/MS, MASS_SPECTROMETRY",
        "lc/ms, MASS_SPECTROMETRY",
        "LCMS, MASS_SPECTROMETRY",
        "'Mass Spectrometry, tandem', MASS_SPECTROMETRY",
        "Estradiol (sensitive), MASS_SPECTROMETRY",
        "Estradiol by High sensitivity method, MASS_SPECTROMETRY",
        "Ultrasensitive estradiol, MASS_SPECTROMETRY",
        "Immunoassay, IMMUNOASSAY",
        "sensitive chemiluminescent immunoassay, IMMUNOASSAY",
        "ECLIA, IMMUNOASSAY"
    })
    void aMethodIsReadFromItsName(String text, Assay assay) {
        assertEquals(Optional.of(assay), terminology.assayByText(text));
    }

    @Test
    void aTextWithoutMethodStatesNone() {
        assertTrue(terminology.assayByText("Estradiol (E2) in serum").isEmpty());
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "http://hl7.org/fhir/sid/icd-10-cm, C50.929, BREAST_CANCER",
        "http://hl7.org/fhir/sid/icd-10-cm, C50.011, BREAST_CANCER",
        "http://hl7.org/fhir/sid/icd-10-cm, C50011, BREAST_CANCER",
        "http://hl7.org/fhir/sid/icd-10-cm, Z85.3, BREAST_CANCER",
        "http://hl7.org/fhir/sid/icd-10-cm, C61, PROSTATE_CANCER",
        "http://hl7.org/fhir/sid/icd-10-cm, M80.08XA, OSTEOPOROSIS",
        "http://hl7.org/fhir/sid/icd-10-cm, M81.0, OSTEOPOROSIS",
        "http://hl7.org/fhir/sid/icd-10-cm, m810, OSTEOPOROSIS",
        "http://hl7.org/fhir/sid/icd-10-cm, M85.80, OSTEOPENIA",
        "http://hl7.org/fhir/sid/icd-10-cm, K70.30, CIRRHOSIS",
        "http://hl7.org/fhir/sid/icd-10-cm, I25.10, ISCHEMIC_HEART_DISEASE",
        "http://hl7.org/fhir/sid/icd-10-cm, D68.51, THROMBOPHILIA",
        "urn:oid:2.16.840.1.113883.6.90, C61, PROSTATE_CANCER",
        "http://snomed.info/sct, 254837009, BREAST_CANCER",
        "http://snomed.info/sct, 399068003, PROSTATE_CANCER",
        "http://snomed.info/sct, 22298006, MYOCARDIAL_INFARCTION",
        "http://snomed.info/sct, 2904007, INFERTILITY",
        "http://snomed.info/sct, 78275009, SLEEP_APNEA"
    })
    void diagnosesAreFoundByCodeAndIcdByPrefix(String system, String code, Diagnosis diagnosis) {
        assertEquals(Optional.of(diagnosis), terminology.diagnosis(system, code));
    }

    @Test
    void aShorterIcdCodeThanTheListedOneIsNotFound() {
        assertTrue(terminology.diagnosis(ICD, "C5").isEmpty());
        assertTrue(terminology.diagnosis(ICD, "M8").isEmpty());
        assertTrue(terminology.diagnosis(ICD, "E29").isEmpty());
        assertTrue(terminology.diagnosis(ICD, "").isEmpty());
    }

    @Test
    void aCodeThatIsLongerThanAnyIsNotShortenedUntilSomethingIsFound() {
        assertTrue(terminology.diagnosis(ICD, "C50" + "9".repeat(30)).isPresent());
        assertTrue(terminology.diagnosis(ICD, "C50" + "9".repeat(100_000)).isEmpty());
    }

    @Test
    void aSnomedCodeIsNotMatchedByPrefix() {
        assertTrue(terminology.diagnosis(SNOMED, "2548370091").isEmpty());
    }

    @Test
    void symptomsAreFoundByCode() {
        assertEquals(Optional.of(Symptom.GYNECOMASTIA), terminology.symptom(SNOMED, "4754008"));
        assertEquals(Optional.of(Symptom.GYNECOMASTIA), terminology.symptom(ICD, "N62"));
        assertEquals(Optional.of(Symptom.JOINT_PAIN), terminology.symptom(SNOMED, "57676002"));
        assertEquals(Optional.of(Symptom.ERECTILE_DYSFUNCTION), terminology.symptom(ICD, "N52.9"));
        assertTrue(terminology.symptom(SNOMED, "414916001").isEmpty(), "obesity is a factor, not a symptom");
    }

    @Test
    void anUnverifiedSymptomCodeNeedsItsText() {
        assertTrue(terminology.symptom(SNOMED, "28669007").isEmpty());
        assertTrue(
                terminology.symptom(SNOMED, "28669007", () -> "something else").isEmpty());
        assertEquals(
                Optional.of(Symptom.ANHEDONIA), terminology.symptom(SNOMED, "28669007", () -> "Anhedonia (finding)"));
    }

    @Test
    void aPregnancyAndTheQuestionForItAreTwoThings() {
        assertTrue(terminology.isPregnancy(SNOMED, "77386006"));
        assertTrue(terminology.isPregnancyStatus(LOINC, "82810-3"));
        assertFalse(terminology.isPregnancy(LOINC, "82810-3"));
        assertTrue(terminology.isSexAtBirth(LOINC, "76689-9"));
    }

    @Test
    void aCancerReasonIsAnyCancerButThatOfTheProstate() {
        assertTrue(terminology.isCancerReason(ICD, "C50.929"));
        assertTrue(terminology.isCancerReason(ICD, "C34.90"));
        assertTrue(terminology.isCancerReason(SNOMED, "254837009"));
        assertFalse(terminology.isCancerReason(ICD, "C61"));
        assertFalse(terminology.isCancerReason(ICD, "N62"));
        assertTrue(terminology.isCancerReason("Breast cancer, adjuvant"));
        assertFalse(terminology.isCancerReason("Prostate cancer"));
        assertFalse(terminology.isCancerReason("gynecomastia"));
    }

    @Test
    void allEstradiolRequestsAreTheSameTest() {
        for (String code : List.of("35384-7", "2243-4", "14715-7", "83096-8", "83097-6", "72873-3")) {
            assertEquals(Optional.of(LabTest.ESTRADIOL), terminology.labTest(LOINC, code), code);
        }
    }

    @Test
    void bothBloodCountPanelsAreABloodCountAndHematocritAloneIsNone() {
        assertEquals(Optional.of(LabTest.CBC), terminology.labTest(LOINC, "58410-2"));
        assertEquals(Optional.of(LabTest.CBC), terminology.labTest(LOINC, "57021-8"));
        assertTrue(terminology.labTest(LOINC, "4544-3").isEmpty());
    }

    @Test
    void everyTestIsOrderedByACodeThatIsReadAsThatTest() {
        for (LabTest test : LabTest.values()) {
            for (Assay assay : Assay.values()) {
                Code code = terminology.orderCode(test, assay);
                assertEquals(Optional.of(test), terminology.labTest(code.system(), code.code()));
                assertEquals(LOINC, code.system());
            }
        }
        assertEquals("2243-4", terminology.orderCode(LabTest.ESTRADIOL).code());
        assertEquals(
                "35384-7",
                terminology
                        .orderCode(LabTest.ESTRADIOL, Assay.MASS_SPECTROMETRY)
                        .code());
        assertEquals("38269-7", terminology.orderCode(LabTest.DXA).code());
    }

    @Test
    void scansForBoneDensityAreFoundInBothSystems() {
        assertEquals(Optional.of(LabTest.DXA), terminology.labTest(SNOMED, "312681000"));
    }

    @Test
    void searchesAskForLaboratoryAndOtherObservationsApart() {
        assertTrue(terminology.laboratoryCodes().stream()
                .anyMatch(code -> code.code().equals("2243-4")));
        assertTrue(terminology.observationCodes().stream()
                .anyMatch(code -> code.code().equals("82810-3")));
        assertTrue(terminology.laboratoryCodes().stream().noneMatch(terminology.observationCodes()::contains));
        assertTrue(terminology.codes(Drug.ANASTROZOLE).contains(new Code(RXNORM, "84857", "anastrozole")));
    }

    @Test
    void ingredientsOfTheTabletAreFoundByName() {
        assertEquals(Optional.of("anastrozole"), terminology.anastrozoleIngredient("Arimidex"));
        assertEquals(Optional.of("povidone"), terminology.anastrozoleIngredient("Povidone K30"));
        assertTrue(terminology.anastrozoleIngredient("Penicillin").isEmpty());
    }
}
