package health.setpoint.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.knowledge.yaml.Located;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the loader refuses, and that each refusal names file and line. */
class KnowledgeRefusalTest {

    private static final String LOW = "- id: estradiol.low\n";

    private final KnowledgeFiles shipped = KnowledgeFiles.shipped();

    @Test
    void theShippedFilesAreRead() {
        assertEquals(Knowledge.load().hash(), shipped.read().hash());
    }

    @Test
    void theIndexNamesEveryFileOfTheDirectory() {
        Located index = Located.read("index.yaml", shipped.texts().get("index.yaml"));
        Set<String> named = new TreeSet<>(Set.of("index.yaml", "evidence.yaml", "rules.yaml"));
        index.entries().get("parameters").items().forEach(item -> named.add(item.text()));
        index.entries()
                .get("tables")
                .items()
                .forEach(item -> named.add(item.entries().get("file").text()));

        assertEquals(shipped.texts().keySet(), named);
    }

    @Test
    void aFileThatIsNotThere() {
        refused(
                shipped.with("index.yaml", "  - bone.yaml\n", "  - bones.yaml\n"),
                "bones.yaml",
                "no such knowledge file");
    }

    @Test
    void aFileThatIsNamedTwice() {
        refused(
                shipped.with("index.yaml", "  - bone.yaml\n", "  - bone.yaml\n  - bone.yaml\n"),
                "index.yaml:",
                "stands twice");
    }

    @Test
    void anEmptyFile() {
        refused(shipped.replaced("bone.yaml", "# nothing\n"), "bone.yaml:1", "empty");
    }

    @Test
    void aFileThatIsNotYaml() {
        refused(shipped.appended("bone.yaml", "\n- id: [\n"), "bone.yaml:", "not YAML");
    }

    @Test
    void aParameterWithoutId() {
        refused(shipped.with("estradiol.yaml", LOW + "  says", "- says"), "estradiol.yaml:3", "id is missing");
    }

    @Test
    void aParameterThatDoesNotSayWhatItMeans() {
        refused(
                shipped.with("estradiol.yaml", "  says: Estradiol below this is LOW", "  # says:"),
                "estradiol.yaml:3",
                "says is missing");
    }

    @Test
    void aParameterWithoutUnit() {
        refused(shipped.with("estradiol.yaml", "  unit: pg/mL\n", ""), "estradiol.yaml:3", "unit is missing");
    }

    @Test
    void aParameterInAnotherUnitThanTheRulesCompareIn() {
        refused(
                shipped.with("estradiol.yaml", "  unit: pg/mL\n", "  unit: pmol/L\n"),
                "estradiol.yaml:3",
                "compare in pg/mL");
    }

    @Test
    void aParameterWithAMemberThatNobodyReads() {
        refused(
                shipped.with("estradiol.yaml", "  unit: pg/mL\n", "  unit: pg/mL\n  units: pg/mL\n"),
                "estradiol.yaml:6",
                "unknown member units");
    }

    @Test
    void aValueWithoutBasis() {
        refused(
                shipped.with(
                        "estradiol.yaml",
                        "      basis: {source: SEED, place: target range 20-40 pg/mL, grade: S}\n",
                        ""),
                "estradiol.yaml:8",
                "basis is missing");
    }

    @Test
    void aBasisWithoutSource() {
        refused(shipped.with("estradiol.yaml", "source: SEED, ", ""), "estradiol.yaml:9", "source is missing");
    }

    @Test
    void aBasisWithoutPlace() {
        refused(
                shipped.with("estradiol.yaml", "place: target range 20-40 pg/mL, ", ""),
                "estradiol.yaml:9",
                "place is missing");
    }

    @Test
    void aBasisWithoutGrade() {
        refused(shipped.with("estradiol.yaml", ", grade: S", ""), "estradiol.yaml:9", "grade is missing");
    }

    @Test
    void aGradeThatIsNone() {
        refused(shipped.with("estradiol.yaml", "grade: S", "grade: D"), "estradiol.yaml:9", "D is none of");
    }

