package health.setpoint.titration.cards;

import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.LabTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Each test is ordered by one card of an answer, and no two cards give different dates for it. The card is the most
 * serious that needs the test, the earliest among equals. The calendar comes last, save that the baseline before a first
 * dose of testosterone does not wait for a later date: what is drawn before that dose cannot be drawn after it.
 */
final class OneOrderEach {

    /** A test that a card wants in a window; {@code place} is the card's in the answer. */
    private record Claim(int place, CardAdvice card, RuleId rule, Window window, boolean orders) {

        static final Comparator<Claim> PRECEDENCE = Comparator.comparing(
                        (Claim claim) -> claim.card.family() == Family.MONITORING)
                .thenComparing(claim -> !claim.orders)
                .thenComparing(claim -> claim.card.indicator(), Comparator.reverseOrder())
                .thenComparing(claim -> claim.window.from())
                .thenComparing(Claim::place);

        boolean isBaseline() {
            return rule == RuleId.M_1;
        }
    }

    private final Map<LabTest, List<Claim>> claims = new EnumMap<>(LabTest.class);
    private final Map<LabTest, Claim> kept = new EnumMap<>(LabTest.class);
    private final Set<LabTest> awaited = EnumSet.noneOf(LabTest.class);

    private OneOrderEach(List<CardAdvice> cards) {
        if (cards.stream().anyMatch(OneOrderEach::waitsForEstradiol)) {
            awaited.add(LabTest.ESTRADIOL);
        }
        for (int place = 0; place < cards.size(); place++) {
            claim(place, cards.get(place));
        }
        claims.forEach((test, all) -> kept.put(test, first(all)));
    }

    /** a sample was drawn, and its final result is to come. */
    private static boolean waitsForEstradiol(CardAdvice card) {
        return card.primary().rule() == RuleId.R_32;
    }

    private void claim(int place, CardAdvice card) {
        RuleId rule = card.primary().rule();
        card.due().forEach(due -> claim(due.labs(), new Claim(place, card, due.rule(), due.window(), true)));
        card.later().forEach(due -> claim(due.labs(), new Claim(place, card, due.rule(), due.window(), false)));
        card.recheck().ifPresent(asked -> claim(asked.labs(), new Claim(place, card, rule, asked.window(), false)));
        if (card.family() != Family.MONITORING) {
            card.suggestions().stream()
                    .flatMap(suggestion -> suggestion.actions().stream())
                    .flatMap(action -> action.tests().stream())
                    .forEach(asked -> claim(asked.labs(), new Claim(place, card, rule, asked.window(), true)));
        }
    }

    private void claim(List<LabTest> labs, Claim claim) {
        labs.forEach(
                test -> claims.computeIfAbsent(test, key -> new ArrayList<>()).add(claim));
    }

    private static Claim first(List<Claim> all) {
        if (all.size() == 1) {
            return all.get(0);
        }
        Optional<Claim> baseline = all.stream().filter(Claim::isBaseline).findFirst();
        return all.stream()
                .filter(claim -> baseline.isEmpty()
                        || !claim.window()
                                .from()
                                .isAfter(baseline.get().window().from()))
                .min(Claim.PRECEDENCE)
                .orElseThrow();
    }

    /** The cards of an answer, the most serious first, each with the tests that it is to ask for. */
    static List<CardAdvice> of(List<CardAdvice> cards) {
        OneOrderEach orders = new OneOrderEach(cards);
        List<CardAdvice> answer = new ArrayList<>(cards.size());
        for (int place = 0; place < cards.size(); place++) {
            CardAdvice card = cards.get(place);
            int at = place;
            if (card.family() == Family.MONITORING) {
                orders.calendar(card, place).ifPresent(answer::add);
            } else {
                answer.add(card.asking(
                        card.recheck().flatMap(orders::datedAlike),
                        orders.options(card),
                        ordered(card, test -> orders.isOf(test, at))));
            }
        }
        return List.copyOf(answer);
    }

    /** A card names a test that another one orders only with the date of that order. */
    private Optional<Recheck> datedAlike(Recheck recheck) {
        return only(recheck, test -> kept.get(test).window().equals(recheck.window()));
    }

    private List<Option> options(CardAdvice card) {
        return card.options().stream()
                .flatMap(option -> option.ownTests().isPresent()
                        ? datedAlike(option.ownTests().get())
                                .<Option>map(tests -> new Option.OrderTests(Optional.of(tests)))
                                .stream()
                        : Stream.of(option))
                .toList();
    }

    private static List<Suggestion> ordered(CardAdvice card, Predicate<LabTest> wanted) {
        List<Suggestion> left = new ArrayList<>();
        for (Suggestion suggestion : card.suggestions()) {
            List<OrderAction> actions = suggestion.actions().stream()
                    .flatMap(action -> ordered(action, wanted).stream())
                    .toList();
            if (!actions.isEmpty()) {
                left.add(new Suggestion(suggestion.option(), suggestion.recommended(), actions));
            }
        }
        return left;
    }

    private static Optional<OrderAction> ordered(OrderAction action, Predicate<LabTest> wanted) {
        return action.tests().isPresent()
                ? only(action.tests().get(), wanted).map(OrderAction.OrderLabs::new)
                : Optional.of(action);
    }

    private boolean isOf(LabTest test, int place) {
        return kept.get(test).place() == place;
    }

    private static Optional<Recheck> only(Recheck recheck, Predicate<LabTest> wanted) {
        List<LabTest> left = recheck.labs().stream().filter(wanted).toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(new Recheck(recheck.window(), left, recheck.massSpectrometry(), recheck.trough()));
    }

    /** Each test once, without what another card asks or waits for; no card where nothing is left that is due. */
    private Optional<CardAdvice> calendar(CardAdvice card, int place) {
        Set<LabTest> named = EnumSet.noneOf(LabTest.class);
        List<Due> due = own(card.due(), place, named);
        List<Due> later = own(card.later(), place, named);
        List<Suggestion> left = ordered(card, test -> isOf(test, place) && !awaited.contains(test));
        return due.isEmpty() ? Optional.empty() : Optional.of(card.listing(due, later, left));
    }

    private List<Due> own(List<Due> lines, int place, Set<LabTest> named) {
        List<Due> own = new ArrayList<>();
        for (Due line : lines) {
            List<LabTest> labs = line.labs().stream()
                    .filter(test -> !awaited.contains(test) && isKept(test, line, place) && named.add(test))
                    .toList();
            if (!labs.isEmpty()) {
                own.add(new Due(line.rule(), line.window(), labs));
            }
        }
        return own;
    }

    private boolean isKept(LabTest test, Due line, int place) {
        Claim claim = kept.get(test);
        return claim.place() == place && claim.window().equals(line.window());
    }
}
