package health.setpoint.clinic;

import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Doubt;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.OrderAction;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.advice.Unknown;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.labs.DoubtfulResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.monitoring.Calendar;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Regimen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares an answer with the expectation columns of a row; a blank cell expects nothing. */
final class Expectations {

    /** Rules that only add a line to a card: a row may name them and need not. */
    private static final Set<String> ANNOTATIONS = Set.of("R-19", "R-62", "R-64", "R-65");

    private static final Set<String> RULES =
            Arrays.stream(RuleId.values()).map(RuleId::id).collect(Collectors.toUnmodifiableSet());

    private static final Pattern SEEN = Pattern.compile("([RM]-\\w+) (\\w+) = (.+)");

    private final Row row;
    private final Facts facts;
    private final Advice advice;
    private final List<String> differences = new ArrayList<>();

    private Expectations(Row row, Facts facts, Advice advice) {
        this.row = row;
        this.facts = facts;
        this.advice = advice;
    }

    /** What differs, one sentence each; empty where the answer is the expected one. */
    static List<String> differences(Row row, Facts facts, Advice advice) {
        Expectations expectations = new Expectations(row, facts, advice);
        expectations.compare();
        return expectations.differences;
    }

    /** The answer in the words of the tables. */
    static String summary(Advice advice) {
        return advice.cards().stream()
                .map(card -> card.family() + " " + card.rules() + " " + card.indicator() + " "
                        + card.kind().word()
                        + " dose " + dose(card)
                        + card.recheck()
                                .map(recheck -> " recheck " + window(recheck.window()) + " " + labs(recheck))
                                .orElse("")
                        + " options "
                        + card.options().stream().map(Expectations::word).toList()
                        + " suggestions "
                        + card.suggestions().stream()
                                .map(suggestion -> suggestion.actions().stream()
                                        .map(action ->
                                                action instanceof OrderAction.OrderLabs ? "labs" : action.toString())
                                        .toList())
                                .toList()
                        + (card.due().isEmpty()
                                ? ""
                                : " due "
                                        + card.due().stream()
                                                .map(Expectations::due)
                                                .toList())
                        + (card.later().isEmpty()
                                ? ""
                                : " later "
                                        + card.later().stream()
                                                .map(Expectations::due)
                                                .toList())
                        + (card.notes().isEmpty() ? "" : " notes " + card.notes())
                        + (card.draftAgrees() ? " draft agrees" : ""))
                .collect(Collectors.joining("\n  ", "\n  ", ""));
    }

    private void compare() {
        row.cell("rules").ifPresent(cell -> rules(cell, false));
        row.cell("rules (exact)").ifPresent(cell -> rules(cell, true));
        row.cell("indicator").ifPresent(this::indicator);
        row.cell("advice").ifPresent(this::kind);
        row.cell("dose").ifPresent(this::dose);
        row.cell("current").ifPresent(this::current);
        row.cell("recheck").ifPresent(this::recheck);
        row.cell("labs due").ifPresent(this::labsDue);
        row.cell("options").ifPresent(this::options);
        row.cell("suggestions").ifPresent(this::suggestions);
        row.cell("advised").ifPresent(this::advised);
        row.cell("calendar").ifPresent(this::calendar);
        row.cell("due").ifPresent(cell -> onCard("due", cell, CardAdvice::due));
        row.cell("later").ifPresent(cell -> onCard("later", cell, CardAdvice::later));
        row.cell("notes").ifPresent(this::notes);
        row.cell("cards").ifPresent(this::cards);
        row.cell("draft agrees")
                .ifPresent(cell -> same(
                        "draft agrees",
                        cell,
                        advice.cards().stream().anyMatch(CardAdvice::draftAgrees) ? "yes" : "no"));
        row.cell("seen").ifPresent(cell -> Words.items(cell).forEach(this::seen));
        row.cell("doubts")
                .ifPresent(cell -> same(
                        "doubts",
                        cell,
                        advice.doubts().isEmpty()
                                ? "none"
                                : advice.doubts().stream()
                                        .map(Expectations::doubt)
                                        .collect(Collectors.joining("; "))));
    }