    @Test
    void aSourceThatNobodyKnows() {
        refused(
                shipped.with("estradiol.yaml", "source: SEED", "source: RUMOUR"),
                "estradiol.yaml:9",
                "unknown source RUMOUR");
    }

    @Test
    void aParameterWithoutValue() {
        refused(
                shipped.with("estradiol.yaml", "      value: 20\n", "      value:\n"),
                "estradiol.yaml:8",
                "the value is empty");
    }

    @Test
    void aValueThatIsNoNumber() {
        refused(shipped.with("estradiol.yaml", "value: 20\n", "value: twenty\n"), "estradiol.yaml:8", "not a number");
    }

    @Test
    void halfADay() {
        String from = "      value: 56\n";
        refused(
                shipped.with("timing.yaml", from, "      value: 56.5\n"),
                shipped.place("timing.yaml", from),
                "not a whole number");
    }

    @Test
    void aNegativeNumberOfDays() {
        String from = "      value: 28\n";
        refused(
                shipped.with("timing.yaml", from, "      value: -28\n"),
                shipped.place("timing.yaml", from),
                "below zero");
    }

    @Test
    void aShareAboveOne() {
        refused(
                shipped.with("estradiol.yaml", "value: 0.30", "value: 30"),
                "estradiol.yaml:",
                "a share lies between 0 and 1");
    }

    @Test
    void aDateThatIsNone() {
        refused(shipped.with("estradiol.yaml", "    2026-01-01:", "    2026-02-30:"), "estradiol.yaml:", "not a date");
    }

    @Test
    void datesOutOfOrder() {
        refused(
                shipped.with("estradiol.yaml", "    2026-01-01:", value("2027-01-01", "22") + "    2026-01-01:"),
                "estradiol.yaml:",
                "dates out of order");
    }

    @Test
    void oneDateTwice() {
        refused(
                shipped.with("estradiol.yaml", "    2026-01-01:", value("2026-01-01", "22") + "    2026-01-01:"),
                "estradiol.yaml:",
                "stands twice");
    }

    @Test
    void aParameterThatBeginsTooLate() {
        refused(
                shipped.with("estradiol.yaml", "    2026-01-01:", "    2026-02-01:"),
                "estradiol.yaml:3",
                "no value on 2026-01-01");
    }

    @Test
    void aParameterThatNoRuleAsksFor() {
        refused(shipped.with("estradiol.yaml", LOW, LOW.replace("low", "lowest")), "estradiol.low is missing");
        refused(
                shipped.appended(
                        "bone.yaml",
                        "\n"
                                + shipped.texts()
                                        .get("bone.yaml")
                                        .replaceFirst("(?s)^.*?(- id.*?grade: .}\n).*$", "$1")
                                        .replace("bone.osteoporosis", "bone.marrow")),
                "bone.yaml:",
                "no rule asks for it");
    }

    @Test
    void twoFilesForOneMeaning() {
        String first = shipped.texts().get("bone.yaml").replaceFirst("(?s)^.*?(- id.*?grade: .}\n).*$", "$1");
        refused(shipped.appended("ages.yaml", "\n" + first), "ages.yaml:", "already given at bone.yaml:3");
    }

    @Test
    void thresholdsThatCross() {
        refused(
                shipped.with("estradiol.yaml", "value: 20\n", "value: 45\n"),
                "estradiol.yaml:",
                "crosses estradiol.low");
        refused(
                shipped.with("hematocrit.yaml", "value: 54\n", "value: 50\n"),
                "hematocrit.yaml:",
                "crosses hematocrit.warn-above");
        refused(shipped.with("bone.yaml", "value: -2.5\n", "value: -1.0\n"), "bone.yaml:", "crosses bone.osteoporosis");
        refused(
                shipped.with("timing.yaml", "value: 42\n", "value: 27\n"),
                "timing.yaml:",
                "crosses timing.recheck-from");
        refused(
                shipped.with("plausible.yaml", "value: 1000\n", "value: 0.1\n"),
                "plausible.yaml:",
                "crosses plausible.free-testosterone.lowest");
    }

