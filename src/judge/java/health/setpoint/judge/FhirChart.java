package health.setpoint.judge;

import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.LabRequest;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.person.Diagnosis;
import health.setpoint.titration.person.Person;
import health.setpoint.titration.person.Sex;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.person.SymptomReport;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Injection;
import health.setpoint.titration.therapy.Route;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.MedicationAdministration;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Timing;

/** Writes what is known of a man down as an EHR that codes everything would: one resource for each record. */
final class FhirChart {

    /** His id. */
    static final String PATIENT = "p1";

    private static final String LOINC = "http://loinc.org";
    private static final String SNOMED_CT = "http://snomed.info/sct";
    private static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private static final String ATC = "http://www.whocc.no/atc";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final String TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/";

    private static final Map<Analyte, String> TESTS = Map.ofEntries(
            Map.entry(Analyte.TESTOSTERONE, "2986-8"),
            Map.entry(Analyte.FREE_TESTOSTERONE, "2991-8"),
            Map.entry(Analyte.SHBG, "13967-5"),
            Map.entry(Analyte.LH, "10501-5"),
            Map.entry(Analyte.FSH, "15067-2"),
            Map.entry(Analyte.HEMATOCRIT, "4544-3"),
            Map.entry(Analyte.PSA, "2857-1"),
            Map.entry(Analyte.AST, "1920-8"),
            Map.entry(Analyte.ALT, "1742-6"),
            Map.entry(Analyte.BILIRUBIN, "1975-2"),
            Map.entry(Analyte.CHOLESTEROL, "2093-3"),
            Map.entry(Analyte.HBA1C, "4548-4"),
            Map.entry(Analyte.BMI, "39156-5"),
            Map.entry(Analyte.WAIST, "8280-0"),
            Map.entry(Analyte.BODY_FAT, "41982-0"),
            Map.entry(Analyte.AUDIT_C, "75626-2"),
            Map.entry(Analyte.DXA_T_SCORE, "38267-1"));

    private static final Map<LabTest, String> REQUESTS = Map.ofEntries(
            Map.entry(LabTest.ESTRADIOL, "2243-4"),
            Map.entry(LabTest.TESTOSTERONE, "2986-8"),
            Map.entry(LabTest.FREE_TESTOSTERONE, "2991-8"),
            Map.entry(LabTest.LH, "10501-5"),
            Map.entry(LabTest.FSH, "15067-2"),
            Map.entry(LabTest.SHBG, "13967-5"),
            Map.entry(LabTest.CBC, "58410-2"),
            Map.entry(LabTest.CMP, "24323-8"),
            Map.entry(LabTest.PSA, "2857-1"),
            Map.entry(LabTest.LIPIDS, "24331-1"),
            Map.entry(LabTest.DXA, "38269-7"));

    private static final Map<Drug, Coding> DRUGS = Map.ofEntries(
            Map.entry(Drug.ANASTROZOLE, new Coding(RXNORM, "199224", "anastrozole 1 MG Oral Tablet")),
            Map.entry(Drug.LETROZOLE, new Coding(RXNORM, "200064", "letrozole 2.5 MG Oral Tablet")),
            Map.entry(Drug.EXEMESTANE, new Coding(RXNORM, "310261", "exemestane 25 MG Oral Tablet")),
            Map.entry(Drug.TESTOSTERONE, new Coding(RXNORM, "10379", "Testosterone")),
            Map.entry(Drug.TAMOXIFEN, new Coding(RXNORM, "10324", "Tamoxifen")),
            Map.entry(Drug.RALOXIFENE, new Coding(RXNORM, "72143", "Raloxifene")),
            Map.entry(Drug.CLOMIPHENE, new Coding(RXNORM, "2596", "Clomiphene")),
            Map.entry(Drug.OTHER_SERM, new Coding(ATC, "L02BA02", "toremifene")),
            Map.entry(Drug.HCG, new Coding(ATC, "G03GA01", "chorionic gonadotrophin")),
            Map.entry(Drug.FINASTERIDE, new Coding(RXNORM, "25025", "Finasteride")),
            Map.entry(Drug.DUTASTERIDE, new Coding(RXNORM, "228790", "Dutasteride")),
            Map.entry(Drug.ESTROGEN, new Coding(RXNORM, "4083", "Estradiol")),
            Map.entry(Drug.METHYLTESTOSTERONE, new Coding(RXNORM, "6904", "Methyltestosterone")),
            Map.entry(Drug.FULVESTRANT, new Coding(ATC, "L02BA03", "fulvestrant")),
            Map.entry(Drug.WARFARIN, new Coding(RXNORM, "11289", "Warfarin")));

