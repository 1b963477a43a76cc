package health.setpoint.knowledge.source;

import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.knowledge.yaml.Located;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The publications and decisions that numbers and rules rest on, by their keys. */
public final class Sources {

    private final Map<String, Source> byKey;

    private Sources(Map<String, Source> byKey) {
        this.byKey = byKey;
    }

    public static Sources read(Located file) {
        Map<String, Source> byKey = new LinkedHashMap<>();
        for (Located item : file.members(Set.of("sources", "rules"), Set.of())
                .get("sources")
                .items()) {
            Source source = source(item);
            if (byKey.put(source.key(), source) != null) {
                throw item.refuse("source " + source.key() + " stands twice");
            }
        }
        return new Sources(byKey);
    }

    private static Source source(Located item) {
        var members = item.members(Set.of("key", "title"), Set.of("year", "where", "doi", "pmid"));
        return new Source(
                members.get("key").text(),
                members.get("title").text(),
                Optional.ofNullable(members.get("year")).map(Located::whole),
                Optional.ofNullable(members.get("where")).map(Located::text),
                Optional.ofNullable(members.get("doi")).map(Located::text),
                Optional.ofNullable(members.get("pmid")).map(Located::text));
    }

    public Optional<Source> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /**
     * The source that a file names.
     *
     * @throws KnowledgeException where there is none of that key
     */
    public Source need(Located key) {
        return find(key.text()).orElseThrow(() -> key.refuse("unknown source " + key.text()));
    }

    /** In the order of the file. */
    public List<Source> all() {
        return List.copyOf(byKey.values());
    }
}