    @Test
    void thresholdsThatCrossOnlyFromALaterDayOn() {
        String from = "grade: S}\n\n- id: estradiol.in-range-top";
        refused(
                shipped.with("estradiol.yaml", from, from.replace("\n\n", "\n" + value("2027-01-01", "45") + "\n")),
                "crosses estradiol.low, which is 45");
    }

    @Test
    void aLadderThatDoesNotRise() {
        String from = "value: {mg: 0.5, times: 3}";
        refused(
                shipped.with("ladder.yaml", from, "value: {mg: 0.5, times: 2}"),
                shipped.place("ladder.yaml", from),
                "the ladder does not rise");
    }

    @Test
    void aRungThatTheLadderDoesNotHave() {
        refused(
                shipped.with("ladder.yaml", "value: L4", "value: L5"),
                "ladder.yaml:",
                "the ladder has the rungs L1 to L4");
    }

    @Test
    void aDoseOfNothing() {
        refused(shipped.with("ladder.yaml", "mg: 0.5, times: 1", "mg: 0, times: 1"), "ladder.yaml:8", "above zero");
    }

    @Test
    void anOncologyDoseThatTheLadderReaches() {
        refused(shipped.with("ladder.yaml", "value: 7", "value: 2"), "ladder.yaml:", "not above the ladder");
    }

    @Test
    void aRuleWithoutEvidence() {
        refused(
                shipped.with("evidence.yaml", "  - {rule: R-16, grades: [], sources: [SETPOINT]}\n", ""),
                "evidence.yaml:",
                "rule R-16 has no evidence");
    }

    @Test
    void evidenceForARuleThatDoesNotExist() {
        refused(shipped.with("evidence.yaml", "rule: R-16", "rule: R-99"), "evidence.yaml:", "no rule is called R-99");
    }

    @Test
    void aRuleWithoutText() {
        refused(
                shipped.with("rules.yaml", "rule: R-16, phase: B", "rule: R-15, phase: B"),
                "rules.yaml:",
                "stands twice");
    }

    @Test
    void aRuleTextThatNamesANumberThatDoesNotExist() {
        refused(
                shipped.with("rules.yaml", "{ages.adult}", "{ages.grown-up}"),
                "rules.yaml:",
                "no parameter is called ages.grown-up");
    }

    @Test
    void aTableWithOtherColumns() {
        refused(shipped.with("units.csv", "analyte,", "what,"), "units.csv:1", "expected the columns");
    }

    @Test
    void aRowThatLacksACell() {
        refused(shipped.appended("units.csv", "PSA,ng/mL\n"), "units.csv:254", "2 cells, expected 8");
    }

    @Test
    void anUnknownAnalyte() {
        refused(
                shipped.appended("units.csv", "VITAMIN_D,ng/mL,ng/mL,1,0,,,\n"),
                "units.csv:254",
                "unknown word VITAMIN_D");
    }

    @Test
    void aSpellingThatStandsTwice() {
        refused(shipped.appended("units.csv", "ESTRADIOL,pg/mL,pg/mL,1000,0,,,\n"), "units.csv:254", "stands twice");
    }

    @Test
    void wordsOfInstructionsThatStandTwice() {
        refused(shipped.appended("sig-words.csv", "STOP,prn,,2026-11-29,\n"), "sig-words.csv:", "prn stands twice");
    }

    @Test
    void aNumberInWordsWithoutItsValue() {
        refused(shipped.appended("sig-words.csv", "NUMBER,dozen,,2026-11-29,\n"), "sig-words.csv:", "value is missing");
    }

    @Test
    void aRateThatIsNoNumber() {
        refused(
                shipped.appended("sig-words.csv", "RATE,now and then,often,2026-11-29,\n"),
                "sig-words.csv:",
                "not a number above zero: often");
    }

    @Test
    void aDayInTwoWords() {
        refused(
                shipped.appended("sig-words.csv", "DAY,new year,mon,2026-11-29,\n"),
                "sig-words.csv:",
                "more than one word");
    }

    @Test
    void aDoseUnitThatStandsTwice() {
        refused(shipped.appended("dose-units.csv", "TABLET,MG,,2026-11-29,\n"), "dose-units.csv:", "MG stands twice");
    }

