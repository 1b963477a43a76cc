package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.json.CardCodes;
import health.setpoint.card.json.JsonNodes;
import health.setpoint.card.text.Wording;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Regimen;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The suggestions of a card: a label for the button, and actions whose descriptions can be read on their own. */
public final class SuggestionWriter {

    private static final int NAMED_TESTS = 4;

    /** Rules whose card acts on drafts except where it cannot tell which of several orders is to stay. */
    private static final Set<RuleId> LEAVING_ONE = EnumSet.of(RuleId.R_10, RuleId.R_15);

    private final Wording wording;
    private final OrderResources orders;
    private final DraftedRequests drafted;
    private final ActionWords words;

    public SuggestionWriter(Wording wording, OrderResources orders, DraftedRequests drafted) {
        this.wording = wording;
        this.orders = orders;
        this.drafted = drafted;
        this.words = new ActionWords(wording, orders);
    }

    /** Every suggestion of a card as it stands. */
    CardSuggestions whole(CardAdvice card) {
        return limited(card, action -> true, suggestion -> true);
    }

    /**
     * The suggestions of a card with those actions only that an EHR carries out. What is left out of the advised one, which
     * is the first, is said in words. Another course is offered only whole, and only where something of the advised one is:
     * the second best must not be the only click.
     */
    CardSuggestions limited(CardAdvice card, Predicate<OrderAction> carriedOut, Predicate<Suggestion> offered) {
        if (card.suggestions().isEmpty()) {
            return new CardSuggestions(List.of(), List.of());
        }
        Suggestion advised = card.suggestions().get(0);
        List<OrderAction> kept = offered.test(advised) ? kept(advised, carriedOut) : List.of();
        boolean treats = kept.stream().anyMatch(SuggestionWriter::isTreatment)
                || advised.actions().stream().noneMatch(SuggestionWriter::isTreatment);
        List<CardSuggestion> choices = new ArrayList<>();
        List<OrderAction> clicked = new ArrayList<>();
        for (Suggestion suggestion : card.suggestions()) {
            boolean first = suggestion == advised;
            List<OrderAction> left = first ? kept : kept(suggestion, carriedOut);
            boolean whole = suggestion.actions().stream()
                    .filter(SuggestionWriter::isTreatment)
                    .allMatch(action -> treats && left.contains(action));
            if (!left.isEmpty() && (first || whole && offered.test(suggestion))) {
                clicked.addAll(left);
                choices.add(choice(new Suggestion(suggestion.option(), suggestion.recommended() && treats, left)));
            }
        }
        List<String> byHand = advised.actions().stream()
                .filter(action -> !clicked.contains(action))
                .map(action -> byHand(action, "byhand"))
                .toList();
        return new CardSuggestions(choices, byHand);
    }

    /** Why a card that is about a draft leaves it as it is, where no suggestion of the card acts on it. */
    public Optional<String> draftLeft(CardAdvice card, List<CardAdvice> answer) {
        return card.draft()
                .filter(draft -> context().hook().isOrderEntry() && !card.draftAgrees() && !actsOn(draft, card))
                .map(draft -> say("draft_left_" + whyLeft(draft, card, answer), Map.of()));
    }

    private String whyLeft(String draft, CardAdvice card, List<CardAdvice> answer) {
        if (answer.stream().anyMatch(other -> actsOn(draft, other))) {
            return "elsewhere";
        }
        if (card.kind() == AdviceKind.NOT_APPLICABLE) {
            return "outside";
        }
        if (anyCourse(course ->
                course.state() == Course.State.DRAFT_STOP && course.drug().isAromataseInhibitor())) {
            return "stop";
        }
        if (LEAVING_ONE.contains(card.primary().rule())) {
            return "duplicate";
        }
        if (card.kind() == AdviceKind.SAFETY) {
            return "weighed";
        }
        if (anyCourse(course ->
                course.drug() == Drug.TESTOSTERONE && course.reference().equals(draft))) {
            return "testosterone";
        }
        return card.restsOn(RuleId.R_16) ? "dose_unknown" : "no_rise";
    }

    private boolean anyCourse(Predicate<Course> matches) {
        return context().courses().stream().anyMatch(matches);
    }

    private static boolean actsOn(String draft, CardAdvice card) {
        return card.suggestions().stream()
                .flatMap(suggestion -> suggestion.actions().stream())
                .flatMap(action -> action.target().stream())
                .anyMatch(draft::equals);
    }

    private List<OrderAction> kept(Suggestion suggestion, Predicate<OrderAction> carriedOut) {
        return canBeAccepted(suggestion)
                ? suggestion.actions().stream().filter(carriedOut).toList()
                : List.of();
    }

    /** True for what touches a drug order, false for tests. */
    static boolean isTreatment(OrderAction action) {
        return !(action instanceof OrderAction.OrderLabs);
    }

    /**
     * An order that came without an id is known by its place in the request: it can be spoken of, not acted on. Nor is a
     * dose that is counted in tablets written into an order of another product.
     */
    private boolean canBeAccepted(Suggestion suggestion) {
        return suggestion.actions().stream()
                .allMatch(
                        action -> action.target().map(OrderResources::isNamed).orElse(true) && fitsTheProduct(action));
    }

