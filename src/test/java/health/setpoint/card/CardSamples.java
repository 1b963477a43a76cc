package health.setpoint.card;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.suggestion.CardContext;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.advice.AdviceKind;
import health.setpoint.titration.advice.CardAdvice;
import health.setpoint.titration.advice.CardAdvice.Family;
import health.setpoint.titration.advice.Due;
import health.setpoint.titration.advice.Finding;
import health.setpoint.titration.advice.Indicator;
import health.setpoint.titration.advice.Input;
import health.setpoint.titration.advice.Note;
import health.setpoint.titration.advice.Option;
import health.setpoint.titration.advice.Reason;
import health.setpoint.titration.advice.Recheck;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.advice.Suggestion;
import health.setpoint.titration.advice.Unknown;
import health.setpoint.titration.advice.Window;
import health.setpoint.titration.advice.Withheld;
import health.setpoint.titration.facts.Gap;
import health.setpoint.titration.facts.Hook;
import health.setpoint.titration.labs.Analyte;
import health.setpoint.titration.labs.Assay;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.labs.Comparator;
import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.LabTest;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.labs.ResultStatus;
import health.setpoint.titration.labs.Unit;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Regimen;
import health.setpoint.titration.therapy.WeeklyDose;
import java.math.BigDecimal;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Advice made by hand, with the longest values that a chart can plausibly hold. */
public final class CardSamples {

    public static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    public static final String CLIENT = "a-hospital";
    public static final String CALL = "863f13e0-43ac-4a7f-befb-99575cc86f18";
    public static final String PATIENT = "pat-7f3a";
    public static final URI BASE = URI.create("https://setpoint.example/");
    public static final String DRAFT = "MedicationRequest/request-123";
    static final String ORDER = "MedicationRequest/order-9";

    public static final Knowledge KNOWLEDGE = Knowledge.load();
    public static final CardWriter WRITER = new CardWriter(KNOWLEDGE, BASE);

    static final Regimen ONCE = new Regimen(new BigDecimal("0.5"), 1);
    public static final Regimen TWICE = new Regimen(new BigDecimal("0.5"), 2);
    public static final Regimen THRICE = new Regimen(new BigDecimal("0.5"), 3);
    public static final Regimen HIGHEST = new Regimen(new BigDecimal("1"), 2);

    static final Window LATER = new Window(LocalDate.of(2026, 3, 30), LocalDate.of(2026, 4, 13));
    static final Recheck RECHECK = new Recheck(LATER, List.of(LabTest.ESTRADIOL, LabTest.TESTOSTERONE), true, true);

    private static final String LONG_BASIS = "T-score -2.6, 2025-11-14; AST 131 U/L, 2026-02-27 (> 120)";

    private static final Map<RuleId, Map<String, String>> SEEN = seen();

    private CardSamples() {}

    static Map<String, String> seen(RuleId rule) {
        return SEEN.getOrDefault(rule, Map.of());
    }

