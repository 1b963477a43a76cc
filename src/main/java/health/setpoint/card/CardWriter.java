package health.setpoint.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.explanation.CardText;
import health.setpoint.card.explanation.ExplainedCard;
import health.setpoint.card.json.CardCodes;
import health.setpoint.card.json.EncodedShapes;
import health.setpoint.card.json.JsonNodes;
import health.setpoint.card.json.StableUuid;
import health.setpoint.card.suggestion.CardContext;
import health.setpoint.card.suggestion.CardLinks;
import health.setpoint.card.suggestion.CardStyle;
import health.setpoint.card.suggestion.CardSuggestion;
import health.setpoint.card.suggestion.CardSuggestions;
import health.setpoint.card.suggestion.DraftedRequests;
import health.setpoint.card.suggestion.OrderResources;
import health.setpoint.card.suggestion.OrderedProduct;
import health.setpoint.card.suggestion.SuggestionWriter;
import health.setpoint.card.text.DrugWords;
import health.setpoint.card.text.EvidenceLines;
import health.setpoint.card.text.ResultText;
import health.setpoint.card.text.SignatureLine;
import health.setpoint.card.text.Texts;
import health.setpoint.card.text.Wording;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes advice as CDS Hooks cards, for the reader and for machines. Immutable; one for the whole service. */
public final class CardWriter {

    private final Knowledge knowledge;
    private final String sourceAttributes;
    private final Texts english;
    private final Map<String, Texts> languages;
    private final CardCodes codes;
    private final OrderedProduct product;
    private final EncodedShapes shapes = new EncodedShapes();
    private final Map<String, NavigableMap<LocalDate, Standing>> days = new HashMap<>();

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
        List<Texts> all = Texts.all();
        this.english = all.get(0);
        this.languages = all.stream().collect(Collectors.toUnmodifiableMap(Texts::language, Function.identity()));
        this.codes = CardCodes.load();
        this.product = new OrderedProduct(knowledge.terminology());
        for (Texts texts : all) {
            NavigableMap<LocalDate, Standing> ofLanguage = new TreeMap<>();
            knowledge.changes().forEach(day -> ofLanguage.put(day, standing(texts, day, signOff)));
            days.put(texts.language(), ofLanguage);
        }
    }

    /** The cards in the order of the advice, under the knowledge of the day without site choices. */
    public List<WrittenCard> write(Advice advice, CardContext context) {
        return write(advice, context, knowledge.on(context.today()));
    }

    /** The cards in the order of the advice, under the policy that gave it. */
    public List<WrittenCard> write(Advice advice, CardContext context, Policy policy) {
        Pen usual = pen(english, advice, context, policy);
        Texts own = languages.get(context.style().language());
        Pen pen = own == english ? usual : pen(own, advice, context, policy);
        List<WrittenCard> cards = new ArrayList<>();
        for (CardAdvice card : advice.cards()) {
            // A card is of one language: what lacks a sentence in its own is written in English.
            Pen chosen = own.speaks(card) ? pen : usual;
            cards.add(card(card, cards.size(), context, policy, chosen, advice));
        }
        return List.copyOf(cards);
    }

    /** What writes the cards of one answer in one language. */
    private record Pen(Texts texts, CardText text, SuggestionWriter suggestions, List<CardSuggestions> offers) {}

    private Pen pen(Texts texts, Advice advice, CardContext context, Policy policy) {
        Wording wording = new Wording(texts, policy, context.today(), advice.injected());
        SuggestionWriter suggestions = suggestions(context, wording);
        return new Pen(
                texts,
                text(advice, context, wording, suggestions),
                suggestions,
                context.style().dialect().offers(advice.cards(), suggestions));
    }

    /** The cards at length, for a page: what each rule saw and why that matters. */
    public List<ExplainedCard> explain(Advice advice, Facts facts, Policy policy) {
        CardContext context = new CardContext(
                facts.hook(), "", "", "", "", facts.today(), Map.of(), facts.courses(), CardStyle.STANDARD);
        Wording wording = new Wording(english, policy, context.today(), advice.injected());
        CardText text = text(advice, context, wording, suggestions(context, wording));
        return advice.cards().stream().map(text::explained).toList();
    }

    /** Results as cards show them, as reported and as compared, with day and method; plain text. */
    public List<String> results(Facts facts, Policy policy) {
        ResultText results = new ResultText(new Wording(english, policy, facts.today(), false));
        return facts.labs().stream()
                .map(result -> results.phrase(new Input(result, true)))
                .toList();
    }

    /** Tests by their words, as cards name them. */
    public String tests(List<String> words) {
        return words.stream()
                .map(word -> english.plain("lab_" + word.replace('-', '_'), Map.of()))
                .collect(Collectors.joining(", "));
    }

    private SuggestionWriter suggestions(CardContext context, Wording wording) {
        DraftedRequests drafted = new DraftedRequests(codes, knowledge.terminology(), shapes, wording, context);
        return new SuggestionWriter(wording, new OrderResources(drafted, product, wording, context), drafted);
    }

    private CardText text(Advice advice, CardContext context, Wording wording, SuggestionWriter suggestions) {
        Standing standing = of(wording.texts(), context.today());
        return new CardText(wording, standing.drugs(), standing.evidence(), standing.signed(), suggestions, advice);
    }

    /** Words of drugs, what the numbers of a day rest on, and who signed them; the same for every patient of that day. */
    private record Standing(DrugWords drugs, EvidenceLines evidence, String signed) {}

    private Standing standing(Texts texts, LocalDate day, SignOff signOff) {
        return new Standing(
                new DrugWords(texts),
                new EvidenceLines(texts, knowledge.evidence(), day),
                SignatureLine.of(texts, signOff.on(knowledge, day)));
    }

    /** A day before the knowledge begins has its first. */
    private Standing of(Texts texts, LocalDate day) {
        NavigableMap<LocalDate, Standing> ofLanguage = days.get(texts.language());
        Map.Entry<LocalDate, Standing> since = ofLanguage.floorEntry(day);
        return (since == null ? ofLanguage.firstEntry() : since).getValue();
    }

    private WrittenCard card(CardAdvice card, int place, CardContext context, Policy policy, Pen pen, Advice advice) {
        CardSuggestions offer =
                pen.offers().get(place).andByHand(pen.suggestions().draftLeft(card, advice.cards()));
        List<CardSuggestion> choices = offer.choices();
        String rule = card.primary().rule().id();
        CardText.Written written = pen.text().of(card, offer.byHand());
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
        links(pen.texts(), context.links()).ifPresent(links -> json.set("links", links));
        json.putObject("extension").set(AdviceExtension.NAME, AdviceExtension.of(card, policy));
        return new WrittenCard(uuid, card, json);
    }

    private static Optional<ArrayNode> links(Texts texts, CardLinks to) {
        ArrayNode links = JsonNodes.object().arrayNode();
        to.page().ifPresent(page -> link(links, texts.plain("link_label", Map.of()), page, "absolute"));
        to.app().ifPresent(app -> link(links, texts.plain("app_link_label", Map.of()), app.launch(), "smart")
                .put("appContext", app.context()));
        return links.isEmpty() ? Optional.empty() : Optional.of(links);
    }

    private static ObjectNode link(ArrayNode links, String label, URI url, String type) {
        return links.addObject().put("label", label).put("url", url.toString()).put("type", type);
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