    private static String doubt(Doubt doubt) {
        String why = doubt.result().result().reading() instanceof Reading.Unreadable unreadable
                        && doubt.result().fault() == DoubtfulResult.Fault.UNREADABLE
                ? unreadable.why().name()
                : doubt.result().fault().name();
        return (doubt.result().result().analyte() + ": " + why)
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ')
                + doubt.crossing()
                        .map(limit -> ", beyond " + limit.stripTrailingZeros().toPlainString())
                        .orElse(doubt.withholds() ? ", withholds" : "");
    }

    private void seen(String item) {
        Matcher words = SEEN.matcher(item);
        if (!words.matches()) {
            throw Words.unknown("seen", item);
        }
        String came = advice.cards().stream()
                .flatMap(card -> card.findings().stream())
                .filter(finding -> finding.rule().id().equals(words.group(1)))
                .map(finding -> finding.seen().getOrDefault(words.group(2), "none"))
                .findFirst()
                .orElse(words.group(1) + " did not fire");
        same("seen " + words.group(1) + " " + words.group(2), words.group(3), came);
    }

    private void rules(String cell, boolean exact) {
        Set<String> expected = new TreeSet<>(Words.isNone(cell) ? List.of() : list(cell));
        Set<String> came = advice.cards().stream()
                .flatMap(card -> card.rules().stream())
                .map(Object::toString)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String word : List.copyOf(expected)) {
            if (word.startsWith("no ")) {
                expected.remove(word);
                if (came.contains(word.substring(3))) {
                    differences.add("rules: " + word.substring(3) + " must not fire");
                }
            } else if (!RULES.contains(word)) {
                throw Words.unknown("rules", word);
            }
        }
        if (expected.isEmpty() && !Words.isNone(cell)) {
            return;
        }
        if (!exact) {
            came.removeIf(rule -> !expected.contains(rule) && (ANNOTATIONS.contains(rule) || rule.startsWith("M-")));
        }
        same("rules", expected.toString(), came.toString());
    }

    private void indicator(String cell) {
        String came = advice.cards().stream()
                .filter(card -> card.family() != CardAdvice.Family.MONITORING)
                .map(CardAdvice::indicator)
                .max(Comparator.naturalOrder())
                .map(Indicator::word)
                .orElse("silent");
        same("indicator", cell, came);
    }

    private void kind(String cell) {
        same(
                "advice",
                cell,
                leading().map(CardAdvice::kind).map(AdviceKind::word).orElse("none"));
    }

    private void dose(String cell) {
        same("dose", cell, leading().map(Expectations::dose).orElse("none"));
    }

    private void current(String cell) {
        same(
                "current dose",
                cell,
                leading().flatMap(CardAdvice::currentDose).map(Object::toString).orElse("none"));
    }

    private void recheck(String cell) {
        same(
                "recheck",
                cell.equals("now") ? Words.TODAY.toString() : cell,
                leading()
                        .flatMap(CardAdvice::recheck)
                        .map(recheck -> window(recheck.window()))
                        .orElse("none"));
    }

    private void labsDue(String cell) {
        Optional<Recheck> came = leading().flatMap(CardAdvice::recheck);
        if (Words.isNone(cell)) {
            same("labs due", "none", came.map(Expectations::labs).orElse("none"));
            return;
        }
        Set<LabTest> expected = EnumSet.noneOf(LabTest.class);
        for (String word : list(cell.replace(" (LC-MS/MS)", ""))) {
            expected.add(Patients.test(word).orElseThrow(() -> Words.unknown("labs due", word)));
        }
        same(
                "labs due",
                expected.toString(),
                came.map(recheck -> recheck.labs().isEmpty()
                                ? "[]"
                                : EnumSet.copyOf(recheck.labs()).toString())
                        .orElse("none"));
        if (cell.contains("LC-MS/MS") && !came.map(Recheck::massSpectrometry).orElse(false)) {
            differences.add("labs due: LC-MS/MS was not asked for");
        }
    }

    /** The named options must stand in this order; others may stand between them. */
    private void options(String cell) {
        List<String> came = leading()
                .map(card -> card.options().stream().map(Expectations::word).toList())
                .orElse(List.of());
        int from = 0;
        for (String expected : list(cell)) {
            if (expected.startsWith("no ")) {
                String forbidden = expected.substring(3);
                if (came.stream().anyMatch(option -> option.startsWith(forbidden))) {
                    differences.add("options: '" + forbidden + "' must not be offered, came " + came);
                }
                continue;
            }
            int at = came.subList(Math.min(from, came.size()), came.size()).indexOf(expected);
            if (at < 0) {
                differences.add("options: expected " + cell + ", came " + came);
                return;
            }
            from += at + 1;
        }
    }

    /** The order actions of all suggestions together; requests for tests are compared only where the cell names them. */
    private void suggestions(String cell) {
        Set<String> expected = new TreeSet<>(list(cell));
        expected.remove("none");
        boolean labsExpected = expected.remove("labs");
        boolean labsForbidden = expected.remove("no labs");
        Set<String> came = new TreeSet<>();
        boolean labs = false;
        for (CardAdvice card : advice.cards()) {
            for (Suggestion suggestion : card.suggestions()) {
                for (OrderAction action : suggestion.actions()) {
                    if (action instanceof OrderAction.OrderLabs) {
                        labs |= card.family() != CardAdvice.Family.MONITORING;
                    } else {
                        came.add(word(action));
                    }
                }
            }
        }
        same("suggestions", expected.toString(), came.toString());
        if (labsExpected && !labs) {
            differences.add("suggestions: no labs were offered");
        }
        if (labsForbidden && labs) {
            differences.add("suggestions: labs were offered");
        }
    }

    /** What the first suggestion of the first card does, where that card recommends it. */
    private void advised(String cell) {
        String came = advice.cards().stream()
                .findFirst()
                .flatMap(card -> card.suggestions().stream().findFirst())
                .filter(Suggestion::recommended)
                .map(suggestion -> suggestion.actions().stream().map(this::word).collect(Collectors.joining("; ")))
                .orElse("none");
        same("advised", cell, came);
    }

    private void calendar(String cell) {
        lines("calendar", cell, Calendar.of(new Picture(facts, Policies.of(row))));
    }

    /** Lines of the monitoring card: {@code of} says which. */
    private void onCard(String column, String cell, Function<CardAdvice, List<Due>> of) {
        List<Due> came =
                advice.cards().stream().flatMap(card -> of.apply(card).stream()).toList();
        if (Words.isNone(cell)) {
            same(column, "[]", came.stream().map(Expectations::due).toList().toString());
        } else {
            lines(column, cell, came);
        }
    }

    private void lines(String column, String cell, List<Due> lines) {
        List<String> came = lines.stream().map(Expectations::due).toList();
        for (String expected : Words.items(cell)) {
            if (expected.startsWith("no ")) {
                String forbidden = expected.substring(3);
                if (came.stream().anyMatch(due -> (due + " ").startsWith(forbidden + " "))) {
                    differences.add(column + ": '" + forbidden + "' must not be due, came " + came);
                }
            } else if (expected.contains(":")
                    ? !came.contains(expected)
                    : came.stream()
                            .noneMatch(due -> due.startsWith(expected + ":") || due.startsWith(expected + " "))) {
                differences.add(column + ": expected " + expected + ", came " + came);
            }
        }
    }

    private void notes(String cell) {
        Set<Note> came = advice.cards().stream()
                .flatMap(card -> card.notes().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Note.class)));
        Set<Unknown> unknowns = advice.cards().stream()
                .flatMap(card -> card.unknowns().stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Unknown.class)));
        for (String expected : list(cell)) {
            boolean forbidden = expected.startsWith("no ");
            String name = forbidden ? expected.substring(3) : expected;
            boolean there = name.endsWith(" unknown")
                    ? unknowns.contains(
                            Unknown.valueOf(Words.enumName(name.substring(0, name.length() - " unknown".length()))))
                    : came.contains(Note.valueOf(Words.enumName(name)));
            if (there == forbidden) {
                differences.add("notes: expected " + expected + ", came " + came + " " + unknowns);
            }
        }
    }

    private void cards(String cell) {
        String came = advice.cards().stream()
                .filter(card -> card.family() != CardAdvice.Family.MONITORING)
                .map(card -> card.primary().rule().toString())
                .collect(Collectors.joining(", "));
        same("cards", cell, came.isEmpty() ? "none" : came);
    }

    /** The titration card, else the most serious card. */
    private Optional<CardAdvice> leading() {
        return advice.cards().stream()
                .filter(card -> card.family() == CardAdvice.Family.TITRATION)
                .findFirst()
                .or(() -> advice.cards().stream()
                        .filter(card -> card.family() != CardAdvice.Family.MONITORING)
                        .findFirst());
    }

    private void same(String what, String expected, String came) {
        if (!expected.equals(came)) {
            differences.add(what + ": expected " + expected + ", came " + came);
        }
    }

    private static List<String> list(String cell) {
        return Arrays.stream(cell.split("[,;]"))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String dose(CardAdvice card) {
        return card.proposedDose()
                .map(dose -> dose.isNone() ? "hold" : dose.toString())
                .orElse("none");
    }

    private static String window(Window window) {
        return window.isOneDay() ? window.from().toString() : window.from() + ".." + window.to();
    }

    private static String labs(Recheck recheck) {
        return recheck.labs().stream().map(LabTest::word).toList() + (recheck.massSpectrometry() ? " LC-MS/MS" : "");
    }

    private static String due(Due due) {
        return due.rule() + " " + window(due.window()) + ": "
                + due.labs().stream().sorted().map(Expectations::shortWord).collect(Collectors.joining(" + "));
    }

    private static String shortWord(LabTest test) {
        return switch (test) {
            case ESTRADIOL -> "E2";
            case TESTOSTERONE -> "TT";
            case FREE_TESTOSTERONE -> "free T";
            case LIPIDS -> "lipids";
            default -> test.name();
        };
    }

    private static String word(Option option) {
        if (option instanceof Option.Start start) {
            return "start " + start.regimen().weekly();
        }
        if (option instanceof Option.Increase increase) {
            return "increase " + increase.regimen().weekly();
        }
        if (option instanceof Option.Reduce reduce) {
            return "reduce " + reduce.regimen().weekly();
        }
        if (option instanceof Option.Hold) {
            return "hold";
        }
        if (option instanceof Option.HoldUntilRepeat) {
            return "hold until repeat";
        }
        if (option instanceof Option.KeepAndRecheck) {
            return "keep";
        }
        if (option instanceof Option.WatchAndRecheck) {
            return "watch";
        }
        if (option instanceof Option.RemoveDraft) {
            return "remove draft";
        }
        if (option instanceof Option.ReviewTestosterone) {
            return "review testosterone";
        }
        if (option instanceof Option.CheckAdherence) {
            return "check adherence";
        }
        if (option instanceof Option.KeepOneInhibitor) {
            return "keep one";
        }
        if (option instanceof Option.OrderTests) {
            return "tests";
        }
        return "sign draft";
    }

    private String word(OrderAction action) {
        if (action instanceof OrderAction.DeleteDraft delete) {
            return "delete " + draft(delete.draft());
        }
        if (action instanceof OrderAction.ReviseDraft revise) {
            return "update " + draft(revise.draft()) + " " + dose(revise.regimen());
        }
        if (action instanceof OrderAction.ReviseOrder revise) {
            return "update order " + dose(revise.regimen());
        }
        if (action instanceof OrderAction.HoldOrder) {
            return "hold order";
        }
        if (action instanceof OrderAction.StopOrder stop) {
            return "stop " + drug(stop.order()) + " order";
        }
        if (action instanceof OrderAction.CreateOrder create) {
            return "create " + dose(create.regimen())
                    + create.replacesStatement()
                            .map(statement -> " for statement")
                            .orElse("");
        }
        return "labs";
    }

    private static String dose(Regimen regimen) {
        return regimen.weekly().toString();
    }

    private String draft(String reference) {
        return facts.courses().stream()
                .filter(course -> course.reference().equals(reference))
                .filter(course -> course.isDraft() || course.state() == Course.State.DRAFT_STOP)
                .findFirst()
                .map(course -> draftWord(course.drug()))
                .orElse("unknown " + reference);
    }

    private static String draftWord(Drug drug) {
        return drug == Drug.ANASTROZOLE ? "draft" : drug.name().toLowerCase(java.util.Locale.ROOT) + " draft";
    }

    private String drug(String reference) {
        return facts.courses().stream()
                .filter(course -> course.reference().equals(reference))
                .findFirst()
                .map(course -> course.drug().name().toLowerCase(java.util.Locale.ROOT))
                .orElse("unknown");
    }
}
