package health.setpoint.card.text;

import health.setpoint.titration.advice.RuleId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The languages of cards, by the names that client files use. */
public final class Languages {

    /** In which every text stands. */
    public static final String ENGLISH = "en";

    private static final List<String> NAMES = List.of(ENGLISH, "de");

    private Languages() {}

    /** Every language, English first. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * A language in which there are texts.
     *
     * @throws IllegalArgumentException for another
     */
    public static void require(String language) {
        if (!NAMES.contains(language)) {
            throw new IllegalArgumentException(
                    "there are no card texts in " + language + "; there are " + String.join(", ", NAMES));
        }
    }

    /**
     * What an operator is told of a language other than English: that nobody has reviewed it, and of which rules the cards
     * are English all the same.
     *
     * @throws IllegalArgumentException for a language in which there are no texts
     */
    public static Optional<String> note(String language) {
        require(language);
        if (language.equals(ENGLISH)) {
            return Optional.empty();
        }
        Texts texts = Known.ALL.get(NAMES.indexOf(language));
        Map<Boolean, List<String>> written = Arrays.stream(RuleId.values())
                .filter(Known.ALL.get(0)::has)
                .collect(Collectors.partitioningBy(texts::writes, Collectors.mapping(RuleId::id, Collectors.toList())));
        return Optional.of(Known.ALL
                .get(0)
                .plain(
                        "language_note",
                        Map.of(
                                "language", language,
                                "own", String.join(", ", written.get(true)),
                                "english", written.get(false).size(),
                                "missing", texts.missing().size())));
    }

    /** Read when a first language other than English is asked for. */
    private static final class Known {

        static final List<Texts> ALL = Texts.all();
    }
}
