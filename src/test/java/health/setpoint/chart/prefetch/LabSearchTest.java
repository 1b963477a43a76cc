package health.setpoint.chart.prefetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import health.setpoint.chart.Chart;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.hook.Calls;
import health.setpoint.titration.facts.Hook;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** A result with a local code only is asked for, so that no older one decides in its place. */
class LabSearchTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 23);
    private static final PrefetchKeys KEYS = new PrefetchKeys(Chart.KNOWLEDGE.terminology());

    private static final CodeMap CODES = CodeMap.of(Calls.json("""
            {"resourceType": "ConceptMap", "group": [
             {"source": "https://lab.example/codes", "target": "http://loinc.org", "element": [
              {"code": "E2S", "target": [{"code": "2243-4", "equivalence": "equivalent"}]},
              {"code": "E2, sensitive&fast", "target": [{"code": "2243-4", "equivalence": "equivalent"}]},
              {"code": "BMD", "target": [{"code": "38268-9", "equivalence": "equivalent"}]},
              {"code": "SHOE", "target": [{"code": "99999-9", "equivalence": "equivalent"}]}]},
             {"source": "https://pharmacy.example", "target": "http://www.nlm.nih.gov/research/umls/rxnorm", "element": [
              {"code": "ANA1", "target": [{"code": "199224", "equivalence": "equivalent"}]}]}]}"""));

    private static String template(String key, LabSearch search) {
        return KEYS.forHook(Hook.ORDER_SIGN, search).stream()
                .filter(each -> each.name().equals(key))
                .findFirst()
                .orElseThrow()
                .template(DAY);
    }

    private static LabSearch search(boolean byCategory) {
        return LabSearch.of(CODES, Chart.KNOWLEDGE.terminology(), byCategory);
    }

    @Test
    void theLocalCodesOfWhatTheRulesLookAtStandInTheTemplates() {
        var labs = template("labs", search(false));
        assertTrue(labs.contains("http://loinc.org|2243-4"), labs);
        assertTrue(labs.contains(",https://lab.example/codes|E2S"), labs);
        assertTrue(labs.endsWith("&date=ge" + DAY.minusDays(760)), labs);
        assertFalse(labs.contains("SHOE") || labs.contains("ANA1"), labs);
    }

    @Test
    void aCodeThatAQueryWouldTakeApartIsEscaped() {
        var labs = template("labs", search(false));
        assertTrue(labs.contains("https://lab.example/codes|E2%5C%2C%20sensitive%26fast"), labs);
    }

    @Test
    void everyLaboratoryResultIsAskedForWhereTheSiteSaysSo() {
        assertEquals(
                "Observation?patient={{context.patientId}}&category=laboratory&date=ge" + DAY.minusDays(760),
                template("labs", search(true)));
    }

    @Test
    void withoutLocalCodesTheQueriesAreTheStandardOnes() {
        var none = LabSearch.of(CodeMap.NONE, Chart.KNOWLEDGE.terminology(), false);
        assertEquals(LabSearch.STANDARD, none);
        assertEquals(KEYS.forHook(Hook.ORDER_SIGN), KEYS.forHook(Hook.ORDER_SIGN, none));
    }

    @Test
    void onlyTheQueriesForResultsAreOtherOnes() {
        var standard = KEYS.forHook(Hook.ORDER_SIGN);
        var own = KEYS.forHook(Hook.ORDER_SIGN, search(true));
        for (int i = 0; i < standard.size(); i++) {
            var name = standard.get(i).name();
            assertEquals(name, own.get(i).name());
            if (!name.equals("labs") && !name.equals("observations")) {
                assertEquals(standard.get(i), own.get(i));
            }
        }
    }
}
