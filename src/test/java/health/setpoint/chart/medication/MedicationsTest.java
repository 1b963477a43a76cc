package health.setpoint.chart.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.chart.Chart;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartRequest;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Injection;
import health.setpoint.titration.therapy.Route;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A medication record")
class MedicationsTest {

    private static final String RXNORM = "system: 'http://www.nlm.nih.gov/research/umls/rxnorm'";
    private static final String ANASTROZOLE = drug("199224");
    private static final String CYPIONATE = drug("835840");
    private static final String HALF_TWICE =
            "dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}]";

    private static String drug(String rxnorm) {
        return "medicationCodeableConcept: {coding: [{" + RXNORM + ", code: '" + rxnorm + "'}]}";
    }

    private static String named(String text) {
        return "medicationCodeableConcept: {text: '" + text + "'}";
    }

    private static String order(String members) {
        return "{resourceType: 'MedicationRequest', id: 'm', intent: 'order', " + members + "}";
    }

    private static List<Course> orders(String members) {
        return Chart.of().with("medicationRequests", order(members)).facts().courses();
    }

    private static Course only(Chart chart) {
        var courses = chart.facts().courses();
        assertEquals(1, courses.size(), courses.toString());
        return courses.get(0);
    }

    private static Course ordered(String members) {
        return only(Chart.of().with("medicationRequests", order(members)));
    }

    private static Course stated(String members) {
        return only(Chart.of()
                .with("medicationStatements", "{resourceType: 'MedicationStatement', id: 's', " + members + "}"));
    }

    private static Course administered(String members) {
        return only(Chart.of()
                .with(
                        "medicationAdministrations",
                        "{resourceType: 'MedicationAdministration', id: 'a', " + members + "}"));
    }

    private static Course dispensed(String members) {
        return only(Chart.of()
                .with("medicationDispenses", "{resourceType: 'MedicationDispense', id: 'd', " + members + "}"));
    }

    // --- which drug ---

    @TestFactory
    Stream<DynamicTest> codes() {
        return Stream.of(
                        new Object[] {"an RxNorm ingredient", Drug.ANASTROZOLE, drug("84857")},
                        new Object[] {"an RxNorm product", Drug.ANASTROZOLE, drug("199224")},
                        new Object[] {"an RxNorm brand", Drug.ANASTROZOLE, drug("151124")},
                        new Object[] {
                            "RxNorm by its OID",
                            Drug.ANASTROZOLE,
                            "medicationCodeableConcept: {coding: [{system: 'urn:oid:2.16.840.1.113883.6.88', code: '199224'}]}"
                        },
                        new Object[] {
                            "ATC",
                            Drug.LETROZOLE,
                            "medicationCodeableConcept: {coding: [{system: 'http://www.whocc.no/atc', code: 'L02BG04'}]}"
                        },
                        new Object[] {
                            "SNOMED CT",
                            Drug.EXEMESTANE,
                            "medicationCodeableConcept: {coding: [{system: 'http://snomed.info/sct', code: '387017005'}]}"
                        },
                        new Object[] {
                            "the third of its codes",
                            Drug.ANASTROZOLE,
                            "medicationCodeableConcept: {coding: [{system: 'urn:oid:1.2.840.114350', code: '9'}, {code: 'x'}, {"
                                    + RXNORM + ", code: '84857'}]}"
                        },
                        new Object[] {
                            "a contained Medication",
                            Drug.ANASTROZOLE,
                            "medicationReference: {reference: '#x'}, contained: [{resourceType: 'Medication', id: 'x', code: {coding: [{"
                                    + RXNORM + ", code: '199224'}]}}]"
                        },
                        new Object[] {
                            "the ingredient of a compounded Medication",
                            Drug.ANASTROZOLE,
                            "medicationReference: {reference: '#x'}, contained: [{resourceType: 'Medication', id: 'x', ingredient: [{itemCodeableConcept: {coding: [{"
                                    + RXNORM + ", code: '84857'}]}}]}]"
                        },
                        new Object[] {
                            "the Substance that an ingredient refers to",
                            Drug.ANASTROZOLE,
                            "medicationReference: {reference: '#x'}, contained: [{resourceType: 'Medication', id: 'x', ingredient: [{itemReference: {reference: '#s'}}]}, {resourceType: 'Substance', id: 's', code: {coding: [{"
                                    + RXNORM + ", code: '84857'}]}}]"
                        },
                        new Object[] {
                            "an ingredient's reference in R5",
                            Drug.ANASTROZOLE,
                            "medication: {reference: {reference: '#x'}}, contained: [{resourceType: 'Medication', id: 'x', ingredient: [{item: {reference: {reference: '#s'}}}]}, {resourceType: 'Substance', id: 's', code: {concept: {coding: [{"
                                    + RXNORM + ", code: '84857'}]}}}]"
                        },
                        new Object[] {
                            "an R5 concept",
                            Drug.ANASTROZOLE,
                            "medication: {concept: {coding: [{" + RXNORM + ", code: '199224'}]}}"
                        },
                        new Object[] {
                            "an R5 reference",
                            Drug.ANASTROZOLE,
                            "medication: {reference: {reference: '#x'}}, contained: [{resourceType: 'Medication', id: 'x', code: {coding: [{"
                                    + RXNORM + ", code: '199224'}]}}]"
                        })
                .map(row -> dynamicTest("is known by " + row[0], () -> {
                    var course = ordered("status: 'active', " + row[2]);
                    assertEquals(row[1], course.drug());
                    assertFalse(course.matchedByText());
                }));
    }

    @Test
    @DisplayName("is known by the words of its ingredients where its own name none, and marked so")
    void ingredientsInWords() {
        var capsule =
                "status: 'active', medicationReference: {reference: '#x'}, contained: [{resourceType: 'Medication', id: 'x', "
                        + "code: {text: 'Compounded capsule'}, ingredient: [{%s}]}]";
        for (var item : List.of(
                "itemReference: {display: 'Anastrozole'}", "itemCodeableConcept: {text: 'Anastrozole powder'}")) {
            var course = ordered(capsule.formatted(item));
            assertEquals(Drug.ANASTROZOLE, course.drug());
            assertTrue(course.matchedByText());
        }
    }

    @TestFactory
    Stream<DynamicTest> siblings() {
        var medication =
                "{fullUrl: 'https://ehr.example/fhir/Medication/x', resource: {resourceType: 'Medication', id: 'x', code: {coding: [{"
                        + RXNORM + ", code: '199224'}]}}}";
        return Stream.of(
                        "Medication/x",
                        "https://ehr.example/fhir/Medication/x",
                        "https://other.example/Medication/x/_history/2")
                .map(reference -> dynamicTest("is known by a sibling entry under " + reference, () -> {
                    var draft = order("status: 'draft', medicationReference: {reference: '" + reference
                            + "', display: 'anastrozole tablet'}");
                    assertEquals(
                            Drug.ANASTROZOLE,
                            only(Chart.of().draftEntry(medication).draft(draft)).drug());
                    assertFalse(
                            only(Chart.of().draftEntry(medication).draft(draft)).matchedByText());
                }));
    }

