package health.setpoint.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.util.UrlUtil;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** One search of one type: every parameter must fit, of its values separated by commas one. */
final class ChartSearch {

    /** What is about the answer, not about which resources it holds. */
    private static final Set<String> ABOUT_THE_ANSWER = Set.of(
            "_format",
            "_pretty",
            "_count",
            "_include",
            "_sort",
            "_total",
            "_summary",
            "_elements",
            "_offset",
            "_query");

    private static final FhirContext R4 = FhirContext.forR4Cached();
    private static final Set<String> TYPES = Set.copyOf(SearchParameter.types());
    private static final String INCLUDE_MEDICATION = ":medication";

    private final String type;
    private final List<Predicate<Resource>> conditions = new ArrayList<>();
    private final Optional<Comparator<Resource>> order;
    private final boolean includesMedication;
    private final Optional<String> patient;

    /**
     * @param parameters as they were sent, with their modifiers
     * @throws InvalidRequestException for what the sandbox cannot search by
     */
    ChartSearch(String type, Map<String, String[]> parameters) {
        this.type = type;
        parameters.forEach((sent, values) -> {
            var colon = sent.indexOf(':');
            var name = colon < 0 ? sent : sent.substring(0, colon);
            var modifier = colon < 0 ? "" : sent.substring(colon + 1);
            if (!ABOUT_THE_ANSWER.contains(name)) {
                var parameter = SearchParameter.of(type, name);
                Stream.of(values).forEach(value -> conditions.add(condition(parameter, modifier, value)));
            }
        });
        this.order = Optional.ofNullable(parameters.get("_sort")).map(sort -> order(sort[0]));
        this.includesMedication = includesMedication(parameters.getOrDefault("_include", new String[0]));
        this.patient = Optional.ofNullable(parameters.get("patient")).map(value -> id(value[0]));
    }

    /** The resources that fit, in the order that was asked for. */
    List<Resource> among(Stream<Resource> resources) {
        var found = resources
                .filter(resource -> resource.fhirType().equals(type))
                .filter(resource -> conditions.stream().allMatch(condition -> condition.test(resource)));
        return order.isPresent() ? found.sorted(order.get()).toList() : found.toList();
    }

    /** The patient to whom the search is limited, by id. */
    Optional<String> patient() {
        return patient;
    }

    /** What these resources refer to and the search asked to have beside them: keys such as {@code Medication/1}. */
    List<String> included(List<Resource> found) {
        return includesMedication
                ? found.stream()
                        .flatMap(resource -> values(resource, "medicationReference"))
                        .map(element -> ((Reference) element).getReference())
                        .filter(reference -> reference != null)
                        .distinct()
                        .toList()
                : List.of();
    }

    private boolean includesMedication(String[] includes) {
        for (var include : includes) {
            if (!include.equals(type + INCLUDE_MEDICATION)
                    || SearchParameter.find(type, "medication").isEmpty()) {
                throw new InvalidRequestException("The sandbox cannot include " + include
                        + ". It includes the medication of an order, MedicationRequest:medication and the like.");
            }
        }
        return includes.length > 0;
    }

    private Comparator<Resource> order(String sort) {
        var backwards = sort.startsWith("-");
        var parameter = SearchParameter.of(type, backwards ? sort.substring(1) : sort);
        Comparator<Resource> order =
                switch (parameter.kind()) {
                    case DATE ->
                        Comparator.comparing(
                                resource -> values(resource, parameter)
                                        .flatMap(element -> TimeSpan.of(element).stream())
                                        .map(TimeSpan::first)
                                        .findFirst(),
                                Comparator.comparing(
                                        time -> time.orElse(null), Comparator.nullsLast(Comparator.naturalOrder())));
                    case STRING, TOKEN ->
                        Comparator.comparing(resource -> values(resource, parameter)
                                .map(IBase::toString)
                                .findFirst()
                                .orElse(""));
                    case REFERENCE ->
                        throw new InvalidRequestException("The sandbox cannot sort by " + parameter.name() + ".");
                };
        return backwards ? Collections.reverseOrder(order) : order;
    }

