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
        words.putAll(option.match(new Words(card)));
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
        Optional<Recheck> ofTheCard =
                card.recheck().filter(recheck -> !recheck.labs().isEmpty());
        return option.match(new Tests(ofTheCard));
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

    /** What the text of each kind asks for beside the tests. */
    private final class Words implements Option.Cases<Map<String, Object>> {

        private final CardAdvice card;

        Words(CardAdvice card) {
            this.card = card;
        }

        @Override
        public Map<String, Object> start(Option.Start start) {
            return Map.of("full", wording.full(start.regimen()), "dosing", wording.dosing(start.regimen(), true));
        }

        @Override
        public Map<String, Object> increase(Option.Increase increase) {
            return Map.of("from", increase.from().mg(), "full", wording.full(increase.regimen()));
        }

        @Override
        public Map<String, Object> reduce(Option.Reduce reduce) {
            return Map.of("from", reduce.from().mg(), "full", wording.full(reduce.regimen()));
        }

        @Override
        public Map<String, Object> hold(Option.Hold hold) {
            return Map.of();
        }

        @Override
        public Map<String, Object> holdUntilRepeat(Option.HoldUntilRepeat hold) {
            return Map.of();
        }

        @Override
        public Map<String, Object> keepAndRecheck(Option.KeepAndRecheck keep) {
            return Map.of();
        }

        @Override
        public Map<String, Object> watchAndRecheck(Option.WatchAndRecheck watch) {
            return Map.of();
        }

        @Override
        public Map<String, Object> removeDraft(Option.RemoveDraft removal) {
            return Map.of("medication", drafts(card, removal));
        }

        @Override
        public Map<String, Object> reviewTestosterone(Option.ReviewTestosterone review) {
            return Map.of();
        }

        @Override
        public Map<String, Object> checkAdherence(Option.CheckAdherence check) {
            return Map.of();
        }

        @Override
        public Map<String, Object> keepOneInhibitor(Option.KeepOneInhibitor keep) {
            return Map.of();
        }

        @Override
        public Map<String, Object> orderTests(Option.OrderTests order) {
            return Map.of();
        }

        @Override
        public Map<String, Object> signDraft(Option.SignDraft sign) {
            return Map.of();
        }
    }

    /** Which tests each kind asks for: its own, those of the card, or none. */
    private record Tests(Optional<Recheck> ofTheCard) implements Option.Cases<Optional<Recheck>> {

        @Override
        public Optional<Recheck> start(Option.Start start) {
            return ofTheCard;
        }

        @Override
        public Optional<Recheck> increase(Option.Increase increase) {
            return ofTheCard;
        }

        @Override
        public Optional<Recheck> reduce(Option.Reduce reduce) {
            return ofTheCard;
        }

        @Override
        public Optional<Recheck> hold(Option.Hold hold) {
            return ofTheCard;
        }

        @Override
        public Optional<Recheck> holdUntilRepeat(Option.HoldUntilRepeat hold) {
            return ofTheCard;
        }

        @Override
        public Optional<Recheck> keepAndRecheck(Option.KeepAndRecheck keep) {
            return ofTheCard;
        }

        @Override
        public Optional<Recheck> watchAndRecheck(Option.WatchAndRecheck watch) {
            return ofTheCard;
        }

        @Override
        public Optional<Recheck> removeDraft(Option.RemoveDraft removal) {
            return ofTheCard;
        }

        @Override
        public Optional<Recheck> reviewTestosterone(Option.ReviewTestosterone review) {
            return Optional.empty();
        }

        @Override
        public Optional<Recheck> checkAdherence(Option.CheckAdherence check) {
            return ofTheCard;
        }

        @Override
        public Optional<Recheck> keepOneInhibitor(Option.KeepOneInhibitor keep) {
            return Optional.empty();
        }

        @Override
        public Optional<Recheck> orderTests(Option.OrderTests order) {
            return order.tests().or(() -> ofTheCard);
        }

        @Override
        public Optional<Recheck> signDraft(Option.SignDraft sign) {
            return ofTheCard;
        }
    }

    private Policy policy() {
        return wording.policy();
    }

    private Texts texts() {
        return wording.texts();
    }
}