    @Test
    @DisplayName("is known by a sibling entry under a uuid")
    void uuidSibling() {
        var chart = Chart.of()
                .draftEntry("{fullUrl: 'urn:uuid:1', resource: {resourceType: 'Medication', code: {coding: [{" + RXNORM
                        + ", code: '199224'}]}}}")
                .draft(order("status: 'draft', medicationReference: {reference: 'urn:uuid:1'}"));
        assertEquals(Drug.ANASTROZOLE, only(chart).drug());
    }

    @Test
    @DisplayName("is known by its name only with a warning")
    void byText() {
        assertTrue(
                ordered("status: 'active', " + named("Anastrozole 1 mg tablet")).matchedByText());
        assertTrue(ordered(
                        "status: 'active', medicationReference: {reference: 'Medication/gone', display: 'ARIMIDEX 1 MG PO TABS'}")
                .matchedByText());
    }

    @Test
    @DisplayName("behind a reference that nothing resolves is fetched")
    void fetchedMedication() {
        var medication = Chart.json(
                "{resourceType: 'Medication', id: 'gone', code: {coding: [{" + RXNORM + ", code: '199224'}]}}");
        var chart = Chart.of()
                .with(
                        "medicationRequests",
                        order("status: 'active', medicationReference: {reference: 'Medication/gone'}"))
                .fetching(needs -> Map.of(needs.get(0), new MissingData.Answer.Found(List.of(medication))));
        assertEquals(Drug.ANASTROZOLE, only(chart).drug());
    }

    @Test
    @DisplayName("behind a reference without a name is a gap in the orders, since it may be any drug")
    void unknownOrder() {
        var facts = Chart.of()
                .with(
                        "medicationRequests",
                        order("status: 'active', medicationReference: {reference: 'Medication/gone'}"))
                .facts();
        assertEquals(List.of(new Gap(Gap.Part.MEDICATION_ORDERS, Gap.Why.PARTIAL)), facts.gaps());
    }

    @Test
    @DisplayName("without a dose says why in one sentence with its dates")
    void whyNoDose() {
        var text = Chart.of()
                .with(
                        "medicationRequests",
                        order(
                                "status: 'active', authoredOn: '2026-01-12', " + named("Anastrozole 1mg tablets")
                                        + ", dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 1, unit: 'tablet'}}], timing: {repeat: {frequency: 1, period: 1, periodUnit: 'wk'}}}]"))
                .read()
                .notes()
                .get(0)
                .text();
        assertEquals(
                "anastrozole, an active order: no weekly dose can be computed, from 2026-01-12; The strength of the product"
                        + " is not known; recognised by its name only",
                text);
    }

    @Test
    @DisplayName("of no drug that a rule asks for is left out and named")
    void otherDrug() {
        var read = Chart.of()
                .with("medicationRequests", order("status: 'active', " + named("Lisinopril 10 mg")))
                .read();
        assertTrue(read.facts().courses().isEmpty());
        assertTrue(read.facts().gaps().isEmpty());
        assertTrue(read.notes().stream().anyMatch(note -> note.text().equals("no rule asks for \"Lisinopril 10 mg\"")));
    }

    @Test
    @DisplayName("with an unconfirmed code needs words that name the drug")
    void unconfirmedCode() {
        assertTrue(orders("status: 'active', " + drug("1647574")).isEmpty());
        assertEquals(
                Drug.TESTOSTERONE,
                ordered("status: 'active', medicationCodeableConcept: {text: 'Testosterone cypionate', coding: [{"
                                + RXNORM + ", code: '1647574'}]}")
                        .drug());
    }

    @Test
    @DisplayName("of two drugs counts for both, and the dose of neither is known")
    void mixed() {
        var courses = orders("status: 'active', medicationCodeableConcept: {coding: [{" + RXNORM + ", code: '84857'}, {"
                + RXNORM + ", code: '72965'}]}, " + HALF_TWICE);
        assertEquals(2, courses.size());
        courses.forEach(course -> assertInstanceOf(Dosage.Unreadable.class, course.dosage()));
    }

    @TestFactory
    Stream<DynamicTest> formulations() {
        return Stream.of(
                        new Object[] {Formulation.CYPIONATE, Route.INTRAMUSCULAR, CYPIONATE},
                        new Object[] {Formulation.ENANTHATE, Route.INTRAMUSCULAR, drug("835809")},
                        new Object[] {
                            Formulation.ENANTHATE, Route.SUBCUTANEOUS, named("Xyosted subcutaneous autoinjector")
                        },
                        new Object[] {Formulation.GEL, Route.TRANSDERMAL, drug("1597076")},
                        new Object[] {
                            Formulation.CYPIONATE,
                            Route.INTRAMUSCULAR,
                            "medicationCodeableConcept: {text: 'Testosterone cypionate', coding: [{" + RXNORM
                                    + ", code: '10379'}]}"
                        },
                        new Object[] {Formulation.OTHER, Route.UNKNOWN, drug("10379")},
                        new Object[] {Formulation.UNDECANOATE_INJECTED, Route.INTRAMUSCULAR, named("Aveed 750 mg/3 mL")
                        },
                        new Object[] {
                            Formulation.UNDECANOATE_INJECTED,
                            Route.INTRAMUSCULAR,
                            named("testosterone undecanoate")
                                    + ", dosageInstruction: [{route: {coding: [{code: '78421000'}]}}]"
                        },
                        new Object[] {
                            Formulation.UNDECANOATE_ORAL,
                            Route.ORAL,
                            named("testosterone undecanoate") + ", dosageInstruction: [{route: {text: 'by mouth'}}]"
                        },
                        new Object[] {Formulation.PELLET, Route.IMPLANT, named("Testopel pellet")})
                .map(row -> dynamicTest("of testosterone as " + row[2] + " is " + row[0] + ", " + row[1], () -> {
                    var course = ordered("status: 'active', " + row[2]);
                    assertEquals(Drug.TESTOSTERONE, course.drug());
                    assertEquals(row[0], course.formulation());
                    assertEquals(row[1], course.route());
                }));
    }

