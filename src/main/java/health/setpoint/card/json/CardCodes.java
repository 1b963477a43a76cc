package health.setpoint.card.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.titration.advice.RuleId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The codes that cards carry beside their text: topics, override reasons, the product that is drafted. */
public final class CardCodes {

    private static final String FILE = "/cards/cards.yaml";

    /** A code of a system with what a reader sees. */
    public record Coding(String system, String code, String display) {

        public Coding {
            if (system.isBlank() || code.isBlank() || display.isBlank()) {
                throw new IllegalStateException(FILE + ": a code needs system, code and display: " + code);
            }
        }

        public ObjectNode json() {
            return JsonNodes.object().put("system", system).put("code", code).put("display", display);
        }
    }

    private final String sourceLabel;
    private final Map<RuleId, Coding> topics;
    private final List<Coding> overrideReasons;
    private final Coding orderable;
    private final Coding laboratory;
    private final Coding imaging;

    private CardCodes(Map<?, ?> top) {
        sourceLabel = text(map(top, "source"), "label");
        topics = topics(map(top, "topics"));
        Map<?, ?> reasons = map(top, "overrideReasons");
        String system = text(reasons, "system");
        overrideReasons = list(reasons, "codes").stream()
                .map(reason -> new Coding(system, text(reason, "code"), text(reason, "display")))
                .toList();
        orderable = coding(map(top, "orderable"));
        laboratory = coding(map(map(top, "requestCategories"), "laboratory"));
        imaging = coding(map(map(top, "requestCategories"), "imaging"));
    }

    /** Reads the file; a rule without topic, or in two, is refused. */
    public static CardCodes load() {
        try (InputStream in = CardCodes.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("no such file: " + FILE);
            }
            Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            return new CardCodes(yaml.<Map<?, ?>>load(in));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    public String sourceLabel() {
        return sourceLabel;
    }

    /** What clients remember an override by. */
    public Coding topic(RuleId rule) {
        Coding topic = topics.get(rule);
        if (topic == null) {
            throw new IllegalStateException(FILE + ": no topic for " + rule);
        }
        return topic;
    }

    public boolean hasTopic(RuleId rule) {
        return topics.containsKey(rule);
    }

    /** What users choose from where the site has no reasons of its own. */
    public List<Coding> overrideReasons() {
        return overrideReasons;
    }

    /** The product of a newly drafted order. */
    public Coding orderable() {
        return orderable;
    }

    public Coding laboratory() {
        return laboratory;
    }

    public Coding imaging() {
        return imaging;
    }

    private static Map<RuleId, Coding> topics(Map<?, ?> section) {
        String system = text(section, "system");
        Map<RuleId, Coding> topics = new EnumMap<>(RuleId.class);
        for (Map<?, ?> entry : list(section, "codes")) {
            Coding topic = new Coding(system, text(entry, "code"), text(entry, "display"));
            if (!(entry.get("rules") instanceof List<?> rules)) {
                throw new IllegalStateException(FILE + ": topic " + topic.code() + " names no rules");
            }
            for (Object rule : rules) {
                if (topics.put(rule(rule), topic) != null) {
                    throw new IllegalStateException(FILE + ": " + rule + " has two topics");
                }
            }
        }
        return topics;
    }

    private static RuleId rule(Object id) {
        for (RuleId rule : RuleId.values()) {
            if (rule.id().equals(id)) {
                return rule;
            }
        }
        throw new IllegalStateException(FILE + ": no rule is called " + id);
    }

    private static Coding coding(Map<?, ?> entry) {
        return new Coding(text(entry, "system"), text(entry, "code"), text(entry, "display"));
    }

    private static String text(Map<?, ?> from, String member) {
        if (from.get(member) instanceof String text) {
            return text;
        }
        throw new IllegalStateException(FILE + ": " + member + " is missing or no text");
    }

    private static Map<?, ?> map(Map<?, ?> from, String member) {
        if (from.get(member) instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalStateException(FILE + ": " + member + " is missing");
    }

    private static List<Map<?, ?>> list(Map<?, ?> from, String member) {
        if (from.get(member) instanceof List<?> list) {
            return list.stream().<Map<?, ?>>map(entry -> (Map<?, ?>) entry).toList();
        }
        throw new IllegalStateException(FILE + ": " + member + " is missing");
    }
}
