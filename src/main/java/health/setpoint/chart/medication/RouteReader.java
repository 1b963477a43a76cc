package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.CodeMap;
import health.setpoint.chart.fhir.Concept;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.titration.therapy.Formulation;
import health.setpoint.titration.therapy.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the route: by its code, else by words, else by what the form of the product allows. */
final class RouteReader {

    private static final Map<String, Route> CODED = Map.ofEntries(
            Map.entry("78421000", Route.INTRAMUSCULAR),
            Map.entry("IM", Route.INTRAMUSCULAR),
            Map.entry("34206005", Route.SUBCUTANEOUS),
            Map.entry("SQ", Route.SUBCUTANEOUS),
            Map.entry("SC", Route.SUBCUTANEOUS),
            Map.entry("26643006", Route.ORAL),
            Map.entry("PO", Route.ORAL),
            Map.entry("45890007", Route.TRANSDERMAL),
            Map.entry("6064005", Route.TRANSDERMAL),
            Map.entry("448598008", Route.TRANSDERMAL),
            Map.entry("TRNSDERM", Route.TRANSDERMAL),
            Map.entry("TOPICAL", Route.TRANSDERMAL),
            Map.entry("46713006", Route.NASAL),
            Map.entry("54471007", Route.BUCCAL),
            Map.entry("37839007", Route.BUCCAL),
            Map.entry("16857009", Route.VAGINAL),
            Map.entry("VAGINS", Route.VAGINAL));

    private static final Map<Route, Pattern> WORDS = Map.of(
            Route.INTRAMUSCULAR, words("intramuscular(ly)?|im|into (the|a) muscle"),
            Route.SUBCUTANEOUS, words("subcutaneous(ly)?|subcut|subq|sub-q|sc|sq|under the skin"),
            Route.ORAL, words("oral(ly)?|by mouth|po|per os"),
            Route.TRANSDERMAL, words("transdermal(ly)?|topical(ly)?|to (the )?skin|cutaneous"),
            Route.NASAL, words("(intra)?nasal(ly)?"),
            Route.BUCCAL, words("buccal(ly)?|sublingual(ly)?"),
            Route.IMPLANT, words("implant(ed|ation)?|pellets?"),
            Route.VAGINAL, words("vaginal(ly)?|intravaginal"));

    private RouteReader() {}

    private static Pattern words(String words) {
        return Pattern.compile("(?<![\\w])(" + words + ")(?![\\w])", Pattern.CASE_INSENSITIVE);
    }

    static Route read(List<ObjectNode> instructions, Formulation formulation, String product, CodeMap codes) {
        var routes = instructions.stream()
                .map(instruction -> Concept.of(instruction, "route", codes))
                .toList();
        return routes.stream()
                .flatMap(route -> route.codings().stream())
                .map(coding -> CODED.get(coding.code().toUpperCase(Locale.ROOT)))
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .or(() -> one(
                        routes.stream().flatMap(route -> route.texts().stream()).toList()))
                .or(() -> one(List.of(product)))
                .or(() -> one(instructions.stream()
                        .flatMap(instruction -> FhirJson.text(instruction, "text").stream())
                        .toList()))
                .orElseGet(() -> byForm(formulation));
    }

    /** The only route that the words name. */
    private static Optional<Route> one(List<String> texts) {
        var found = new ArrayList<Route>();
        WORDS.forEach((route, words) -> {
            if (texts.stream()
                    .anyMatch(text -> text.length() < 500 && words.matcher(text).find())) {
                found.add(route);
            }
        });
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static Route byForm(Formulation formulation) {
        return switch (formulation) {
            case CYPIONATE, ENANTHATE, PROPIONATE, MIXED_ESTERS, UNDECANOATE_INJECTED -> Route.INTRAMUSCULAR;
            case UNDECANOATE_ORAL -> Route.ORAL;
            case GEL, SOLUTION, PATCH -> Route.TRANSDERMAL;
            case NASAL -> Route.NASAL;
            case PELLET -> Route.IMPLANT;
            case OTHER -> Route.UNKNOWN;
        };
    }
}