    @TestFactory
    Stream<DynamicTest> brands() {
        return Stream.of(
                        "UNDECANOATE_INJECTED INTRAMUSCULAR Nebido 1000 mg/4 ml solution for injection; Reandron 1000; Aveed; testosterone undecanoate 1000 mg/4 mL",
                        "UNDECANOATE_ORAL ORAL Andriol Testocaps 40 mg; Undestor; Jatenzo 237 mg; Kyzatrex; Tlando",
                        "MIXED_ESTERS INTRAMUSCULAR Sustanon 250; testosterone esters 250 mg/mL",
                        "ENANTHATE INTRAMUSCULAR Primoteston Depot 250 mg; Delatestryl; Testosteron enantat; Testosterone oenanthate",
                        "CYPIONATE INTRAMUSCULAR Depo-Testosterone 200 mg/mL; Testosterone cypionate",
                        "GEL TRANSDERMAL Testogel 16.2 mg/g; Tostran 2%; Tostrex; Testavan; Testim; AndroGel 1.62 %; Fortesta; Vogelxo; Testosterone 10 % cream",
                        "SOLUTION TRANSDERMAL Axiron",
                        "NASAL NASAL Natesto",
                        "PATCH TRANSDERMAL Androderm 4 mg/24 h",
                        "PELLET IMPLANT Testopel",
                        "OTHER UNKNOWN Striant")
                .map(row -> row.split(" ", 3))
                .flatMap(row -> Stream.of(row[2].split("; "))
                        .map(name -> dynamicTest("called " + name + " is testosterone, " + row[0], () -> {
                            var course = ordered("status: 'active', " + named(name));
                            assertEquals(Drug.TESTOSTERONE, course.drug());
                            assertEquals(row[0], course.formulation().name());
                            assertEquals(row[1], course.route().name());
                        })));
    }

    @TestFactory
    Stream<DynamicTest> brandsOfOthers() {
        return Stream.of(
                        "ANASTROZOLE Anastrozol 1 mg; Anastrazole; Arimidex",
                        "LETROZOLE Femara; Letrozol",
                        "EXEMESTANE Aromasin",
                        "TAMOXIFEN Nolvadex; Soltamox; Genox",
                        "RALOXIFENE Evista",
                        "CLOMIPHENE Clomid; Serophene; Clomifene citrate; Enclomiphene 12.5 mg",
                        "HCG Pregnyl 5000; Novarel; Ovidrel; Ovitrelle; HCG 5000 units; Choragon 5000; Gonasi HP 5000",
                        "FINASTERIDE Proscar; Propecia",
                        "DUTASTERIDE Avodart; Jalyn",
                        "ESTROGEN Estrace; Vivelle-Dot; Climara; Premarin; Progynova; Estradot; levonorgestrel/ethinyl estradiol 0.1-20 mg-mcg")
                .map(row -> row.split(" ", 2))
                .flatMap(row -> Stream.of(row[1].split("; "))
                        .map(name -> dynamicTest(
                                "called " + name + " is " + row[0],
                                () -> assertEquals(
                                        row[0],
                                        ordered("status: 'active', " + named(name))
                                                .drug()
                                                .name()))));
    }

    @TestFactory
    Stream<DynamicTest> noDrugOfInterest() {
        return Stream.of(
                        "Testosterone booster (herbal)",
                        "Testosterone support formula",
                        "Estrogen blocker (DIM)",
                        "Anti-estrogen supplement",
                        "Nebivolol 5 mg")
                .map(name -> dynamicTest(
                        "called " + name + " is none that a rule asks for",
                        () -> assertTrue(
                                orders("status: 'active', " + named(name)).isEmpty())));
    }

    // --- strength ---

    @Test
    @DisplayName("takes the strength of a tablet from the product code or the ingredient, never from its name")
    void strengths() {
        var twoTablets =
                "dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 0.5, code: '{tbl}'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}]";
        assertEquals(
                weekly("1", "2"),
                ordered("status: 'active', " + ANASTROZOLE + ", " + twoTablets).dosage());
        assertInstanceOf(
                Dosage.Unreadable.class,
                ordered("status: 'active', " + named("anastrozole 1 mg tablet") + ", " + twoTablets)
                        .dosage());
        var compounded =
                "medicationReference: {reference: '#x'}, contained: [{resourceType: 'Medication', id: 'x', ingredient: [{itemCodeableConcept: {coding: [{"
                        + RXNORM
                        + ", code: '84857'}]}, strength: {numerator: {value: 0.5, unit: 'mg'}, denominator: {value: 1, code: 'TAB'}}}]}]";
        assertEquals(
                weekly("0.5", "2"),
                ordered("status: 'active', " + compounded + ", " + twoTablets).dosage());
    }

    @Test
    @DisplayName("whose code and ingredient name different strengths has none")
    void contradictingStrengths() {
        var members =
                "medicationReference: {reference: '#x'}, contained: [{resourceType: 'Medication', id: 'x', code: {coding: [{"
                        + RXNORM
                        + ", code: '199224'}]}, ingredient: [{strength: {numerator: {value: 2, unit: 'mg'}, denominator: {value: 1, code: 'TAB'}}}]}]"
                        + ", dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 1, code: '{tbl}'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}]";
        assertInstanceOf(
                Dosage.Unreadable.class, ordered("status: 'active', " + members).dosage());
    }

    @TestFactory
    Stream<DynamicTest> strengthsOfCodeAndName() {
        var twoHalves =
                "dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 0.5, code: '{tbl}'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}]";
        var twoHundred =
                "dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 1, unit: 'mL'}}], timing: {repeat: {frequency: 1, period: 1, periodUnit: 'wk'}}}]";
        return Stream.of(
                strength("199224", "anastrozole 1 MG Oral Tablet", twoHalves, weekly("1", "2")),
                strength("199224", "ANASTROZOLE 1MG TAB", twoHalves, weekly("1", "2")),
                strength("199224", "anastrozole", twoHalves, weekly("1", "2")),
                strength(
                        "199224",
                        "ANASTROZOLE 0.25 MG CAPSULE (COMPOUND)",
                        twoHalves,
                        unread("Its code says 1 mg, its name 0.25 mg.")),
                strength(
                        "199224",
                        "anastrozole 0.25 mg capsule",
                        HALF_TWICE,
                        unread("Its code says 1 mg, its name 0.25 mg.")),
                strength("84857", "anastrozole 0.25 mg capsule", HALF_TWICE, weekly("1", "2")),
                strength("835840", "testosterone cypionate 200 mg/mL, 10 mL vial", twoHundred, weekly("200", "1")),
                strength(
                        "835840",
                        "testosterone cypionate 100 mg/mL",
                        twoHundred,
                        unread("Its code says 200 mg, its name 100 mg.")),
                strength("835840", "testosterone cypionate 100 mg/mL", HALF_TWICE, weekly("1", "2")));
    }

