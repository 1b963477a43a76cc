package health.setpoint.knowledge.terminology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Symptom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("A problem in words")
class ProblemWordsTest {

    private static final Terminology TERMINOLOGY = Knowledge.load().terminology();

    private static Set<String> his(String text) {
        return TERMINOLOGY.problemsByText(text).stream()
                .filter(NamedProblem::his)
                .map(named -> named.diagnosis()
                        .map(Enum::name)
                        .orElseGet(() -> named.symptom().map(Enum::name).orElseThrow()))
                .collect(Collectors.toSet());
    }

    private static final Map<String, List<String>> NAMED = Map.of(
            Diagnosis.PROSTATE_CANCER.name(),
            List.of(
                    "Prostate cancer",
                    "PROSTATE CANCER (HCC)",
                    "Cancer of prostate",
                    "Cancer of the prostate gland",
                    "Cancer, prostate",
                    "Malignant neoplasm, prostate (HCC)",
                    "Malignant neoplasm of prostate (CMS/HCC)",
                    "Malignant tumour of prostate",
                    "Prostate malignant neoplasm",
                    "Prostate: malignant neoplasm",
                    "Prostatic adenocarcinoma",
                    "Adenocarcinoma of the prostate, Gleason 3+4",
                    "Carcinoma prostate",
                    "Prostate, adenocarcinoma",
                    "Prostate CA",
                    "Ca of prostate",
                    "CRPC on abiraterone",
                    "Castration-resistant prostate cancer",
                    "History of prostate cancer",
                    "H/o prostate cancer s/p prostatectomy",
                    "Personal history of malignant neoplasm of prostate",
                    "Prostate cancer, no evidence of metastasis",
                    "Prostate cancer - no evidence of disease",
                    "Prostate cancer, negative margins",
                    "No recurrence of prostate cancer",
                    "No evidence of prostate cancer recurrence",
                    "Concern for recurrence of prostate cancer",
                    "High-risk prostate cancer",
                    "Low risk prostate cancer, active surveillance",
                    "Screen-detected prostate cancer",
                    "Prostate cancer metastatic to bone",
                    "Metastatic prostate cancer; rule out cord compression",
                    "BPH. Prostate cancer 2019.",
                    "Problem no. 3: prostate cancer",
                    "Never smoker, prostate cancer",
                    "Prostate cancer; brother is well",
                    "Rule out stroke; prostate cancer",
                    "Prostatakarzinom",
                    "Z.n. Prostata-Ca 2018",
                    "Bösartige Neubildung der Prostata",
                    "Boesartige Neubildung der Prostata",
                    "Prostaatkanker",
                    "prostaatcarcinoom",
                    "Cancer de la prostate",
                    "Adénocarcinome prostatique",
                    "Antécédents de cancer de la prostate",
                    "Cáncer de próstata",
                    "Adenocarcinoma de próstata",
                    "Carcinoma della prostata",
                    "Câncer de próstata"),
            Diagnosis.BREAST_CANCER.name(),
            List.of(
                    "Breast cancer",
                    "Male breast cancer",
                    "Cancer of left male breast",
                    "Malignant neoplasm of breast",
                    "Breast ca, left, 2015",
                    "Invasive ductal carcinoma of breast",
                    "Mammakarzinom links",
                    "Borstkanker",
                    "Cancer du sein",
                    "Cáncer de mama"),
            Diagnosis.OSTEOPOROSIS.name(),
            List.of("Osteoporosis", "Age-related osteoporosis", "Osteoporose", "Fragility fracture of the hip"),
            Diagnosis.ISCHEMIC_HEART_DISEASE.name(),
            List.of(
                    "Ischaemic heart disease",
                    "CAD s/p CABG",
                    "Coronary artery disease",
                    "Myocardial infarction 2017",
                    "Koronare Herzkrankheit",
                    "Cardiopatía isquémica"),
            Symptom.GYNECOMASTIA.name(),
            List.of("Gynecomastia", "Gynaecomastia, bilateral", "Gynäkomastie", "Ginecomastia"));

    private static final List<String> NOT_HIS = List.of(
            "Family history of prostate cancer",
            "FH: prostate cancer",
            "FHx prostate cancer",
            "Fam. hx of prostate CA",
            "Family history: hypertension, prostate cancer",
            "History of prostate cancer in father",
            "Prostate cancer (father)",
            "Prostate cancer - brother",
            "Father had prostate cancer at 60",
            "Mother with breast cancer",
            "Wife has breast cancer",
            "Paternal history of prostate cancer",
            "Familienanamnese: Prostatakarzinom",
            "Antécédents familiaux de cancer de la prostate",
            "Antecedentes familiares de cáncer de próstata",
            "Screening for prostate cancer",
            "Encounter for screening for malignant neoplasm of prostate",
            "Prostate cancer screening",
            "Prostate cancer screening declined",
            "Rule out prostate cancer",
            "R/O prostate cancer",
            "Elevated PSA, rule out prostate cancer",
            "Prostate cancer ruled out",
            "Prostate cancer, ruled out by biopsy",
            "No evidence of prostate cancer",
            "No evidence of breast, lung or prostate cancer",
            "No history of prostate cancer",
            "No prostate cancer",
            "Denies prostate cancer",
            "Biopsy negative for prostate cancer",
            "Prostate cancer not found on biopsy",
            "Suspected prostate cancer",
            "Prostate cancer suspected",
            "Possible prostate cancer",
            "?prostate cancer",
            "Prostate cancer?",
            "Concern for prostate cancer",
            "At risk for prostate cancer",
            "Increased risk of prostate cancer",
            "Prostate cancer risk",
            "Fear of prostate cancer",
            "Prostate cancer phobia",
            "Worried about prostate cancer",
            "Genetic susceptibility to malignant neoplasm of prostate",
            "Prevention of breast cancer",
            "Breast cancer gene positive",
            "Prostate cancer antigen 3 test",
            "Prostate cancer counseling",
            "Kein Anhalt für Prostatakarzinom",
            "V.a. Prostatakarzinom",
            "Ausschluss Prostatakarzinom",
            "Verdenking prostaatkanker",
            "Dépistage du cancer de la prostate",
            "Suspicion de cancer de la prostate",
            "Descartar cáncer de próstata",
            "Osteoporosis screening",
            "At risk for osteoporosis",
            "No osteoporosis",
            "Pseudo-gynecomastia",
            "Concern for gynecomastia",
            "Family history of ischaemic heart disease");

