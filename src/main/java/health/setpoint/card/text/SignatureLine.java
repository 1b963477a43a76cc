package health.setpoint.card.text;

import health.setpoint.knowledge.signoff.SignOff.Signature;
import health.setpoint.knowledge.signoff.SignableItem.Kind;
import health.setpoint.knowledge.signoff.SignedKnowledge;
import java.util.List;
import java.util.Map;

/** Who stands behind the knowledge of a day, as the small line of its cards says it. */
public final class SignatureLine {

    private SignatureLine() {}

    /** The same for what is no card. */
    public static String of(SignedKnowledge knowledge) {
        return of(Texts.load(), knowledge);
    }

    /** Plain text; where not everything is signed it says how much of what is. */
    public static String of(Texts texts, SignedKnowledge knowledge) {
        List<String> names = knowledge.signatures().stream()
                .map(signature -> named(texts, signature))
                .toList();
        if (names.isEmpty()) {
            return texts.plain("signed_none", Map.of());
        }
        String enumerated = texts.vocabulary().enumerated(names);
        if (knowledge.isComplete()) {
            return texts.plain("signed_all", Map.of("names", enumerated));
        }
        return texts.plain(
                "signed_partly",
                Map.of(
                        "names", enumerated,
                        "numbers", knowledge.signed(Kind.NUMBER),
                        "allNumbers", knowledge.all(Kind.NUMBER),
                        "rules", knowledge.signed(Kind.RULE),
                        "allRules", knowledge.all(Kind.RULE),
                        "tables", knowledge.signed(Kind.TABLE),
                        "allTables", knowledge.all(Kind.TABLE)));
    }

    private static String named(Texts texts, Signature signature) {
        return texts.plain(
                "signature",
                Map.of(
                        "name",
                        signature.name(),
                        "role",
                        signature.role(),
                        "day",
                        signature.on().toString()));
    }
}