    private static final Map<Formulation, Coding> FORMS = Map.of(
            Formulation.CYPIONATE, new Coding(RXNORM, "835840", "testosterone cypionate 200 MG/ML Injectable Solution"),
            Formulation.ENANTHATE, new Coding(RXNORM, "835809", "testosterone enanthate 200 MG/ML Injectable Solution"),
            Formulation.GEL, new Coding(RXNORM, "1597076", "testosterone 1.62% gel pump 20.25 MG/ACTUAT"),
            Formulation.SOLUTION, new Coding(RXNORM, "1599949", "testosterone 30 MG/1.5 ML topical solution"));

    /** Forms that no verified code names, in the words that the service knows. */
    private static final Map<Formulation, String> FORM_WORDS = Map.of(
            Formulation.PROPIONATE, "testosterone propionate",
            Formulation.MIXED_ESTERS, "Sustanon",
            Formulation.UNDECANOATE_INJECTED, "Nebido",
            Formulation.UNDECANOATE_ORAL, "Jatenzo",
            Formulation.PATCH, "Androderm",
            Formulation.NASAL, "Natesto",
            Formulation.PELLET, "Testopel");

    private static final Map<Route, String> ROUTES = Map.of(
            Route.INTRAMUSCULAR, "78421000",
            Route.SUBCUTANEOUS, "34206005",
            Route.ORAL, "26643006",
            Route.TRANSDERMAL, "6064005",
            Route.NASAL, "46713006",
            Route.BUCCAL, "54471007",
            Route.VAGINAL, "16857009");

    private static final Map<Diagnosis, String> DIAGNOSES = Map.ofEntries(
            Map.entry(Diagnosis.BREAST_CANCER, "254837009"),
            Map.entry(Diagnosis.PROSTATE_CANCER, "399068003"),
            Map.entry(Diagnosis.OSTEOPOROSIS, "64859006"),
            Map.entry(Diagnosis.OSTEOPENIA, "312894000"),
            Map.entry(Diagnosis.CIRRHOSIS, "19943007"),
            Map.entry(Diagnosis.ISCHEMIC_HEART_DISEASE, "414545008"),
            Map.entry(Diagnosis.MYOCARDIAL_INFARCTION, "22298006"),
            Map.entry(Diagnosis.STROKE, "230690007"),
            Map.entry(Diagnosis.HEART_FAILURE, "84114007"),
            Map.entry(Diagnosis.SLEEP_APNEA, "78275009"),
            Map.entry(Diagnosis.THROMBOPHILIA, "234467004"),
            Map.entry(Diagnosis.VENOUS_THROMBOSIS, "128053003"),
            Map.entry(Diagnosis.INFERTILITY, "2904007"),
            Map.entry(Diagnosis.ADIPOSITY, "414916001"),
            Map.entry(Diagnosis.INSULIN_RESISTANCE, "44054006"),
            Map.entry(Diagnosis.ALCOHOL_USE, "7200002"),
            Map.entry(Diagnosis.HYPOGONADISM, "48723006"),
            Map.entry(Diagnosis.ERYTHROCYTOSIS, "127062003"));

