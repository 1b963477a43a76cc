package health.setpoint.operator.attributes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.Parameter;
import health.setpoint.knowledge.RuleEvidence;
import health.setpoint.knowledge.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The 13 source attributes of an evidence-based decision support intervention (45 CFR 170.315(b)(11)), and what the rules
 * and numbers of this knowledge version rest on.
 */
final class SourceAttributes {

    private final Knowledge knowledge;
    private final Map<?, ?> written;

    SourceAttributes(Knowledge knowledge) {
        this.knowledge = knowledge;
        this.written = read();
    }

    private static Map<?, ?> read() {
        try (InputStream file = SourceAttributes.class.getResourceAsStream("/dsi/source-attributes.yaml")) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Everything as JSON, the numbers as they hold on a day. */
    ObjectNode on(LocalDate day) {
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("knowledge").put("version", knowledge.version()).put("hash", knowledge.hash());
        json.put("on", day.toString());
        if (signatures(day) == 0) {
            json.put("review", text(written, "unsigned"));
        }
        var attributes = json.putArray("attributes");
        for (var item : (List<?>) written.get("attributes")) {
            attribute(attributes, (Map<?, ?>) item);
        }
        var rules = json.putArray("rules");
        knowledge.evidence().on(day).forEach(rule -> rules.add(rule(rule, day)));
        var values = json.putArray("numbers");
        knowledge.parameters().forEach(parameter -> value(values, parameter, day));
        return json;
    }

    private long signatures(LocalDate day) {
        return knowledge.parameters().stream()
                .flatMap(parameter -> parameter.on(day).stream())
                .filter(value -> value.agreed().isPresent())
                .count();
    }

    private void attribute(ArrayNode attributes, Map<?, ?> item) {
        var json = attributes.addObject().put("number", attributes.size()).put("name", text(item, "name"));
        if (item.get("used") instanceof Boolean used) {
            json.put("used", used);
        }
        if (item.containsKey("says")) {
            json.put("value", text(item, "says"));
        }
        if ("sources".equals(item.get("from"))) {
            var sources = json.putArray("sources");
            knowledge.evidence().sources().forEach(source -> sources.add(source(source)));
        }
        if ("dates".equals(item.get("from"))) {
            json.put("released", knowledge.begins().toString());
            var revised = json.putArray("revised");
            knowledge.changes().stream()
                    .filter(day -> day.isAfter(knowledge.begins()))
                    .forEach(day -> revised.add(day.toString()));
        }
    }

    private static ObjectNode source(Source source) {
        var json =
                JsonNodeFactory.instance.objectNode().put("key", source.key()).put("title", source.title());
        source.year().ifPresent(year -> json.put("year", year));
        source.where().ifPresent(where -> json.put("where", where));
        source.link().ifPresent(link -> json.put("link", link.toString()));
        return json;
    }

    private ObjectNode rule(RuleEvidence rule, LocalDate day) {
        var text = knowledge.ruleTexts().on(rule.rule(), day);
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("rule", rule.rule().id())
                .put("when", text.when())
                .put("then", text.then());
        var grades = json.putArray("grades");
        rule.grades().forEach(grade -> grades.add(grade.name()));
        var sources = json.putArray("sources");
        rule.sources().forEach(source -> sources.add(source.key()));
        rule.place().ifPresent(place -> json.put("place", place));
        return json.put("confirmed", rule.confirmed());
    }

    private static void value(ArrayNode values, Parameter parameter, LocalDate day) {
        parameter.on(day).ifPresent(dated -> {
            var json = values.addObject()
                    .put("id", parameter.id())
                    .put("says", parameter.says())
                    .put("value", dated.value().toString())
                    .put("unit", parameter.unit())
                    .put("source", dated.basis().source().key())
                    .put("place", dated.basis().place())
                    .put("grade", dated.basis().grade().name());
            dated.agreed().ifPresent(agreed -> json.put("signedBy", agreed.by())
                    .put("signedOn", agreed.on().toString()));
        });
    }

    private static String text(Map<?, ?> item, String name) {
        return (String) item.get(name);
    }
}
