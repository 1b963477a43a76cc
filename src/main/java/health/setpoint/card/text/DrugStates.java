package health.setpoint.card.text;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.therapy.Drug;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How some drugs of one man stand, by the names that texts use.
 *
 * @param running those of which a record is active
 * @param drafted those that are in the draft orders
 * @param paused those that are only on hold or recorded as not taken
 */
record DrugStates(List<Drug> running, List<Drug> drafted, List<Drug> paused) {

    static DrugStates of(Advice advice, Predicate<Drug> drugs) {
        return new DrugStates(
                standing(advice.running(), drugs), standing(advice.drafted(), drugs), standing(advice.paused(), drugs));
    }

    private static List<Drug> standing(Set<Drug> standing, Predicate<Drug> drugs) {
        List<Drug> some = new ArrayList<>();
        for (Drug drug : standing) {
            if (drugs.test(drug)) {
                some.add(drug);
            }
        }
        return some;
    }

    boolean runs() {
        return !running.isEmpty();
    }

    boolean isDrafted() {
        return !drafted.isEmpty();
    }

    /** Anastrozole is among them. */
    boolean isAnastrozole() {
        return running.contains(Drug.ANASTROZOLE)
                || drafted.contains(Drug.ANASTROZOLE)
                || paused.contains(Drug.ANASTROZOLE);
    }

    /** {@code anastrozole is active and letrozole is drafted}; empty where none of them stands. */
    Optional<String> inWords(Texts texts) {
        if (running.equals(drafted) && paused.isEmpty()) {
            return said(texts, "standing_both", running);
        }
        List<String> parts = List.of(
                        said(texts, "standing_running", running),
                        said(texts, "standing_drafted", drafted),
                        said(texts, "standing_paused", paused))
                .stream()
                .flatMap(Optional::stream)
                .toList();
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(texts.vocabulary().enumerated(parts));
    }

    /** {@code anastrozole and letrozole}: those that run, else those that are drafted, else those that are paused. */
    Optional<String> names(Texts texts) {
        return List.of(running, drafted, paused).stream()
                .filter(drugs -> !drugs.isEmpty())
                .findFirst()
                .map(drugs -> named(texts, drugs));
    }

    private static Optional<String> said(Texts texts, String text, List<Drug> drugs) {
        return drugs.isEmpty()
                ? Optional.empty()
                : Optional.of(texts.plain(text, Map.of("names", named(texts, drugs), "several", drugs.size() > 1)));
    }

    private static String named(Texts texts, List<Drug> drugs) {
        return texts.vocabulary()
                .enumerated(drugs.stream().map(texts.vocabulary()::name).toList());
    }
}