    private static final Map<Symptom, String> SYMPTOMS = Map.ofEntries(
            Map.entry(Symptom.GYNECOMASTIA, "4754008"),
            Map.entry(Symptom.BREAST_PAIN, "53430007"),
            Map.entry(Symptom.FLUID_RETENTION, "267038008"),
            Map.entry(Symptom.BLOATING, "116289008"),
            Map.entry(Symptom.MOOD_SWINGS, "18963009"),
            Map.entry(Symptom.ANXIETY, "48694002"),
            Map.entry(Symptom.DEPRESSED_MOOD, "366979004"),
            Map.entry(Symptom.REDUCED_LIBIDO, "8357008"),
            Map.entry(Symptom.ERECTILE_DYSFUNCTION, "397803000"),
            Map.entry(Symptom.JOINT_PAIN, "57676002"),
            Map.entry(Symptom.DEHYDRATION, "34095006"),
            Map.entry(Symptom.FREQUENT_URINATION, "162116003"),
            Map.entry(Symptom.POOR_CONCENTRATION, "26329005"),
            Map.entry(Symptom.FATIGUE, "84229001"));

    private final Facts facts;
    private final List<Resource> resources = new ArrayList<>();

    private FhirChart(Facts facts) {
        this.facts = facts;
        add("Patient/" + PATIENT, patient(facts.person()));
        if (facts.person().pregnant()) {
            add(
                    "Condition/pregnancy",
                    condition(new Coding(SNOMED_CT, "77386006", "Pregnant"), true, Optional.empty()));
        }
        facts.labs().forEach(result -> add(result.reference(), result(result)));
        facts.courses().forEach(course -> add(course.reference(), course(course)));
        facts.injections().forEach(injection -> add(injection.reference(), injection(injection)));
        facts.conditions()
                .forEach(condition -> add(
                        condition.reference(),
                        condition(
                                coding(DIAGNOSES, condition.diagnosis(), SNOMED_CT),
                                condition.active(),
                                condition.since())));
        facts.symptoms().forEach(symptom -> add(symptom.reference(), symptom(symptom)));
        facts.hypersensitivities().forEach(allergy -> add(allergy.reference(), allergy()));
        facts.labRequests().forEach(request -> add(request.reference(), request(request)));
    }

    /** His resources, himself first; drafts among them, with the status draft. */
    static List<Resource> of(Facts facts) {
        return new FhirChart(facts).resources;
    }

    private void add(String reference, Resource resource) {
        resource.setId(reference);
        resources.add(resource);
    }

    private static Patient patient(Person person) {
        var patient = new Patient();
        if (person.sex() != Sex.UNRECORDED) {
            patient.setGender(person.sex() == Sex.FEMALE ? AdministrativeGender.FEMALE : AdministrativeGender.MALE);
        }
        if (person.sex() == Sex.DIFFERING) {
            patient.addExtension("http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", new CodeType("F"));
        }
        person.birthDate().ifPresent(day -> patient.setBirthDateElement(new DateType(day.toString())));
        return patient;
    }

    private static Observation observation(CodeableConcept code) {
        var observation = new Observation();
        observation.setStatus(Observation.ObservationStatus.FINAL);
        observation.setCode(code);
        observation.setSubject(subject());
        return observation;
    }

