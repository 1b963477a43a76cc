package health.setpoint.card;

import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Option;
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
import java.util.regex.Pattern;

/** The courses that a card lists, in words. */
final class OptionText {

    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    /** The text of each kind of option: {@code option_keep_and_recheck}. */
    private static final ClassValue<String> OPTION_TEXTS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> kind) {
            return "option_"
                    + NEXT_WORD.matcher(kind.getSimpleName()).replaceAll("_").toLowerCase(Locale.ROOT);
        }
    };

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
        List<LabTest> named = new ArrayList<>();
        options.forEach(option -> lines.add(option(card, option, named)));
        return lines;
    }

    private Markdown option(CardAdvice card, Option option, List<LabTest> named) {
        Map<String, Object> words = new HashMap<>();
        words.put("p", policy());
        words.put("drug", card.family() == CardAdvice.Family.TITRATION ? heldByTitration(card) : inhibitors());
        if (option instanceof Option.Start start) {
            words.put("full", wording.full(start.regimen()));
            words.put("dosing", wording.dosing(start.regimen(), true));
        } else if (option instanceof Option.Increase increase) {
            words.put("from", increase.from().mg());
            words.put("full", wording.full(increase.regimen()));
        } else if (option instanceof Option.Reduce reduce) {
            words.put("from", reduce.from().mg());
            words.put("full", wording.full(reduce.regimen()));
        } else if (option instanceof Option.RemoveDraft removal) {
            words.put("medication", drafts(card, removal));
        }
        Optional<Recheck> tests = tests(card, option);
        words.put("tests", tests.map(asked -> tests(card, option, asked, named)).orElse(Markdown.NOTHING));
        String name = OPTION_TEXTS.get(option.getClass());
        return texts().markdown(option instanceof Option.OrderTests && tests.isEmpty() ? name + "_plain" : name, words);
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

    private String drafts(CardAdvice card, Option.RemoveDraft removal) {
        List<String> drafts = removal.drafts().isEmpty() ? card.draft().stream().toList() : removal.drafts();
        return drafts.isEmpty()
                ? wording.words("no_name_draft")
                : Wording.enumerated(drafts.stream().map(suggestions::draft).toList());
    }

    private static Optional<Recheck> tests(CardAdvice card, Option option) {
        if (option instanceof Option.OrderTests order && order.tests().isPresent()) {
            return order.tests();
        }
        return option instanceof Option.ReviewTestosterone || option instanceof Option.KeepOneInhibitor
                ? Optional.empty()
                : card.recheck().filter(recheck -> !recheck.labs().isEmpty());
    }

    /** Tests and days of an option; tests that an option before it named are not named again. */
    private Markdown tests(CardAdvice card, Option option, Recheck asked, List<LabTest> named) {
        boolean again = named.equals(asked.labs());
        named.clear();
        named.addAll(asked.labs());
        String text = option instanceof Option.OrderTests ? "option_tests_ordered" : "option_tests";
        return texts().markdown(
                        text,
                        Map.of(
                                "labs",
                                again ? wording.words("same_tests") : wording.labs(asked),
                                "when",
                                optionWhen(option, asked)));
    }

    /** After a low result that is left to stand, the next one is due sooner than after a change. */
    private String optionWhen(Option option, Recheck asked) {
        return lowIsLeftToStand && option instanceof Option.KeepAndRecheck && Wording.asksForHormones(asked.labs())
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
