package health.setpoint.chart.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;

/** Lenient access to a JSON tree: an absent member, a null or a wrong type is an empty answer, not an exception. */
public final class FhirJson {

    /** Members of a resource that are lists have a handful of elements, a long questionnaire some hundred. */
    static final int MOST_ELEMENTS = 1000;

    private static final int LONGEST_NUMBER = 40;
    private static final Pattern NUMBER = Pattern.compile("-?\\d*\\.?\\d+");

    private FhirJson() {}

    /** A non-blank string member, trimmed. */
    public static Optional<String> text(JsonNode node, String member) {
        return textOf(node.path(member));
    }

    /** A non-blank string, trimmed; an array gives its first one. */
    static Optional<String> textOf(JsonNode value) {
        if (value.isTextual()) {
            var text = value.textValue().strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        if (value.isArray() && !value.isEmpty()) {
            return value.get(0).isTextual() ? textOf(value.get(0)) : Optional.empty();
        }
        return Optional.empty();
    }

    /**
     * Every string of a member that is a string or an array of them.
     *
     * @throws TooMany where it has more than any record has
     */
    public static List<String> texts(JsonNode node, String member) {
        var value = node.path(member);
        var found = new ArrayList<String>();
        if (value instanceof ArrayNode array) {
            if (array.size() > MOST_ELEMENTS) {
                throw new TooManyElements(member);
            }
            array.forEach(each -> textOf(each).ifPresent(found::add));
        } else {
            textOf(value).ifPresent(found::add);
        }
        return found;
    }

    /**
     * The objects of a member, whether it is an array, as it should be, or a single object.
     *
     * @throws TooMany where it has more than any record has
     * @throws CancellationException where the thread was interrupted: whoever reads a chart comes by here
     */
    public static List<ObjectNode> objects(JsonNode node, String member) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the reading was interrupted");
        }
        var value = node.path(member);
        if (value.isArray() && value.size() > MOST_ELEMENTS) {
            throw new TooManyElements(member);
        }
        return objects(value);
    }

    /** The same of what is not a record of a patient. */
    public static List<ObjectNode> allObjects(JsonNode node, String member) {
        return objects(node.path(member));
    }

    private static List<ObjectNode> objects(JsonNode value) {
        if (value instanceof ObjectNode single) {
            return List.of(single);
        }
        if (!(value instanceof ArrayNode array) || array.isEmpty()) {
            return List.of();
        }
        if (array.size() == 1) {
            return array.get(0) instanceof ObjectNode only ? List.of(only) : List.of();
        }
        var found = new ArrayList<ObjectNode>(array.size());
        for (JsonNode each : array) {
            if (each instanceof ObjectNode object) {
                found.add(object);
            }
        }
        return found;
    }

    /** The object of a member, or the first of an array. */
    public static Optional<ObjectNode> object(JsonNode node, String member) {
        var found = objects(node, member);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    /** A number of a length that can be computed with; a string that is nothing but a number counts as one. */
    public static Optional<BigDecimal> number(JsonNode node, String member) {
        var value = node.path(member);
        if (value.isFloatingPointNumber() && Double.isInfinite(value.doubleValue())) {
            return Optional.empty();
        }
        if (value.isNumber()) {
            var number = value.decimalValue();
            return number.precision() <= LONGEST_NUMBER && Math.abs((long) number.scale()) <= LONGEST_NUMBER
                    ? Optional.of(number)
                    : Optional.empty();
        }
        if (value.isTextual()
                && value.textValue().length() <= LONGEST_NUMBER
                && NUMBER.matcher(value.textValue().strip()).matches()) {
            return Optional.of(new BigDecimal(value.textValue().strip()));
        }
        return Optional.empty();
    }

    public static boolean isTrue(JsonNode node, String member) {
        var value = node.path(member);
        return value.isBoolean()
                ? value.booleanValue()
                : value.isTextual() && value.textValue().equals("true");
    }

    public static boolean has(JsonNode node, String member) {
        var value = node.path(member);
        return !value.isMissingNode() && !value.isNull();
    }
}
