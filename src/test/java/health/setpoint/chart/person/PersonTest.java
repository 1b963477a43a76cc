package health.setpoint.chart.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.chart.Chart;
import health.setpoint.titration.person.Person;
import health.setpoint.titration.person.Sex;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("The patient")
class PersonTest {

    private static final String CLINICAL_USE =
            "{url: 'http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse',"
                    + " extension: [{url: 'value', valueCodeableConcept: {coding: [{code: '%s'}]}}]}";
    private static final String BIRTH_SEX =
            "{url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex', valueCode: '%s'}";
    private static final String US_CORE_SEX =
            "{url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex', valueCode: '%s'}";

    private static String epic(String extension, String concept) {
        return "{url: 'http://open.epic.com/FHIR/StructureDefinition/extension/" + extension
                + "', valueCodeableConcept: {" + concept + "}}";
    }

    private static Chart patient(String members) {
        return Chart.of().key("patient", "{resourceType: 'Patient', id: 'p', " + members + "}");
    }

    private static Chart sexAtBirth(Chart chart, String code) {
        return chart.with(
                "observations",
                "{resourceType: 'Observation', id: 's', status: 'final', code: {coding: [{system: 'http://loinc.org', code:"
                        + " '76689-9'}]}, valueCodeableConcept: {coding: [{system: 'http://loinc.org', code: '" + code
                        + "'}]}}");
    }

    private static DynamicTest sex(String title, Sex expected, Chart chart) {
        return dynamicTest(
                title, () -> assertEquals(expected, chart.facts().person().sex()));
    }

    @TestFactory
    Stream<DynamicTest> sexes() {
        return Stream.of(
                sex("is male by gender", Sex.MALE, patient("gender: 'male'")),
                sex(
                        "is male where a search brings a bare copy along",
                        Sex.MALE,
                        patient("gender: 'male'").with("labs", "{resourceType: 'Patient', id: 'p'}")),
                sex(
                        "is male where a search brings a copy along that is marked as less",
                        Sex.MALE,
                        patient("gender: 'male', meta: {lastUpdated: '2026-01-01T00:00:00Z'}")
                                .with(
                                        "labs",
                                        "{resourceType: 'Patient', id: 'p', meta: {lastUpdated: '2026-02-01T00:00:00Z', tag: [{code: 'SUBSETTED'}]}}")),
                sex("is female by gender", Sex.FEMALE, patient("gender: 'female'")),
                sex("has no sex on record where the gender is missing", Sex.UNRECORDED, patient("active: true")),
                sex("has no sex on record where the gender is other", Sex.UNRECORDED, patient("gender: 'other'")),
                sex("has no sex on record where the gender is no word", Sex.UNRECORDED, patient("gender: 7")),
                sex(
                        "is male for clinical use where the gender is other",
                        Sex.MALE,
                        patient("gender: 'other', extension: [" + CLINICAL_USE.formatted("male-typical") + "]")),
                sex(
                        "is male by birth where the gender is missing",
                        Sex.MALE,
                        patient("extension: [" + BIRTH_SEX.formatted("M") + "]")),
                sex(
                        "is male by US Core sex where the gender is missing",
                        Sex.MALE,
                        patient("extension: [" + US_CORE_SEX.formatted("248153007") + "]")),
                sex(
                        "is read past a clinical use that is not specified",
                        Sex.MALE,
                        patient("gender: 'male', extension: [" + CLINICAL_USE.formatted("specified") + "]")),
                sex(
                        "is female for clinical use before all others",
                        Sex.FEMALE,
                        patient("gender: 'female', extension: [" + CLINICAL_USE.formatted("female-typical") + ","
                                + BIRTH_SEX.formatted("M") + "]")),
                sex(
                        "differs where the gender is male and the birth sex female",
                        Sex.DIFFERING,
                        patient("gender: 'male', extension: [" + BIRTH_SEX.formatted("F") + "]")),
                sex(
                        "differs where the gender is male and the clinical use female",
                        Sex.DIFFERING,
                        patient("gender: 'male', extension: [" + CLINICAL_USE.formatted("female-typical") + "]")),
                sex(
                        "differs where the gender is male and an Observation of the sex at birth is female",
                        Sex.DIFFERING,
                        sexAtBirth(patient("gender: 'male'"), "LA3-6")),
                sex(
                        "is male by the Observation of the sex at birth",
                        Sex.MALE,
                        sexAtBirth(patient("active: true"), "LA2-8")),
                sex(
                        "differs where Epic's sex for clinical use is female and the gender male",
                        Sex.DIFFERING,
                        patient("gender: 'male', extension: ["
                                + epic("sex-for-clinical-use", "coding: [{code: 'female'}]") + "]")),
                sex(
                        "is male for Epic's clinical use, in words, where the gender is other",
                        Sex.MALE,
                        patient("gender: 'other', extension: [" + epic("sex-for-clinical-use", "text: 'Male'") + "]")),
                sex(
                        "is read past an Epic sex for clinical use that is neither",
                        Sex.MALE,
                        patient("gender: 'male', extension: ["
                                + epic("sex-for-clinical-use", "coding: [{code: 'unspecified'}]") + "]")),
                sex(
                        "differs where Epic's legal sex is female and the gender male",
                        Sex.DIFFERING,
                        patient("gender: 'male', extension: [" + epic("legal-sex", "coding: [{code: 'Female'}]")
                                + "]")),
                sex(
                        "differs where Epic's legal sex is male and the gender female",
                        Sex.DIFFERING,
                        patient("gender: 'female', extension: [" + epic("legal-sex", "coding: [{code: 'male'}]")
                                + "]")),
                sex(
                        "is of Epic's legal sex where the gender is missing",
                        Sex.MALE,
                        patient("extension: [" + epic("legal-sex", "coding: [{code: 'male'}]") + "]")),
                sex(
                        "is female for clinical use where Epic's legal sex and the gender are too",
                        Sex.FEMALE,
                        patient("gender: 'female', extension: [" + epic("legal-sex", "coding: [{code: 'female'}]") + ","
                                + epic("sex-for-clinical-use", "coding: [{code: 'female'}]") + "]")),
                sex(
                        "is male where the site has a protocol for transgender men",
                        Sex.MALE,
                        patient("gender: 'male', extension: [" + BIRTH_SEX.formatted("F") + "]")
                                .withTransgenderProtocol()),
                sex(
                        "is unrecorded where there is no Patient",
                        Sex.UNRECORDED,
                        Chart.of().key("patient", "null")));
    }

