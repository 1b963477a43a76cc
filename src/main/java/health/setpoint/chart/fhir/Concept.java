package health.setpoint.chart.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A CodeableConcept, a Coding or a plain code: all of its codes in the order in which they came, which means nothing,
 * and all of its words.
 *
 * @param codings local codes and what the client's map makes of them
 * @param texts the text and every display, each wording once
 */
public record Concept(List<Coding> codings, List<String> texts) {

    public static final Concept NONE = new Concept(List.of(), List.of());

    private static final int FEW = 16;
    private static final int LONGEST_WORDS = 1000;

    /** A member that is a concept, an array of concepts, a coding or a string. */
    public static Concept of(JsonNode node, String member, CodeMap map) {
        return of(node.path(member), map);
    }

    public static Concept of(JsonNode value, CodeMap map) {
        var codings = new ArrayList<Coding>();
        var texts = new ArrayList<String>();
        if (value.isArray()) {
            if (value.size() > FhirJson.MOST_ELEMENTS) {
                throw new TooManyElements("coding");
            }
            value.forEach(each -> collect(each, map, codings, texts));
        } else {
            collect(value, map, codings, texts);
        }
        return codings.isEmpty() && texts.isEmpty() ? NONE : new Concept(codings, eachOnce(texts));
    }

    /** All of them in one. */
    public static Concept all(Stream<Concept> concepts) {
        var codings = new ArrayList<Coding>();
        var texts = new ArrayList<String>();
        concepts.forEach(concept -> {
            codings.addAll(concept.codings());
            texts.addAll(concept.texts());
        });
        return codings.isEmpty() && texts.isEmpty() ? NONE : new Concept(codings, eachOnce(texts));
    }

    /** A few are compared with each other, which costs less than a table; many are not. */
    private static List<String> eachOnce(List<String> texts) {
        if (texts.size() > FEW) {
            return List.copyOf(new LinkedHashSet<>(texts));
        }
        for (int i = texts.size() - 1; i > 0; i--) {
            if (texts.indexOf(texts.get(i)) < i) {
                texts.remove(i);
            }
        }
        return texts;
    }

    private static void collect(JsonNode value, CodeMap map, List<Coding> codings, List<String> texts) {
        if (value.isTextual()) {
            FhirJson.textOf(value).ifPresent(code -> add(Coding.of("", code), map, codings));
        } else if (value instanceof ObjectNode concept) {
            FhirJson.text(concept, "text").ifPresent(texts::add);
            if (concept.path("code").isTextual()) {
                coding(concept, map, codings, texts);
            }
            FhirJson.objects(concept, "coding").forEach(coding -> coding(coding, map, codings, texts));
        }
    }

    private static void coding(ObjectNode coding, CodeMap map, List<Coding> codings, List<String> texts) {
        var display = FhirJson.text(coding, "display");
        display.ifPresent(texts::add);
        FhirJson.text(coding, "code")
                .ifPresent(code -> add(
                        Coding.of(FhirJson.text(coding, "system").orElse(""), code, display.orElse("")), map, codings));
    }

    private static void add(Coding coding, CodeMap map, List<Coding> codings) {
        codings.add(coding);
        map.target(coding).ifPresent(codings::add);
    }

    public Concept and(Concept other) {
        if (other.isEmpty()) {
            return this;
        }
        return new Concept(
                Stream.concat(codings.stream(), other.codings.stream()).toList(),
                Stream.concat(texts.stream(), other.texts.stream()).distinct().toList());
    }

    public boolean isEmpty() {
        return codings.isEmpty() && texts.isEmpty();
    }

    /** It has codes, and all of them are of systems that the value sets do not know. */
    public boolean isLocal() {
        return !codings.isEmpty() && codings.stream().noneMatch(Coding::isOfKnownSystem);
    }

    public boolean hasCode(String code) {
        for (var coding : codings) {
            if (coding.code().equalsIgnoreCase(code)) {
                return true;
            }
        }
        return false;
    }

    public boolean hasAnyCode(List<String> codes) {
        for (var code : codes) {
            if (hasCode(code)) {
                return true;
            }
        }
        return false;
    }

    public boolean says(Pattern words) {
        return texts.stream().anyMatch(text -> words.matcher(text).find());
    }

    /** Its texts in one, as many of them as are read as words of one thing. */
    public String words() {
        var words = new StringJoiner("; ");
        for (int i = 0; i < texts.size() && words.length() < LONGEST_WORDS; i++) {
            words.add(texts.get(i));
        }
        return words.toString();
    }

    /** The longest text, which names a product best; empty where there is none. */
    public Optional<String> name() {
        return texts.stream()
                .reduce((a, b) -> b.length() > a.length() || (b.length() == a.length() && b.compareTo(a) < 0) ? b : a);
    }

    /** The codes as an integration engineer looks them up. */
    public String shown() {
        return codings.isEmpty()
                ? "no code"
                : String.join(
                        ", ",
                        codings.stream()
                                .map(coding -> DisplayText.code(coding.system() + "|" + coding.code()))
                                .limit(4)
                                .toList());
    }
}