    private static Map<RuleId, Map<String, String>> seen() {
        Map<RuleId, Map<String, String>> seen = new EnumMap<>(RuleId.class);
        Map<String, String> e2 = Map.of(
                "estradiol",
                ">=999.9",
                "drawn",
                "2026-02-27",
                "reported",
                ">=3670.9 pmol/L",
                "dose",
                "1.75",
                "next",
                "1.5");
        for (RuleId rule : RuleId.values()) {
            if (rule.compareTo(RuleId.R_30) >= 0 && rule.compareTo(RuleId.R_60) <= 0) {
                seen.put(rule, e2);
            }
        }
        seen.put(RuleId.R_01, Map.of("differing", "false"));
        seen.put(RuleId.R_04, Map.of("drug", "anastrozole", "pregnant", "false"));
        seen.put(RuleId.R_05, Map.of("inhibitor", "true", "basis", "reason"));
        seen.put(RuleId.R_06, Map.of("cancer", "prostate"));
        seen.put(RuleId.R_07, with(e2, "low", "true"));
        seen.put(RuleId.R_07B, Map.of("ended", "2026-01-31", "drug", "anastrozole"));
        seen.put(RuleId.R_07C, with(e2, "drug", "exemestane", "low", "true"));
        seen.put(RuleId.R_09, Map.of("substance", "anastrozole"));
        seen.put(
                RuleId.R_10,
                Map.of(
                        "count",
                        "2",
                        "orders",
                        "exemestane 175 mg a week (active, by a statement); anastrozole up to 10.25 mg a week (on hold)"));
        seen.put(RuleId.R_13, Map.of("drug", "clomiphene"));
        seen.put(RuleId.R_15, Map.of("weekly", "10.25", "ceiling", "2", "oncology", "true"));
        seen.put(
                RuleId.R_16,
                Map.of("whose", "active order", "why", "Text and structured timing give different weekly doses."));
        for (RuleId rule : List.of(RuleId.R_17, RuleId.R_18, RuleId.R_20, RuleId.R_21, RuleId.R_23)) {
            seen.put(rule, Map.of("basis", LONG_BASIS));
        }
        seen.put(RuleId.R_19, Map.of("lastDxa", "2023-05-01"));
        Map<String, String> hematocrit =
                Map.of("hematocrit", "54.1", "drawn", "2026-02-27", "limit", "54", "newStart", "true");
        seen.put(RuleId.R_22, hematocrit);
        seen.put(RuleId.R_22B, hematocrit);
        seen.put(RuleId.R_25, Map.of("conditions", "heart failure, obstructive sleep apnea, thrombophilia"));
        seen.put(RuleId.R_31, with(e2, "reason", "change", "changed", "2026-02-28", "maxAge", "90"));
        seen.put(RuleId.R_33, with(e2, "reason", "time", "shown", "see comment <b>1</b>"));
        seen.put(
                RuleId.R_36,
                with(e2, "assay", "immunoassay", "other", "35", "otherDrawn", "2026-02-26", "otherAssay", "LC-MS/MS"));
        seen.put(RuleId.R_37, with(e2, "given", "2026-02-26"));
        seen.put(
                RuleId.R_38,
                with(
                        with(e2, "days", "27", "changed", "2026-02-13", "drug", "testosterone"),
                        "from",
                        "2026-03-13",
                        "to",
                        "2026-03-27"));
        seen.put(RuleId.R_39, Map.of("change", "interval"));
        seen.put(RuleId.R_48, with(e2, "earlier", "65", "earlierDrawn", "2026-01-12", "fall", "66"));
        seen.put(RuleId.R_49, with(e2, "earlier", "12.5", "earlierDrawn", "2025-11-12", "earlierDose", "1.75"));
        seen.put(RuleId.R_58, Map.of("from", "1.75", "to", "10.25"));
        Map<String, String> testosterone =
                with(e2, "testosterone", "1250", "testosteroneDrawn", "2026-02-27", "limit", "1000");
        seen.put(RuleId.R_60, testosterone);
        seen.put(RuleId.R_60B, testosterone);
        seen.put(RuleId.R_61, testosterone);
        seen.put(RuleId.R_62, Map.of("ratio", "27.1"));
        seen.put(
                RuleId.R_64,
                Map.of("count", "3", "present", "adiposity, age, alcohol", "modifiable", "weight, alcohol"));
        return seen;
    }

    private static Map<String, String> with(Map<String, String> base, String... pairs) {
        Map<String, String> more = new java.util.HashMap<>(base);
        for (int i = 0; i < pairs.length; i += 2) {
            more.put(pairs[i], pairs[i + 1]);
        }
        return Map.copyOf(more);
    }

    static Finding finding(RuleId rule) {
        Finding finding = new Finding(rule, Indicator.WARNING, seen(rule));
        return switch (rule) {
            case R_40 -> finding.because(Reason.SYMPTOMS);
            case R_46 -> finding.because(Reason.HIGH);
            default -> finding;
        };
    }

    public static Input estradiol(String amount, Unit unit) {
        return new Input(
                new LabResult(
                        Analyte.ESTRADIOL,
                        ResultStatus.FINAL,
                        new ClinicalTime.OnDay(LocalDate.of(2026, 2, 27)),
                        new Reading.Measured(Comparator.NONE, new BigDecimal(amount), unit),
                        Assay.UNKNOWN,
                        Optional.empty(),
                        "Observation/o-e2"),
                true);
    }

    public static final Unit PG_PER_ML = Unit.of("pg/mL", "1");
    static final Unit PMOL_PER_L = Unit.of("pmol/L", "0.27238");

    /** A titration card of one kind for one rule, annotated by others. */
    public static Builder card(RuleId primary, AdviceKind kind, RuleId... annotations) {
        return new Builder(primary, kind, annotations);
    }

    public static final class Builder {
        private final List<Finding> findings = new ArrayList<>();
        private final AdviceKind kind;
        private Family family = Family.TITRATION;
        private Indicator indicator = Indicator.WARNING;
        private Optional<WeeklyDose> current = Optional.empty();
        private Optional<WeeklyDose> proposed = Optional.empty();
        private Optional<Recheck> recheck = Optional.of(RECHECK);
        private List<Option> options = List.of();
        private List<Suggestion> suggestions = List.of();
        private List<Due> due = List.of();
        private List<Due> later = List.of();
        private List<Input> inputs = List.of(estradiol("264", PMOL_PER_L));
        private List<Note> notes = List.of();
        private List<Unknown> unknowns = List.of();
        private List<Withheld> withheld = List.of();
        private Optional<String> draft = Optional.empty();
        private boolean agrees;

        private Builder(RuleId primary, AdviceKind kind, RuleId... annotations) {
            this.kind = kind;
            findings.add(finding(primary));
            for (RuleId rule : annotations) {
                findings.add(finding(rule));
            }
        }

        public Builder seeing(Map<String, String> seen) {
            findings.set(
                    0,
                    new Finding(
                            findings.get(0).rule(),
                            findings.get(0).indicator(),
                            seen,
                            findings.get(0).reason()));
            return this;
        }

        public Builder because(Reason reason) {
            findings.set(0, findings.get(0).because(reason));
            return this;
        }

