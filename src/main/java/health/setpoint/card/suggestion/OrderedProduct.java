package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.knowledge.terminology.DrugCode;
import health.setpoint.knowledge.terminology.Per;
import health.setpoint.knowledge.terminology.Terminology;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the 1 mg tablet, in which doses are counted, from other products. */
public final class OrderedProduct {

    private static final Pattern STRENGTH =
            Pattern.compile("(?<![\\d.,])(\\d{0,6}\\.?\\d{1,6}) ?mg\\b", Pattern.CASE_INSENSITIVE);

    private final Terminology terminology;

    public OrderedProduct(Terminology terminology) {
        this.terminology = terminology;
    }

    /** False where the order's product is known to be another one than the 1 mg tablet, by its codes or its name. */
    boolean mayBeTheTablet(ObjectNode order) {
        List<JsonNode> concepts = new ArrayList<>(List.of(order.path("medicationCodeableConcept")));
        concepts.add(order.path("medication").path("concept"));
        List<String> names = new ArrayList<>();
        names.add(order.path("medicationReference").path("display").asText());
        order.path("contained").forEach(inside -> {
            concepts.add(inside.path("code"));
            concepts.add(inside.path("form"));
            concepts.add(inside.path("doseForm"));
        });
        List<JsonNode> codings = new ArrayList<>();
        for (JsonNode concept : concepts) {
            names.add(concept.path("text").asText());
            concept.path("coding").forEach(coding -> {
                codings.add(coding);
                names.add(coding.path("display").asText());
            });
        }
        return codings.stream().allMatch(this::isNoOther)
                && names.stream().noneMatch(name -> terminology.namesNoTablet(name) || namesAnotherStrength(name));
    }

    private boolean isNoOther(JsonNode coding) {
        return terminology
                .drug(coding.path("system").asText(), coding.path("code").asText())
                .flatMap(DrugCode::strength)
                .map(strength -> strength.per() == Per.TABLET && strength.mg().compareTo(BigDecimal.ONE) == 0)
                .orElse(true);
    }

    private static boolean namesAnotherStrength(String name) {
        Matcher strength = STRENGTH.matcher(name);
        while (strength.find()) {
            if (new BigDecimal(strength.group(1)).compareTo(BigDecimal.ONE) != 0) {
                return true;
            }
        }
        return false;
    }
}
