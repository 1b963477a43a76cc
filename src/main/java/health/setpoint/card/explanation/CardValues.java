package health.setpoint.card.explanation;

import health.setpoint.card.text.DrugWords;
import health.setpoint.card.text.ResultText;
import health.setpoint.card.text.Wording;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Regimen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the texts of a card may ask for, by the names that templates use. */
final class CardValues {

    private final Wording wording;
    private final ResultText results;
    private final Map<String, Object> drugs;
    /** Each sentence of a card asks anew. */
    private final Map<CardAdvice, Map<String, Object>> shared = new IdentityHashMap<>();

    CardValues(Wording wording, DrugWords drugs, Advice advice) {
        this.wording = wording;
        this.results = new ResultText(wording);
        this.drugs = drugs.of(advice);
    }

    /** The aromatase inhibitors that stand, by name. */
    String inhibitors() {
        return ((Map<?, ?>) drugs.get("ai")).get("names").toString();
    }

    /** What every text about a card may ask for. */
    private Map<String, Object> ofAny(CardAdvice card) {
        Map<String, Object> values = new HashMap<>();
        values.put("p", policy());
        values.put("injected", wording.isInjected());
        values.put("kind", card.kind().word());
        values.put("rules", card.rules().stream().map(RuleId::id).toList());
        values.put("mixed", card.notes().contains(Note.MIXED_PICTURE));
        values.put("proposes", card.proposedDose().isPresent());
        values.put("offersDose", card.options().stream().anyMatch(option -> option.ordered()
                .isPresent()));
        values.put("hasDraft", card.draft().isPresent());
        values.put("withheld", !card.withheld().isEmpty());
        values.put("reasons", reasons(card));
        values.putAll(drugs);
        values.put("soon", card.recheck().filter(this::isSoon).isPresent());
        proposed(card).ifPresent(regimen -> {
            values.put("next", wording.full(regimen));
            values.put("nextShort", wording.regimen(regimen));
        });
        return values;
    }

    /** What withholds a start or increase, or ends a course. */
    private String reasons(CardAdvice card) {
        return card.withheld().isEmpty()
                ? wording.words("withheld_limit")
                : wording.enumerated(card.withheld().stream()
                        .map(reason -> wording.words("withheld_" + lowerCase(reason)))
                        .toList());
    }

    private boolean isSoon(Recheck recheck) {
        return recheck.window()
                .from()
                .isBefore(wording.today().plusDays(policy().timing().recheckFromDays()));
    }

    /** What a text about one finding of a card may ask for. */
    Map<String, Object> of(CardAdvice card, Finding finding) {
        Map<String, Object> values = new HashMap<>(shared.computeIfAbsent(card, this::ofAny));
        values.put("seen", finding.seen());
        estradiol(card, finding).ifPresent(result -> values.put("e2", result));
        values.put(
                "onDose",
                wording.texts().plain("on_dose", Map.of("dose", finding.seen().getOrDefault("dose", ""))));
        values.put("other", drugs.getOrDefault(finding.rule().name(), Map.of()));
        finding.reason().ifPresent(reason -> values.put("reason", lowerCase(reason)));
        return values;
    }

    /** The result that decides, as reported and as compared, with day and method. */
    private Optional<String> estradiol(CardAdvice card, Finding finding) {
        return card.inputs().stream()
                .filter(input -> input.decisive() && input.result().analyte() == Analyte.ESTRADIOL)
                .findFirst()
                .map(results::phrase)
                .or(() -> Optional.ofNullable(finding.seen().get("estradiol")).map(value -> wording.texts()
                        .plain(
                                "estradiol_of",
                                Map.of("value", value, "day", finding.seen().getOrDefault("drawn", "")))));
    }

    /** What the texts of a line of the calendar may ask for. */
    Map<String, Object> of(Due due) {
        Map<String, Object> values = new HashMap<>(drugs);
        Window window = due.window();
        values.put("p", policy());
        values.put("due", wording.due(window));
        values.put("labs", wording.labs(due.labs(), due.rule() == RuleId.M_3));
        return values;
    }

    /** The proposed dose as something that can be ordered. */
    private Optional<Regimen> proposed(CardAdvice card) {
        return card.proposedDose().flatMap(dose -> {
            List<Regimen> known = new ArrayList<>();
            card.options().forEach(option -> option.ordered().ifPresent(known::add));
            known.addAll(policy().ladder().rungs());
            return known.stream()
                    .filter(regimen -> regimen.weekly().compareTo(dose) == 0)
                    .findFirst();
        });
    }

    private Policy policy() {
        return wording.policy();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
