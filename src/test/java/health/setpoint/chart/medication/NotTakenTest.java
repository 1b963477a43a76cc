package health.setpoint.chart.medication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import health.setpoint.chart.Chart;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("A drug that is recorded as not taken")
class NotTakenTest {

    private static final String ANASTROZOLE =
            "medicationCodeableConcept: {coding: [{system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '199224'}]}";
    private static final String SIG = "Take 0.5 mg by mouth 2 (two) times a week.";

    private static Course ordered(String members) {
        return Chart.of()
                .with(
                        "medicationRequests",
                        "{resourceType: 'MedicationRequest', id: 'm', intent: 'order', status: 'active', " + members
                                + ", " + ANASTROZOLE + "}")
                .facts()
                .courses()
                .get(0);
    }

    private static Course stated(String members) {
        return Chart.of()
                .with(
                        "medicationStatements",
                        "{resourceType: 'MedicationStatement', id: 's', " + members + ", " + ANASTROZOLE + "}")
                .facts()
                .courses()
                .get(0);
    }

    private static String sig(String text) {
        return "dosageInstruction: [{text: '" + text + "'}]";
    }

    private static Optional<ClinicalTime> on(String day) {
        return Optional.of(day.isEmpty() ? new ClinicalTime.Unknown() : new ClinicalTime.OnDay(LocalDate.parse(day)));
    }

    @TestFactory
    Stream<DynamicTest> remarksWithADay() {
        return Stream.of(
                        new String[] {" (Patient not taking: Reported on 2/12/2026)", "2026-02-12"},
                        new String[] {" (Patient not taking: Reported on 02/12/26)", "2026-02-12"},
                        new String[] {" (Patient not taking as of 2026-02-12)", "2026-02-12"},
                        new String[] {" [Not taking: reported 12.02.2026]", "2026-02-12"},
                        new String[] {" Patient is not taking since Feb 12, 2026.", "2026-02-12"},
                        new String[] {" Pt not taking, reported 12 February 2026", ""},
                        new String[] {" (Not taking since 12 February 2026)", "2026-02-12"},
                        new String[] {" (Not taking: 11/12/2025, still not taking 13/01/2026)", "2026-01-13"},
                        new String[] {" (Patient not taking)", ""},
                        new String[] {" (Not taking: reported on 2/30/2026)", ""})
                .map(row -> dynamicTest("says so in" + row[0], () -> {
                    assertEquals(on(row[1]), ordered(sig(SIG + row[0])).notTaken());
                }));
    }

    @Test
    @DisplayName("was recorded in words of which the rest is the dose as ordered")
    void doseAsOrdered() {
        assertEquals(
                ordered(sig(SIG)).dosage(),
                ordered(sig(SIG + " (Patient not taking: Reported on 2/12/2026)"))
                        .dosage());
        assertInstanceOf(
                Dosage.Weekly.class,
                ordered(
                                "dosageInstruction: [{text: 'Patient not taking', doseAndRate: [{doseQuantity: {value: 0.5, unit: 'mg'}}], timing: {repeat: {frequency: 2, period: 1, periodUnit: 'wk'}}}]")
                        .dosage());
    }

    @TestFactory
    Stream<DynamicTest> words() {
        return Stream.of(
                        "Patient not taking",
                        "NOT TAKING",
                        "not currently taking it",
                        "Patient states he is no longer taking this medication",
                        "He stopped taking the tablets in January",
                        "isn't taking it",
                        "Has not taken since the holidays",
                        "Never started.",
                        "has not started",
                        "Did not take it",
                        "not taking as prescribed",
                        "not taking anastrozole",
                        "Self-discontinued",
                        "stopped on his own")
                .map(text -> dynamicTest(
                        "may be noted as: " + text,
                        () -> assertEquals(
                                on(""),
                                ordered("note: [{text: \"" + text + "\"}], " + sig(SIG))
                                        .notTaken())));
    }

