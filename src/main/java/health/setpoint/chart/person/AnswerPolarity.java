package health.setpoint.chart.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an answer says of the finding that was asked for. */
public enum AnswerPolarity {
    PRESENT,
    ABSENT,
    UNCLEAR;

    private static final Set<String> YES = Set.of(
            "52101004",
            "373066001",
            "410515003",
            "10828004",
            "255604002",
            "6736007",
            "24484000",
            "la33-6",
            "la9633-4",
            "la6576-8",
            "la6752-5",
            "la6751-7",
            "la6750-9",
            "y",
            "yes",
            "present",
            "pos",
            "positive",
            "true",
            "mild",
            "moderate",
            "severe");

    private static final Set<String> NO = Set.of(
            "2667000",
            "373067005",
            "410516002",
            "260385009",
            "260413007",
            "la32-8",
            "la9634-2",
            "la6577-6",
            "la137-2",
            "n",
            "no",
            "absent",
            "neg",
            "negative",
            "none",
            "false",
            "not present");

    /** The answer of {@code value[x]}; empty where there is none. */
    public static Optional<AnswerPolarity> of(
            ObjectNode node, String booleanMember, String stringMember, Concept coded) {
        var bool = node.path(booleanMember);
        if (bool.isBoolean()) {
            return Optional.of(bool.booleanValue() ? PRESENT : ABSENT);
        }
        if (!coded.isEmpty()) {
            return Optional.of(of(coded));
        }
        if (FhirJson.has(node, booleanMember) || FhirJson.has(node, stringMember)) {
            return Optional.of(FhirJson.text(node, stringMember)
                    .or(() -> FhirJson.text(node, booleanMember))
                    .map(AnswerPolarity::word)
                    .orElse(UNCLEAR));
        }
        return Optional.empty();
    }

    private static AnswerPolarity of(Concept coded) {
        var isYes = coded.codings().stream().anyMatch(coding -> word(coding.code()) == PRESENT);
        var isNo = coded.codings().stream().anyMatch(coding -> word(coding.code()) == ABSENT);
        if (isYes || isNo) {
            return isYes && isNo ? UNCLEAR : isYes ? PRESENT : ABSENT;
        }
        return coded.texts().stream()
                                .map(AnswerPolarity::word)
                                .filter(said -> said != UNCLEAR)
                                .distinct()
                                .count()
                        == 1
                ? coded.texts().stream()
                        .map(AnswerPolarity::word)
                        .filter(said -> said != UNCLEAR)
                        .findFirst()
                        .orElse(UNCLEAR)
                : UNCLEAR;
    }

    private static AnswerPolarity word(String written) {
        var plain = written.strip().toLowerCase(Locale.ROOT);
        if (YES.contains(plain)) {
            return PRESENT;
        }
        return NO.contains(plain) ? ABSENT : UNCLEAR;
    }
}
