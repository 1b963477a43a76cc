package health.setpoint.knowledge.terminology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.labs.Analyte;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The name of a test")
class LabNamesTest {

    private static final Terminology TERMINOLOGY = Knowledge.load().terminology();

    private static LabNames.Named named(String name) {
        return TERMINOLOGY.namedTests(name);
    }

    private static String words(Set<Analyte> analytes) {
        return analytes.stream().map(Enum::name).collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "\"{0}\" is {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "Estradiol; ESTRADIOL",
                "Estradiol, Sensitive; ESTRADIOL",
                "ESTRADIOL, ULTRASENSITIVE LC/MS/MS; ESTRADIOL",
                "Estradiol (E2) [Mass/volume] in Serum or Plasma; ESTRADIOL",
                "17-beta-Estradiol; ESTRADIOL",
                "17β-Estradiol; ESTRADIOL",
                "Serum oestradiol level; ESTRADIOL",
                "Östradiol; ESTRADIOL",
                "Œstradiol; ESTRADIOL",
                "Estradiol (17-bèta); ESTRADIOL",
                "Testosterone, Total, MS; TESTOSTERONE",
                "TESTOSTERONE TOTAL, SERUM; TESTOSTERONE",
                "Testosteron gesamt; TESTOSTERONE",
                "Testostérone totale; TESTOSTERONE",
                "Testosterona total; TESTOSTERONE",
                "Testosterone [Moles/volume] in Serum or Plasma; TESTOSTERONE",
                "Testosterone, Free and Total; TESTOSTERONE FREE_TESTOSTERONE",
                "Free Testosterone(Direct); FREE_TESTOSTERONE",
                "Testosterone, Free; FREE_TESTOSTERONE",
                "freies Testosteron; FREE_TESTOSTERONE",
                "Testostérone libre; FREE_TESTOSTERONE",
                "Vrij testosteron; FREE_TESTOSTERONE",
                "Bioavailable Testosterone; BIOAVAILABLE_TESTOSTERONE",
                "Testosterone.free+weakly bound [Mass/volume]; BIOAVAILABLE_TESTOSTERONE",
                "Hematocrit; HEMATOCRIT",
                "HCT; HEMATOCRIT",
                "Haematocrit (PCV); HEMATOCRIT",
                "Hämatokrit; HEMATOCRIT",
                "Hématocrite; HEMATOCRIT",
                "Hematócrito; HEMATOCRIT",
                "Packed cell volume; HEMATOCRIT",
                "Hemoglobin; HEMOGLOBIN",
                "Hemoglobin and Hematocrit; HEMATOCRIT HEMOGLOBIN",
                "Hemoglobin A1c; HBA1C",
                "PSA; PSA",
                "PSA, Total; PSA",
                "PSA, Screening; PSA",
                "Prostate-Specific Ag, Serum; PSA",
                "PSA Total (Reflex To Free); PSA",
                "Prostata-spezifisches Antigen; PSA",
                "Antigène prostatique spécifique; PSA",
                "PSA, Total and Free; PSA",
                "AST (SGOT); AST",
                "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma; AST",
                "ASAT; AST",
                "ALT (SGPT); ALT",
                "ALAT (GPT); ALT",
                "TGO (AST); AST",
                "Bilirubin, Total; BILIRUBIN",
                "Bilirubin.total [Mass/volume] in Serum or Plasma; BILIRUBIN",
                "Bilirubine totale; BILIRUBIN",
                "T Bili; BILIRUBIN",
                "Bilirubin, Total and Direct; BILIRUBIN",
                "DXA Lumbar spine [T-score] Bone density; DXA_T_SCORE",
                "Femoral neck T score; DXA_T_SCORE",
                "Sex hormone binding globulin; SHBG",
                "Testosterone-binding globulin; SHBG"
            })
    void names(String name, String analytes) {
        assertEquals(analytes, words(named(name).sure()));
        assertTrue(!named(name).another());
    }

    @ParameterizedTest(name = "\"{0}\" is another test")
    @CsvSource(
            delimiter = ';',
            value = {
                "Estrogens, Total; ESTRADIOL",
                "Estrogens, Total (Estradiol + Estrone); ESTRADIOL",
                "Estrone; ESTRADIOL",
                "Estriol, Free; ESTRADIOL",
                "Estradiol valerate; ESTRADIOL",
                "Estradiol, Free; ESTRADIOL",
                "Estradiol, Urine; ESTRADIOL",
                "Estradiol, Saliva; ESTRADIOL",
                "Testosterone/Estradiol ratio; ESTRADIOL",
                "Estradiol Comment; ESTRADIOL",
                "Prostaglandin E2; ESTRADIOL",
                "Testosterone, Free; TESTOSTERONE",
                "Testosterone, % Free; TESTOSTERONE",
                "Dihydrotestosterone; TESTOSTERONE",
                "Testosterone cypionate; TESTOSTERONE",
                "Testosterone Free/Testosterone.total in Serum or Plasma; TESTOSTERONE",
                "Hemoglobin; HEMATOCRIT",
                "Hematocrit, Body fluid; HEMATOCRIT",
                "PSA, Free; PSA",
                "PSA, % Free; PSA",
                "PSA ratio; PSA",
                "Prostate Specific Ag Free/Prostate specific Ag.total; PSA",
                "Freies PSA; PSA",
                "AST/ALT ratio; AST",
                "Direct bilirubin; BILIRUBIN",
                "Bilirubin, Conjugated; BILIRUBIN",
                "Bilirubine conjuguée; BILIRUBIN",
                "Bilirubin, Urine; BILIRUBIN",
                "Urobilinogen; BILIRUBIN",
                "PROMIS-10 Global Physical Health T-score, hip; DXA_T_SCORE",
                "Cortisol; TESTOSTERONE"
            })
    void anotherTest(String name, Analyte analyte) {
        assertTrue(named(name).contradicts(analyte), named(name).toString());
    }

    @ParameterizedTest(name = "\"{0}\" may be {1}")
    @CsvSource({
        "E2, ESTRADIOL",
        "TT, TESTOSTERONE",
        "GOT, AST",
        "T-score, DXA_T_SCORE",
        "Ht, HEMATOCRIT",
        "Testosterone therapy level, TESTOSTERONE"
    })
    void unsure(String name, Analyte analyte) {
        var said = named(name);
        if (name.contains("therapy")) {
            assertTrue(said.another(), said.toString());
        } else {
            assertEquals(EnumSet.of(analyte), said.unsure());
            assertEquals(Set.of(), said.sure());
        }
    }

    @ParameterizedTest(name = "\"{0}\" says nothing")
    @CsvSource({"CBC", "Hormones", "'[Mass/volume] in Serum or Plasma'", "''", "'!!!'", "Laboratory panel"})
    void nothing(String name) {
        assertEquals(LabNames.Named.NOTHING, named(name));
    }

    static Set<Code> laboratoryCodes() {
        return Set.copyOf(TERMINOLOGY.codes(Analyte.values()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("laboratoryCodes")
    @DisplayName("that the table of codes shows does not contradict its code")
    void displays(Code code) {
        var meant = TERMINOLOGY.lab(code.system(), code.code()).orElseThrow().analyte();
        assertTrue(!named(code.display()).contradicts(meant), code.display());
    }

    @Test
    @DisplayName("is read in one pass, however long it is")
    void length() {
        var long1 = "estradiol valerate free ".repeat(5_000);
        var started = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            named(long1);
        }
        assertTrue(System.nanoTime() - started < 3_000_000_000L);
        assertEquals(
                Set.of(), named("x".repeat(100_000).toUpperCase(Locale.ROOT)).sure());
    }
}
