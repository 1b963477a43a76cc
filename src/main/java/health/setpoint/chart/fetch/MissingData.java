package health.setpoint.chart.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Where the data of a prefetch key can be had that the EHR did not send. One object serves one request. */
@FunctionalInterface
public interface MissingData {

    /** Nothing can be fetched: the request names no FHIR server, or may not use it. */
    MissingData NOWHERE = needs -> Map.of();

    /**
     * Asks for all needs at once, so that they can be fetched in parallel under one deadline. A need without an answer
     * was not asked for. Never throws.
     */
    Map<Need, Answer> ask(List<Need> needs);

    /**
     * One query.
     *
     * @param name the prefetch key, or the reference of a single resource
     * @param url relative to the FHIR base, or the absolute {@code next} link that the EHR gave
     */
    record Need(String name, String url) {}

    /** What came of a query. */
    sealed interface Answer {

        /** Does what fits this answer: a further kind does not compile until everybody has a word for it. */
        void match(Consumer<Found> found, Consumer<NotAsked> notAsked, Consumer<Failed> failed);

        /** The pages that came; none where the query was not met. */
        default List<JsonNode> pages() {
            return List.of();
        }

        /**
         * The server answered.
         *
         * @param pages a resource, or the pages of a search; where the last page still has a {@code next} link, the
         *     search was cut short
         */
        record Found(List<JsonNode> pages) implements Answer {
            public Found {
                pages = List.copyOf(pages);
            }

            @Override
            public void match(Consumer<Found> found, Consumer<NotAsked> notAsked, Consumer<Failed> failed) {
                found.accept(this);
            }
        }

        /**
         * Nobody was asked.
         *
         * @param why for an integration engineer, for instance that the server is not on the client's list
         */
        record NotAsked(String why) implements Answer {
            @Override
            public void match(Consumer<Found> found, Consumer<NotAsked> notAsked, Consumer<Failed> failed) {
                notAsked.accept(this);
            }
        }

        /**
         * The server did not give it.
         *
         * @param why short and without token, address or data of the patient
         */
        record Failed(String why) implements Answer {
            @Override
            public void match(Consumer<Found> found, Consumer<NotAsked> notAsked, Consumer<Failed> failed) {
                failed.accept(this);
            }
        }
    }
}
