package health.setpoint.card.text;

import health.setpoint.knowledge.evidence.Evidence;
import health.setpoint.knowledge.evidence.RuleEvidence;
import health.setpoint.knowledge.source.Grade;
import health.setpoint.knowledge.source.Source;
import health.setpoint.titration.advice.RuleId;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What each rule rests on, as cards of a day say it. Written once for each day on which a number changes. */
public final class EvidenceLines {

    private final Texts texts;
    private final Map<RuleId, Markdown> byRule = new EnumMap<>(RuleId.class);
    private final Map<RuleId, String> grades = new EnumMap<>(RuleId.class);

    public EvidenceLines(Texts texts, Evidence evidence, LocalDate day) {
        this.texts = texts;
        evidence.on(day).forEach(rests -> {
            byRule.put(rests.rule(), line(rests));
            grades.put(rests.rule(), rests.grades().stream().map(Grade::name).collect(Collectors.joining("/")));
        });
    }

    /** Grade, sources and passage of one rule. */
    public Markdown of(RuleId rule) {
        return byRule.get(rule);
    }

    /** {@code A/C}; empty for rules of safety and scope. */
    public String grades(RuleId rule) {
        return grades.get(rule);
    }

    private Markdown line(RuleEvidence rests) {
        List<String> grades = rests.grades().stream()
                .map(grade -> grade.name() + " (" + GradeWords.of(grade, texts) + ")")
                .toList();
        Map<String, Object> values = new HashMap<>();
        values.put("graded", !grades.isEmpty());
        values.put("grades", texts.vocabulary().enumerated(grades));
        values.put("sources", sources(rests.sources()));
        values.put("placed", rests.place().isPresent());
        values.put("place", rests.place().orElse(""));
        values.put("unconfirmed", !rests.confirmed());
        return texts.markdown("evidence_rule", values);
    }

    private String sources(List<Source> sources) {
        return sources.stream().map(this::cited).collect(Collectors.joining("; "));
    }

    private String cited(Source source) {
        String name = texts.plain("source_" + source.key(), Map.of());
        if (source.doi().isPresent()) {
            return texts.plain(
                    "cited_doi", Map.of("name", name, "doi", source.doi().get()));
        }
        return source.pmid()
                .map(pmid -> texts.plain("cited_pmid", Map.of("name", name, "pmid", pmid)))
                .orElse(name);
    }
}
