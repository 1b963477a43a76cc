package health.setpoint.chart.medication.product;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.DisplayText;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.fhir.References;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.knowledge.terminology.DoseUnit;
import health.setpoint.knowledge.terminology.DrugCode;
import health.setpoint.knowledge.terminology.Strength;
import health.setpoint.titration.therapy.Drug;
import health.setpoint.titration.therapy.Formulation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out which drug a record is of: by any of its codes, inline or behind a reference, else by its name. */
public final class ProductReader {

    private static final int LONGEST_NAME = 80;
    private static final int SHOWN_DIGITS = 6;

    private final ReadContext context;

    public ProductReader(ReadContext context) {
        this.context = context;
    }

    /** A reference to a Medication that the request did not bring. */
    public static Optional<String> unresolved(ObjectNode record, References references) {
        return reference(record)
                .filter(reference -> references.resolve(reference, record).isEmpty())
                .flatMap(References::address)
                .filter(address -> !address.startsWith("#"))
                .flatMap(References::local)
                .filter(local -> local.startsWith("Medication/"));
    }

    private static Optional<ObjectNode> reference(ObjectNode record) {
        return FhirJson.object(record, "medicationReference").or(() -> FhirJson.object(record, "medication")
                .flatMap(medication -> FhirJson.object(medication, "reference").or(() -> Optional.of(medication)
                        .filter(m -> FhirJson.text(m, "reference").isPresent()))));
    }

    public Product read(ObjectNode record) {
        var named = Concept.of(record, "medicationCodeableConcept", context.codes());
        var inR5 = FhirJson.object(record, "medication");
        if (inR5.isPresent()) {
            named = named.and(Concept.of(inR5.get(), "concept", context.codes()));
        }
        var reference = reference(record);
        var medication = reference.flatMap(found -> context.references().resolve(found, record));
        if (medication.isPresent()) {
            named = named.and(Concept.of(medication.get(), "code", context.codes()));
        }
        var display = reference.flatMap(found -> FhirJson.text(found, "display"));
        var code = display.isPresent() ? named.and(new Concept(List.of(), List.of(display.get()))) : named;
        var problem =
                reference.isPresent() && medication.isEmpty() ? "its medication reference cannot be resolved" : "";
        return product(code, medication, record, problem);
    }

    /**
     * Testosterone pellets that a procedure inserted: named as such, or a code of the client's list that stands for
     * testosterone.
     */
    public Product inserted(ObjectNode procedure) {
        var product = product(Concept.of(procedure, "code", context.codes()), Optional.empty(), procedure, "");
        var isInserted = product.drugs().containsKey(Drug.TESTOSTERONE)
                && (!product.byText() || product.drugs().get(Drug.TESTOSTERONE) == Formulation.PELLET);
        return new Product(
                product.code(),
                isInserted ? Map.of(Drug.TESTOSTERONE, Formulation.PELLET) : Map.of(),
                Optional.empty(),
                Optional.empty(),
                product.name(),
                product.byText(),
                product.words(),
                "");
    }

    private Product product(Concept code, Optional<ObjectNode> medication, ObjectNode record, String unresolved) {
        var coded = coded(code);
        var ingredients = medication.map(found -> ingredients(found, record)).orElse(List.of());
        if (coded.isEmpty()) {
            ingredients.forEach(ingredient -> coded.addAll(coded(ingredient)));
        }
        var words = words(code, medication);
        var byText = coded.isEmpty();
        var named = byText ? byText(code) : coded;
        var meanings = named.isEmpty() ? byText(Concept.all(ingredients.stream())) : named;
        var drugs = drugs(meanings, words);
        var strengths = new ArrayList<ProductStrength>();
        for (var meaning : meanings) {
            meaning.strength().map(ProductReader::strength).ifPresent(strengths::add);
        }
        medication.ifPresent(found -> strengths.addAll(ingredientStrengths(found)));
        var contradiction = contradiction(strengths, code);
        return new Product(
                code,
                drugs,
                contradiction.isPresent()
                        ? Optional.empty()
                        : strengths.stream().findFirst(),
                contradiction,
                DisplayText.plain(code.name().orElse(""), LONGEST_NAME),
                byText,
                words,
                unresolved);
    }

    private Optional<String> contradiction(List<ProductStrength> strengths, Concept code) {
        if (strengths.isEmpty()) {
            return Optional.empty();
        }
        var first = strengths.get(0);
        var other =
                strengths.stream().filter(strength -> !strength.isSameAs(first)).findFirst();
        if (other.isPresent()) {
            return Optional.of("Its codes and ingredients name different strengths.");
        }
        var units = context.knowledge().doseUnits();
        return code.texts().stream()
                .flatMap(text -> NamedStrength.in(text, units).stream())
                .filter(named -> !named.agreesWith(first))
                .findFirst()
                .map(named -> "Its code says " + shown(first.mg()) + " mg, its name " + shown(named.mg()) + " mg.");
    }

    private static String shown(BigDecimal mg) {
        var plain = mg.round(new MathContext(SHOWN_DIGITS)).stripTrailingZeros();
        return (plain.scale() < 0 ? plain.setScale(0) : plain).toPlainString();
    }

    private List<DrugCode> coded(Concept concept) {
        var found = new ArrayList<DrugCode>();
        for (var coding : concept.codings()) {
            found.addAll(context.terminology().drugs(coding.system(), coding.code()));
        }
        if (!found.stream().allMatch(DrugCode::verified)) {
            var named = named(concept);
            found.removeIf(meaning -> !meaning.verified() && !named.contains(meaning.drug()));
        }
        return found;
    }

