package health.setpoint.chart.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.Coding;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.FhirTime;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.titration.person.Person;
import health.setpoint.titration.person.Sex;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads who the patient is: sex for clinical use from the records in their order of precedence, age, pregnancy. */
public final class PersonReader {

    private static final String CLINICAL_USE =
            "http://hl7.org/fhir/StructureDefinition/patient-sexParameterForClinicalUse";
    private static final String EPIC_CLINICAL_USE =
            "http://open.epic.com/FHIR/StructureDefinition/extension/sex-for-clinical-use";
    private static final String EPIC_LEGAL_SEX = "http://open.epic.com/FHIR/StructureDefinition/extension/legal-sex";
    private static final String US_CORE_SEX = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-sex";
    private static final String BIRTH_SEX = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex";

    /** LOINC answer "Pregnant". */
    private static final String PREGNANT = "LA15173-0";

    private static final Set<String> MALE =
            Set.of("m", "male", "male-typical", "248153007", "446151000124109", "la2-8");
    private static final Set<String> FEMALE =
            Set.of("f", "female", "female-typical", "248152002", "446141000124107", "la3-6");

    private final ReadContext context;
    private final boolean transgenderProtocol;

    public PersonReader(ReadContext context, boolean transgenderProtocol) {
        this.context = context;
        this.transgenderProtocol = transgenderProtocol;
    }

    public Person read(
            List<ObjectNode> patients,
            List<CodedAnswer> sexesAtBirth,
            boolean pregnantByCondition,
            List<CodedAnswer> pregnancies,
            int pregnancyDays) {
        var birthDate = patients.stream()
                .map(patient -> FhirTime.latestDay(FhirJson.text(patient, "birthDate")))
                .flatMap(Optional::stream)
                .max(LocalDate::compareTo);
        return new Person(
                sex(patients, sexesAtBirth), birthDate, pregnantByCondition || isPregnant(pregnancies, pregnancyDays));
    }

    private Sex sex(List<ObjectNode> patients, List<CodedAnswer> sexesAtBirth) {
        var clinicalUse = extensions(patients, CLINICAL_USE, EPIC_CLINICAL_USE);
        // The legal sex is an administrative record as the gender is.
        var genders = Stream.concat(
                        patients.stream()
                                .map(patient -> FhirJson.text(patient, "gender"))
                                .flatMap(Optional::stream)
                                .flatMap(gender -> sexOf(Stream.of(gender)).stream()),
                        extensions(patients, EPIC_LEGAL_SEX).stream())
                .toList();
        var birth = new ArrayList<>(extensions(patients, BIRTH_SEX));
        newest(sexesAtBirth).stream()
                .flatMap(answer -> sexOf(words(answer.value())).stream())
                .forEach(birth::add);
        var byPrecedence = List.of(clinicalUse, extensions(patients, US_CORE_SEX), birth, genders);
        var isMaleByGender = genders.contains(Sex.MALE);
        if (isMaleByGender && byPrecedence.stream().anyMatch(records -> records.contains(Sex.FEMALE))) {
            if (!transgenderProtocol) {
                return Sex.DIFFERING;
            }
            return clinicalUse.isEmpty() ? Sex.MALE : decided(clinicalUse);
        }
        return byPrecedence.stream()
                .filter(records -> !records.isEmpty())
                .findFirst()
                .map(PersonReader::decided)
                .orElse(Sex.UNRECORDED);
    }

    private static Sex decided(List<Sex> records) {
        return records.stream().distinct().count() == 1 ? records.get(0) : Sex.DIFFERING;
    }

    private List<Sex> extensions(List<ObjectNode> patients, String... urls) {
        return patients.stream()
                .flatMap(patient -> FhirJson.objects(patient, "extension").stream())
                .filter(extension -> FhirJson.text(extension, "url")
                        .filter(List.of(urls)::contains)
                        .isPresent())
                .flatMap(extension -> Stream.concat(
                        Stream.of(extension),
                        FhirJson.objects(extension, "extension").stream()
                                .filter(inner -> FhirJson.text(inner, "url").equals(Optional.of("value")))))
                .flatMap(holder -> sexOf(Stream.of("valueCode", "valueCoding", "valueCodeableConcept", "valueString")
                                .map(member -> Concept.of(holder, member, context.codes()))
                                .flatMap(PersonReader::words))
                        .stream())
                .toList();
    }

    private static Stream<String> words(Concept concept) {
        return Stream.concat(concept.codings().stream().map(Coding::code), concept.texts().stream());
    }

    private static Optional<Sex> sexOf(Stream<String> words) {
        var said = words.map(word -> word.toLowerCase(java.util.Locale.ROOT))
                .map(word -> MALE.contains(word) ? Sex.MALE : FEMALE.contains(word) ? Sex.FEMALE : Sex.UNRECORDED)
                .filter(sex -> sex != Sex.UNRECORDED)
                .distinct()
                .toList();
        return said.isEmpty() ? Optional.empty() : Optional.of(said.size() == 1 ? said.get(0) : Sex.DIFFERING);
    }

    /** The newest status of the last days decides; an undated one never does. */
    private boolean isPregnant(List<CodedAnswer> statuses, int days) {
        var recent = statuses.stream()
                .filter(status -> status.day()
                        .filter(day -> !day.isBefore(context.today().minusDays(days)))
                        .filter(day -> !day.isAfter(context.today().plusDays(1)))
                        .isPresent())
                .toList();
        return newest(recent).stream().anyMatch(status -> saysPregnant(status.value()));
    }

    private boolean saysPregnant(Concept status) {
        return status.hasCode(PREGNANT)
                || status.texts().stream().anyMatch("pregnant"::equalsIgnoreCase)
                || status.codings().stream()
                        .anyMatch(coding -> context.terminology().isPregnancy(coding.system(), coding.code()));
    }

    private static List<CodedAnswer> newest(List<CodedAnswer> answers) {
        var day =
                answers.stream().map(CodedAnswer::day).flatMap(Optional::stream).max(Comparator.naturalOrder());
        return answers.stream().filter(answer -> answer.day().equals(day)).toList();
    }
}
