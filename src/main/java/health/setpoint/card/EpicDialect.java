package health.setpoint.card;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.therapy.Course;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Epic: every suggestion is one tick of its own, so each holds one action; orders that are not signed can be created and
 * deleted, none can be updated; dose and frequency come from the site's preference list item. What cannot be done so
 * stands on the card in words. A new order is offered only where no other inhibitor order would stand beside it.
 */
final class EpicDialect extends Dialect {

    static final String NAME = "epic";

    static final String PREFERENCE_LIST = "urn:com.epic.cdshooks.action.code.system.preference-list-item";
    private static final String RXNORM = "urn:oid:2.16.840.1.113883.6.88";
    private static final String NDC = "urn:oid:2.16.840.1.113883.6.69";

    /** Code systems of medication orderables that Epic takes, and the spelling that it takes. */
    private static final Map<String, String> SYSTEMS = Map.of(
            PREFERENCE_LIST,
            PREFERENCE_LIST,
            RXNORM,
            RXNORM,
            NDC,
            NDC,
            "http://www.nlm.nih.gov/research/umls/rxnorm",
            RXNORM,
            "http://hl7.org/fhir/sid/ndc",
            NDC);

    /** Where a tick for tests alone is pre-selected; elsewhere it stands beside what is advised. */
    private static final Set<AdviceKind> TESTS_ARE_THE_ADVICE = EnumSet.of(AdviceKind.ORDER_LABS, AdviceKind.MONITOR);

    private final Orderables orderables;

