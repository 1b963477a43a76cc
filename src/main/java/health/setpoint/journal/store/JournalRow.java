package health.setpoint.journal.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import health.setpoint.journal.AnsweredCard;
import health.setpoint.journal.Decision;
import health.setpoint.journal.Feedback;
import health.setpoint.journal.JournalBody;
import health.setpoint.journal.Pseudonyms;
import health.setpoint.journal.RecordJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is written: rows of the store, complete and free of names. */
public sealed interface JournalRow {

    /**
     * A decision.
     *
     * @param facts the facts as JSON
     * @param advice the advice as JSON
     * @param prefetch states by key as JSON
     * @param timings microseconds by stage as JSON
     */
    record OfDecision(
            String id,
            String hookInstance,
            String client,
            String service,
            String hook,
            String requestId,
            Instant at,
            int status,
            boolean silent,
            String patient,
            String clinician,
            Optional<String> knowledgeVersion,
            Optional<String> knowledgeHash,
            Optional<String> facts,
            Optional<String> advice,
            String prefetch,
            String timings,
            List<Card> cards)
            implements JournalRow {

        public OfDecision {
            cards = List.copyOf(cards);
        }

        /** What is JSON itself, in the order of the components. */
        List<String> texts() {
            var texts = new ArrayList<String>();
            facts.ifPresent(texts::add);
            advice.ifPresent(texts::add);
            texts.add(prefetch);
            texts.add(timings);
            cards.forEach(card -> texts.add(card.json()));
            return texts;
        }

        /** What is kept in the body. */
        JournalBody.Texts bodyTexts() {
            return new JournalBody.Texts(
                    facts,
                    advice,
                    prefetch,
                    timings,
                    cards.stream().map(Card::json).toList());
        }

        /** The same with empty texts. */
        OfDecision bare() {
            return with(Collections.nCopies(texts().size(), ""));
        }

        /** The same with other texts, as many as it has. */
        OfDecision with(List<String> texts) {
            var next = texts.iterator();
            return new OfDecision(
                    id,
                    hookInstance,
                    client,
                    service,
                    hook,
                    requestId,
                    at,
                    status,
                    silent,
                    patient,
                    clinician,
                    knowledgeVersion,
                    knowledgeHash,
                    facts.map(any -> next.next()),
                    advice.map(any -> next.next()),
                    next.next(),
                    next.next(),
                    cards.stream().map(card -> card.with(next.next())).toList());
        }
    }

    /** A card of a decision; {@code json} is the card without the resources of its suggestions. */
    record Card(String uuid, int place, String rule, String advice, String indicator, String json) {

        Card with(String text) {
            return new Card(uuid, place, rule, advice, indicator, text);
        }
    }

    /** Feedback; the id is taken from the content, so that the same event has the same id. */
    record OfFeedback(
            String id,
            String client,
            String service,
            String card,
            String outcome,
            String suggestions,
            Optional<String> reasonCode,
            Optional<String> reasonSystem,
            Optional<String> comment,
            Instant at,
            Instant received)
            implements JournalRow {}

    /** A decision as rows. */
    static OfDecision of(Decision decision, Pseudonyms pseudonyms) {
        var call = decision.call();
        return new OfDecision(
                decision.id().toString(),
                column(call.hookInstance(), 256),
                column(call.client(), 100),
                column(call.service(), 100),
                call.hook().word(),
                column(call.requestId(), 64),
                decision.at().truncatedTo(ChronoUnit.MICROS),
                decision.status(),
                decision.silent(),
                pseudonyms.of("patient", decision.patientId()),
                pseudonyms.of("user", decision.userId()),
                decision.knowledge().map(Decision.KnowledgeUsed::version),
                decision.knowledge().map(Decision.KnowledgeUsed::hash),
                decision.facts().map(RecordJson::write),
                decision.advice().map(RecordJson::write),
                words(decision.prefetch()),
                micros(decision),
                cards(decision.cards()));
    }

    private static List<Card> cards(List<AnsweredCard> cards) {
        List<Card> rows = new ArrayList<>();
        for (var card : cards) {
            rows.add(new Card(
                    column(card.uuid(), 64),
                    rows.size(),
                    card.rule().id(),
                    card.advice().word(),
                    card.indicator().word(),
                    KeptCard.json(card.json())));
        }
        return rows;
    }

    private static String words(Map<String, String> map) {
        var json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(map).forEach(json::put);
        return json.toString();
    }

    private static String micros(Decision decision) {
        var json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(decision.timings()).forEach((stage, time) -> json.put(stage, time.toNanos() / 1000));
        return json.toString();
    }

    /** Feedback as a row. */
    static OfFeedback of(Feedback feedback, Instant received) {
        var suggestions = JsonNodeFactory.instance.arrayNode();
        feedback.suggestions().stream().sorted().forEach(suggestions::add);
        var identity = JsonNodeFactory.instance
                .arrayNode()
                .add(feedback.client())
                .add(feedback.card())
                .add(feedback.outcome().name())
                .add(feedback.at().toString())
                .add(suggestions);
        feedback.reasonCode().ifPresent(identity::add);
        return new OfFeedback(
                sha256(identity.toString()),
                column(feedback.client(), 100),
                column(feedback.service(), 100),
                column(feedback.card(), 256),
                feedback.outcome().name().toLowerCase(Locale.ROOT),
                suggestions.toString(),
                feedback.reasonCode().map(code -> column(code, 512)),
                feedback.reasonSystem().map(system -> column(system, 512)),
                feedback.comment().map(comment -> column(comment, 2000)),
                feedback.at().truncatedTo(ChronoUnit.MICROS),
                received.truncatedTo(ChronoUnit.MICROS));
    }

    /** PostgreSQL keeps no NUL, and a column is only so wide. */
    private static String column(String text, int longest) {
        var clean = text.replace('\0', ' ');
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}