    private static DynamicTest strength(String rxnorm, String name, String dosage, Dosage expected) {
        var product =
                "medicationCodeableConcept: {coding: [{" + RXNORM + ", code: '" + rxnorm + "'}], text: '" + name + "'}";
        return dynamicTest(rxnorm + " named " + name + ", " + dosage, () -> {
            var read = ordered("status: 'active', " + product + ", " + dosage).dosage();
            assertEquals(expected, read instanceof Dosage.Unreadable unreadable ? unread(unreadable.why()) : read);
        });
    }

    private static Dosage unread(String why) {
        return new Dosage.Unreadable(why, "");
    }

    private static Dosage weekly(String mg, String intakes) {
        return new Dosage.Weekly(WeeklyDose.of(mg), new BigDecimal(intakes));
    }

    // --- status ---

    @TestFactory
    Stream<DynamicTest> orderStates() {
        return Stream.of(
                        "active ACTIVE",
                        "on-hold ON_HOLD",
                        "completed ENDED",
                        "stopped ENDED",
                        "ended ENDED",
                        "cancelled -",
                        "entered-in-error -",
                        "draft -",
                        "unknown -",
                        "anything -")
                .map(row -> row.split(" "))
                .map(row -> dynamicTest(
                        "ordered with status " + row[0] + " is " + row[1],
                        () -> assertEquals(row[1], state(orders("status: '" + row[0] + "', " + ANASTROZOLE)))));
    }

    @TestFactory
    Stream<DynamicTest> intents() {
        return Stream.of(
                        "order ACTIVE",
                        "plan ACTIVE",
                        "original-order ACTIVE",
                        "reflex-order ACTIVE",
                        "filler-order ACTIVE",
                        "instance-order ACTIVE",
                        "proposal -",
                        "option -")
                .map(row -> row.split(" "))
                .map(row -> dynamicTest(
                        "of intent " + row[0] + " is " + row[1],
                        () -> assertEquals(
                                row[1],
                                state(Chart.of()
                                        .with(
                                                "medicationRequests",
                                                "{resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: '"
                                                        + row[0] + "', " + ANASTROZOLE + "}")
                                        .facts()
                                        .courses()))));
    }

    private static String state(List<Course> courses) {
        return courses.isEmpty() ? "-" : courses.get(0).state().name();
    }

    @TestFactory
    Stream<DynamicTest> statementStates() {
        return Stream.of(
                        "active ACTIVE",
                        "intended NOT_TAKEN",
                        "not-taken NOT_TAKEN",
                        "on-hold ON_HOLD",
                        "completed ENDED",
                        "stopped ENDED",
                        "entered-in-error -",
                        "unknown -",
                        "recorded ACTIVE")
                .map(row -> row.split(" "))
                .map(row -> dynamicTest(
                        "stated with status " + row[0] + " is " + row[1],
                        () -> assertEquals(
                                row[1],
                                state(Chart.of()
                                        .with(
                                                "medicationStatements",
                                                "{resourceType: 'MedicationStatement', id: 's', status: '" + row[0]
                                                        + "', " + ANASTROZOLE + "}")
                                        .facts()
                                        .courses()))));
    }

    @Test
    @DisplayName("stated in STU3 as not taken, and in R5 by its adherence, is not taken")
    void notTaken() {
        assertEquals(
                Course.State.NOT_TAKEN,
                stated("status: 'active', taken: 'n', " + ANASTROZOLE).state());
        assertEquals(
                Course.State.NOT_TAKEN,
                stated("status: 'recorded', adherence: {code: {coding: [{code: 'not-taking'}]}}, " + ANASTROZOLE)
                        .state());
    }

    @Test
    @DisplayName("that forbids the drug in the chart is left out")
    void doNotPerform() {
        assertTrue(
                orders("status: 'active', doNotPerform: true, " + ANASTROZOLE).isEmpty());
    }

    // --- dates ---

    @Test
    @DisplayName("past its own end has ended, and one that ends today or later counts")
    void ends() {
        var bounds =
                "dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk', boundsPeriod: {start: '2025-12-01', end: '%s'}}}}]";
        var past = ordered(
                "status: 'active', authoredOn: '2025-11-30', " + ANASTROZOLE + ", " + bounds.formatted("2026-03-01"));
        assertEquals(Course.State.ENDED, past.state());
        assertEquals(Optional.of(LocalDate.of(2026, 3, 1)), past.end());
        assertEquals(Optional.of(LocalDate.of(2025, 12, 1)), past.boundsStart());
        assertEquals(Optional.of(LocalDate.of(2025, 11, 30)), past.authored());
        assertEquals(weekly("1", "2"), past.dosage());
        assertEquals(
                Course.State.ACTIVE,
                ordered("status: 'active', " + ANASTROZOLE + ", " + bounds.formatted("2026-03-02"))
                        .state());
        assertEquals(
                Course.State.ENDED,
                stated("status: 'active', effectivePeriod: {start: '2025-01-01', end: '2026-01-31'}, " + ANASTROZOLE)
                        .state());
    }

    @Test
    @DisplayName("that has ended ends at the latest date that it gives")
    void latestEnd() {
        var order = ordered(
                "status: 'stopped', authoredOn: '2025-01-01', dispenseRequest: {validityPeriod: {end: '2026-02-01'}}, "
                        + ANASTROZOLE
                        + ", dosageInstruction: [{timing: {repeat: {boundsPeriod: {end: '2026-01-01'}}}}]");
        assertEquals(Optional.of(LocalDate.of(2026, 2, 1)), order.end());
        assertEquals(
                Optional.empty(),
                ordered("status: 'stopped', authoredOn: '2025-01-01', " + ANASTROZOLE)
                        .end());
        assertEquals(
                Optional.of(LocalDate.of(2026, 1, 31)),
                stated("status: 'stopped', effectivePeriod: {end: '2026-01-31'}, " + ANASTROZOLE)
                        .end());
        assertEquals(
                Optional.of(LocalDate.of(2025, 1, 1)),
                stated("status: 'active', effectivePeriod: {start: '2025-01-01'}, " + ANASTROZOLE)
                        .effectiveStart());
    }

    @TestFactory
    Stream<DynamicTest> statusBeforeEnd() {
        var bounds =
                "dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk', boundsPeriod: {start: '2025-12-01', end: '%s'}}}}]";
        return Stream.of("completed", "stopped", "ended").flatMap(status -> Stream.of("2026-03-02", "2026-11-30")
                .map(end -> dynamicTest("that is " + status + " runs no more, also where its end is " + end, () -> {
                    var order = ordered("status: '" + status + "', " + ANASTROZOLE + ", " + bounds.formatted(end));
                    assertEquals(Course.State.ENDED, order.state());
                    assertEquals(Optional.of(LocalDate.of(2026, 3, 2)), order.end());
                    assertEquals(
                            Course.State.ENDED,
                            stated("status: '" + status.replace("ended", "completed") + "', effectivePeriod: {end: '"
                                            + end + "'}, " + ANASTROZOLE)
                                    .state());
                })));
    }