        public Builder of(Family next) {
            family = next;
            return this;
        }

        public Builder at(Indicator next) {
            indicator = next;
            return this;
        }

        public Builder current(String mg) {
            current = Optional.of(WeeklyDose.of(mg));
            return this;
        }

        public Builder proposing(String mg) {
            proposed = Optional.of(WeeklyDose.of(mg));
            return this;
        }

        public Builder rechecking(Recheck next) {
            recheck = Optional.of(next);
            return this;
        }

        public Builder withoutRecheck() {
            recheck = Optional.empty();
            return this;
        }

        public Builder offering(Option... next) {
            options = List.of(next);
            return this;
        }

        public Builder suggesting(Suggestion... next) {
            suggestions = List.of(next);
            return this;
        }

        public Builder due(Due... next) {
            due = List.of(next);
            return this;
        }

        public Builder later(Due... next) {
            later = List.of(next);
            return this;
        }

        public Builder inputs(Input... next) {
            inputs = List.of(next);
            return this;
        }

        public Builder noting(Note... next) {
            notes = List.of(next);
            return this;
        }

        public Builder missing(Unknown... next) {
            unknowns = List.of(next);
            return this;
        }

        public Builder withheldFor(Withheld... next) {
            withheld = List.of(next);
            return this;
        }

        public Builder on(String order, boolean agreeing) {
            draft = Optional.of(order);
            agrees = agreeing;
            return this;
        }

        public CardAdvice build() {
            return new CardAdvice(
                    family,
                    indicator,
                    kind,
                    findings,
                    current,
                    proposed,
                    recheck,
                    options,
                    suggestions,
                    due,
                    later,
                    inputs,
                    notes,
                    unknowns,
                    withheld,
                    draft,
                    agrees);
        }
    }

    // --- writing

    public static CardContext context() {
        return context(Map.of(DRAFT, draft(), ORDER, order()));
    }

    public static CardContext context(Map<String, ObjectNode> orders) {
        return new CardContext(Hook.ORDER_SIGN, CLIENT, CALL, PATIENT, "Practitioner/dr-1", TODAY, orders);
    }

    public static ObjectNode write(CardAdvice card) {
        return write(card, context(), true);
    }

    public static ObjectNode write(CardAdvice card, CardContext context, boolean injected) {
        return WRITER.write(advice(card, List.of(), injected), context).get(0).json();
    }

    /** Of a man on testosterone and anastrozole. */
    public static Advice advice(CardAdvice card, List<Gap> gaps, boolean injected) {
        Set<Drug> running = Set.of(Drug.TESTOSTERONE, Drug.ANASTROZOLE);
        return new Advice(List.of(card), List.of(), gaps, List.of(), injected, running, Set.of(), Set.of());
    }

    /** The draft of the public sandbox client: category and reasonCode are objects, the unit is a pill. */
    public static ObjectNode draft() {
        return json("""
                {"resourceType":"MedicationRequest","id":"request-123","status":"draft",
                 "subject":{"reference":"Patient/pat-7f3a"},"authoredOn":"2026-03-02",
                 "extension":[{"url":"https://ehr.example/priority-lane","valueString":"kept"}],
                 "dosageInstruction":[{"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d",
                   "boundsPeriod":{"start":"Invalid date"}}},
                   "route":{"text":"by mouth"},
                   "doseAndRate":[{"doseQuantity":{"value":2,"system":"http://unitsofmeasure.org","code":"{pill}"}}]}],
                 "dispenseRequest":{"expectedSupplyDuration":{"value":30,"unit":"days",
                   "system":"http://unitsofmeasure.org","code":"d"}},
                 "category":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/medicationrequest-category",
                   "code":"community"}]},
                 "supportingInformation":[],
                 "medicationCodeableConcept":{"text":"anastrozole 1 MG Oral Tablet","coding":[
                   {"display":"anastrozole 1 MG Oral Tablet",
                    "system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"199224"}]},
                 "reasonCode":{"text":"Male hypogonadism","coding":[
                   {"system":"http://snomed.info/sct","code":"48723006","display":"Hypogonadism"}]}}""");
    }

    static ObjectNode order() {
        return json("""
                {"resourceType":"MedicationRequest","id":"order-9","status":"active","intent":"order",
                 "meta":{"versionId":"7"},
                 "medicationCodeableConcept":{"coding":[
                   {"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"199224"}],
                   "text":"anastrozole 1 MG Oral Tablet"},
                 "subject":{"reference":"Patient/pat-7f3a"},"authoredOn":"2025-10-01",
                 "note":[{"text":"agreed with the patient"}],
                 "dosageInstruction":[{"text":"half a tablet twice a week",
                   "timing":{"repeat":{"boundsPeriod":{"start":"2025-10-01","end":"2026-12-31"},
                     "frequency":2,"period":1,"periodUnit":"wk"}},
                   "doseAndRate":[{"doseQuantity":{"value":0.50,"unit":"mg",
                     "system":"http://unitsofmeasure.org","code":"mg"}}]}],
                 "dispenseRequest":{"quantity":{"value":12}}}""");
    }

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) EXACT.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
