package health.setpoint.card;

import health.setpoint.titration.advice.Advice;
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
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Bounded;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Drug;
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
final class CardText {

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

    private static final Set<Drug> SERMS = EnumSet.of(Drug.CLOMIPHENE, Drug.RALOXIFENE, Drug.OTHER_SERM);

    /** Rules of estradiol that can be used, to which symptoms belong. */
    private static final Set<RuleId> BY_SYMPTOMS = EnumSet.range(RuleId.R_40, RuleId.R_60);

    /** Notes that the advice itself says in its first sentences. */
    static final Set<Note> SAID_BY_THE_ADVICE = EnumSet.of(
            Note.WITHHELD, Note.SAFETY_ONLY, Note.TESTOSTERONE_ENDED, Note.CONSIDER_STOPPING_OTHER_INHIBITOR);

    /** Rules whose reason names value and day of what they rest on. */
    private static final Set<RuleId> NAMING_THEIR_RESULT =
            EnumSet.of(RuleId.R_17, RuleId.R_18, RuleId.R_20, RuleId.R_22, RuleId.R_22B, RuleId.R_23);

    private final Wording wording;
    private final EvidenceLines evidence;
    private final OrderResources orders;
    private final SignOff signOff;
    private final SuggestionWriter suggestions;
    private final List<Gap> gaps;
    private final DoubtLines doubts;
    private final boolean lowIsLeftToStand;
    private final Map<String, Object> drugs;

    CardText(
            Wording wording,
            EvidenceLines evidence,
            SignOff signOff,
            OrderResources orders,
            SuggestionWriter suggestions,
            DoubtLines doubts,
            Advice advice) {
        this.wording = wording;
        this.evidence = evidence;
        this.signOff = signOff;
        this.orders = orders;
        this.doubts = doubts;
        this.suggestions = suggestions;
        this.gaps = advice.gaps();
        this.lowIsLeftToStand = advice.cards().stream()
                .anyMatch(card -> EARLY_RECHECK.contains(card.primary().rule()));
        this.drugs = drugs(wording.texts(), advice);
    }

    /** What texts ask of each drug that a rule speaks of: whether it runs or is drafted, and that in words. */
    private static Map<String, Object> drugs(Texts texts, Advice advice) {
        Map<String, Object> drugs = new HashMap<>();
        drugs.put("ai", standing(texts, DrugStates.of(advice, Drug::isAromataseInhibitor), "inhibitor"));
        drugs.put("ana", standing(texts, DrugStates.of(advice, Drug.ANASTROZOLE::equals), "anastrozole"));
        drugs.put("t", standing(texts, DrugStates.of(advice, Drug.TESTOSTERONE::equals), "testosterone"));
        drugs.put("R_11", standing(texts, DrugStates.of(advice, Drug.ESTROGEN::equals), "estrogen"));
        drugs.put("R_12", standing(texts, DrugStates.of(advice, Drug.TAMOXIFEN::equals), "tamoxifen"));
        drugs.put("R_13", standing(texts, DrugStates.of(advice, SERMS::contains), "serm"));
        drugs.put("R_14", standing(texts, DrugStates.of(advice, Drug.HCG::equals), "hcg"));
        return drugs;
    }

    private static Map<String, Object> standing(Texts texts, DrugStates standing, String otherwise) {
        String name = texts.plain("drug_" + otherwise, Map.of());
        return Map.of(
                "runs", standing.runs(),
                "drafted", standing.isDrafted(),
                "any", standing.names().isPresent(),
                "anastrozole", standing.isAnastrozole(),
                "names", standing.names().orElse(name),
                "words",
                        standing.inWords(texts)
                                .orElseGet(() -> texts.plain("standing_unknown", Map.of("names", name))));
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
        blocks.put("sample", monitoring ? Markdown.NOTHING : sample(card));
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
        card.draft()
                .ifPresent(draft ->
                        lines.add(texts().markdown("concerns_draft", Map.of("medication", suggestions.draft(draft)))));
        if (card.draftAgrees()) {
            lines.add(markdown("draft_agrees"));
        }
        return lines;
    }

