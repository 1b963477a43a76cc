package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.clinic.DialectAnswers.Site;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.picture.Therapies;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("A drafted dose, on a rung or off it, beside whatever runs")
class DraftedDoseTest {

    private static final Policy USUAL = Knowledge.load().on(Words.TODAY);

    private static final List<String> DOSES =
            List.of("0.25", "0.5", "0.7", "1.0", "1.5", "1.75", "2.0", "2.01", "3", "7");
    private static final List<String> RUNNING = Stream.of(
                    Stream.of("none", "as directed", "1.0; 0.5", "3; 1.0", "range to 2"),
                    DOSES.stream(),
                    Stream.of("0.5", "1.0", "3").map(dose -> dose + ", statement"),
                    Stream.of("1.0", "3").map(dose -> dose + ", held 2025-12-01"))
            .flatMap(words -> words)
            .toList();
    private static final List<String> RELATIONS =
            List.of("%s", "%s, same id", "%s, replaces", "%s, based on 1", "%s; 0.7", "%s, replaces; 0.7");
    private static final List<String> ESTRADIOL = List.of("8", "15", "30", "50", "75");

    private record Man(String running, String draft, String estradiol, Facts facts) {

        @Override
        public String toString() {
            return running + " runs, " + draft + " drafted, estradiol " + estradiol;
        }
    }

    private static Stream<Man> men(String running) {
        boolean hasOrder = !running.equals("none") && !running.contains("statement");
        return RELATIONS.stream()
                .filter(relation -> hasOrder || !relation.matches(".*(same id|replaces|based on).*"))
                .flatMap(relation -> DOSES.stream().map(relation::formatted))
                .flatMap(draft -> ESTRADIOL.stream().map(estradiol -> man(running, draft, estradiol)));
    }

    private static Man man(String running, String draft, String estradiol) {
        Map<String, String> words =
                new LinkedHashMap<>(Map.of("hook", "sign", "ai", running, "draft", draft, "estradiol", estradiol));
        if (estradiol.equals("50")) {
            words.put("symptoms", "gynecomastia");
        }
        return new Man(running, draft, estradiol, Patients.described(words));
    }

    // --- in every dialect

    @TestFactory
    @DisplayName("is raised by no action of any dialect")
    Stream<DynamicTest> neverRaised() {
        return DialectAnswers.SITES.stream().flatMap(site -> RUNNING.stream()
                .map(running -> DynamicTest.dynamicTest(
                        site.folder() + ", " + running,
                        () -> assertEquals(
                                List.of(),
                                men(running)
                                        .flatMap(man -> raised(man, site))
                                        .limit(5)
                                        .toList()))));
    }

    private static Stream<String> raised(Man man, Site site) {
        List<String> faults = new ArrayList<>();
        for (ObjectNode card : DialectAnswers.cards(man.facts(), USUAL, site)) {
            for (JsonNode suggestion : card.path("suggestions")) {
                for (JsonNode action : suggestion.path("actions")) {
                    written(action).ifPresent(dose -> drafted(man, action)
                            .filter(draft -> dose.compareTo(draft) > 0)
                            .ifPresent(draft -> faults.add(man + ": " + draft + " becomes " + dose)));
                }
            }
        }
        return faults.stream();
    }

    private static Optional<BigDecimal> written(JsonNode action) {
        JsonNode dosage = action.at("/resource/dosageInstruction/0");
        JsonNode amount = dosage.at("/doseAndRate/0/doseQuantity/value");
        return amount.isNumber()
                ? Optional.of(amount.decimalValue()
                        .multiply(dosage.at("/timing/repeat/frequency").decimalValue()))
                : Optional.empty();
    }

    /** The dose of the draft that an action changes, or for which it puts a new order: the lowest of several. */
    private static Optional<BigDecimal> drafted(Man man, JsonNode action) {
        String order = "MedicationRequest/" + action.at("/resource/id").asText();
        boolean isNew = action.path("type").asText().equals("create");
        return man.facts().courses().stream()
                .filter(Course::isDraft)
                .filter(draft -> isNew || draft.reference().equals(order))
                .map(draft -> draft.dosage().highest().mg())
                .min(BigDecimal::compareTo);
    }

    // --- what is left after a click

    @TestFactory
    @DisplayName("or another one is all that stands once a suggestion that names a dose is accepted")
    Stream<DynamicTest> nothingAboveTheProposal() {
        return RUNNING.stream()
                .map(running -> DynamicTest.dynamicTest(
                        running,
                        () -> assertEquals(
                                List.of(),
                                men(running)
                                        .flatMap(DraftedDoseTest::tooMuch)
                                        .limit(5)
                                        .toList())));
    }