    @Test
    @DisplayName("of a supply ends where its order was taken back, and lasts where the order was completed")
    void withdrawnSupply() {
        var dispense =
                "{resourceType: 'MedicationDispense', id: 'd', status: 'completed', whenHandedOver: '2026-02-20', daysSupply: {value: 30}, authorizingPrescription: [{reference: 'MedicationRequest/m'}], "
                        + ANASTROZOLE + "}";
        for (var status : List.of("stopped", "cancelled", "completed", "active")) {
            var courses = Chart.of()
                    .with("medicationRequests", order("status: '" + status + "', " + ANASTROZOLE))
                    .with("medicationDispenses", dispense)
                    .facts()
                    .courses();
            var supply = courses.stream()
                    .filter(course -> course.source() == Course.Source.DISPENSE)
                    .findFirst()
                    .orElseThrow();
            var withdrawn = status.equals("stopped") || status.equals("cancelled");
            assertEquals(withdrawn ? Course.State.ENDED : Course.State.ACTIVE, supply.state(), status);
        }
    }

    @Test
    @DisplayName("that was stopped is over, however long it was meant to last")
    void stoppedBeforeItsEnd() {
        var order = ordered(
                "status: 'stopped', authoredOn: '2025-01-01', dispenseRequest: {validityPeriod: {end: '2026-12-31'}}, "
                        + ANASTROZOLE
                        + ", dosageInstruction: [{timing: {repeat: {boundsPeriod: {end: '2026-11-30'}}}}]");
        assertEquals(Course.State.ENDED, order.state());
        assertEquals(Optional.of(LocalDate.of(2026, 3, 2)), order.end());
    }

    @Test
    @DisplayName("that is held has no end that was only planned")
    void heldBeforeItsEnd() {
        var held = "status: 'on-hold', " + ANASTROZOLE
                + ", dosageInstruction: [{timing: {repeat: {boundsPeriod: {end: '%s'}}}}]";
        assertEquals(Optional.empty(), ordered(held.formatted("2026-11-30")).end());
        assertEquals(
                Optional.of(LocalDate.of(2026, 2, 1)),
                ordered(held.formatted("2026-02-01")).end());
    }

    @Test
    @DisplayName("of an order that still stands does not end with the time in which it can be dispensed")
    void validityOfActive() {
        var order = ordered("status: 'active', dispenseRequest: {validityPeriod: {end: '2026-02-01'}}, " + ANASTROZOLE);
        assertEquals(Course.State.ACTIVE, order.state());
        assertEquals(Optional.empty(), order.end());
    }

    @Test
    @DisplayName("of a dispense lasts as long as its supply")
    void dispense() {
        var lasting = dispensed(
                "status: 'completed', whenHandedOver: '2026-02-20T10:00:00Z', daysSupply: {value: 30, unit: 'days'}, "
                        + ANASTROZOLE);
        assertEquals(Course.State.ACTIVE, lasting.state());
        assertEquals(Optional.of(LocalDate.of(2026, 3, 22)), lasting.end());
        assertEquals(Optional.of(LocalDate.of(2026, 2, 20)), lasting.effectiveStart());
        var over =
                dispensed("status: 'completed', whenHandedOver: '2026-01-01', daysSupply: {value: 30}, " + ANASTROZOLE);
        assertEquals(Course.State.ENDED, over.state());
        assertEquals(Optional.of(LocalDate.of(2026, 1, 31)), over.end());
    }

    @Test
    @DisplayName("of an injection that was given tells when, and ends with it")
    void administration() {
        var members = "status: 'completed', effectiveDateTime: '2026-03-01T15:00:00Z', " + CYPIONATE;
        var course = administered(members);
        assertEquals(new Dosage.Single(), course.dosage());
        assertEquals(Course.State.ENDED, course.state());
        assertEquals(Optional.of(LocalDate.of(2026, 3, 1)), course.end());
        var facts = Chart.of()
                .with(
                        "medicationAdministrations",
                        "{resourceType: 'MedicationAdministration', id: 'a', " + members + "}")
                .facts();
        assertEquals(
                List.of(new Injection(
                        Formulation.CYPIONATE,
                        new ClinicalTime.At(LocalDateTime.of(2026, 3, 1, 10, 0)),
                        "MedicationAdministration/a")),
                facts.injections());
    }

    @Test
    @DisplayName("of gel that was applied is no injection")
    void applied() {
        var facts = Chart.of()
                .with(
                        "medicationAdministrations",
                        "{resourceType: 'MedicationAdministration', id: 'a', status: 'completed', effectiveDateTime: '2026-03-01', "
                                + drug("1597076") + "}")
                .facts();
        assertTrue(facts.injections().isEmpty());
    }

    @ParameterizedTest
    @DisplayName("of an active order for a depot goes on until it is ended, though its milligrams cannot be computed")
    @ValueSource(
            strings = {
                "Inject 4 mL deep IM every 12 weeks",
                "1000 mg IM every 10-14 weeks",
                "One injection every 3 months",
                "750 mg IM initially, at 4 weeks, then every 10 weeks",
                "as directed",
                ""
            })
    void depotsThatGoOn(String words) {
        var order = ordered("status: 'active', authoredOn: '2025-01-01', " + named("Nebido 1000 mg/4 ml")
                + (words.isEmpty() ? "" : ", dosageInstruction: [{text: '" + words + "'}]"));
        assertEquals(Course.State.ACTIVE, order.state());
        assertEquals(Optional.empty(), order.end());
    }

    @Test
    @DisplayName("of a depot that is ordered once counts for half a year after the order")
    void depotOrderedOnce() {
        var order = ordered("status: 'active', authoredOn: '2025-08-01', " + named("Nebido 1000 mg/4 ml")
                + ", dosageInstruction: [{text: '1000 mg once', timing: {repeat: {count: 1}}}]");
        assertEquals(Course.State.ENDED, order.state());
        assertEquals(Optional.of(LocalDate.of(2025, 8, 1).plusDays(180)), order.end());
    }

    @Test
    @DisplayName("of a depot counts for half a year after its last dose")
    void depots() {
        var pellets = ordered("status: 'completed', authoredOn: '2025-10-01', " + named("Testopel pellet"));
        assertEquals(new Dosage.Depot(), pellets.dosage());
        assertEquals(Course.State.ACTIVE, pellets.state());
        assertEquals(Optional.of(LocalDate.of(2025, 10, 1).plusDays(180)), pellets.end());
        var long_ago = administered(
                "status: 'completed', effectiveDateTime: '2025-08-01', " + named("Aveed 750 mg/3 mL injection"));
        assertEquals(Course.State.ENDED, long_ago.state());
        assertEquals(Optional.of(LocalDate.of(2025, 8, 1).plusDays(180)), long_ago.end());
        var running = ordered(
                "status: 'active', authoredOn: '2025-01-01', " + named("Aveed")
                        + ", dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 750, unit: 'mg'}}], timing: {repeat: {frequency: 1, period: 10, periodUnit: 'wk'}}}]");
        assertEquals(Course.State.ACTIVE, running.state());
        assertEquals(Optional.empty(), running.end());
    }

