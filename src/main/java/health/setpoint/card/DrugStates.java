package health.setpoint.card;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.therapy.Drug;
import java.util.List;
import java.util.Locale;
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
record DrugStates(List<String> running, List<String> drafted, List<String> paused) {

    private static final Map<Drug, String> NAMES =
            Map.of(Drug.HCG, "hCG", Drug.OTHER_SERM, "a SERM", Drug.ESTROGEN, "an estrogen");

    static DrugStates of(Advice advice, Predicate<Drug> drugs) {
        return new DrugStates(
                names(advice.running(), drugs), names(advice.drafted(), drugs), names(advice.paused(), drugs));
    }

    private static List<String> names(Set<Drug> standing, Predicate<Drug> drugs) {
        return standing.stream().filter(drugs).map(DrugStates::name).toList();
    }

    private static String name(Drug drug) {
        return NAMES.getOrDefault(drug, drug.name().toLowerCase(Locale.ROOT));
    }

    boolean runs() {
        return !running.isEmpty();
    }

    boolean isDrafted() {
        return !drafted.isEmpty();
    }

    /** Anastrozole is among them. */
    boolean isAnastrozole() {
        String name = name(Drug.ANASTROZOLE);
        return running.contains(name) || drafted.contains(name) || paused.contains(name);
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
        return parts.isEmpty() ? Optional.empty() : Optional.of(Wording.enumerated(parts));
    }

    /** {@code anastrozole and letrozole}: those that run, else those that are drafted, else those that are paused. */
    Optional<String> names() {
        return List.of(running, drafted, paused).stream()
                .filter(names -> !names.isEmpty())
                .findFirst()
                .map(Wording::enumerated);
    }

    private static Optional<String> said(Texts texts, String text, List<String> names) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        texts.plain(text, Map.of("names", Wording.enumerated(names), "several", names.size() > 1)));
    }
}