    private static Observation result(LabResult result) {
        var named = result.reading() instanceof Reading.Unreadable unreadable
                && unreadable.why().isOfTest();
        var code = result.analyte() == Analyte.ESTRADIOL ? estradiol(result.assay()) : TESTS.get(result.analyte());
        var observation = observation(
                named || code == null
                        ? new CodeableConcept().setText(words(result.analyte().name()))
                        : new CodeableConcept(new Coding(LOINC, code, null)));
        observation.setStatus(
                Observation.ObservationStatus.fromCode(words(result.status().name())));
        time(result.drawn()).ifPresent(observation::setEffective);
        if (result.reading() instanceof Reading.Measured measured) {
            observation.setValue(quantity(measured));
        } else if (result.reading() instanceof Reading.Unreadable unreadable) {
            switch (unreadable.why()) {
                case NO_UNIT -> observation.setValue(new Quantity().setValue(amount(unreadable)));
                case UNKNOWN_UNIT ->
                    observation.setValue(
                            new Quantity().setValue(amount(unreadable)).setUnit("arb. units"));
                case IMPLAUSIBLE ->
                    observation.setValue(new Quantity()
                            .setValue(new BigDecimal("999999"))
                            .setUnit(result.analyte().baseUnit())
                            .setSystem(UCUM)
                            .setCode(result.analyte().baseUnit()));
                case NO_NUMBER -> observation.setValue(new StringType("pending"));
                case ABSENT ->
                    observation.setDataAbsentReason(
                            new CodeableConcept(new Coding(TERMINOLOGY + "data-absent-reason", "not-performed", null)));
                case UNMAPPED, CONTRADICTORY ->
                    unreadable.possible().stream()
                            .findFirst()
                            .ifPresent(possible -> observation.setValue(quantity(possible)));
            }
        }
        result.upperLimit().ifPresent(limit -> observation
                .addReferenceRange()
                .setHigh(new Quantity()
                        .setValue(limit)
                        .setUnit(result.analyte().baseUnit())
                        .setSystem(UCUM)
                        .setCode(result.analyte().baseUnit())));
        return observation;
    }

    private static BigDecimal amount(Reading.Unreadable unreadable) {
        return unreadable.possible().stream()
                .findFirst()
                .map(Reading.Measured::amount)
                .orElse(BigDecimal.TEN);
    }

    private static Quantity quantity(Reading.Measured measured) {
        var quantity = new Quantity()
                .setValue(measured.amount())
                .setUnit(measured.unit().symbol())
                .setSystem(UCUM)
                .setCode(measured.unit().symbol());
        if (!measured.comparator().sign().isEmpty()) {
            quantity.setComparator(
                    Quantity.QuantityComparator.fromCode(measured.comparator().sign()));
        }
        return quantity;
    }

    private static String estradiol(Assay assay) {
        return switch (assay) {
            case MASS_SPECTROMETRY -> "35384-7";
            case IMMUNOASSAY -> "83096-8";
            case UNKNOWN -> "2243-4";
        };
    }

    private static Optional<DateTimeType> time(ClinicalTime time) {
        return time.clock().map(moment -> new DateTimeType(moment + ":00Z")).or(() -> time.day()
                .map(day -> new DateTimeType(day.toString())));
    }

    // --- drugs

    private Resource course(Course course) {
        return switch (course.source()) {
            case ORDER -> order(course);
            case STATEMENT -> statement(course);
            case ADMINISTRATION, DISPENSE -> administration(course);
        };
    }

    private static CodeableConcept product(Course course) {
        if (course.matchedByText()) {
            return new CodeableConcept().setText(words(course.drug().name()));
        }
        if (course.drug() != Drug.TESTOSTERONE) {
            return new CodeableConcept(DRUGS.get(course.drug()).copy());
        }
        var coding = FORMS.get(course.formulation());
        var concept = new CodeableConcept((coding == null ? DRUGS.get(Drug.TESTOSTERONE) : coding).copy());
        Optional.ofNullable(FORM_WORDS.get(course.formulation())).ifPresent(concept::setText);
        return concept;
    }

