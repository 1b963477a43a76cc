package health.setpoint.knowledge.parameter;

import health.setpoint.knowledge.parameter.Parameter.Basis;
import health.setpoint.knowledge.parameter.Parameter.Choose;
import health.setpoint.knowledge.parameter.Parameter.DatedValue;
import health.setpoint.knowledge.parameter.Parameter.Dose;
import health.setpoint.knowledge.parameter.Parameter.Lower;
import health.setpoint.knowledge.parameter.Parameter.Plain;
import health.setpoint.knowledge.parameter.Parameter.Raise;
import health.setpoint.knowledge.parameter.Parameter.SiteRange;
import health.setpoint.knowledge.parameter.Parameter.Value;
import health.setpoint.knowledge.source.Grade;
import health.setpoint.knowledge.source.Sources;
import health.setpoint.knowledge.yaml.Located;
import health.setpoint.titration.therapy.Regimen;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the parameters of one YAML file and refuses whatever is incomplete. */
public final class ParameterFile {

    private final Located file;
    private final Sources sources;

    public ParameterFile(Located file, Sources sources) {
        this.file = file;
        this.sources = sources;
    }

    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (Located item : file.items()) {
            parameters.add(parameter(item));
        }
        return parameters;
    }

    private Parameter parameter(Located item) {
        var members = item.members(Set.of("id", "says", "unit", "values"), Set.of("site"));
        return new Parameter(
                members.get("id").text(),
                members.get("says").text(),
                members.get("unit").text(),
                Optional.ofNullable(members.get("site")).map(ParameterFile::site),
                values(members.get("values")),
                item.file(),
                item.line());
    }

    private NavigableMap<LocalDate, DatedValue> values(Located item) {
        NavigableMap<LocalDate, DatedValue> values = new TreeMap<>();
        for (Map.Entry<String, Located> entry : item.entries().entrySet()) {
            LocalDate from = entry.getValue().date(entry.getKey());
            if (!values.isEmpty() && !from.isAfter(values.lastKey())) {
                throw entry.getValue().refuse("dates out of order: " + from + " after " + values.lastKey());
            }
            values.put(from, value(entry.getValue()));
        }
        if (values.isEmpty()) {
            throw item.refuse("no value");
        }
        return values;
    }

    private DatedValue value(Located item) {
        var members = item.members(Set.of("value", "basis"), Set.of());
        return new DatedValue(
                plainOrDose(members.get("value")),
                basis(members.get("basis")),
                members.get("value").line());
    }

    private static Value plainOrDose(Located item) {
        if (!item.isMapping()) {
            return new Plain(item.text());
        }
        var members = item.members(Set.of("mg", "times"), Set.of());
        var mg = members.get("mg").decimal();
        int times = members.get("times").whole();
        if (mg.signum() <= 0 || times <= 0) {
            throw item.refuse("a dose must be above zero");
        }
        return new Dose(new Regimen(mg, times));
    }

    private Basis basis(Located item) {
        var members = item.members(Set.of("source", "place", "grade"), Set.of());
        return new Basis(
                sources.need(members.get("source")),
                members.get("place").text(),
                members.get("grade").oneOf(Grade.class));
    }

    private static SiteRange site(Located item) {
        var members = item.members(Set.of("may"), Set.of("to", "from"));
        Located may = members.get("may");
        return switch (may.text()) {
            case "lower" -> new Lower(bound(item, members));
            case "raise" -> new Raise(bound(item, members));
            case "choose" -> new Choose(words(item, members));
            default -> throw may.refuse("a site may lower, raise or choose, not " + may.text());
        };
    }

    private static String bound(Located item, Map<String, Located> members) {
        if (!members.containsKey("to")) {
            throw item.refuse("to is missing");
        }
        return members.get("to").text();
    }

    private static List<String> words(Located item, Map<String, Located> members) {
        if (!members.containsKey("from")) {
            throw item.refuse("from is missing");
        }
        return members.get("from").items().stream().map(Located::text).toList();
    }
}