    private static Predicate<Resource> condition(SearchParameter parameter, String modifier, String values) {
        Predicate<Resource> any = resource -> Stream.of(values.split(",")).anyMatch(value -> values(resource, parameter)
                .anyMatch(element -> fits(parameter, modifier, element, value)));
        if (modifier.equals("not") && parameter.kind() == SearchParameter.Kind.TOKEN) {
            return any.negate();
        }
        return any;
    }

    private static boolean fits(SearchParameter parameter, String modifier, IBase element, String value) {
        return switch (parameter.kind()) {
            case DATE -> plain(parameter, modifier, Set.of()).isEmpty() && TimeSpan.fits(element, value);
            case REFERENCE -> refers(element, value, plain(parameter, modifier, TYPES));
            case STRING -> reads(element, value, plain(parameter, modifier, Set.of("exact", "contains")));
            case TOKEN -> plain(parameter, modifier, Set.of("not")) != null && isToken(element, value);
        };
    }

    private static String plain(SearchParameter parameter, String modifier, Set<String> known) {
        if (!modifier.isEmpty() && !known.contains(modifier)) {
            throw new InvalidRequestException(
                    "The sandbox does not know the modifier :" + modifier + " of " + parameter.name() + ".");
        }
        return modifier;
    }

    private static boolean refers(IBase element, String value, String ofType) {
        if (!(element instanceof Reference reference) || !reference.hasReference()) {
            return false;
        }
        var kept = new IdType(reference.getReference());
        var asked = new IdType(value);
        return kept.getIdPart().equals(asked.hasIdPart() ? asked.getIdPart() : value)
                && (!asked.hasResourceType() || asked.getResourceType().equals(kept.getResourceType()))
                && (ofType.isEmpty() || ofType.equals(kept.getResourceType()));
    }

    private static String id(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static boolean reads(IBase element, String value, String modifier) {
        var text = element.toString();
        return switch (modifier) {
            case "exact" -> text.equals(value);
            case "contains" -> lower(text).contains(lower(value));
            default -> lower(text).startsWith(lower(value));
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static boolean isToken(IBase element, String value) {
        var bar = value.indexOf('|');
        Optional<String> system = bar < 0 ? Optional.empty() : Optional.of(value.substring(0, bar));
        var code = value.substring(bar + 1);
        if (element instanceof CodeableConcept concept) {
            return concept.getCoding().stream().anyMatch(coding -> isToken(coding, value));
        }
        if (element instanceof Coding coding) {
            return agrees(coding.getSystem(), system, coding.getCode(), code);
        }
        if (element instanceof Identifier identifier) {
            return agrees(identifier.getSystem(), system, identifier.getValue(), code);
        }
        if (element instanceof IdType id) {
            return id.getIdPart().equals(code);
        }
        return element instanceof PrimitiveType<?> primitive
                && primitive.getValueAsString().equals(code);
    }

    private static boolean agrees(String keptSystem, Optional<String> system, String keptCode, String code) {
        return system.filter(asked -> !asked.equals(keptSystem == null ? "" : keptSystem))
                        .isEmpty()
                && (code.isEmpty() || code.equals(keptCode));
    }

    private static Stream<IBase> values(Resource resource, SearchParameter parameter) {
        return parameter.paths().stream().flatMap(path -> values(resource, path));
    }

    private static Stream<IBase> values(Resource resource, String path) {
        return path.equals("id")
                ? Stream.of(resource.getIdElement())
                : R4.newTerser().getValues(resource, path).stream();
    }

    /** Parameters of the query part of an address. */
    static Map<String, String[]> parameters(String query) {
        return new LinkedHashMap<>(UrlUtil.parseQueryString(query));
    }
}