    private MedicationRequest order(Course course) {
        var order = new MedicationRequest();
        order.setStatus(
                switch (course.state()) {
                    case DRAFT -> MedicationRequestStatus.DRAFT;
                    case ON_HOLD -> MedicationRequestStatus.ONHOLD;
                    case ENDED -> MedicationRequestStatus.COMPLETED;
                    case DRAFT_STOP -> MedicationRequestStatus.STOPPED;
                    case ACTIVE, NOT_TAKEN, RENEWED -> MedicationRequestStatus.ACTIVE;
                });
        order.setIntent(MedicationRequestIntent.ORDER);
        order.setMedication(product(course));
        order.setSubject(subject());
        course.authored().ifPresent(day -> order.setAuthoredOnElement(new DateTimeType(day.toString())));
        course.replaces().ifPresent(reference -> order.setPriorPrescription(new Reference(reference)));
        course.sameTherapyAs().forEach(reference -> order.addBasedOn(new Reference(reference)));
        if (course.forCancer()) {
            order.addReasonCode(
                    new CodeableConcept(new Coding(SNOMED_CT, "254837009", "Malignant neoplasm of breast")));
        }
        course.notTaken().ifPresent(time -> order.addNote(notTaken(time)));
        order.addDosageInstruction(dosage(course));
        course.end().ifPresent(day -> order.getDispenseRequest()
                .setValidityPeriod(new Period().setEndElement(new DateTimeType(day.toString()))));
        return order;
    }

    private static Annotation notTaken(ClinicalTime time) {
        var note = new Annotation();
        note.setText("not taking");
        time(time).ifPresent(note::setTimeElement);
        return note;
    }

    private static MedicationStatement statement(Course course) {
        var statement = new MedicationStatement();
        statement.setStatus(
                switch (course.state()) {
                    case NOT_TAKEN -> MedicationStatementStatus.NOTTAKEN;
                    case ON_HOLD -> MedicationStatementStatus.ONHOLD;
                    case ENDED -> MedicationStatementStatus.COMPLETED;
                    case ACTIVE, DRAFT, DRAFT_STOP, RENEWED -> MedicationStatementStatus.ACTIVE;
                });
        statement.setMedication(product(course));
        statement.setSubject(subject());
        period(course).ifPresent(statement::setEffective);
        course.sameTherapyAs().forEach(reference -> statement.addBasedOn(new Reference(reference)));
        statement.addDosage(dosage(course));
        return statement;
    }

    private static MedicationAdministration administration(Course course) {
        var given = new MedicationAdministration();
        given.setStatus(
                course.state() == Course.State.ENDED
                        ? MedicationAdministration.MedicationAdministrationStatus.COMPLETED
                        : MedicationAdministration.MedicationAdministrationStatus.INPROGRESS);
        given.setMedication(product(course));
        given.setSubject(subject());
        given.setEffective(period(course).orElseGet(Period::new));
        return given;
    }

    private static Optional<Period> period(Course course) {
        if (course.effectiveStart().isEmpty() && course.end().isEmpty()) {
            return Optional.empty();
        }
        var period = new Period();
        course.effectiveStart().ifPresent(day -> period.setStartElement(new DateTimeType(day.toString())));
        course.end().ifPresent(day -> period.setEndElement(new DateTimeType(day.toString())));
        return Optional.of(period);
    }

    private static org.hl7.fhir.r4.model.Dosage dosage(Course course) {
        var written = new org.hl7.fhir.r4.model.Dosage();
        Optional.ofNullable(ROUTES.get(course.route()))
                .ifPresent(code -> written.setRoute(new CodeableConcept(new Coding(SNOMED_CT, code, null))));
        if (course.dosage() instanceof Dosage.Weekly weekly) {
            structured(written, weekly.dose().mg(), weekly.intakesPerWeek());
        } else if (course.dosage() instanceof Dosage.Range range) {
            var high = milligrams(range.highest().mg());
            written.addDoseAndRate()
                    .setDose(new org.hl7.fhir.r4.model.Range()
                            .setLow(milligrams(range.highest().mg().divide(BigDecimal.valueOf(2))))
                            .setHigh(high));
            written.getTiming().getRepeat().setFrequency(1).setPeriod(1).setPeriodUnit(Timing.UnitsOfTime.WK);
        } else if (course.dosage() instanceof Dosage.Unreadable unreadable) {
            if (unreadable.written().equals("as needed")) {
                written.setAsNeeded(new BooleanType(true));
                structured(written, BigDecimal.ONE, BigDecimal.valueOf(2));
            } else if (!unreadable.written().isBlank()) {
                written.setText(unreadable.written());
            }
        }
        course.boundsStart().ifPresent(day -> written.getTiming()
                .getRepeat()
                .setBounds(new Period().setStartElement(new DateTimeType(day.toString()))));
        return written;
    }

