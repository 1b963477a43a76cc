package health.setpoint.card.explanation;

import health.setpoint.card.suggestion.SuggestionWriter;
import health.setpoint.card.text.Markdown;
import health.setpoint.card.text.Texts;
import health.setpoint.card.text.Wording;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.policy.Policy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The courses that a card lists, in words. */
final class OptionText {

    private static final Set<RuleId> EARLY_RECHECK = EnumSet.of(RuleId.R_40, RuleId.R_41);

    private final Wording wording;
    private final SuggestionWriter suggestions;
    private final CardValues values;
    private final boolean lowIsLeftToStand;

    OptionText(Wording wording, SuggestionWriter suggestions, CardValues values, Advice advice) {
        this.wording = wording;
        this.suggestions = suggestions;
        this.values = values;
        this.lowIsLeftToStand = advice.cards().stream()
                .anyMatch(card -> EARLY_RECHECK.contains(card.primary().rule()));
    }

    /** Every course of a card, the advised one first. */
    List<Markdown> of(CardAdvice card) {
        List<Option> options = new ArrayList<>(card.options());
        boolean leavesAsIs = options.stream()
                .anyMatch(
                        option -> option instanceof Option.KeepAndRecheck || option instanceof Option.WatchAndRecheck);
        if (CardText.DOSE_KINDS.contains(card.kind()) && !leavesAsIs) {
            options.add(card.kind() == AdviceKind.START ? new Option.WatchAndRecheck() : new Option.KeepAndRecheck());
        }
        List<Markdown> lines = new ArrayList<>();
        if (card.family() == CardAdvice.Family.SAFETY) {
            texts().ifAny("course_" + card.primary().rule().name(), values.of(card, card.primary()))
                    .filter(course -> !course.isNothing())
                    .ifPresent(lines::add);
        }
        Optional<Asked> before = Optional.empty();
        for (Option option : options) {
            Optional<Asked> asked = asked(card, option);
            lines.add(option(card, option, asked, before));
            before = asked.isPresent() ? asked : before;
        }
        return lines;
    }

    private Markdown option(CardAdvice card, Option option, Optional<Asked> asked, Optional<Asked> before) {
        Map<String, Object> words = new HashMap<>();
        words.put("p", policy());
        words.put("injected", wording.isInjected());
        words.put("drug", card.family() == CardAdvice.Family.TITRATION ? heldByTitration(card) : inhibitors());
        option.ordered().ifPresent(regimen -> words.put("regimen", wording.regimen(regimen)));
        if (option instanceof Option.RemoveDraft removal) {
            words.put("medication", drafts(card, removal));
            words.put("several", removal.drafts().size() > 1);
        }
        boolean roomy = card.family() == CardAdvice.Family.TITRATION;
        words.put(
                "tests", asked.map(tests -> tests(option, tests, before, roomy)).orElse(Markdown.NOTHING));
        String name = changesTheDraft(card, option)
                ? "option_revise_draft"
                : "option_" + option.kind().name().toLowerCase(Locale.ROOT);
        return texts().markdown(
                        option.kind() == Option.Kind.ORDER_TESTS && asked.isEmpty() ? name + "_plain" : name, words);
    }

    /** A start or another dose that is drafted already, at a dose that this option changes. */
    private static boolean changesTheDraft(CardAdvice card, Option option) {
        return card.suggestions().stream()
                .flatMap(suggestion -> suggestion.actions().stream())
                .anyMatch(action -> action instanceof OrderAction.ReviseDraft revise
                        && option.ordered().equals(Optional.of(revise.regimen())));
    }

    /** A gate's card may hold an inhibitor that is not anastrozole; the rules of titration hold anastrozole. */
    private String heldByTitration(CardAdvice card) {
        return card.kind() == AdviceKind.NOT_APPLICABLE || card.primary().rule() == RuleId.R_07B
                ? inhibitors()
                : wording.words("drug_anastrozole");
    }

    private String inhibitors() {
        return values.inhibitors();
    }

    /** The drafts by name, where it is not the one that the card speaks of anyway. */
    private String drafts(CardAdvice card, Option.RemoveDraft removal) {
        List<String> named = card.draft().stream().toList();
        return removal.drafts().isEmpty() || removal.drafts().equals(named)
                ? ""
                : wording.enumerated(
                        removal.drafts().stream().map(suggestions::shortDraft).toList());
    }

    /** Which tests an option asks for: its own, those of the card, or none. */
    private static Optional<Recheck> tests(CardAdvice card, Option option) {
        return switch (option.kind()) {
            case REVIEW_TESTOSTERONE, KEEP_ONE_INHIBITOR -> Optional.empty();
            case START,
                    INCREASE,
                    REDUCE,
                    HOLD,
                    HOLD_UNTIL_REPEAT,
                    KEEP_AND_RECHECK,
                    WATCH_AND_RECHECK,
                    REMOVE_DRAFT,
                    CHECK_ADHERENCE,
                    ORDER_TESTS,
                    SIGN_DRAFT ->
                option.ownTests().or(() -> card.recheck()
                        .filter(recheck -> !recheck.labs().isEmpty()));
        };
    }

    /** What an option asks to be measured, and when in words. */
    private record Asked(List<LabTest> labs, boolean massSpectrometry, String when) {}

    private Optional<Asked> asked(CardAdvice card, Option option) {
        return tests(card, option)
                .map(asked -> new Asked(asked.labs(), asked.massSpectrometry(), optionWhen(option, asked)));
    }

    /** Tests that an option before it named are not named again; nor, on a card with little room, are their days. */
    private Markdown tests(Option option, Asked asked, Optional<Asked> before, boolean roomy) {
        boolean orders = option.kind() == Option.Kind.ORDER_TESTS;
        boolean again = before.map(Asked::labs).equals(Optional.of(asked.labs()));
        boolean sameDays = again && before.map(Asked::when).equals(Optional.of(asked.when()));
        if (sameDays && !roomy && !orders) {
            return texts().markdown("option_tests_again", Map.of());
        }
        String labs = again
                ? wording.words(orders ? "these_tests" : "same_tests")
                : wording.shortLabs(asked.labs(), roomy && asked.massSpectrometry());
        return texts().markdown(
                        orders ? "option_tests_ordered" : "option_tests", Map.of("labs", labs, "when", asked.when()));
    }

    /** After a low result that is left to stand, the next one is due sooner than after a change. */
    private String optionWhen(Option option, Recheck asked) {
        return lowIsLeftToStand
                        && option.kind() == Option.Kind.KEEP_AND_RECHECK
                        && Wording.asksForHormones(asked.labs())
                ? texts().plain(
                                "when_about",
                                Map.of(
                                        "from",
                                        wording.today()
                                                .plusDays(policy().timing().earlyRecheckDays())
                                                .toString()))
                : wording.when(asked.window());
    }

    private Policy policy() {
        return wording.policy();
    }

    private Texts texts() {
        return wording.texts();
    }
}
