package health.setpoint.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Input;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Writes advice as CDS Hooks cards, for the reader and for machines. Immutable; one for the whole service. */
public final class CardWriter {

    private final Knowledge knowledge;
    private final String sourceAttributes;
    private final Texts texts;
    private final CardCodes codes;
    private final OrderedProduct product;
    private final EncodedShapes shapes = new EncodedShapes();
    private final NavigableMap<LocalDate, Standing> days = new TreeMap<>();

    /**
     * Cards for every client; each call says in which style. {@code publicBase} is the absolute URL under which clients
     * reach the service.
     *
     * @throws IllegalArgumentException where the base is not absolute
     * @throws IllegalStateException where a card text or code is missing
     */
    public CardWriter(Knowledge knowledge, URI publicBase) {
        this(knowledge, publicBase, SignOff.NONE);
    }

    /** The same, saying who has signed the knowledge. */
    public CardWriter(Knowledge knowledge, URI publicBase, SignOff signOff) {
        if (!publicBase.isAbsolute()) {
            throw new IllegalArgumentException("the public base must be an absolute URL: " + publicBase);
        }
        this.knowledge = knowledge;
        this.sourceAttributes = publicBase.toString().replaceAll("/+$", "") + "/dsi/source-attributes";
        this.texts = Texts.load();
        this.codes = CardCodes.load();
        this.product = new OrderedProduct(knowledge.terminology());
        knowledge.changes().forEach(day -> days.put(day, standing(day, signOff)));
    }

    /** The cards in the order of the advice, under the knowledge of the day without site choices. */
    public List<WrittenCard> write(Advice advice, CardContext context) {
        return write(advice, context, knowledge.on(context.today()));
    }

    /** The cards in the order of the advice, under the policy that gave it. */
    public List<WrittenCard> write(Advice advice, CardContext context, Policy policy) {
        Wording wording = new Wording(texts, policy, context.today(), advice.injected());
        SuggestionWriter suggestions = suggestions(context, wording);
        CardText text = text(advice, context, wording, suggestions);
        List<CardSuggestions> offers = context.style().dialect().offers(advice.cards(), suggestions);
        List<WrittenCard> cards = new ArrayList<>();
        for (CardAdvice card : advice.cards()) {
            CardSuggestions offer = offers.get(cards.size()).andByHand(suggestions.draftLeft(card, advice.cards()));
            cards.add(card(card, cards.size(), context, policy, text, offer));
        }
        return List.copyOf(cards);
    }

    /** The cards at length, for a page: what each rule saw and why that matters. */
    public List<ExplainedCard> explain(Advice advice, Facts facts, Policy policy) {
        CardContext context = new CardContext(
                facts.hook(), "", "", "", "", facts.today(), Map.of(), facts.courses(), CardStyle.STANDARD);
        Wording wording = new Wording(texts, policy, context.today(), advice.injected());
        CardText text = text(advice, context, wording, suggestions(context, wording));
        return advice.cards().stream().map(text::explained).toList();
    }

    /** Results as cards show them, as reported and as compared, with day and method; plain text. */
    public List<String> results(Facts facts, Policy policy) {
        ResultText results = new ResultText(new Wording(texts, policy, facts.today(), false));
        return facts.labs().stream()
                .map(result -> results.phrase(new Input(result, true)))
                .toList();
    }

    private SuggestionWriter suggestions(CardContext context, Wording wording) {
        DraftedRequests drafted = new DraftedRequests(codes, knowledge.terminology(), shapes, wording, context);
        return new SuggestionWriter(wording, new OrderResources(drafted, product, wording, context), drafted);
    }

    private CardText text(Advice advice, CardContext context, Wording wording, SuggestionWriter suggestions) {
        Standing standing = of(context.today());
        return new CardText(wording, standing.evidence(), standing.signed(), suggestions, advice);
    }

    /** What the numbers of a day rest on, and who signed them; the same for every patient of that day. */
    private record Standing(EvidenceLines evidence, String signed) {}

    private Standing standing(LocalDate day, SignOff signOff) {
        return new Standing(
                new EvidenceLines(texts, knowledge.evidence(), day),
                SignatureLine.of(texts, signOff.on(knowledge, day)));
    }

    /** A day before the knowledge begins has its first. */
    private Standing of(LocalDate day) {
        Map.Entry<LocalDate, Standing> since = days.floorEntry(day);
        return (since == null ? days.firstEntry() : since).getValue();
    }

    private WrittenCard card(
            CardAdvice card, int place, CardContext context, Policy policy, CardText text, CardSuggestions offer) {
        List<CardSuggestion> choices = offer.choices();
        String rule = card.primary().rule().id();
        CardText.Written written = text.of(card, offer.byHand());
        ObjectNode json = JsonNodes.object();
        UUID namespace = StableUuid.namespace(context.client());
        String uuid = StableUuid.of(namespace, context.hookInstance(), rule, String.valueOf(place));
        json.put("uuid", uuid);
        json.put("summary", written.summary());
        json.put("indicator", card.indicator().word());
        json.put("detail", written.detail());
        json.set("source", source(card));
        if (card.indicator() != Indicator.INFO || !choices.isEmpty()) {
            json.set("overrideReasons", context.style().overrideReasons().json());
        }
        if (!choices.isEmpty()) {
            json.put("selectionBehavior", context.style().dialect().selectionBehavior());
            ArrayNode suggestions = json.putArray("suggestions");
            for (CardSuggestion choice : choices) {
                String order = place + "/" + (suggestions.size() + 1);
                suggestions.add(suggestion(choice, StableUuid.of(namespace, context.hookInstance(), rule, order)));
            }
        }
        links(context.links()).ifPresent(links -> json.set("links", links));
        json.putObject("extension").set(AdviceExtension.NAME, AdviceExtension.of(card, policy));
        return new WrittenCard(uuid, card, json);
    }

    private Optional<ArrayNode> links(CardLinks to) {
        ArrayNode links = JsonNodes.object().arrayNode();
        to.page().ifPresent(page -> link(links, "link_label", page, "absolute"));
        to.app().ifPresent(app -> link(links, "app_link_label", app.launch(), "smart")
                .put("appContext", app.context()));
        return links.isEmpty() ? Optional.empty() : Optional.of(links);
    }

    private ObjectNode link(ArrayNode links, String label, URI url, String type) {
        return links.addObject()
                .put("label", texts.plain(label, Map.of()))
                .put("url", url.toString())
                .put("type", type);
    }

    private ObjectNode source(CardAdvice card) {
        ObjectNode source = JsonNodes.object().put("label", codes.sourceLabel()).put("url", sourceAttributes);
        source.set("topic", codes.topic(card.primary().rule()).json());
        return source;
    }

    private static ObjectNode suggestion(CardSuggestion choice, String uuid) {
        ObjectNode json = JsonNodes.object().put("label", choice.label()).put("uuid", uuid);
        if (choice.recommended()) {
            json.put("isRecommended", true);
        }
        ArrayNode actions = json.putArray("actions");
        choice.actions().forEach(actions::add);
        return json;
    }
}