    @Test
    @DisplayName("of pellets inserted by a procedure is one, by its words or by the client's own code")
    void procedures() {
        var procedure =
                "{resourceType: 'Procedure', id: 'pr', status: 'completed', performedDateTime: '2026-01-10', code: {%s}}";
        var byWords =
                only(Chart.of().key("procedures", procedure.formatted("text: 'Insertion of testosterone pellets'")));
        assertEquals(Formulation.PELLET, byWords.formulation());
        assertEquals(Course.State.ACTIVE, byWords.state());
        assertEquals(Optional.of(LocalDate.of(2026, 1, 10).plusDays(180)), byWords.end());
        var map = CodeMap.of(
                Chart.json(
                        "{resourceType: 'ConceptMap', group: [{source: 'urn:ehr', target: 'http://www.nlm.nih.gov/research/umls/rxnorm', element: [{code: 'PELLET', target: [{code: '10379', equivalence: 'equivalent'}]}]}]}"));
        var byCode = Chart.of().key("procedures", procedure.formatted("coding: [{system: 'urn:ehr', code: 'PELLET'}]"));
        assertTrue(byCode.facts().courses().isEmpty());
        assertEquals(Formulation.PELLET, only(byCode.codes(map)).formulation());
        assertTrue(Chart.of()
                .key("procedures", procedure.formatted("text: 'Appendectomy'"))
                .facts()
                .courses()
                .isEmpty());
    }

    @Test
    @DisplayName("in R5 ends with its effective dose period")
    void effectiveDosePeriod() {
        assertEquals(
                Course.State.ENDED,
                ordered("status: 'active', effectiveDosePeriod: {start: '2025-01-01', end: '2026-01-01'}, "
                                + ANASTROZOLE)
                        .state());
    }

    @Test
    @DisplayName("given in R5 at an occurrence has its time")
    void occurrence() {
        assertEquals(
                Optional.of(LocalDate.of(2026, 2, 1)),
                administered("status: 'completed', occurenceDateTime: '2026-02-01', medication: {concept: {coding: [{"
                                + RXNORM + ", code: '835840'}]}}")
                        .end());
    }

    @Test
    @DisplayName("without any words is called by its drug")
    void nameless() {
        assertEquals("anastrozole", ordered("status: 'active', " + ANASTROZOLE).name());
    }

    @Test
    @DisplayName("of one dose on one date ends with it")
    void singleDose() {
        var single = ordered(
                "status: 'active', authoredOn: '2026-01-20', " + CYPIONATE
                        + ", dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 200, unit: 'mg'}}], timing: {event: ['2026-01-21']}}]");
        assertEquals(Course.State.ENDED, single.state());
        assertEquals(Optional.of(LocalDate.of(2026, 1, 21)), single.end());
    }

    // --- reason ---

    @TestFactory
    Stream<DynamicTest> cancers() {
        return Stream.of(
                        new Object[] {
                            true,
                            "a code of breast cancer",
                            "reasonCode: [{coding: [{system: 'http://snomed.info/sct', code: '254837009'}]}]"
                        },
                        new Object[] {
                            true,
                            "an ICD code",
                            "reasonCode: [{coding: [{system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C50.929'}]}]"
                        },
                        new Object[] {
                            true,
                            "a single object",
                            "reasonCode: {coding: [{system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C50.9'}]}"
                        },
                        new Object[] {true, "words", "reasonCode: [{text: 'Malignant neoplasm of male breast'}]"},
                        new Object[] {
                            true,
                            "a referenced Condition",
                            "reasonReference: [{reference: '#c'}], contained: [{resourceType: 'Condition', id: 'c', code: {coding: [{system: 'http://snomed.info/sct', code: '254837009'}]}}]"
                        },
                        new Object[] {
                            true,
                            "an R5 reason",
                            "reason: [{concept: {coding: [{system: 'http://snomed.info/sct', code: '254837009'}]}}]"
                        },
                        new Object[] {
                            false,
                            "a prostate cancer",
                            "reasonCode: [{coding: [{system: 'http://snomed.info/sct', code: '399068003'}], text: 'Prostate cancer'}]"
                        },
                        new Object[] {
                            false,
                            "a prostate cancer by code whose words say malignant",
                            "reasonCode: [{coding: [{system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'C61'}], text: 'Malignant neoplasm'}]"
                        },
                        new Object[] {
                            false,
                            "another reason",
                            "reasonCode: [{coding: [{system: 'http://snomed.info/sct', code: '48723006'}], text: 'Hypogonadism'}]"
                        },
                        new Object[] {
                            false, "a family history", "reasonCode: [{text: 'Family history of breast cancer'}]"
                        })
                .map(row -> dynamicTest(
                        "with " + row[1] + " as its reason is " + (row[0].equals(true) ? "" : "not ") + "for cancer",
                        () -> assertEquals(
                                row[0],
                                ordered("status: 'active', " + ANASTROZOLE + ", " + row[2])
                                        .forCancer())));
    }

    // --- drafts ---

    private static Chart draft(String members) {
        return Chart.of().draft(order(members));
    }

    @TestFactory
    Stream<DynamicTest> draftStates() {
        return Stream.of(
                        "draft DRAFT",
                        "active DRAFT",
                        "anything DRAFT",
                        "stopped DRAFT_STOP",
                        "cancelled DRAFT_STOP",
                        "completed DRAFT_STOP",
                        "on-hold DRAFT_STOP",
                        "entered-in-error -")
                .map(row -> row.split(" "))
                .map(row -> dynamicTest(
                        "drafted with status " + row[0] + " is " + row[1],
                        () -> assertEquals(
                                row[1],
                                state(draft("status: '" + row[0] + "', " + ANASTROZOLE)
                                        .facts()
                                        .courses()))));
    }

    @Test
    @DisplayName("drafted to forbid the drug is a stop")
    void draftStop() {
        assertEquals(
                Course.State.DRAFT_STOP,
                only(draft("status: 'draft', doNotPerform: true, " + ANASTROZOLE))
                        .state());
    }

    @Test
    @DisplayName("drafted names what it replaces")
    void replaces() {
        assertEquals(
                Optional.of("MedicationRequest/old"),
                only(draft(
                                "status: 'draft', priorPrescription: {reference: 'https://ehr.example/MedicationRequest/old'}, "
                                        + ANASTROZOLE))
                        .replaces());
    }