    private Set<Drug> named(Concept concept) {
        var found = EnumSet.noneOf(Drug.class);
        byText(concept).forEach(meaning -> found.add(meaning.drug()));
        return found;
    }

    private List<DrugCode> byText(Concept concept) {
        return concept.texts().stream()
                .flatMap(text -> context.terminology().drugsByText(text).stream())
                .toList();
    }

    /** Each drug with the one form that its codes name, else the one that its words name. */
    private Map<Drug, Formulation> drugs(List<DrugCode> meanings, String words) {
        var forms = new EnumMap<Drug, Set<Formulation>>(Drug.class);
        for (var meaning : meanings) {
            var known = forms.computeIfAbsent(meaning.drug(), none -> EnumSet.noneOf(Formulation.class));
            if (meaning.formulation() != Formulation.OTHER) {
                known.add(meaning.formulation());
            }
        }
        var drugs = new EnumMap<Drug, Formulation>(Drug.class);
        forms.forEach((drug, known) -> drugs.put(
                drug,
                known.size() == 1
                        ? known.iterator().next()
                        : known.isEmpty() && drug == Drug.TESTOSTERONE ? inWords(drug, words) : Formulation.OTHER));
        return drugs;
    }

    private Formulation inWords(Drug drug, String words) {
        return context.terminology().drugsByText(words).stream()
                .filter(meaning -> meaning.drug() == drug)
                .map(DrugCode::formulation)
                .findFirst()
                .orElse(Formulation.OTHER);
    }

    private String words(Concept code, Optional<ObjectNode> medication) {
        var forms = medication
                .map(found -> Concept.of(found, "form", context.codes())
                        .and(Concept.of(found, "doseForm", context.codes()))
                        .texts())
                .orElse(List.of());
        return String.join(
                " ", Stream.concat(code.texts().stream(), forms.stream()).toList());
    }

    // --- ingredients of a Medication ---

    private List<Concept> ingredients(ObjectNode medication, ObjectNode record) {
        return FhirJson.objects(medication, "ingredient").stream()
                .map(ingredient -> ingredient(ingredient, medication, record))
                .toList();
    }

    /** By its own code or words, or by those of the Substance or Medication that it refers to. */
    private Concept ingredient(ObjectNode ingredient, ObjectNode medication, ObjectNode record) {
        var item = FhirJson.object(ingredient, "item");
        var concept = Concept.of(ingredient, "itemCodeableConcept", context.codes())
                .and(item.map(named -> Concept.of(named, "concept", context.codes()))
                        .orElse(Concept.NONE));
        return FhirJson.object(ingredient, "itemReference")
                .or(() -> item.flatMap(named -> FhirJson.object(named, "reference")))
                .map(reference -> concept.and(referenced(reference, medication, record)))
                .orElse(concept);
    }

    /** A contained Medication refers to its neighbours in the record that contains both. */
    private Concept referenced(ObjectNode reference, ObjectNode medication, ObjectNode record) {
        var display = FhirJson.text(reference, "display")
                .map(text -> new Concept(List.of(), List.of(text)))
                .orElse(Concept.NONE);
        return context.references()
                .resolve(reference, medication)
                .or(() -> context.references().resolve(reference, record))
                .map(named -> Concept.of(named, "code", context.codes())
                        .and(FhirJson.object(named, "code")
                                .map(code -> Concept.of(code, "concept", context.codes()))
                                .orElse(Concept.NONE))
                        .and(display))
                .orElse(display);
    }

    /** Strengths of a product with one ingredient. */
    private List<ProductStrength> ingredientStrengths(ObjectNode medication) {
        var ingredients = FhirJson.objects(medication, "ingredient");
        return ingredients.size() != 1
                ? List.of()
                : FhirJson.object(ingredients.get(0), "strength")
                        .or(() -> FhirJson.object(ingredients.get(0), "strengthRatio"))
                        .flatMap(this::ratio)
                        .stream()
                        .toList();
    }

    private Optional<ProductStrength> ratio(ObjectNode ratio) {
        var units = context.knowledge().doseUnits();
        var numerator = FhirJson.object(ratio, "numerator");
        var denominator = FhirJson.object(ratio, "denominator");
        if (numerator.isEmpty() || denominator.isEmpty()) {
            return Optional.empty();
        }
        var mg = DoseQuantity.of(numerator.get(), units).flatMap(quantity -> quantity.mg(Optional.empty()));
        var per = DoseQuantity.unit(denominator.get(), units)
                .filter(unit -> unit.mg().isEmpty());
        var amount = FhirJson.number(denominator.get(), "value").or(() -> Optional.of(BigDecimal.ONE));
        return mg.flatMap(value -> per.flatMap(unit -> amount.filter(count -> count.signum() > 0)
                .map(count -> new ProductStrength(value.divide(count, MathContext.DECIMAL64), unit))));
    }

    private static ProductStrength strength(Strength strength) {
        return new ProductStrength(
                strength.mg(),
                switch (strength.per()) {
                    case TABLET -> DoseUnit.TABLET;
                    case ML -> DoseUnit.MILLILITRE;
                    case ACTUATION -> DoseUnit.ACTUATION;
                    case PACKET -> DoseUnit.PACKET;
                });
    }
}
