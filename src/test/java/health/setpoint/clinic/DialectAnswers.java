package health.setpoint.clinic;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardWriter;
import health.setpoint.card.WrittenCard;
import health.setpoint.card.suggestion.CardContext;
import health.setpoint.card.suggestion.CardStyle;
import health.setpoint.card.suggestion.Dialect;
import health.setpoint.card.suggestion.Dialects;
import health.setpoint.card.suggestion.Orderables;
import health.setpoint.card.suggestion.OverrideReasons;
import health.setpoint.card.text.CardDetail;
import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import health.setpoint.titration.therapy.Dosage;
import java.math.BigDecimal;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Patients of the tables, answered to sites of every dialect. */
final class DialectAnswers {

    private static final CardWriter WRITER = new CardWriter(Knowledge.load(), URI.create("https://setpoint.example"));
    private static final String CALL = "863f13e0-43ac-4a7f-befb-99575cc86f18";
    static final String PATIENT = "pat-7f3a";
    private static final String LIST = "urn:com.epic.cdshooks.action.code.system.preference-list-item";

    /** An Epic site that has mapped every step of the ladder and the usual tests. */
    static final Orderables MAPPED = new Orderables(
            List.of(
                    dose("0.5", 1, "once weekly"),
                    dose("0.5", 2, "twice weekly"),
                    dose("0.5", 3, "three times weekly"),
                    dose("1", 2, "twice weekly")),
            Stream.of("estradiol", "testosterone", "cbc", "cmp", "psa", "lipids")
                    .map(test -> new Orderables.Test(test, LIST, "LAB-" + test, "Test of the site: " + test))
                    .toList());

    /** A site that reads cards; {@code folder} names its answers on file. */
    record Site(String folder, Dialect dialect, OverrideReasons reasons) {}

    static final Site STANDARD = site("standard", "standard", Orderables.NONE);

    static final List<Site> SITES = List.of(
            STANDARD,
            new Site(
                    "epic",
                    Dialects.named("epic", MAPPED),
                    new OverrideReasons(Map.of(
                            "judgment",
                            new OverrideReasons.Reason("urn:oid:1.2.3.4", "10", "Benefit outweighs risk"),
                            "dataincomplete",
                            new OverrideReasons.Reason("urn:oid:1.2.3.4", "12", "Inaccurate data")))),
            site("epic-unmapped", "epic", Orderables.NONE),
            site("sandbox", "sandbox", Orderables.NONE),
            site("cds-hooks-1.0", "cds-hooks-1.0", Orderables.NONE),
            site("inferno", "inferno", Orderables.NONE));

    private DialectAnswers() {}

    private static Site site(String folder, String dialect, Orderables orderables) {
        return new Site(folder, Dialects.named(dialect, orderables), OverrideReasons.OWN);
    }

    private static Orderables.Dose dose(String mg, int times, String words) {
        return new Orderables.Dose(
                new BigDecimal(mg), times, LIST, "AI-" + mg + "x" + times, "ANASTROZOLE " + mg + " MG " + words);
    }

    static ObjectNode answer(Row row, Site site) {
        Facts facts = Patients.facts(row);
        return site.dialect().answer(cards(facts, Policies.of(row), site), facts.hook());
    }

    /** The cards before the answer is shaped. */
    static List<ObjectNode> cards(Facts facts, Policy policy, Site site) {
        return written(facts, policy, site).stream().map(WrittenCard::json).toList();
    }

    /** The same beside the advice that they were made from. */
    static List<WrittenCard> written(Facts facts, Policy policy, Site site) {
        return WRITER.write(
                Titration.advise(facts, policy),
                new CardContext(
                        facts.hook(),
                        "a-hospital",
                        CALL,
                        PATIENT,
                        "Practitioner/dr-1",
                        facts.today(),
                        orders(facts.courses()),
                        facts.courses(),
                        new CardStyle(site.dialect(), site.reasons(), CardDetail.SHORT)),
                policy);
    }

    private static Map<String, ObjectNode> orders(List<Course> courses) {
        Map<String, ObjectNode> orders = new HashMap<>();
        for (Course course : courses) {
            if (course.isOrder()) {
                orders.put(course.reference(), order(course));
            }
        }
        return orders;
    }

    private static ObjectNode order(Course course) {
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        order.put("resourceType", "MedicationRequest")
                .put("id", course.reference().substring(course.reference().indexOf('/') + 1))
                .put("status", course.isDraft() ? "draft" : "active")
                .put("intent", "order");
        ObjectNode concept = order.putObject("medicationCodeableConcept");
        boolean anastrozole = course.name().equals("anastrozole");
        if (anastrozole) {
            concept.putArray("coding")
                    .addObject()
                    .put("system", "http://www.nlm.nih.gov/research/umls/rxnorm")
                    .put("code", "199224");
        }
        concept.put("text", anastrozole ? "anastrozole 1 MG Oral Tablet" : course.name());
        order.putObject("subject").put("reference", "Patient/" + PATIENT);
        course.replaces()
                .ifPresent(prior -> order.putObject("priorPrescription").put("reference", prior));
        String sig = course.dosage() instanceof Dosage.Weekly weekly ? weekly.dose() + " mg a week" : "as written";
        order.putArray("dosageInstruction").addObject().put("text", sig);
        return order;
    }
}