    @TestFactory
    Stream<DynamicTest> priorPrescriptions() {
        var old =
                "{resourceType: 'MedicationRequest', id: 'old', identifier: [{system: 'urn:rx', value: '7'}], status: 'completed', intent: 'order', authoredOn: '2025-06-01', "
                        + ANASTROZOLE + "}";
        return Stream.of(
                        new String[] {"its relative address", "priorPrescription: {reference: 'MedicationRequest/old'}"
                        },
                        new String[] {
                            "its absolute address",
                            "priorPrescription: {reference: 'https://ehr.example/fhir/MedicationRequest/old'}"
                        },
                        new String[] {
                            "the address of a version of it",
                            "priorPrescription: {reference: 'https://ehr.example/MedicationRequest/old/_history/3'}"
                        },
                        new String[] {"its bare id", "priorPrescription: {reference: 'old'}"},
                        new String[] {
                            "its identifier", "priorPrescription: {identifier: {system: 'urn:rx', value: '7'}}"
                        },
                        new String[] {
                            "a contained copy of the same id",
                            "priorPrescription: {reference: '#old'}, contained: [{resourceType: 'MedicationRequest', id: 'old'}]"
                        },
                        new String[] {
                            "a contained copy of its identifier",
                            "priorPrescription: {reference: '#p'}, contained: [{resourceType: 'MedicationRequest', id: 'p', identifier: {system: 'urn:rx', value: '7'}}]"
                        },
                        new String[] {
                            "a contained copy of the same drug and day",
                            "priorPrescription: {reference: '#p'}, contained: [{resourceType: 'MedicationRequest', id: 'p', authoredOn: '2025-06-01', "
                                    + ANASTROZOLE + "}]"
                        })
                .map(row -> dynamicTest(
                        "names the one before it by " + row[0],
                        () -> assertEquals(
                                Optional.of("MedicationRequest/old"),
                                renewing(old, row[1]).replaces())));
    }

    private static Course renewing(String old, String members) {
        return Chart.of()
                .with("medicationRequests", old)
                .with("medicationRequests", order("status: 'active', " + members + ", " + ANASTROZOLE))
                .facts()
                .courses()
                .stream()
                .filter(course -> course.reference().equals("MedicationRequest/m"))
                .findFirst()
                .orElseThrow();
    }

    @TestFactory
    Stream<DynamicTest> otherLinks() {
        var old =
                "{resourceType: 'MedicationRequest', id: 'old', identifier: [{system: 'urn:rx', value: '7'}], status: 'active', intent: 'plan', "
                        + ANASTROZOLE + "}";
        return Stream.of(
                        new String[] {"basedOn", "basedOn: [{reference: 'MedicationRequest/old'}]"},
                        new String[] {"a single basedOn", "basedOn: {reference: 'MedicationRequest/old'}"},
                        new String[] {"replaces", "replaces: [{reference: 'MedicationRequest/old'}]"},
                        new String[] {
                            "the extension for what a request replaces",
                            "extension: [{url: 'http://hl7.org/fhir/StructureDefinition/request-replaces', valueReference: {reference: 'MedicationRequest/old'}}]"
                        },
                        new String[] {
                            "a contained order with the identifier of one of the chart",
                            "basedOn: [{reference: '#c'}], contained: [{resourceType: 'MedicationRequest', id: 'c', identifier: [{system: 'urn:rx', value: '7'}]}]"
                        },
                        new String[] {
                            "a contained order that names one of the chart",
                            "basedOn: [{reference: '#c'}], contained: [{resourceType: 'MedicationRequest', id: 'c', priorPrescription: {reference: 'MedicationRequest/old'}}]"
                        })
                .map(row -> dynamicTest(
                        "names the one that it belongs to by " + row[0],
                        () -> assertTrue(
                                renewing(old, row[1]).sameTherapyAs().contains("MedicationRequest/old"),
                                renewing(old, row[1]).sameTherapyAs().toString())));
    }

    @Test
    @DisplayName("of a statement, a supply or an administration names its order")
    void linksOfOthers() {
        assertEquals(
                List.of("MedicationRequest/m", "Observation/o"),
                stated(
                                "status: 'active', basedOn: [{reference: 'MedicationRequest/m'}], derivedFrom: [{reference: 'Observation/o'}], "
                                        + ANASTROZOLE)
                        .sameTherapyAs());
        assertEquals(
                List.of("MedicationRequest/m"),
                dispensed(
                                "status: 'completed', whenHandedOver: '2026-02-20', authorizingPrescription: [{reference: 'MedicationRequest/m'}], "
                                        + ANASTROZOLE)
                        .sameTherapyAs());
        assertEquals(
                List.of("MedicationRequest/m"),
                administered(
                                "status: 'completed', effectiveDateTime: '2026-02-20', request: {reference: 'MedicationRequest/m'}, "
                                        + CYPIONATE)
                        .sameTherapyAs());
    }

    @Test
    @DisplayName("that contains itself as the one before it is read")
    void containsItself() {
        var course = ordered("status: 'active', priorPrescription: {reference: '#c'}, contained: [{resourceType:"
                + " 'MedicationRequest', id: 'c', priorPrescription: {reference: '#c'}}], " + ANASTROZOLE);
        assertEquals(Course.State.ACTIVE, course.state());
    }

    @TestFactory
    Stream<DynamicTest> selections() {
        return Stream.of(
                        new Object[] {true, "its reference", new String[] {"MedicationRequest/m"}},
                        new Object[] {true, "its bare id", new String[] {"m"}},
                        new Object[] {true, "its address", new String[] {"https://ehr.example/MedicationRequest/m"}},
                        new Object[] {true, "nothing", new String[] {}},
                        new Object[] {true, "an order that is no draft", new String[] {"MedicationRequest/n"}},
                        new Object[] {true, "another type of the same id", new String[] {"ServiceRequest/m"}},
                        new Object[] {false, "another draft", new String[] {"ServiceRequest/lab"}},
                        new Object[] {false, "another draft, and one that is none", new String[] {"lab", "x"}})
                .map(row -> dynamicTest(
                        "where order-select names " + row[1] + " is "
                                + (row[0].equals(true) ? "asked about" : "context"),
                        () -> assertEquals(
                                row[0],
                                only(withDraftedTest().select((String[]) row[2]))
                                        .selected())));
    }

    private static Chart withDraftedTest() {
        return draft("status: 'draft', " + ANASTROZOLE)
                .draft("{resourceType: 'ServiceRequest', id: 'lab', status: 'draft', intent: 'order'}");
    }