    private static final List<String> OVER = List.of(
            "Gynecomastia, resolved",
            "Gynecomastia (resolved 2019)",
            "Gynecomastia - resolved",
            "Resolved gynecomastia",
            "History of gynecomastia",
            "Hx of bilateral gynecomastia",
            "H/o gynecomastia surgery",
            "History of gynecomastia surgery",
            "Gynecomastia s/p bilateral mastectomy 2012",
            "S/P mammoplasty for gynecomastia",
            "Gynecomastia, surgically removed",
            "Adolescent gynecomastia",
            "Pubertal gynecomastia",
            "Gynecomastia in adolescence",
            "Gynaecomastia as a teenager",
            "Previous gynaecomastia",
            "Z.n. Gynäkomastie",
            "Gynäkomastie, operiert",
            "Antécédent de gynécomastie");

    private static final List<String> STILL_THERE = List.of(
            "Gynecomastia",
            "Gynecomastia, bilateral, tender",
            "Gynecomastia since 2026",
            "Gynecomastia, not resolved",
            "Unresolved gynecomastia",
            "Gynecomastia, partially resolved",
            "Recurrent gynecomastia after surgery",
            "Persistent pubertal gynecomastia",
            "Adolescent gynecomastia, now returned",
            "Gynecomastia, surgery planned",
            "Gynecomastia, referred for mastectomy",
            "History of asthma, gynecomastia",
            "History of asthma and gynecomastia",
            "History of gynecomastia; gynecomastia",
            "Gynäkomastie beidseits");

    private static final List<String> PAST_AND_COUNTING = List.of(
            "History of prostate cancer",
            "Prostate cancer, resolved",
            "Prostate cancer s/p prostatectomy",
            "Breast cancer, status post mastectomy",
            "Prior myocardial infarction",
            "Previous heart attack",
            "Past osteoporotic hip fracture");

    private static final List<String> NOTHING = List.of(
            "Benign prostatic hyperplasia",
            "BPH with LUTS",
            "Elevated PSA",
            "PSA elevated",
            "Elevated prostate specific antigen [PSA]",
            "Neoplasm of prostate",
            "Neoplasm of uncertain behavior of prostate",
            "Benign neoplasm of prostate",
            "Prostatakrebsvorsorge",
            "Prostata ca. 40 ml",
            "prostate ca. 40 mL",
            "Lung cancer with prostate enlargement",
            "Lung cancer, prostate enlargement",
            "Colon cancer, breast implants",
            "Bladder cancer",
            "Pseudogynecomastia",
            "Breast pain",
            "Osteopenia",
            "Skin cancer",
            "Cancer",
            "");

    @TestFactory
    Stream<DynamicTest> counts() {
        return NAMED.entrySet().stream().flatMap(each -> each.getValue().stream()
                .map(text -> dynamicTest(text, () -> assertEquals(Set.of(each.getKey()), his(text)))));
    }

    @TestFactory
    Stream<DynamicTest> doesNotCount() {
        return NOT_HIS.stream()
                .map(text -> dynamicTest(text, () -> {
                    assertEquals(Set.of(), his(text));
                    assertEquals(1, TERMINOLOGY.problemsByText(text).size(), "named, and not his");
                }));
    }

    @TestFactory
    Stream<DynamicTest> isNotNamed() {
        return NOTHING.stream()
                .map(text ->
                        dynamicTest("'" + text + "'", () -> assertEquals(List.of(), TERMINOLOGY.problemsByText(text))));
    }

    @TestFactory
    Stream<DynamicTest> isOver() {
        return Stream.concat(
                OVER.stream().map(text -> dynamicTest(text, () -> assertEquals(List.of(true), over(text)))),
                STILL_THERE.stream()
                        .map(text -> dynamicTest(text + ": is there", () -> assertEquals(List.of(false), over(text)))));
    }

    private static List<Boolean> over(String text) {
        return TERMINOLOGY.problemsByText(text).stream()
                .filter(NamedProblem::his)
                .map(NamedProblem::over)
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> ofThePastCountsAsADiagnosis() {
        return PAST_AND_COUNTING.stream()
                .map(text -> dynamicTest(text, () -> assertEquals(1, his(text).size())));
    }

    @Test
    @DisplayName("counts where one place in the text says so")
    void onePlace() {
        assertEquals(
                Set.of("PROSTATE_CANCER"),
                his("Screening for prostate cancer; biopsy 2021: adenocarcinoma of prostate"));
        assertEquals(Set.of("PROSTATE_CANCER", "OSTEOPOROSIS"), his("Prostate cancer and osteoporosis on ADT"));
    }

    @Test
    @DisplayName("is found in long texts in a time that grows with their length only")
    void longTexts() {
        for (var piece :
                List.of("no ", "prostate ", "cancer, ", "family ", "malignant neoplasm of the ", "? ", ", ,")) {
            TERMINOLOGY.problemsByText(piece.repeat(100_000 / piece.length()));
        }
    }
}