    private static void structured(org.hl7.fhir.r4.model.Dosage written, BigDecimal weekly, BigDecimal intakes) {
        var weeks = BigDecimal.ONE;
        while (intakes.multiply(weeks).stripTrailingZeros().scale() > 0 && weeks.intValue() < 12) {
            weeks = weeks.add(BigDecimal.ONE);
        }
        written.addDoseAndRate().setDose(milligrams(weekly.divide(intakes, MathContext.DECIMAL64)));
        written.getTiming()
                .getRepeat()
                .setFrequency(intakes.multiply(weeks).intValue())
                .setPeriod(weeks)
                .setPeriodUnit(Timing.UnitsOfTime.WK);
    }

    private static Quantity milligrams(BigDecimal amount) {
        return new Quantity().setValue(amount).setUnit("mg").setSystem(UCUM).setCode("mg");
    }

    private static MedicationAdministration injection(Injection injection) {
        var given = new MedicationAdministration();
        given.setStatus(MedicationAdministration.MedicationAdministrationStatus.COMPLETED);
        var coding = FORMS.get(injection.formulation());
        given.setMedication(new CodeableConcept((coding == null ? DRUGS.get(Drug.TESTOSTERONE) : coding).copy()));
        given.setSubject(subject());
        time(injection.given()).ifPresent(given::setEffective);
        given.getDosage().setRoute(new CodeableConcept(new Coding(SNOMED_CT, "78421000", null)));
        return given;
    }

    // --- the rest of the chart

    private static Condition condition(Coding code, boolean active, Optional<LocalDate> since) {
        var condition = new Condition();
        condition.setClinicalStatus(new CodeableConcept(
                new Coding(TERMINOLOGY + "condition-clinical", active ? "active" : "resolved", null)));
        condition.setCode(new CodeableConcept(code));
        condition.setSubject(subject());
        since.ifPresent(day -> condition.setOnset(new DateTimeType(day.toString())));
        return condition;
    }

    private static Resource symptom(SymptomReport report) {
        var code = coding(SYMPTOMS, report.symptom(), SNOMED_CT);
        if (report.origin() == SymptomReport.Origin.CONDITION) {
            return condition(code, true, report.since());
        }
        var observation = observation(new CodeableConcept(code));
        observation.setValue(new BooleanType(true));
        report.since().ifPresent(day -> observation.setEffective(new DateTimeType(day.toString())));
        return observation;
    }

    /** By its code, or by its words alone where no verified code names it. */
    private static <K extends Enum<K>> Coding coding(Map<K, String> codes, K concept, String system) {
        var code = codes.get(concept);
        return code == null ? new Coding().setDisplay(words(concept.name())) : new Coding(system, code, null);
    }

    private static AllergyIntolerance allergy() {
        var allergy = new AllergyIntolerance();
        allergy.setClinicalStatus(
                new CodeableConcept(new Coding(TERMINOLOGY + "allergyintolerance-clinical", "active", null)));
        allergy.setCode(new CodeableConcept(new Coding(RXNORM, "84857", "anastrozole")));
        allergy.setPatient(subject());
        return allergy;
    }

    private static ServiceRequest request(LabRequest request) {
        var asked = new ServiceRequest();
        asked.setStatus(ServiceRequest.ServiceRequestStatus.ACTIVE);
        asked.setIntent(ServiceRequest.ServiceRequestIntent.ORDER);
        asked.setCode(new CodeableConcept(
                new Coding(LOINC, request.immunoassay() ? "83096-8" : REQUESTS.get(request.test()), null)));
        asked.setSubject(subject());
        return asked;
    }

    private static Reference subject() {
        return new Reference("Patient/" + PATIENT);
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
