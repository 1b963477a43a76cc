package health.setpoint.http.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Request bodies as JSON trees: decimals exact, depth and number size bounded, nothing ambiguous let through. */
public final class RequestJson {

    /** Levels of nesting that a body may have; FHIR resources in a Bundle stay below 40. */
    public static final int DEEPEST = 200;

    /** Names, values and brackets; a body of 4 MB with resources has 350,000, one of empty objects millions. */
    static final long MOST_TOKENS = 500_000;

    private static final int LONGEST_NUMBER = 100;
    private static final int LARGEST_EXPONENT = 100;

    private static final JsonMapper EXACT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(LONGEST_NUMBER)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    // No piece of the body in an exception's message.
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            // A lab value that stands twice in one object would be a guess.
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .nodeFactory(new BoundedNumbers())
            .build();
    private static final ObjectReader TREES = EXACT.readerFor(JsonNode.class);

    private RequestJson() {}

    /** What reads JSON as a request is read; for answers of the EHR's FHIR server. */
    public static JsonMapper exact() {
        return EXACT;
    }

    /**
     * The body as a JSON object.
     *
     * @throws RequestException 400 where it is empty, no JSON, no object, ambiguous, or out of bounds
     */
    public static ObjectNode object(byte[] body) {
        return object(new ByteArrayInputStream(body));
    }

    /** The same of a body while it comes; read to its end where it is an object. */
    public static ObjectNode object(InputStream body) {
        return object(body, tokens -> {});
    }

    /** The same; who asks is told how to count the tokens that were read so far. */
    static ObjectNode object(InputStream body, Consumer<LongSupplier> counted) {
        JsonNode tree;
        try (var parser = TREES.createParser(body)) {
            counted.accept(parser::currentTokenCount);
            tree = TREES.readTree(parser);
        } catch (StreamConstraintsException tooMuch) {
            throw malformed("The JSON is nested deeper than " + DEEPEST + " levels, or holds a number of more than "
                    + LONGEST_NUMBER + " digits or an exponent beyond " + LARGEST_EXPONENT + ", or has more than "
                    + MOST_TOKENS + " names, values and brackets" + place(tooMuch) + ".");
        } catch (JsonEOFException cut) {
            throw malformed("The JSON ends too early" + place(cut) + ": the body is cut off or a bracket is missing.");
        } catch (MismatchedInputException twice) {
            throw malformed("A member stands twice in one JSON object, or something follows the JSON object"
                    + place(twice) + ".");
        } catch (JsonProcessingException broken) {
            throw malformed("The body is not valid JSON" + place(broken) + ".");
        } catch (NumberFormatException absurd) {
            throw malformed("A number has an exponent beyond " + LARGEST_EXPONENT + ".");
        } catch (IOException broken) {
            throw malformed("The body is not valid JSON in UTF-8.");
        }
        if (tree instanceof ObjectNode object) {
            return object;
        }
        throw malformed(
                tree == null || tree.isMissingNode()
                        ? "The body is empty: send the request as a JSON object."
                        : "The body is not a JSON object.");
    }

    /** A tree as it goes over the wire. */
    public static byte[] bytes(JsonNode tree) {
        try {
            return EXACT.writeValueAsBytes(tree);
        } catch (JsonProcessingException never) {
            throw new UncheckedIOException(never);
        }
    }

    private static RequestException malformed(String text) {
        return new RequestException(400, Issue.of(Issue.Kind.STRUCTURE, text));
    }

    private static String place(JsonProcessingException fault) {
        var at = fault.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    /** Exact decimals, and no number whose plain form would fill the memory. */
    private static final class BoundedNumbers extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;
        // Most arrays of FHIR have one entry: codings, identifiers, dosages.
        private static final int USUAL_ENTRIES = 2;

        @Override
        public ObjectNode objectNode() {
            return new ObjectNode(this, new SmallObjectMap());
        }

        @Override
        public ArrayNode arrayNode() {
            return arrayNode(USUAL_ENTRIES);
        }

        @Override
        public ValueNode numberNode(BigDecimal number) {
            if (number != null && Math.abs((long) number.precision() - number.scale()) > LARGEST_EXPONENT) {
                throw malformed("A number has an exponent beyond " + LARGEST_EXPONENT + ".");
            }
            return super.numberNode(number);
        }
    }
}
