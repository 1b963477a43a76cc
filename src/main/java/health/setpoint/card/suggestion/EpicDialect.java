package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.json.CardCodes;
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
    public String selectionBehavior() {
        return "any";
    }

    @Override
    public List<CardSuggestions> offers(List<CardAdvice> cards, SuggestionWriter suggestions) {
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
            CardSuggestions offer = card.suggestions().stream()
                    .filter(suggestion -> suggestion.actions().stream().anyMatch(SuggestionWriter::isTreatment))
                    .findFirst()
                    .map(this::treatment)
                    .orElseGet(CardSuggestions::none);
            return offer.and(labs(card));
        }

        private CardSuggestions treatment(Suggestion advised) {
            Treatment treatment = new Treatment(advised.recommended());
            CardSuggestions all = CardSuggestions.none();
            for (OrderAction action : advised.actions()) {
                all = all.and(action.match(treatment));
            }
            return all;
        }

        /** What Epic makes of each action; tests have ticks of their own. */
        private final class Treatment implements OrderAction.Cases<CardSuggestions> {

            private final boolean ticked;

            Treatment(boolean ticked) {
                this.ticked = ticked;
            }

            @Override
            public CardSuggestions deleteDraft(OrderAction.DeleteDraft delete) {
                if (!OrderResources.isNamed(delete.draft())) {
                    return byHand(delete, "byhand");
                }
                return offered.add(delete)
                        ? CardSuggestions.of(tick(
                                suggestions.label(delete),
                                ticked,
                                suggestions.deletion(delete, suggestions.inWords(delete))))
                        : byHand(delete, "byhand_elsewhere");
            }

            /** Two ticks for one change: the draft goes, an order in the other dose comes. Each names the other. */
            @Override
            public CardSuggestions reviseDraft(OrderAction.ReviseDraft revise) {
                Optional<Orderables.Dose> orderable = orderables.of(revise.regimen());
                if (!suggestions.fitsTheProduct(revise)) {
                    return byHand(revise, "byhand");
                }
                if (orderable.isEmpty()) {
                    return byHand(revise, "byhand_unmapped");
                }
                if (!isSafeBesides(Optional.of(revise.draft()))) {
                    return byHand(revise, "byhand_beside");
                }
                if (!dosed.isEmpty()) {
                    return byHand(revise, "byhand_elsewhere");
                }
                dosed.add(revise.draft());
                OrderAction.DeleteDraft delete = new OrderAction.DeleteDraft(revise.draft());
                OrderAction.CreateOrder create = new OrderAction.CreateOrder(revise.regimen(), Optional.empty());
                offered.add(delete);
                Map<String, Object> words = words(revise, orderable.get());
                return CardSuggestions.of(
                        tick(
                                suggestions.label(delete),
                                ticked,
                                suggestions.deletion(delete, suggestions.say("epic_delete_twin", words))),
                        tick(
                                suggestions.label(create),
                                ticked,
                                suggestions.creation(
                                        create, coding(orderable.get()), suggestions.say("epic_create_twin", words))));
            }

            @Override
            public CardSuggestions reviseOrder(OrderAction.ReviseOrder revise) {
                return byHand(revise, "byhand");
            }

            @Override
            public CardSuggestions holdOrder(OrderAction.HoldOrder hold) {
                return byHand(hold, "byhand");
            }

            @Override
            public CardSuggestions stopOrder(OrderAction.StopOrder stop) {
                return byHand(stop, "byhand");
            }

            @Override
            public CardSuggestions createOrder(OrderAction.CreateOrder create) {
                Optional<Orderables.Dose> orderable = orderables.of(create.regimen());
                if (orderable.isEmpty()) {
                    return byHand(create, "byhand_unmapped");
                }
                if (!isSafeBesides(Optional.empty())) {
                    return byHand(create, "byhand_beside");
                }
                if (!dosed.isEmpty()) {
                    return byHand(create, "byhand_elsewhere");
                }
                dosed.add("new");
                String description = suggestions.say(
                        "epic_create",
                        Map.of(
                                "what", suggestions.inWords(create),
                                "item", orderable.get().display(),
                                "regimen", suggestions.regimen(create.regimen())));
                return CardSuggestions.of(tick(
                        suggestions.label(create),
                        ticked,
                        suggestions.creation(create, coding(orderable.get()), description)));
            }

            @Override
            public CardSuggestions orderLabs(OrderAction.OrderLabs labs) {
                return CardSuggestions.none();
            }
        }

        private CardSuggestions byHand(OrderAction action, String template) {
            return CardSuggestions.byHand(suggestions.byHand(action, template));
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

        private CardSuggestions labs(CardAdvice card) {
            CardSuggestions all = CardSuggestions.none();
            Set<Recheck> seen = new HashSet<>();
            for (Suggestion suggestion : card.suggestions()) {
                for (OrderAction action : suggestion.actions()) {
                    if (action instanceof OrderAction.OrderLabs labs && seen.add(labs.recheck())) {
                        boolean ticked = TESTS_ARE_THE_ADVICE.contains(card.kind())
                                && card.suggestions().stream()
                                        .anyMatch(any -> any.recommended()
                                                && any.actions().contains(labs));
                        all = all.and(labs(labs.recheck(), ticked));
                    }
                }
            }
            return all;
        }

        private CardSuggestions labs(Recheck recheck, boolean ticked) {
            List<CardSuggestion> ticks = new ArrayList<>();
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
            return new CardSuggestions(ticks, List.of())
                    .and(inWords(unmapped, recheck, "byhand"))
                    .and(inWords(elsewhere, recheck, "byhand_elsewhere"));
        }

        private CardSuggestions inWords(List<LabTest> tests, Recheck recheck, String template) {
            if (tests.size() < recheck.labs().size() && !tests.isEmpty()) {
                return CardSuggestions.byHand(suggestions.byHand(tests, template));
            }
            return tests.isEmpty()
                    ? CardSuggestions.none()
                    : byHand(
                            new OrderAction.OrderLabs(
                                    new Recheck(recheck.window(), tests, recheck.massSpectrometry(), recheck.trough())),
                            template);
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
