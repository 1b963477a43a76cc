package health.setpoint.card.explanation;

import health.setpoint.card.text.DoubtLines;
import health.setpoint.card.text.Markdown;
import health.setpoint.card.text.Texts;
import health.setpoint.card.text.Wording;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Doubt;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Unknown;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.labs.Analyte;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a card says is not known: results that were not understood, data that did not come, what the advice misses. */
final class UnknownText {

    private final Wording wording;
    private final DoubtLines doubts;
    private final List<Gap> gaps;

    UnknownText(Wording wording, Advice advice) {
        this.wording = wording;
        this.doubts = new DoubtLines(wording, advice.doubts(), advice.cards());
        this.gaps = advice.gaps();
    }

    /** Results in doubt because of which no dose is started or raised. */
    List<Markdown> withholding(CardAdvice card) {
        return doubts.of(card, Doubt::withholds);
    }

    /** Other results in doubt, a testosterone that is missed, and what could not be had. */
    List<Markdown> missing(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>(doubts.of(card, doubt -> !doubt.withholds()));
        lines.addAll(unknown(card, unknown -> unknown == Unknown.TESTOSTERONE));
        for (Gap.Why why : Gap.Why.values()) {
            String parts = gaps.stream()
                    .filter(gap -> gap.why() == why)
                    .map(gap -> wording.words("part_" + lowerCase(gap.data())))
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!parts.isEmpty()) {
                lines.add(texts().markdown("gap_" + lowerCase(why), Map.of("parts", parts)));
            }
        }
        return lines;
    }

    /** What else the advice would have liked to know, and the reasons do not say already. */
    List<Markdown> wished(CardAdvice card) {
        return unknown(card, unknown -> switch (unknown) {
            case TESTOSTERONE -> false;
            case ASSAY -> !ReasonText.BY_SYMPTOMS.contains(card.primary().rule());
            case INHIBITOR_DOSE -> !card.restsOn(RuleId.R_16);
            case INJECTION_TIMING, INHIBITOR_START, TESTOSTERONE_START -> true;
        });
    }

    private List<Markdown> unknown(CardAdvice card, Predicate<Unknown> wanted) {
        return card.unknowns().stream()
                .distinct()
                .filter(wanted)
                .map(unknown -> texts().markdown(
                                "unknown_" + lowerCase(unknown),
                                Map.of(
                                        "days",
                                        wording.policy().freshness().of(Analyte.TESTOSTERONE),
                                        "doubtful",
                                        doubts.isAbout(Analyte.TESTOSTERONE))))
                .toList();
    }

    private Texts texts() {
        return wording.texts();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