    private List<Markdown> why(CardAdvice card, Map<String, Object> primary) {
        List<Markdown> lines = new ArrayList<>();
        lines.add(ruled(why(card.primary(), primary), card.primary().rule()));
        if (BY_SYMPTOMS.contains(card.primary().rule())) {
            symptoms(card, "symptoms").ifPresent(lines::add);
            symptoms(card, "few").ifPresent(lines::add);
        }
        if (!NAMING_THEIR_RESULT.contains(card.primary().rule())) {
            card.inputs().forEach(input -> lines.add(input(input)));
        }
        return lines;
    }

    private Optional<Markdown> symptoms(CardAdvice card, String which) {
        return Optional.ofNullable(card.primary().seen().get(which))
                .map(names -> texts().markdown("symptoms_" + which, Map.of("names", names)));
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
        Set<Note> notes = new LinkedHashSet<>(card.notes());
        notes.removeAll(SAID_BY_THE_ADVICE);
        notes.forEach(note ->
                lines.add(texts().markdown("note_" + lowerCase(note), Map.of("p", policy(), "drugs", byNameOnly()))));
        return lines;
    }

    /** Drugs that were recognised by their name only. */
    private String byNameOnly() {
        String names = orders.context().courses().stream()
                .filter(course -> course.matchedByText() && (course.isActive() || course.isDraft()))
                .map(Course::name)
                .filter(name -> !name.isBlank())
                .distinct()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? wording.words("drug_any") : names;
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
            texts().ifAny("course_" + card.primary().rule().name(), values(shared(card), card, card.primary()))
                    .filter(course -> !course.isNothing())
                    .ifPresent(lines::add);
        }
        List<LabTest> named = new ArrayList<>();
        options.forEach(option -> lines.add(option(card, option, named)));
        return lines;
    }

    private Markdown option(CardAdvice card, Option option, List<LabTest> named) {
        Map<String, Object> values = new HashMap<>();
        values.put("p", policy());
        values.put("drug", card.family() == CardAdvice.Family.TITRATION ? heldByTitration(card) : inhibitors());
        if (option instanceof Option.Start start) {
            values.put("full", wording.full(start.regimen()));
            values.put("dosing", wording.dosing(start.regimen(), true));
        } else if (option instanceof Option.Increase increase) {
            values.put("from", increase.from().mg());
            values.put("full", wording.full(increase.regimen()));
        } else if (option instanceof Option.Reduce reduce) {
            values.put("from", reduce.from().mg());
            values.put("full", wording.full(reduce.regimen()));
        } else if (option instanceof Option.RemoveDraft removal) {
            values.put("medication", drafts(card, removal));
        }
        Optional<Recheck> tests = tests(card, option);
        values.put(
                "tests", tests.map(asked -> tests(card, option, asked, named)).orElse(Markdown.NOTHING));
        String name = OPTION_TEXTS.get(option.getClass());
        return texts().markdown(
                        option instanceof Option.OrderTests && tests.isEmpty() ? name + "_plain" : name, values);
    }

    /** A gate's card may hold an inhibitor that is not anastrozole; the rules of titration hold anastrozole. */
    private String heldByTitration(CardAdvice card) {
        return card.kind() == AdviceKind.NOT_APPLICABLE || card.primary().rule() == RuleId.R_07B
                ? inhibitors()
                : wording.words("drug_anastrozole");
    }

    private String inhibitors() {
        return ((Map<?, ?>) drugs.get("ai")).get("names").toString();
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

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    // --- recheck, evidence, provenance

    /** How the sample is drawn, where its hour or its method matters. */
    private Markdown sample(CardAdvice card) {
        return card.recheck()
                .filter(recheck -> Wording.asksForHormones(recheck.labs()))
                .map(recheck -> texts().markdown("sample", Map.of("draw", wording.draw(recheck))))
                .orElse(Markdown.NOTHING);
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
                : Wording.enumerated(card.withheld().stream()
                        .map(reason -> wording.words("withheld_" + lowerCase(reason)))
                        .toList());
    }

    private boolean isSoon(Recheck recheck) {
        return recheck.window()
                .from()
                .isBefore(wording.today().plusDays(policy().timing().recheckFromDays()));
    }

    private Map<String, Object> values(Map<String, Object> shared, CardAdvice card, Finding finding) {
        Map<String, Object> values = new HashMap<>(shared);
        values.put("seen", finding.seen());
        values.put("other", drugs.getOrDefault(finding.rule().name(), Map.of()));
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
        Map<String, Object> values = new HashMap<>(drugs);
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