    @TestFactory
    Stream<DynamicTest> otherWords() {
        return Stream.of(
                        "Taking as prescribed",
                        "Patient taking differently",
                        "Not taking aspirin",
                        "not taking testosterone",
                        "Do not take with grapefruit",
                        "do not take this medication with food",
                        "Take with food if not taking in the morning",
                        "Not taking more than prescribed",
                        "Stopped smoking",
                        "Not started on letrozole")
                .map(text -> dynamicTest(
                        "is not meant by: " + text,
                        () -> assertEquals(
                                Optional.empty(),
                                ordered("note: [{text: '" + text + "'}], " + sig(SIG))
                                        .notTaken())));
    }

    @Test
    @DisplayName("is dated by the note, and by the newest of several")
    void notes() {
        assertEquals(
                on("2026-02-20"),
                ordered("note: [{text: 'Not taking', time: '2026-02-20'}]").notTaken());
        assertEquals(
                on("2026-02-20"),
                ordered("note: [{text: 'Not taking', time: '2026-01-20'}, {text: 'Not taking', time: '2026-02-20'}]")
                        .notTaken());
        assertEquals(
                on("2026-02-12"),
                ordered("note: [{text: 'Not taking since 2026-02-12', time: '2026-02-20'}]")
                        .notTaken());
        assertEquals(
                on(""),
                ordered("note: [{text: 'Not taking', time: '2026-01-20'}, {text: 'Not taking'}]")
                        .notTaken());
    }

    @TestFactory
    Stream<DynamicTest> statements() {
        return Stream.of(
                        new String[] {"status: 'not-taken', dateAsserted: '2026-02-12'", "2026-02-12"},
                        new String[] {
                            "status: 'not-taken', dateAsserted: '2026-02-12', effectivePeriod: {start: '2025-06-01'}",
                            "2026-02-12"
                        },
                        new String[] {
                            "status: 'not-taken', effectivePeriod: {start: '2025-06-01', end: '2026-02-12'}",
                            "2026-02-12"
                        },
                        new String[] {"status: 'not-taken', effectiveDateTime: '2026-02-12'", "2026-02-12"},
                        new String[] {"status: 'not-taken', effectivePeriod: {start: '2026-02-12'}", "2026-02-12"},
                        new String[] {"status: 'not-taken'", ""},
                        new String[] {"status: 'active', taken: 'n', dateAsserted: '2026-02-12'", "2026-02-12"},
                        new String[] {"status: 'active', wasNotTaken: true, dateAsserted: '2026-02-12'", "2026-02-12"},
                        new String[] {
                            "status: 'recorded', adherence: {code: {coding: [{code: 'not-taking'}]}}, dateAsserted: '2026-02-12'",
                            "2026-02-12"
                        },
                        new String[] {
                            "status: 'active', note: [{text: 'Patient not taking', time: '2026-02-12'}]", "2026-02-12"
                        })
                .map(row -> dynamicTest(
                        "is stated by " + row[0],
                        () -> assertEquals(on(row[1]), stated(row[0]).notTaken())));
    }

    @TestFactory
    Stream<DynamicTest> otherStatements() {
        return Stream.of(
                        "status: 'active'",
                        "status: 'intended'",
                        "status: 'active', taken: 'y'",
                        "status: 'active', taken: 'unk'",
                        "status: 'recorded', adherence: {code: {coding: [{code: 'taking'}]}}")
                .map(members -> dynamicTest(
                        "is not stated by " + members,
                        () -> assertEquals(
                                Optional.empty(),
                                stated(members + ", dateAsserted: '2026-02-12'").notTaken())));
    }

    @Test
    @DisplayName("is no matter of a draft: what is drafted will be")
    void drafts() {
        var draft = Chart.of()
                .draft(
                        "{resourceType: 'MedicationRequest', id: 'm', intent: 'order', status: 'draft', note: [{text: 'Not taking'}], "
                                + sig(SIG) + ", " + ANASTROZOLE + "}")
                .facts()
                .courses()
                .get(0);
        assertEquals(Optional.empty(), draft.notTaken());
    }

    @Test
    @DisplayName("is found in time, however long the words are")
    void longWords() {
        var words = "not taking ".repeat(20_000) + "(".repeat(20_000) + "1/1/".repeat(20_000);
        assertTimeout(Duration.ofSeconds(2), () -> ordered("note: [{text: '" + words + "'}], " + sig(words)));
    }
}