    EpicDialect(Orderables orderables) {
        for (Orderables.Dose dose : orderables.doses()) {
            if (!SYSTEMS.containsKey(dose.system())) {
                throw new IllegalArgumentException("Epic takes no medication in the code system " + dose.system()
                        + " (orderable " + dose.code() + "); it takes " + PREFERENCE_LIST + ", " + RXNORM + " and "
                        + NDC);
            }
        }
        this.orderables = orderables;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    String selectionBehavior() {
        return "any";
    }

    @Override
    List<CardSuggestions> offers(List<CardAdvice> cards, SuggestionWriter suggestions) {
        Answer answer = new Answer(orderables, suggestions);
        return cards.stream().map(answer::offer).toList();
    }

    /** The ticks of one answer: what one card offers is not offered again on the next. */
    private static final class Answer {

        private final Orderables orderables;
        private final SuggestionWriter suggestions;
        private final Set<Object> offered = new HashSet<>();
        private final Set<String> dosed = new HashSet<>();

        Answer(Orderables orderables, SuggestionWriter suggestions) {
            this.orderables = orderables;
            this.suggestions = suggestions;
        }

        CardSuggestions offer(CardAdvice card) {
            List<CardSuggestion> ticks = new ArrayList<>();
            List<String> byHand = new ArrayList<>();
            card.suggestions().stream()
                    .filter(suggestion -> suggestion.actions().stream().anyMatch(SuggestionWriter::isTreatment))
                    .findFirst()
                    .ifPresent(advised -> treatment(advised, ticks, byHand));
            labs(card, ticks, byHand);
            return new CardSuggestions(ticks, byHand);
        }

        private void treatment(Suggestion advised, List<CardSuggestion> ticks, List<String> byHand) {
            for (OrderAction action : advised.actions()) {
                if (action instanceof OrderAction.DeleteDraft delete) {
                    removal(delete, advised.recommended(), ticks, byHand);
                } else if (action instanceof OrderAction.ReviseDraft revise) {
                    replacement(revise, advised.recommended(), ticks, byHand);
                } else if (action instanceof OrderAction.CreateOrder create) {
                    order(create, advised.recommended(), ticks, byHand);
                } else if (SuggestionWriter.isTreatment(action)) {
                    byHand.add(suggestions.byHand(action, "byhand"));
                }
            }
        }

        private void removal(
                OrderAction.DeleteDraft delete, boolean ticked, List<CardSuggestion> ticks, List<String> byHand) {
            if (!OrderResources.isNamed(delete.draft())) {
                byHand.add(suggestions.byHand(delete, "byhand"));
            } else if (offered.add(delete)) {
                ticks.add(tick(
                        suggestions.label(delete), ticked, suggestions.deletion(delete, suggestions.inWords(delete))));
            } else {
                byHand.add(suggestions.byHand(delete, "byhand_elsewhere"));
            }
        }

        /** Two ticks for one change: the draft goes, an order in the other dose comes. Each names the other. */
        private void replacement(
                OrderAction.ReviseDraft revise, boolean ticked, List<CardSuggestion> ticks, List<String> byHand) {
            Optional<Orderables.Dose> orderable = orderables.of(revise.regimen());
            if (!suggestions.fitsTheProduct(revise)) {
                byHand.add(suggestions.byHand(revise, "byhand"));
            } else if (orderable.isEmpty()) {
                byHand.add(suggestions.byHand(revise, "byhand_unmapped"));
            } else if (!isSafeBesides(Optional.of(revise.draft()))) {
                byHand.add(suggestions.byHand(revise, "byhand_beside"));
            } else if (!dosed.isEmpty()) {
                byHand.add(suggestions.byHand(revise, "byhand_elsewhere"));
            } else {
                dosed.add(revise.draft());
                OrderAction.DeleteDraft delete = new OrderAction.DeleteDraft(revise.draft());
                OrderAction.CreateOrder create = new OrderAction.CreateOrder(revise.regimen(), Optional.empty());
                offered.add(delete);
                ticks.add(tick(
                        suggestions.label(delete),
                        ticked,
                        suggestions.deletion(
                                delete, suggestions.say("epic_delete_twin", words(revise, orderable.get())))));
                ticks.add(tick(
                        suggestions.label(create),
                        ticked,
                        suggestions.creation(
                                create,
                                coding(orderable.get()),
                                suggestions.say("epic_create_twin", words(revise, orderable.get())))));
            }
        }

        private void order(
                OrderAction.CreateOrder create, boolean ticked, List<CardSuggestion> ticks, List<String> byHand) {
            Optional<Orderables.Dose> orderable = orderables.of(create.regimen());
            if (orderable.isEmpty()) {
                byHand.add(suggestions.byHand(create, "byhand_unmapped"));
            } else if (!isSafeBesides(Optional.empty())) {
                byHand.add(suggestions.byHand(create, "byhand_beside"));
            } else if (!dosed.isEmpty()) {
                byHand.add(suggestions.byHand(create, "byhand_elsewhere"));
            } else {
                dosed.add("new");
                ticks.add(tick(
                        suggestions.label(create),
                        ticked,
                        suggestions.creation(
                                create,
                                coding(orderable.get()),
                                suggestions.say(
                                        "epic_create",
                                        Map.of(
                                                "what", suggestions.inWords(create),
                                                "item", orderable.get().display(),
                                                "regimen", suggestions.regimen(create.regimen()))))));
            }
        }

        private Map<String, Object> words(OrderAction.ReviseDraft revise, Orderables.Dose orderable) {
            return Map.of(
                    "medication", suggestions.draft(revise.draft()),
                    "full", suggestions.words(revise.regimen()).get("full"),
                    "regimen", suggestions.regimen(revise.regimen()),
                    "item", orderable.display());
        }

        /**
         * True where no inhibitor order stands beside a new one: none active, on hold or drafted but the draft that goes,
         * which must be known and replace none, since the order that it replaces would stand again.
         */
        private boolean isSafeBesides(Optional<String> goes) {
            List<Course> standing = suggestions.context().courses().stream()
                    .filter(course -> course.isOrder() && course.drug().isAromataseInhibitor())
                    .filter(course -> course.isDraft() || course.isActive() || course.state() == Course.State.ON_HOLD)
                    .toList();
            return goes.isEmpty()
                    ? standing.isEmpty()
                    : standing.size() == 1
                            && standing.get(0).isDraft()
                            && standing.get(0).reference().equals(goes.get())
                            && OrderResources.isNamed(goes.get());
        }

        private void labs(CardAdvice card, List<CardSuggestion> ticks, List<String> byHand) {
            Set<Recheck> seen = new HashSet<>();
            for (Suggestion suggestion : card.suggestions()) {
                for (OrderAction action : suggestion.actions()) {
                    if (action instanceof OrderAction.OrderLabs labs && seen.add(labs.recheck())) {
                        boolean ticked = TESTS_ARE_THE_ADVICE.contains(card.kind())
                                && card.suggestions().stream()
                                        .anyMatch(any -> any.recommended()
                                                && any.actions().contains(labs));
                        labs(labs.recheck(), ticked, ticks, byHand);
                    }
                }
            }
        }

        private void labs(Recheck recheck, boolean ticked, List<CardSuggestion> ticks, List<String> byHand) {
            List<LabTest> unmapped = new ArrayList<>();
            List<LabTest> elsewhere = new ArrayList<>();
            for (LabTest test : recheck.labs()) {
                Optional<Orderables.Test> orderable = orderables.of(test);
                if (orderable.isEmpty()) {
                    unmapped.add(test);
                } else if (offered.add(List.of(test, recheck.window()))) {
                    ObjectNode action = suggestions.request(test, recheck, coding(orderable.get()));
                    ticks.add(tick(action.path("description").asText(), ticked, action));
                } else {
                    elsewhere.add(test);
                }
            }
            inWords(unmapped, recheck, "byhand", byHand);
            inWords(elsewhere, recheck, "byhand_elsewhere", byHand);
        }

        private void inWords(List<LabTest> tests, Recheck recheck, String template, List<String> byHand) {
            if (!tests.isEmpty()) {
                byHand.add(suggestions.byHand(
                        new OrderAction.OrderLabs(
                                new Recheck(recheck.window(), tests, recheck.massSpectrometry(), recheck.trough())),
                        template));
            }
        }

        private static CardSuggestion tick(String label, boolean ticked, ObjectNode action) {
            return new CardSuggestion(label, ticked, List.of(action));
        }

        private static CardCodes.Coding coding(Orderables.Dose dose) {
            return new CardCodes.Coding(SYSTEMS.get(dose.system()), dose.code(), dose.display());
        }

        private static CardCodes.Coding coding(Orderables.Test test) {
            return new CardCodes.Coding(test.system(), test.code(), test.display());
        }
    }
}
