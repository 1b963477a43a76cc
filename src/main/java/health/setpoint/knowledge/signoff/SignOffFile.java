package health.setpoint.knowledge.signoff;

import health.setpoint.knowledge.signoff.SignOff.Given;
import health.setpoint.knowledge.signoff.SignOff.Signature;
import health.setpoint.knowledge.signoff.SignableItem.Kind;
import health.setpoint.knowledge.yaml.Located;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a form that a clinician filled in, and refuses what is incomplete or was altered. */
final class SignOffFile {

    private static final int LONGEST_NAME = 80;
    private static final Pattern UNFIT = Pattern.compile("\\p{Cntrl}");

    private final LocalDate today;
    private final Map<String, Located> signer;

    private SignOffFile(Map<String, Located> signer, LocalDate today) {
        this.signer = signer;
        this.today = today;
    }

    /** What was agreed to; nothing where nothing was. */
    static List<Given> read(String file, String yaml, LocalDate today) {
        Located top = Located.read(file, yaml);
        Map<String, Located> members = top.members(Set.of("signed", "items"), Set.of("knowledge"));
        SignOffFile form =
                new SignOffFile(members.get("signed").members(Set.of("name", "role", "on"), Set.of()), today);
        List<Given> given = new ArrayList<>();
        Set<SignableItem> seen = new HashSet<>();
        for (Located written : members.get("items").items()) {
            Map<String, Located> entry = written.entries();
            SignableItem item = item(written, entry);
            if (!seen.add(item)) {
                throw written.refuse(item + " stands twice");
            }
            if (agreed(written, entry)) {
                given.add(new Given(item.kind(), item.id(), item.mark(), form.signature()));
            }
        }
        return given;
    }

    private static SignableItem item(Located written, Map<String, Located> entry) {
        Map<String, String> says = new LinkedHashMap<>();
        entry.forEach((name, value) -> says.put(name, value.text()));
        Kind kind = says.keySet().stream()
                .findFirst()
                .flatMap(Kind::named)
                .orElseThrow(() -> written.refuse("expected number, rule or table first"));
        String id = says.remove(kind.word());
        String mark = says.remove("mark");
        says.remove("agreed");
        SignableItem item = new SignableItem(kind, id, says);
        if (!item.mark().equals(mark)) {
            throw written.refuse(item + " is not as it was written for signing: what is to be changed is changed in the"
                    + " knowledge files, and signed after that");
        }
        return item;
    }

    private static boolean agreed(Located written, Map<String, Located> entry) {
        Located agreed = entry.get("agreed");
        if (agreed == null) {
            throw written.refuse("agreed is missing");
        }
        return switch (agreed.text().toLowerCase(Locale.ROOT)) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw agreed.refuse("agreed is yes or no, not " + agreed.text());
        };
    }

    private Signature signature() {
        LocalDate on = signer.get("on").date(need("on"));
        if (on.isAfter(today)) {
            throw signer.get("on").refuse("the day " + on + " is still to come");
        }
        return new Signature(name("name"), name("role"), on);
    }

    private String name(String member) {
        Located written = signer.get(member);
        String text = need(member);
        if (text.length() > LONGEST_NAME || UNFIT.matcher(text).find()) {
            throw written.refuse(member + " is longer than " + LONGEST_NAME + " characters, or of several lines");
        }
        return text;
    }

    private String need(String member) {
        Located written = signer.get(member);
        return written.ifAny()
                .orElseThrow(() -> written.refuse(member + " of who signs is missing, and an item is agreed to"));
    }
}
