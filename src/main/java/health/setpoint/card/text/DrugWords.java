package health.setpoint.card.text;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.therapy.Drug;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What texts ask of each drug that a rule speaks of: whether it runs or is drafted, and that in words. */
public final class DrugWords {

    private final Texts texts;
    private final List<Group> groups;

    /** Drugs under the name that texts use; {@code absent} is what is said of them where none of them stands. */
    private record Group(String key, Set<Drug> drugs, String otherwise, Map<String, Object> absent) {}

    public DrugWords(Texts texts) {
        this.texts = texts;
        this.groups = List.of(
                group("ai", "inhibitor", inhibitors()),
                group("ana", "anastrozole", EnumSet.of(Drug.ANASTROZOLE)),
                group("t", "testosterone", EnumSet.of(Drug.TESTOSTERONE)),
                group("R_11", "estrogen", EnumSet.of(Drug.ESTROGEN)),
                group("R_12", "tamoxifen", EnumSet.of(Drug.TAMOXIFEN)),
                group("R_13", "serm", EnumSet.of(Drug.CLOMIPHENE, Drug.RALOXIFENE, Drug.OTHER_SERM)),
                group("R_14", "hcg", EnumSet.of(Drug.HCG)));
    }

    private static Set<Drug> inhibitors() {
        Set<Drug> inhibitors = EnumSet.allOf(Drug.class);
        inhibitors.removeIf(drug -> !drug.isAromataseInhibitor());
        return inhibitors;
    }

    private Group group(String key, String name, Set<Drug> drugs) {
        String otherwise = texts.plain("drug_" + name, Map.of());
        return new Group(key, drugs, otherwise, standing(new DrugStates(List.of(), List.of(), List.of()), otherwise));
    }

    /** What texts ask, by the names that they use. */
    public Map<String, Object> of(Advice advice) {
        Map<String, Object> words = new HashMap<>();
        for (Group group : groups) {
            boolean stands = isAmong(group, advice.running())
                    || isAmong(group, advice.drafted())
                    || isAmong(group, advice.paused());
            words.put(
                    group.key(),
                    stands
                            ? standing(DrugStates.of(advice, group.drugs()::contains), group.otherwise())
                            : group.absent());
        }
        return words;
    }

    private static boolean isAmong(Group group, Set<Drug> drugs) {
        return !Collections.disjoint(group.drugs(), drugs);
    }

    private Map<String, Object> standing(DrugStates standing, String otherwise) {
        return Map.of(
                "runs", standing.runs(),
                "drafted", standing.isDrafted(),
                "any", standing.names(texts).isPresent(),
                "anastrozole", standing.isAnastrozole(),
                "names", standing.names(texts).orElse(otherwise),
                "words",
                        standing.inWords(texts)
                                .orElseGet(() -> texts.plain("standing_unknown", Map.of("names", otherwise))));
    }
}