    /** False for another dose of a product that is no 1 mg tablet. */
    boolean fitsTheProduct(OrderAction action) {
        boolean redoses = action instanceof OrderAction.ReviseDraft || action instanceof OrderAction.ReviseOrder;
        return !redoses || action.target().map(orders::isGivenByTablet).orElse(true);
    }

    public CardContext context() {
        return orders.context();
    }

    /** What an action does, for one who does it himself; {@code template} may say why. The options name tests and days. */
    String byHand(List<LabTest> some, String template) {
        return say(template, Map.of("what", words.byHand(some)));
    }

    String byHand(OrderAction action, String template) {
        return say(template, Map.of("what", words.byHand(action)));
    }

    /** {@code 0.5 mg twice weekly}. */
    String regimen(Regimen regimen) {
        return wording.regimen(regimen);
    }

    /** {@code regimen} and {@code full}, as templates want them. */
    Map<String, Object> words(Regimen regimen) {
        return Map.of("regimen", wording.regimen(regimen), "full", wording.full(regimen));
    }

    /** What an action does. */
    String inWords(OrderAction action) {
        return words.sentence(action);
    }

    private CardSuggestion choice(Suggestion suggestion) {
        List<ObjectNode> actions = suggestion.actions().stream()
                .flatMap(action -> action.match(new Actions()).stream())
                .toList();
        return new CardSuggestion(label(suggestion), suggestion.recommended(), actions);
    }

    private String label(Suggestion suggestion) {
        List<String> treatment = new ArrayList<>();
        List<Recheck> labs = new ArrayList<>();
        for (OrderAction action : suggestion.actions()) {
            if (action instanceof OrderAction.OrderLabs order) {
                labs.add(order.recheck());
            } else {
                treatment.add(label(action));
            }
        }
        if (treatment.isEmpty()) {
            return say(
                    "label_order_labs",
                    Map.of(
                            "labs", tests(labs.get(0)),
                            "when", wording.when(labs.get(0).window())));
        }
        String label = String.join("; ", treatment);
        return labs.isEmpty() ? label : say("label_with_labs", Map.of("label", label, "labs", tests(labs.get(0))));
    }

    /** A button has room for a few names; the actions name each test. */
    private String tests(Recheck recheck) {
        int count = recheck.labs().size();
        return count > NAMED_TESTS ? say("many_tests", Map.of("count", count)) : wording.labs(recheck);
    }

    /** What the button for one action says. */
    String label(OrderAction action) {
        return words.label(action);
    }

    /** The removal of a draft. */
    ObjectNode deletion(OrderAction.DeleteDraft delete, String description) {
        return action("delete", description).put("resourceId", delete.draft());
    }

    /** A new order by an entry of the site's own list. */
    ObjectNode creation(OrderAction.CreateOrder create, CardCodes.Coding orderable, String description) {
        return action("create", description, drafted.order(create, orderable));
    }

    /** A request for a test by an entry of the site's own list. */
    ObjectNode request(LabTest test, Recheck recheck, CardCodes.Coding orderable) {
        return action("create", request(test, recheck), drafted.request(test, recheck, orderable));
    }

    private String request(LabTest test, Recheck recheck) {
        return say(
                "action_order_lab",
                Map.of(
                        "lab", wording.lab(test, recheck.massSpectrometry()),
                        "when", wording.when(recheck.window())));
    }

    /** The medication of a draft as a clinician tells it from others. */
    String draft(String reference) {
        return words.draft(reference);
    }

    /** A draft in few words. */
    public String shortDraft(String reference) {
        return words.shortDraft(reference);
    }

    String say(String name, Map<String, Object> values) {
        return wording.texts().plain(name, values);
    }

    /** As actions of CDS Hooks: one, or one for each test. */
    private final class Actions implements OrderAction.Cases<List<ObjectNode>> {

        @Override
        public List<ObjectNode> deleteDraft(OrderAction.DeleteDraft delete) {
            return List.of(deletion(delete, inWords(delete)));
        }

        @Override
        public List<ObjectNode> reviseDraft(OrderAction.ReviseDraft revise) {
            return List.of(action("update", inWords(revise), orders.revised(revise.draft(), revise.regimen())));
        }

        @Override
        public List<ObjectNode> reviseOrder(OrderAction.ReviseOrder revise) {
            return List.of(action("update", inWords(revise), orders.revised(revise.order(), revise.regimen())));
        }

        @Override
        public List<ObjectNode> holdOrder(OrderAction.HoldOrder hold) {
            return List.of(action("update", inWords(hold), orders.held(hold.order())));
        }

        @Override
        public List<ObjectNode> stopOrder(OrderAction.StopOrder stop) {
            return List.of(action("update", inWords(stop), orders.stopped(stop.order())));
        }

        @Override
        public List<ObjectNode> createOrder(OrderAction.CreateOrder create) {
            return List.of(action("create", inWords(create), drafted.order(create)));
        }

        @Override
        public List<ObjectNode> orderLabs(OrderAction.OrderLabs labs) {
            Recheck recheck = labs.recheck();
            return recheck.labs().stream()
                    .map(test -> action("create", request(test, recheck), drafted.request(test, recheck)))
                    .toList();
        }
    }

    private static ObjectNode action(String type, String description) {
        return JsonNodes.object().put("type", type).put("description", description);
    }

    private static ObjectNode action(String type, String description, ObjectNode resource) {
        ObjectNode action = action(type, description);
        action.set("resource", resource);
        return action;
    }
}