    @Test
    void aDoseUnitWithoutADate() {
        refused(shipped.appended("dose-units.csv", "TABLET,torpedo,,lately,\n"), "dose-units.csv:", "no date: lately");
    }

    @Test
    void aCodeThatStandsTwice() {
        refused(
                shipped.appended(
                        "labs.csv",
                        "http://loinc.org,2243-4,Testosterone,TESTOSTERONE,UNKNOWN,laboratory,verified,yes,\n"),
                "labs.csv:51",
                "2243-4 stands twice");
    }

    @Test
    void aCodeSystemThatNobodyKnows() {
        refused(
                shipped.appended("labs.csv", "http://local,1,Estradiol,ESTRADIOL,UNKNOWN,laboratory,verified,yes,\n"),
                "labs.csv:51",
                "unknown code system");
    }

    @Test
    void aConfidenceThatIsNone() {
        refused(
                shipped.with("medications.csv", ",verified,", ",certain,"),
                "medications.csv:2",
                "unknown confidence certain");
    }

    @Test
    void aQuotationMarkThatIsNotClosed() {
        refused(shipped.appended("labs.csv", "http://loinc.org,\"1\n"), "labs.csv:51", "not closed");
    }

    @Test
    void aPatternThatIsNone() {
        refused(
                shipped.appended("text-patterns.csv", "drug,WARFARIN,OTHER,warf(arin,\n"),
                "text-patterns.csv:",
                "not a pattern");
    }

    @Test
    void aNameOfATestThatIsWrittenOtherwiseThanItIsCompared() {
        refused(
                shipped.appended("lab-names.csv", "PSA,name,Prostata-Ag,,verified,\n"),
                "lab-names.csv:",
                "not words as they are compared: Prostata-Ag");
    }

    @Test
    void aNameOfATestThatNobodyKnows() {
        refused(
                shipped.appended("lab-names.csv", "VITAMIN_D,name,vitamin d,,verified,\n"),
                "lab-names.csv:",
                "unknown word VITAMIN_D");
    }

    @Test
    void anAnalyteThatNoWordsName() {
        refused(shipped.with("lab-names.csv", "WAIST,name,waist", "WEIGHT,name,waist"), "lab-names.csv", "name WAIST");
    }

    @Test
    void aLaterValueHoldsFromItsDayOnAndNotBefore() {
        String from = "grade: S}\n\n- id: estradiol.in-range-top";
        Knowledge changed = shipped.with(
                        "estradiol.yaml", from, from.replace("\n\n", "\n" + value("2027-01-01", "22") + "\n"))
                .read();

        assertEquals(
                "20",
                changed.on(LocalDate.parse("2026-12-31")).estradiol().low().toString());
        assertEquals(
                "22",
                changed.on(LocalDate.parse("2027-01-01")).estradiol().low().toString());
        assertNotEquals(shipped.read().hash(), changed.hash());
    }

    @Test
    void anyChangeOfAnyFileChangesTheHash() {
        Set<String> hashes = new TreeSet<>();
        hashes.add(shipped.read().hash());
        for (String file : shipped.texts().keySet()) {
            String more = file.endsWith(".yaml") ? "\n# one more line\n" : "\n\n";
            assertTrue(hashes.add(shipped.appended(file, more).read().hash()), file);
        }
    }

    @Test
    void lineEndsOfAnotherSystemDoNotChangeTheHash() {
        KnowledgeFiles other = shipped;
        for (String file : shipped.texts().keySet()) {
            other = other.replaced(file, shipped.texts().get(file).replace("\n", "\r\n"));
        }

        assertEquals(shipped.read().hash(), other.read().hash());
    }

    private static String value(String day, String value) {
        return """
                    %s:
                      value: %s
                      basis: {source: SEED, place: target range, grade: S}
                """.formatted(day, value);
    }

    private static void refused(KnowledgeFiles files, String... parts) {
        var refusal = assertThrows(KnowledgeException.class, files::read);
        for (String part : parts) {
            assertTrue(
                    refusal.getMessage().contains(part), () -> "expected \"" + part + "\" in: " + refusal.getMessage());
        }
    }
}