    @Test
    @DisplayName("drafted is judged and said to be, where order-select names no draft of the call")
    void selectionsThatNameNoDraft() {
        assertEquals(
                List.of("none of them is a draft of this call, so that all drafts are judged"),
                aboutSelections(withDraftedTest().select("MedicationRequest/n", "n")));
        assertEquals(List.of(), aboutSelections(withDraftedTest().select("n", "lab")));
        assertEquals(List.of(), aboutSelections(withDraftedTest().select()));
    }

    private static List<String> aboutSelections(Chart chart) {
        return chart.read().notes().stream()
                .filter(note -> note.reference().equals("context.selections"))
                .map(ReadNote::text)
                .toList();
    }

    @Test
    @DisplayName("keeps its whole JSON by id, and a draft hides the order that it changes")
    void wholeJson() {
        var active =
                "{resourceType: 'MedicationRequest', id: 'm', status: 'active', intent: 'order', note: [{text: 'old'}], "
                        + ANASTROZOLE + "}";
        var read = draft("status: 'draft', " + ANASTROZOLE)
                .with("medicationRequests", active)
                .read();
        assertEquals(
                "draft", read.orders().get("MedicationRequest/m").path("status").textValue());
        assertEquals(2, read.facts().courses().size());
        assertEquals(
                "active",
                Chart.of()
                        .with("medicationRequests", active)
                        .read()
                        .orders()
                        .get("MedicationRequest/m")
                        .path("status")
                        .textValue());
    }

    @Test
    @DisplayName("of other drugs and of ended orders is not kept as JSON")
    void notKept() {
        assertTrue(Chart.of()
                .with("medicationRequests", order("status: 'active', " + drug("198240")))
                .read()
                .orders()
                .isEmpty());
        assertTrue(Chart.of()
                .with("medicationRequests", order("status: 'stopped', " + ANASTROZOLE))
                .read()
                .orders()
                .isEmpty());
    }

    @Test
    @DisplayName("drafted without id is evaluated, and no action can name it")
    void draftWithoutId() {
        var read = Chart.of()
                .draft("{resourceType: 'MedicationRequest', status: 'draft', " + ANASTROZOLE + "}")
                .read();
        assertEquals(
                "context.draftOrders.entry[0].resource",
                read.facts().courses().get(0).reference());
        assertTrue(read.orders().isEmpty());
        assertTrue(read.notes().stream().anyMatch(note -> note.text().contains("cannot be updated")));
    }

    @Test
    @DisplayName("drafted twice under one id counts twice")
    void sameId() {
        var chart = draft("status: 'draft', " + ANASTROZOLE).draft(order("status: 'draft', " + CYPIONATE));
        assertEquals(2, chart.facts().courses().size());
        assertEquals(1, chart.read().orders().size());
    }

    @Test
    @DisplayName("drafted with a date that is none is read without it")
    void invalidDate() {
        var course = only(
                draft(
                        "status: 'draft', authoredOn: 'Invalid date', " + ANASTROZOLE
                                + ", dosageInstruction: [{doseAndRate: [{doseQuantity: {value: 1, code: '{pill}'}}], timing: {repeat: {frequency: 1, period: 1, periodUnit: 'd', boundsPeriod: {start: 'Invalid date'}}}}]"));
        assertEquals(Optional.empty(), course.authored());
        assertEquals(Optional.empty(), course.boundsStart());
        assertEquals(weekly("7", "7"), course.dosage());
    }

    @Test
    @DisplayName("with a date that is none names the date that cannot be read")
    void invalidDateNote() {
        var notes = draft("status: 'draft', authoredOn: 'Invalid date', " + ANASTROZOLE)
                .read()
                .notes();
        assertTrue(notes.stream().anyMatch(note -> note.text().equals("its authoredOn is no date")));
    }

    @TestFactory
    @DisplayName("begins on the latest day that a date without a day can mean, and not after today")
    Stream<DynamicTest> partialDates() {
        return Stream.of(
                        "2026-02|2026-02-28",
                        "2026-03|2026-03-02",
                        "2026|2026-03-02",
                        "2025|2025-12-31",
                        "2027-01|2027-01-31",
                        "20260215|2026-02-15",
                        "2026/02/15|2026-02-15",
                        "02/01/2026|2026-02-01",
                        "2026-02-15T10|2026-02-15")
                .map(row -> row.split("[|]"))
                .flatMap(row -> {
                    var latest = Optional.of(LocalDate.parse(row[1]));
                    var weekly =
                            "doseAndRate: [{doseQuantity: {value: 1, code: 'mg'}}], timing: {repeat: {frequency: 1, period: 1, periodUnit: 'wk'";
                    return Stream.of(
                            dynamicTest(
                                    "written " + row[0],
                                    () -> assertEquals(
                                            latest,
                                            ordered("status: 'active', authoredOn: '" + row[0] + "', " + ANASTROZOLE)
                                                    .authored())),
                            dynamicTest(
                                    "bounded from " + row[0],
                                    () -> assertEquals(
                                            latest,
                                            ordered("status: 'active', authoredOn: '2025-01-01', " + ANASTROZOLE
                                                            + ", dosageInstruction: [{" + weekly
                                                            + ", boundsPeriod: {start: '"
                                                            + row[0] + "'}}}}]")
                                                    .boundsStart())));
                });
    }

    @Test
    @DisplayName("ends on the last day of a month that is named as its end")
    void partialEnd() {
        var until = "status: 'active', authoredOn: '2025-01-01', " + ANASTROZOLE
                + ", dosageInstruction: [{timing: {repeat: {boundsPeriod: {end: '%s'}}}}]";
        assertEquals(Course.State.ACTIVE, ordered(until.formatted("2026-03")).state());
        assertEquals(
                Optional.of(LocalDate.of(2026, 3, 31)),
                ordered(until.formatted("2026-03")).end());
        assertEquals(Course.State.ENDED, ordered(until.formatted("2026-02")).state());
    }

    @Test
    @DisplayName("with a date that names no day says as which day it was taken")
    void partialDateNote() {
        var notes = draft("status: 'draft', authoredOn: '2026-02', " + ANASTROZOLE)
                .read()
                .notes();
        assertTrue(notes.stream().anyMatch(note -> note.text()
                .equals("its authoredOn names no day: taken as 2026-02-28, the latest that it may mean")));
    }

    @Test
    @DisplayName("is not looked for among drafts at patient-view")
    void patientView() {
        var request = draft("status: 'draft', " + ANASTROZOLE).request();
        var view = new ChartRequest(
                health.setpoint.titration.facts.Hook.PATIENT_VIEW,
                "p",
                request.prefetch(),
                request.draftOrders(),
                List.of(),
                Chart.NOW,
                Chart.ZONE);
        assertTrue(
                ((ChartOutcome.Read) Chart.READER.read(view)).facts().courses().isEmpty());
    }
}
