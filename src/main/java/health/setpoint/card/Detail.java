package health.setpoint.card;

import health.setpoint.titration.Gap;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Input;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Regimen;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Summary and detail of a card, both from templates. */
final class Detail {

    private static final int SUMMARY_LIMIT = 139;
    private static final Pattern COMPARATOR = Pattern.compile("[<>=]");
    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z])(?=[A-Z])");

    /** The text of each kind of option: {@code option_keep_and_recheck}. */
    private static final ClassValue<String> OPTION_TEXTS = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> kind) {
            return "option_"
                    + NEXT_WORD.matcher(kind.getSimpleName()).replaceAll("_").toLowerCase(Locale.ROOT);
        }
    };

    /** Cards that speak of a dose, and so carry the off-label and evidence line. */
    private static final Set<AdviceKind> DOSE_KINDS =
            EnumSet.of(AdviceKind.START, AdviceKind.INCREASE, AdviceKind.REDUCE, AdviceKind.HOLD, AdviceKind.CONTINUE);

    private static final Set<RuleId> EARLY_RECHECK = EnumSet.of(RuleId.R_40, RuleId.R_41);

    private final Wording wording;
    private final EvidenceLines evidence;
    private final Orders orders;
    private final SignOff signOff;
    private final List<Gap> gaps;
    private final DoubtLines doubts;

    Detail(Wording wording, EvidenceLines evidence, SignOff signOff, Orders orders, List<Gap> gaps, DoubtLines doubts) {
        this.wording = wording;
        this.evidence = evidence;
        this.signOff = signOff;
        this.orders = orders;
        this.gaps = List.copyOf(gaps);
        this.doubts = doubts;
    }

    /**
     * What is written on a card.
     *
     * @param summary one sentence of plain text, at most 139 UTF-16 units
     * @param detail GitHub-flavoured Markdown without raw HTML
     */
    record Written(String summary, String detail) {}

    /** Both texts of a card, with what it leaves to be done by hand. */
    Written of(CardAdvice card, List<String> byHand) {
        Map<String, Object> shared = shared(card);
        Map<String, Object> primary = values(shared, card, card.primary());
        return new Written(summary(card, primary), detail(card, shared, primary, byHand));
    }

    // --- summary

    private String summary(CardAdvice card, Map<String, Object> primary) {
        if (card.family() == CardAdvice.Family.MONITORING) {
            return shortened(monitoringSummary(card));
        }
        return shortened(texts().plain(name(card.primary().rule(), "summary"), primary));
    }

    private String monitoringSummary(CardAdvice card) {
        Due first = card.due().get(0);
        String summary = texts().plain(name(first.rule(), "summary"), values(first));
        int more = card.due().size() - 1;
        return more == 0 ? summary : texts().plain("monitoring_more", Map.of("summary", summary, "more", more));
    }

    /** Cut at a word, for values that no test could foresee. */
    private static String shortened(String summary) {
        if (summary.length() <= SUMMARY_LIMIT) {
            return summary;
        }
        String cut = summary.substring(0, SUMMARY_LIMIT - 1);
        return cut.substring(0, Math.max(cut.lastIndexOf(' '), SUMMARY_LIMIT / 2)) + "…";
    }

    // --- detail

    private String detail(
            CardAdvice card, Map<String, Object> shared, Map<String, Object> primary, List<String> byHand) {
        boolean monitoring = card.family() == CardAdvice.Family.MONITORING;
        Map<String, Object> blocks = new HashMap<>();
        blocks.put("advice", monitoring ? markdown("monitoring_advice") : advice(card, primary));
        blocks.put("concerns", Markdown.lines(concerns(card)));
        blocks.put("why", block("why", Markdown.bullets(monitoring ? calendar(card) : why(card, primary))));
        blocks.put("also", block("also", Markdown.bullets(also(card, shared))));
        blocks.put("unknowns", block("unknowns", Markdown.bullets(unknowns(card))));
        blocks.put("options", monitoring ? Markdown.NOTHING : block("options", Markdown.numbered(options(card))));
        blocks.put("byHand", block("by_hand", Markdown.bullets(Markdown.escaped(byHand))));
        blocks.put("rechecks", monitoring ? Markdown.NOTHING : recheck(card));
        blocks.put("evidence", Markdown.paragraphs(evidence(card)));
        blocks.put("provenance", provenance(card));
        return texts().paragraphs("detail", blocks).text();
    }

    /** Lines under their heading; nothing where there are none. */
    private Markdown block(String name, Markdown lines) {
        return lines.isNothing() ? lines : texts().block("block_" + name, Map.of("lines", lines));
    }

    private Markdown advice(CardAdvice card, Map<String, Object> primary) {
        return texts().markdown(name(card.primary().rule(), "advice"), primary);
    }

    private List<Markdown> concerns(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>();
        card.draft().ifPresent(draft -> {
            String medication =
                    orders.find(draft).flatMap(wording::medication).orElseGet(() -> wording.words("no_name_draft"));
            lines.add(texts().markdown("concerns_draft", Map.of("medication", medication)));
        });
        if (card.draftAgrees()) {
            lines.add(markdown("draft_agrees"));
        }
        return lines;
    }

    private List<Markdown> why(CardAdvice card, Map<String, Object> primary) {
        List<Markdown> lines = new ArrayList<>();
        lines.add(ruled(why(card.primary(), primary), card.primary().rule()));
        if (card.primary().seen().containsKey("symptoms")) {
            lines.add(texts().markdown(
                            "symptoms", Map.of("names", card.primary().seen().get("symptoms"))));
        }
        card.inputs().forEach(input -> lines.add(input(input)));
        return lines;
    }

    private Markdown why(Finding finding, Map<String, Object> values) {
        return texts().markdown(name(finding.rule(), "why"), values);
    }

    private List<Markdown> calendar(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>();
        for (Due due : card.due()) {
            Map<String, Object> values = values(due);
            Markdown line = new Markdown(texts().markdown(name(due.rule(), "why"), values)
                    + " "
                    + texts().markdown(name(due.rule(), "advice"), values));
            lines.add(ruled(line, due.rule()));
        }
        if (!card.later().isEmpty()) {
            lines.add(texts().markdown("monitoring_later", Map.of("lines", later(card))));
        }
        return lines;
    }

    /** What comes later, in one line of dates. */
    private String later(CardAdvice card) {
        return card.later().stream()
                .map(due -> texts().plain(
                                "monitoring_later_line",
                                Map.of(
                                        "labs", wording.labs(due.labs(), false),
                                        "when", wording.when(due.window()))))
                .collect(Collectors.joining("; "));
    }

    private List<Markdown> also(CardAdvice card, Map<String, Object> shared) {
        List<Markdown> lines = new ArrayList<>();
        for (Finding finding : card.findings().subList(1, card.findings().size())) {
            if (finding.rule() != RuleId.R_65 && !isMonitoring(finding.rule())) {
                Map<String, Object> values = values(shared, card, finding);
                Markdown why = why(finding, values);
                Markdown line = texts().ifAny(name(finding.rule(), "advice"), values)
                        .map(advice -> new Markdown(why + " " + advice))
                        .orElse(why);
                lines.add(ruled(line, finding.rule()));
            }
        }
        for (Note note : new LinkedHashSet<>(card.notes())) {
            lines.add(markdown("note_" + lowerCase(note)));
        }
        return lines;
    }

    private static boolean isMonitoring(RuleId rule) {
        return rule.name().startsWith("M_");
    }

    private Markdown ruled(Markdown text, RuleId rule) {
        return texts().markdown("why_line", Map.of("text", text, "rule", rule.id()));
    }

    private Markdown input(Input input) {
        LabResult result = input.result();
        Markdown line = texts().markdown(
                        "input",
                        Map.of(
                                "name",
                                wording.words("analyte_" + lowerCase(result.analyte())),
                                "value",
                                value(result),
                                "notes",
                                String.join(", ", notes(result))));
        return input.decisive() ? line : texts().markdown("input_shown_only", Map.of("input", line));
    }

    /** When and how it was measured, and whether that is final. */
    private List<String> notes(LabResult result) {
        List<String> notes = new ArrayList<>();
        notes.add(result.drawn()
                .day()
                .map(day -> texts().plain("drawn", Map.of("day", day)))
                .orElseGet(() -> wording.words("drawn_unknown")));
        if (result.analyte() == Analyte.ESTRADIOL || result.analyte() == Analyte.TESTOSTERONE) {
            notes.add(wording.words("assay_" + lowerCase(result.assay())));
        }
        if (!result.status().isFinal()) {
            notes.add(wording.words("not_final"));
        }
        if (result.reading() instanceof Reading.Unreadable unreadable
                && unreadable.why().isOfTest()) {
            notes.add(wording.words("test_" + lowerCase(unreadable.why())));
        }
        return notes;
    }

    private String value(LabResult result) {
        String reported = reported(result);
        return base(result)
                .map(base -> texts().plain("value_and_base", Map.of("value", reported, "base", base)))
                .orElse(reported);
    }

    private String reported(LabResult result) {
        if (result.reading() instanceof Reading.Measured measured) {
            return measured.comparator().sign()
                    + measured.amount().toPlainString()
                    + unit(measured.unit().symbol());
        }
        Reading.Unreadable unreadable = (Reading.Unreadable) result.reading();
        String shown = unreadable.shown();
        if (unreadable.why().isOfTest() && !shown.isBlank()) {
            return shown;
        }
        return shown.isBlank()
                ? wording.words("value_missing")
                : texts().plain("value_unreadable", Map.of("shown", shown));
    }

    /** The value as the rules compare it, where the laboratory used another unit. */
    private static Optional<String> base(LabResult result) {
        if (result.reading() instanceof Reading.Measured measured
                && !measured.unit().symbol().equalsIgnoreCase(result.analyte().baseUnit())) {
            return Optional.of(Bounded.of(result.analyte(), measured).shown()
                            + unit(result.analyte().baseUnit()))
                    .filter(base -> !base.equals(measured.comparator().sign()
                            + measured.amount().toPlainString()
                            + unit(measured.unit().symbol())));
        }
        return Optional.empty();
    }

    /** Units in braces are annotations of UCUM that tell a reader nothing; percent and names follow a space. */
    private static String unit(String symbol) {
        return symbol.isBlank() || symbol.startsWith("{") ? "" : " " + symbol;
    }

    private List<Markdown> unknowns(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>();
        card.unknowns().stream()
                .distinct()
                .forEach(unknown -> lines.add(texts().markdown(
                                "unknown_" + lowerCase(unknown),
                                Map.of(
                                        "days",
                                        policy().freshness().of(Analyte.TESTOSTERONE),
                                        "doubtful",
                                        doubts.isAbout(Analyte.TESTOSTERONE)))));
        lines.addAll(doubts.of(card));
        if (gaps.isEmpty()) {
            return lines;
        }
        for (Gap.Why why : Gap.Why.values()) {
            String parts = gaps.stream()
                    .filter(gap -> gap.why() == why)
                    .map(gap -> gap.data().words())
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (!parts.isEmpty()) {
                lines.add(texts().markdown("gap_" + lowerCase(why), Map.of("parts", parts)));
            }
        }
        return lines;
    }

    // --- options

    private List<Markdown> options(CardAdvice card) {
        List<Option> options = new ArrayList<>(card.options());
        boolean leavesAsIs = options.stream()
                .anyMatch(
                        option -> option instanceof Option.KeepAndRecheck || option instanceof Option.WatchAndRecheck);
        if (DOSE_KINDS.contains(card.kind()) && !leavesAsIs) {
            options.add(card.kind() == AdviceKind.START ? new Option.WatchAndRecheck() : new Option.KeepAndRecheck());
        }
        List<Markdown> lines = new ArrayList<>();
        if (card.family() == CardAdvice.Family.SAFETY) {
            texts().ifAny("course_" + card.primary().rule().name(), Map.of()).ifPresent(lines::add);
        }
        options.forEach(option -> lines.add(option(card, option)));
        return lines;
    }

    private Markdown option(CardAdvice card, Option option) {
        String name = OPTION_TEXTS.get(option.getClass());
        Map<String, Object> values = new HashMap<>();
        if (option instanceof Option.Start start) {
            values.put("full", wording.full(start.regimen()));
            values.put("dosing", wording.dosing(start.regimen(), true));
        } else if (option instanceof Option.Increase increase) {
            values.put("from", increase.from().mg());
            values.put("full", wording.full(increase.regimen()));
        } else if (option instanceof Option.Reduce reduce) {
            values.put("from", reduce.from().mg());
            values.put("full", wording.full(reduce.regimen()));
        }
        Optional<String> when = optionWhen(card, option);
        when.ifPresent(day -> values.put("when", day));
        return texts().markdown(when.isPresent() ? name : name.replace("_and_recheck", ""), values);
    }

    /** After a low result that is left to stand, the next one is due sooner than after a change. */
    private Optional<String> optionWhen(CardAdvice card, Option option) {
        if (option instanceof Option.KeepAndRecheck
                && EARLY_RECHECK.contains(card.primary().rule())) {
            return Optional.of(texts().plain(
                            "when_about",
                            Map.of(
                                    "from",
                                    wording.today()
                                            .plusDays(policy().timing().earlyRecheckDays())
                                            .toString())));
        }
        return card.recheck().map(recheck -> wording.when(recheck.window()));
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    // --- recheck, evidence, provenance

    private Markdown recheck(CardAdvice card) {
        return card.recheck()
                .filter(recheck -> !recheck.labs().isEmpty())
                .map(recheck -> texts().markdown(
                                recheckName(card, recheck),
                                Map.of(
                                        "labs", wording.labs(recheck),
                                        "when", wording.when(recheck.window()),
                                        "draw", wording.draw(recheck))))
                .orElse(Markdown.NOTHING);
    }

    private static String recheckName(CardAdvice card, Recheck recheck) {
        if (!Wording.asksForHormones(recheck.labs())) {
            return "recheck_plain";
        }
        return card.kind() == AdviceKind.ORDER_LABS ? "order_now" : "recheck";
    }

    private List<Markdown> evidence(CardAdvice card) {
        List<Markdown> lines = new ArrayList<>();
        boolean offersDose = card.options().stream()
                .anyMatch(option -> option instanceof Option.Start
                        || option instanceof Option.Increase
                        || option instanceof Option.Reduce);
        if (offersDose || DOSE_KINDS.contains(card.kind()) || card.restsOn(RuleId.R_65)) {
            lines.add(texts().markdown("evidence_dose", Map.of("text", markdown("R_65_why"))));
        }
        lines.add(
                card.family() == CardAdvice.Family.MONITORING
                        ? evidence.of(card.due().stream().map(Due::rule).toList())
                        : evidence.of(card.primary().rule()));
        return lines;
    }

    private Markdown provenance(CardAdvice card) {
        List<String> rules = card.rules().stream().map(RuleId::id).toList();
        return texts().markdown(
                        "provenance",
                        Map.of(
                                "rules",
                                texts().plain(
                                                rules.size() == 1 ? "rules_one" : "rules_many",
                                                Map.of("names", String.join(", ", rules))),
                                "signed",
                                texts().plain(signOff.text(), Map.of("names", Wording.enumerated(signOff.names()))),
                                "version",
                                policy().version(),
                                "hash",
                                policy().hash()));
    }

    // --- values

    /** What every text about a card may ask for. */
    private Map<String, Object> shared(CardAdvice card) {
        Map<String, Object> values = new HashMap<>();
        values.put("p", policy());
        values.put("kind", card.kind().word());
        values.put("rules", card.rules().stream().map(RuleId::id).toList());
        values.put("mixed", card.notes().contains(Note.MIXED_PICTURE));
        values.put("proposes", card.proposedDose().isPresent());
        values.put("hasDraft", card.draft().isPresent());
        proposed(card).ifPresent(regimen -> {
            values.put("next", wording.full(regimen));
            values.put("nextShort", wording.regimen(regimen));
        });
        return values;
    }

    private Map<String, Object> values(Map<String, Object> shared, CardAdvice card, Finding finding) {
        Map<String, Object> values = new HashMap<>(shared);
        values.put("seen", finding.seen());
        if (finding.rule() == RuleId.R_40) {
            values.put("reason", holdReason(card, finding));
        }
        if (finding.rule() == RuleId.R_46) {
            values.put("band", isBorderline(finding) ? "borderline" : "high");
        }
        return values;
    }

    /** Which of R-40's conditions can be told from what the finding carries; symptoms are what is left. */
    private String holdReason(CardAdvice card, Finding finding) {
        String shown = finding.seen().getOrDefault("estradiol", "");
        if (card.restsOn(RuleId.R_16)) {
            return "dose";
        }
        if (shown.startsWith("<")) {
            return "assay";
        }
        return number(shown)
                        .filter(value -> value.compareTo(policy().estradiol().severe()) < 0)
                        .isPresent()
                ? "severe"
                : "symptoms";
    }

    private boolean isBorderline(Finding finding) {
        return number(finding.seen().getOrDefault("estradiol", ""))
                .filter(value -> value.compareTo(policy().estradiol().borderlineTop()) <= 0)
                .isPresent();
    }

    private static Optional<BigDecimal> number(String shown) {
        String digits = COMPARATOR.matcher(shown).replaceAll("");
        return digits.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(digits));
    }

    private Map<String, Object> values(Due due) {
        Map<String, Object> values = new HashMap<>();
        Window window = due.window();
        values.put("p", policy());
        values.put("due", wording.due(window));
        values.put("labs", wording.labs(due.labs(), due.rule() == RuleId.M_3));
        return values;
    }

    /** The proposed dose as something that can be ordered. */
    private Optional<Regimen> proposed(CardAdvice card) {
        Stream<Regimen> offered = card.options().stream().flatMap(option -> {
            if (option instanceof Option.Start start) {
                return Stream.of(start.regimen());
            }
            if (option instanceof Option.Increase increase) {
                return Stream.of(increase.regimen());
            }
            return option instanceof Option.Reduce reduce ? Stream.of(reduce.regimen()) : Stream.empty();
        });
        return card.proposedDose().flatMap(dose -> Stream.concat(offered, policy().ladder().rungs().stream())
                .filter(regimen -> regimen.weekly().compareTo(dose) == 0)
                .findFirst());
    }

    private Policy policy() {
        return wording.policy();
    }

    private Texts texts() {
        return wording.texts();
    }

    private Markdown markdown(String name) {
        return texts().markdown(name, Map.of("p", policy()));
    }

    private static String name(RuleId rule, String part) {
        return rule.name() + "_" + part;
    }
}