    @TestFactory
    Stream<DynamicTest> birthDates() {
        return Stream.of(
                        new String[] {"'1981-05-07'", "1981-05-07"},
                        new String[] {"'1981-02'", "1981-02-28"},
                        new String[] {"'1981'", "1981-12-31"},
                        new String[] {"'1981-13-01'", ""},
                        new String[] {"'unknown'", ""},
                        new String[] {"1981", ""},
                        new String[] {"null", ""})
                .map(row -> dynamicTest(
                        "born " + row[0] + " is at the youngest of " + row[1],
                        () -> assertEquals(
                                row[1].isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(row[1])),
                                patient("birthDate: " + row[0]).facts().person().birthDate())));
    }

    private static Person withStatus(String code, String day) {
        return status(Chart.of(), code, day, "s").facts().person();
    }

    private static Chart status(Chart chart, String code, String day, String id) {
        return chart.with(
                "observations",
                "{resourceType: 'Observation', id: '" + id
                        + "', status: 'final', code: {coding: [{system: 'http://loinc.org', code: '82810-3'}]},"
                        + " effectiveDateTime: '" + day + "', valueCodeableConcept: {coding: [" + code + "]}}");
    }

    @Test
    @DisplayName("is pregnant by a status of the last 280 days, and by the newest one")
    void pregnancyStatus() {
        var answer = "{system: 'http://loinc.org', code: 'LA15173-0'}";
        var finding = "{system: 'http://snomed.info/sct', code: '77386006'}";
        var no = "{system: 'http://loinc.org', code: 'LA26683-5'}";
        assertEquals(true, withStatus(answer, "2026-01-01").pregnant());
        assertEquals(true, withStatus(finding, "2025-05-26").pregnant());
        assertEquals(false, withStatus(finding, "2025-05-25").pregnant());
        assertEquals(false, withStatus(finding, "2026").pregnant());
        assertEquals(false, withStatus(no, "2026-01-01").pregnant());
        var both = status(status(Chart.of(), answer, "2025-10-01", "s1"), no, "2026-02-01", "s2");
        assertEquals(false, both.facts().person().pregnant());
    }

    @Test
    @DisplayName("is pregnant by an active condition")
    void pregnancyCondition() {
        var condition =
                "{resourceType: 'Condition', id: 'c', clinicalStatus: {coding: [{code: '%s'}]}, code: {coding: [{system: '%s', code: '%s'}]}}";
        assertEquals(
                true,
                Chart.of()
                        .with("conditions", condition.formatted("active", "http://snomed.info/sct", "77386006"))
                        .facts()
                        .person()
                        .pregnant());
        assertEquals(
                false,
                Chart.of()
                        .with("conditions", condition.formatted("resolved", "http://snomed.info/sct", "77386006"))
                        .facts()
                        .person()
                        .pregnant());
    }
}