    private static Stream<String> tooMuch(Man man) {
        List<String> faults = new ArrayList<>();
        for (CardAdvice card : Titration.advise(man.facts(), USUAL).cards()) {
            for (Suggestion suggestion : card.suggestions()) {
                Map<String, WeeklyDose> left = left(man, suggestion);
                WeeklyDose total = left.values().stream().reduce(WeeklyDose.NONE, WeeklyDose::plus);
                dose(suggestion.option())
                        .filter(dose -> total.isAbove(dose) || left.size() > 1)
                        .ifPresent(dose -> faults.add(man + ": " + suggestion + " leaves " + left));
                if (suggestion.option() instanceof Option.KeepOneInhibitor && left.size() > 1) {
                    faults.add(man + ": " + suggestion + " leaves " + left);
                }
            }
        }
        return faults.stream();
    }

    private static Optional<WeeklyDose> dose(Option option) {
        if (option instanceof Option.Start start) {
            return Optional.of(start.regimen().weekly());
        }
        if (option instanceof Option.Increase increase) {
            return Optional.of(increase.regimen().weekly());
        }
        return option instanceof Option.Reduce reduce
                ? Optional.of(reduce.regimen().weekly())
                : Optional.empty();
    }

    /** The orders of anastrozole that stand, with their doses, once a suggestion is accepted and the drafts are signed. */
    private static Map<String, WeeklyDose> left(Man man, Suggestion suggestion) {
        Therapies therapies = Therapies.of(man.facts().courses(), man.facts().today(), USUAL);
        Map<String, WeeklyDose> drafts = new LinkedHashMap<>();
        Map<String, WeeklyDose> orders = new LinkedHashMap<>();
        for (Course course : man.facts().courses()) {
            if (course.isOrder() && course.drug().isAromataseInhibitor() && !course.isDraft() && course.isActive()) {
                orders.put(course.reference(), course.dosage().highest());
            }
        }
        man.facts().courses().stream()
                .filter(Course::isDraft)
                .forEach(draft -> drafts.put(draft.reference(), draft.dosage().highest()));
        for (OrderAction action : suggestion.actions()) {
            if (action instanceof OrderAction.DeleteDraft delete) {
                drafts.remove(delete.draft());
            } else if (action instanceof OrderAction.ReviseDraft revise) {
                drafts.put(revise.draft(), revise.regimen().weekly());
            } else if (action instanceof OrderAction.ReviseOrder revise) {
                orders.put(revise.order(), revise.regimen().weekly());
            } else if (action instanceof OrderAction.CreateOrder create) {
                drafts.put("new", create.regimen().weekly());
            } else if (action instanceof OrderAction.HoldOrder hold) {
                orders.remove(hold.order());
            } else if (action instanceof OrderAction.StopOrder stop) {
                orders.remove(stop.order());
            }
        }
        Map<String, WeeklyDose> left = new LinkedHashMap<>(drafts);
        orders.forEach((order, dose) -> {
            boolean replaced = man.facts().courses().stream()
                    .filter(course -> course.isDraft() && drafts.containsKey(course.reference()))
                    .anyMatch(draft -> man.facts().courses().stream()
                            .filter(course ->
                                    !course.isDraft() && course.reference().equals(order))
                            .anyMatch(course -> therapies.afterSigning().replaces(draft, course)));
            if (!replaced) {
                left.putIfAbsent(order, dose);
            }
        });
        return left;
    }

    @Test
    @DisplayName("meets suggestions of every kind here")
    void thereIsSomethingToLookAt() {
        List<Class<?>> kinds = RUNNING.stream()
                .flatMap(DraftedDoseTest::men)
                .flatMap(man -> Titration.advise(man.facts(), USUAL).cards().stream())
                .flatMap(card -> card.suggestions().stream())
                .flatMap(suggestion -> suggestion.actions().stream())
                .<Class<?>>map(Object::getClass)
                .distinct()
                .toList();
        assertTrue(
                kinds.containsAll(List.of(
                        OrderAction.DeleteDraft.class,
                        OrderAction.ReviseDraft.class,
                        OrderAction.ReviseOrder.class,
                        OrderAction.StopOrder.class,
                        OrderAction.HoldOrder.class)),
                kinds.toString());
        assertTrue(men("3").map(man -> man.facts().courses())
                .flatMap(List::stream)
                .anyMatch(course -> course.dosage() instanceof Dosage.Weekly));
    }
}
