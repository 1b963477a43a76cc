package health.setpoint.card.suggestion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import health.setpoint.card.json.CardCodes;
import health.setpoint.card.json.JsonNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The reasons for overriding a card that a client's users choose from: our own codes, or the codes that the site uses in
 * their place. A site that maps some of them shows those only, since its EHR knows no other.
 *
 * @param inPlace the site's reason for each of our codes; empty where ours are sent
 */
public record OverrideReasons(Map<String, Reason> inPlace) {

    /** Our own codes. */
    public static final OverrideReasons OWN = new OverrideReasons(Map.of());

    /**
     * A reason of the site.
     *
     * @param system never blank: clients drop a reason without it
     * @param code the site's code
     * @param display what the user reads
     */
    public record Reason(String system, String code, String display) {

        public Reason {
            requireText(system, "system");
            requireText(code, "code");
            requireText(display, "display");
        }
    }

    /**
     * @throws IllegalArgumentException for a code that is none of ours, and where two of ours become the same code
     */
    public OverrideReasons {
        inPlace = Map.copyOf(inPlace);
        Set<String> unknown = new TreeSet<>(inPlace.keySet());
        unknown.removeAll(codes());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no override reason is called " + String.join(", ", unknown)
                    + "; there are " + String.join(", ", codes()));
        }
        long different = inPlace.values().stream()
                .map(reason -> List.of(reason.system(), reason.code()))
                .distinct()
                .count();
        if (different < inPlace.size()) {
            throw new IllegalArgumentException("two override reasons are mapped to the same code");
        }
    }

    /** Our codes, in the order in which a card lists them. */
    public static List<String> codes() {
        return Known.OWN.stream().map(CardCodes.Coding::code).toList();
    }

    public ArrayNode json() {
        List<CardCodes.Coding> shown = new ArrayList<>();
        for (CardCodes.Coding own : Known.OWN) {
            Reason reason = inPlace.get(own.code());
            if (reason != null) {
                shown.add(new CardCodes.Coding(reason.system(), reason.code(), reason.display()));
            } else if (inPlace.isEmpty()) {
                shown.add(own);
            }
        }
        ArrayNode reasons = JsonNodes.array();
        shown.forEach(reason -> reasons.add(reason.json()));
        return reasons;
    }

    private static void requireText(String text, String what) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an override reason needs a " + what);
        }
    }

    /** Read when a first reason is asked for. */
    private static final class Known {

        static final List<CardCodes.Coding> OWN = CardCodes.load().overrideReasons();
    }
}
