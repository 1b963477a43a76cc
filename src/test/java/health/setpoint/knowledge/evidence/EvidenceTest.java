package health.setpoint.knowledge.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.source.Grade;
import health.setpoint.knowledge.source.Source;
import health.setpoint.titration.advice.RuleId;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-02");

    private final Evidence evidence = Knowledge.load().evidence();

    @Test
    void aSourceLinksToItsDoiOrPubMedIdAndOtherwiseNowhere() {
        assertEquals(Optional.of(URI.create("https://doi.org/10.1016/j.esxm.2021.100378")), link("PUN"));
        assertEquals(Optional.of(URI.create("https://pubmed.ncbi.nlm.nih.gov/15856361/")), link("L05"));
        assertEquals(Optional.empty(), link("SEED"));
        assertTrue(evidence.source("RUMOUR").isEmpty());
    }

    @Test
    void aRuleGivesItsGradesAndSources() {
        RuleEvidence rule = evidence.on(RuleId.R_12, DAY);

        assertEquals(List.of(Grade.A), rule.grades());
        assertEquals(List.of("LBL"), rule.sources().stream().map(Source::key).toList());
        assertEquals(Optional.of("7.1"), rule.place());
        assertTrue(rule.confirmed());
    }

    @Test
    void generalKnowledgeIsMarkedAsUnconfirmed() {
        for (RuleId rule : List.of(RuleId.R_13, RuleId.R_14, RuleId.R_37)) {
            assertFalse(evidence.on(rule, DAY).confirmed(), rule.id());
        }
    }

    @Test
    void aRuleOfScopeOrSafetyHasNoGrade() {
        assertTrue(evidence.on(RuleId.R_16, DAY).grades().isEmpty());
    }

    @Test
    void noSourceIsListedThatNothingRestsOn() {
        var used = new TreeSet<String>();
        evidence.on(DAY).forEach(rule -> rule.sources().forEach(source -> used.add(source.key())));
        Knowledge.load().parameters().forEach(parameter -> parameter
                .values()
                .values()
                .forEach(value -> used.add(value.basis().source().key())));
        // Cited by texts about guidelines and practice, not by a single rule.
        used.addAll(List.of("EAA", "ISSM"));

        assertEquals(new TreeSet<>(evidence.sources().stream().map(Source::key).toList()), used);
    }

    private Optional<URI> link(String key) {
        return evidence.source(key).orElseThrow().link();
    }
}
