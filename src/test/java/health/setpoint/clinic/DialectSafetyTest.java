package health.setpoint.clinic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.suggestion.Dialects;
import health.setpoint.card.suggestion.Orderables;
import health.setpoint.card.suggestion.OverrideReasons;
import health.setpoint.clinic.ClinicTables.Row;
import health.setpoint.clinic.DialectAnswers.Site;
import health.setpoint.conformance.CdsHooksConformance;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.ArbitraryFacts;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.picture.Therapies;
import health.setpoint.titration.policy.Policy;
import health.setpoint.titration.therapy.Course;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@DisplayName("In every dialect, for every patient of the tables and generated ones")
class DialectSafetyTest {

    /** The sites on file, and an Epic site that has mapped one step only. */
    private static final List<Site> SITES = Stream.concat(
                    DialectAnswers.SITES.stream(),
                    Stream.of(new Site(
                            "epic-one-step",
                            Dialects.named(
                                    "epic",
                                    new Orderables(DialectAnswers.MAPPED.doses().subList(1, 2), List.of())),
                            OverrideReasons.OWN)))
            .toList();

    private static final Map<String, Set<String>> MEMBERS = Map.of(
            "card",
            Set.of(
                    "uuid",
                    "summary",
                    "indicator",
                    "detail",
                    "source",
                    "overrideReasons",
                    "selectionBehavior",
                    "suggestions",
                    "extension"),
            "source",
            Set.of("label", "url", "topic"),
            "suggestion",
            Set.of("label", "uuid", "isRecommended", "actions"),
            "action",
            Set.of("type", "description", "resource", "resourceId"));

    private static final Map<String, Set<String>> FIRST_EDITION = Map.of(
            "card",
            Set.of("summary", "indicator", "detail", "source", "selectionBehavior", "suggestions", "extension"),
            "source",
            Set.of("label", "url"),
            "suggestion",
            Set.of("label", "uuid", "actions"),
            "action",
            Set.of("type", "description", "resource"));

    /** The standard is held to it by {@link ClinicCardsTest}; the first edition lacks members that it asks for. */
    private static final Set<String> CONFORMING = Set.of("epic", "sandbox", "inferno");

    private static final List<Check> CHECKS = List.of(
            DialectSafetyTest::ordersTooMany,
            DialectSafetyTest::dosesTooMany,
            DialectSafetyTest::oddMembers,
            DialectSafetyTest::oddTicks,
            DialectSafetyTest::leftUnsaid,
            (answered, site) -> SuggestionFaults.of(answered.cards()));

    private static final Knowledge KNOWLEDGE = Knowledge.load();

    private static final String TWIN = "Take it together with the new order";
    private static final String WARNING = "anastrozole stands twice";

    @TestFactory
    @DisplayName("nothing that can be accepted leaves more inhibitor orders than it should, unless its text warns")
    Stream<DynamicTest> nothingLeavesTwoOrders() {
        return everywhere(DialectSafetyTest::ordersTooMany);
    }

    private static List<String> ordersTooMany(Answered answered, Site site) {
        Facts facts = answered.facts();
        List<ObjectNode> cards = answered.cards();
        List<String> faults = new ArrayList<>();
        int allowed = Math.max(1, standing(facts, List.of()).size());
        for (List<JsonNode> taken : selections(cards)) {
            List<JsonNode> actions = taken.stream()
                    .flatMap(suggestion -> list(suggestion.path("actions")).stream())
                    .toList();
            int left = standing(facts, actions).size();
            if (left > allowed && !warned(actions)) {
                faults.add(left + " inhibitor orders are left after "
                        + taken.stream().map(one -> one.path("label").asText()).toList());
            }
        }
        return faults;
    }

    @TestFactory
    @DisplayName("a card offers one dose at most")
    Stream<DynamicTest> oneDose() {
        return everywhere(DialectSafetyTest::dosesTooMany);
    }

    private static List<String> dosesTooMany(Answered answered, Site site) {
        return answered.cards().stream()
                .map(DialectSafetyTest::doses)
                .filter(doses -> doses.size() > 1)
                .map(doses -> "offers " + doses)
                .toList();
    }

    @TestFactory
    @DisplayName("an answer holds known members only, and conforms")
    Stream<DynamicTest> knownMembers() {
        return everywhere(DialectSafetyTest::oddMembers);
    }

    private static List<String> oddMembers(Answered answered, Site site) {
        ObjectNode answer = answered.answer();
        boolean first = site.folder().equals("cds-hooks-1.0");
        List<String> faults = new ArrayList<>(unknown(answer, first ? FIRST_EDITION : MEMBERS));
        String hook = answered.facts().hook().word();
        if (CONFORMING.contains(site.folder())) {
            faults.addAll(
                    site.folder().equals("inferno")
                            ? CdsHooksConformance.ofResponse(
                                    answer, hook, CdsHooksConformance.Demand.SYSTEM_ACTIONS_ON_ORDER_SIGN)
                            : CdsHooksConformance.ofResponse(answer, hook));
        }
        boolean systemActions = site.folder().equals("inferno") && hook.equals("order-sign");
        if (answer.has("systemActions") != systemActions || answer.size() != (systemActions ? 2 : 1)) {
            faults.add("envelope "
                    + new TreeSet<>(
                            answer.properties().stream().map(Map.Entry::getKey).toList()));
        }
        for (JsonNode card : answer.path("cards")) {
            if (card.path("summary").asText().length() > 139) {
                faults.add("summary too long");
            }
        }
        return faults;
    }

    @TestFactory
    @DisplayName("Epic gets ticks of one action, creates and deletes only, and no create where a draft stays unnamed")
    Stream<DynamicTest> epicTicks() {
        return everywhere(DialectSafetyTest::oddTicks);
    }

    private static List<String> oddTicks(Answered answered, Site site) {
        List<String> faults = new ArrayList<>();
        if (!site.folder().startsWith("epic")) {
            return faults;
        }
        Facts facts = answered.facts();
        boolean drafted =
                facts.courses().stream().anyMatch(course -> course.drug().isAromataseInhibitor() && course.isDraft());
        int creates = 0;
        for (ObjectNode card : answered.cards()) {
            Set<String> deleted = new HashSet<>();
            List<JsonNode> orders = new ArrayList<>();
            if (card.has("suggestions")
                    && !card.path("selectionBehavior").asText().equals("any")) {
                faults.add("selectionBehavior " + card.path("selectionBehavior"));
            }
            for (JsonNode suggestion : card.path("suggestions")) {
                JsonNode action = suggestion.path("actions").path(0);
                String type = action.path("type").asText();
                if (suggestion.path("actions").size() != 1) {
                    faults.add("a tick with several actions");
                }
                if (type.equals("delete")) {
                    deleted.add(action.path("resourceId").asText());
                } else if (!type.equals("create")) {
                    faults.add("a tick that wants " + type);
                } else if (isMedication(action)) {
                    orders.add(action);
                }
            }
            creates += orders.size();
            for (JsonNode order : orders) {
                String text = order.path("description").asText();
                String regimen = order.at("/resource/dosageInstruction/0/text").asText();
                boolean saysDose = text.contains("mg") && text.contains("weekly") && text.contains("list entry");
                if (!saysDose || regimen.isEmpty()) {
                    faults.add("a dose that is not said: " + text);
                }
                if (drafted && (deleted.isEmpty() || !text.contains(WARNING))) {
                    faults.add("a create without its twin: " + text);
                }
                if (!order.at("/resource/medicationCodeableConcept/coding/0/system")
                        .asText()
                        .startsWith("urn:")) {
                    faults.add("a guessed orderable");
                }
            }
        }
        if (creates > 1) {
            faults.add(creates + " new orders in one answer");
        }
        return faults;
    }

    @TestFactory
    @DisplayName("what the standard offers first and another dialect does not is said in words")
    Stream<DynamicTest> whatIsNotOfferedIsSaid() {
        return everywhere(DialectSafetyTest::leftUnsaid);
    }

    private static List<String> leftUnsaid(Answered answered, Site site) {
        List<String> faults = new ArrayList<>();
        List<ObjectNode> whole = DialectAnswers.cards(answered.facts(), answered.policy(), DialectAnswers.STANDARD);
        List<ObjectNode> cards = answered.cards();
        for (int i = 0; i < whole.size(); i++) {
            JsonNode advised = whole.get(i).path("suggestions").path(0);
            String detail = cards.get(i).path("detail").asText();
            Set<String> offered = list(cards.get(i).path("suggestions")).stream()
                    .flatMap(suggestion -> list(suggestion.path("actions")).stream())
                    .map(DialectSafetyTest::gist)
                    .collect(Collectors.toSet());
            boolean missing = list(advised.path("actions")).stream()
                    .anyMatch(action -> !offered.contains(gist(action))
                            && !(action.path("type").asText().equals("update")
                                    && offered.contains(gist(action).replaceFirst("update|active", "create"))));
            boolean said = detail.contains("**By hand:**");
            boolean twin = site.folder().startsWith("epic")
                    && list(cards.get(i).path("suggestions")).stream().anyMatch(suggestion -> suggestion
                            .at("/actions/0/description")
                            .asText()
                            .contains(WARNING));
            if (missing && !said && !twin) {
                faults.add("neither offered nor said: " + advised.path("label").asText());
            }
        }
        return faults;
    }

    @TestFactory
    @DisplayName("a suggestion does what its label says, and a card that names a draft acts on it or says why not")
    Stream<DynamicTest> suggestionsDoWhatTheySay() {
        return everywhere((answered, site) -> SuggestionFaults.of(answered.cards()));
    }

    @Provide
    Arbitrary<Facts> patients() {
        return ArbitraryFacts.everyone();
    }

    /** Always the same patients; take the seed out to go looking for new ones. */
    @Property(tries = 400, seed = "20261128")
    void all_of_this_holds_for_whatever_a_chart_holds(@ForAll("patients") Facts facts) {
        Policy policy = KNOWLEDGE.on(facts.today());
        for (Site site : SITES) {
            Answered answered = Answered.of(facts, policy, site);
            for (Check check : CHECKS) {
                assertEquals(List.of(), check.faults(answered, site), site.folder());
            }
        }
    }

    @Test
    @DisplayName("there are answers with suggestions to look at")
    void thereIsSomethingToLookAt() {
        AtomicInteger creates = new AtomicInteger();
        AtomicInteger deletes = new AtomicInteger();
        Site epic = DialectAnswers.SITES.get(1);
        for (Path file : ClinicTables.files()) {
            for (AnsweredRow each : answered(file, epic)) {
                for (ObjectNode card : each.answered().cards()) {
                    for (JsonNode suggestion : card.path("suggestions")) {
                        JsonNode action = suggestion.path("actions").path(0);
                        creates.addAndGet(
                                action.path("type").asText().equals("create") && isMedication(action) ? 1 : 0);
                        deletes.addAndGet(action.path("type").asText().equals("delete") ? 1 : 0);
                    }
                }
            }
        }
        assertTrue(creates.get() > 10 && deletes.get() > 30, creates + " creates, " + deletes + " deletes");
    }

    // --- running over the tables

    /** A patient answered to a site. */
    private record Answered(Facts facts, Policy policy, List<ObjectNode> cards, ObjectNode answer) {

        static Answered of(Facts facts, Policy policy, Site site) {
            List<ObjectNode> cards = DialectAnswers.cards(facts, policy, site);
            return new Answered(facts, policy, cards, site.dialect().answer(cards, facts.hook()));
        }
    }

    /** The rows of the tables, answered once for all checks. */
    private static final Map<String, List<AnsweredRow>> ANSWERED = new ConcurrentHashMap<>();

    private record AnsweredRow(Row row, Answered answered) {}

    private static List<AnsweredRow> answered(Path file, Site site) {
        return ANSWERED.computeIfAbsent(site.folder() + "|" + file, key -> ClinicTables.rows(file).stream()
                .map(row -> new AnsweredRow(row, Answered.of(Patients.facts(row), Policies.of(row), site)))
                .toList());
    }

    private interface Check {
        List<String> faults(Answered answered, Site site);
    }

    private static Stream<DynamicTest> everywhere(Check check) {
        return SITES.stream().flatMap(site -> ClinicTables.files().stream()
                .map(file -> DynamicTest.dynamicTest(site.folder() + ", " + file.getFileName(), () -> {
                    List<String> faults = new ArrayList<>();
                    for (AnsweredRow each : answered(file, site)) {
                        Row row = each.row();
                        check.faults(each.answered(), site)
                                .forEach(fault -> faults.add(row.where() + " " + row.title() + ": " + fault));
                    }
                    assertEquals("", String.join("\n", faults));
                })));
    }

    // --- what a click does

    /** What a user may take of an answer: one suggestion of each card, or any where a card says so. */
    private static List<List<JsonNode>> selections(List<ObjectNode> cards) {
        List<List<JsonNode>> selections = new ArrayList<>(List.of(List.of()));
        for (ObjectNode card : cards) {
            List<JsonNode> suggestions = list(card.path("suggestions")).stream()
                    .filter(DialectSafetyTest::touchesOrders)
                    .toList();
            boolean any = card.path("selectionBehavior").asText().equals("any");
            List<List<JsonNode>> next = new ArrayList<>(selections);
            for (JsonNode suggestion : suggestions) {
                List<List<JsonNode>> before = any ? List.copyOf(next) : selections;
                for (List<JsonNode> selection : before) {
                    List<JsonNode> more = new ArrayList<>(selection);
                    more.add(suggestion);
                    next.add(more);
                }
            }
            selections = next;
        }
        return selections;
    }

    private static boolean touchesOrders(JsonNode suggestion) {
        return list(suggestion.path("actions")).stream()
                .anyMatch(action -> isMedication(action)
                        || action.path("resourceId").asText().startsWith("MedicationRequest/"));
    }

    /** Inhibitor orders that are drafted or active once the actions are done and the drafts are signed. */
    private static Set<String> standing(Facts facts, List<JsonNode> actions) {
        Set<String> gone = new HashSet<>();
        Set<String> revived = new HashSet<>();
        Set<String> standing = new HashSet<>();
        int made = 0;
        for (JsonNode action : actions) {
            JsonNode resource = action.path("resource");
            switch (action.path("type").asText()) {
                case "delete" -> gone.add(action.path("resourceId").asText());
                case "create" -> {
                    if (isMedication(action)) {
                        standing.add("new " + made++);
                    }
                }
                default -> {
                    String order = "MedicationRequest/" + resource.path("id").asText();
                    boolean ends = Set.of("on-hold", "stopped")
                            .contains(resource.path("status").asText());
                    (ends ? gone : revived).add(order);
                }
            }
        }
        List<Course> inhibitors = facts.courses().stream()
                .filter(course -> course.isOrder() && course.drug().isAromataseInhibitor())
                .toList();
        List<Course> drafts = inhibitors.stream()
                .filter(course -> course.isDraft() && !gone.contains(course.reference()))
                .toList();
        Therapies therapies = Therapies.of(facts.courses(), facts.today(), KNOWLEDGE.on(facts.today()));
        List<Course> stops = inhibitors.stream()
                .filter(course -> course.state() == Course.State.DRAFT_STOP)
                .toList();
        for (Course course : inhibitors) {
            boolean stands = course.isActive() || revived.contains(course.reference());
            if (!course.isDraft()
                    && stands
                    && !gone.contains(course.reference())
                    && stops.isEmpty()
                    && drafts.stream()
                            .noneMatch(draft -> therapies.afterSigning().replaces(draft, course))) {
                standing.add(course.reference());
            }
        }
        drafts.forEach(draft -> standing.add(draft.reference()));
        return standing;
    }

    /** The text warns of a new order that is taken without the removal that stands beside it, and of nothing else. */
    private static boolean warned(List<JsonNode> actions) {
        boolean twinTaken = actions.stream()
                .anyMatch(action -> action.path("description").asText().contains(TWIN));
        List<JsonNode> creates = actions.stream()
                .filter(action -> action.path("type").asText().equals("create") && isMedication(action))
                .toList();
        return !twinTaken
                && !creates.isEmpty()
                && creates.stream()
                        .allMatch(action -> action.path("description").asText().contains(WARNING));
    }

    private static boolean isMedication(JsonNode action) {
        return action.path("resource").path("resourceType").asText().equals("MedicationRequest");
    }

    private static Set<String> doses(ObjectNode card) {
        Set<String> doses = new TreeSet<>();
        for (JsonNode suggestion : card.path("suggestions")) {
            for (JsonNode action : suggestion.path("actions")) {
                String status = action.at("/resource/status").asText();
                if (isMedication(action) && (status.equals("draft") || status.equals("active"))) {
                    doses.add(action.at("/resource/dosageInstruction/0/doseAndRate/0/doseQuantity/value")
                                    .asText() + " x "
                            + action.at("/resource/dosageInstruction/0/timing/repeat/frequency")
                                    .asText());
                }
            }
        }
        return doses;
    }

    /** What an action comes to, however a dialect spells it. */
    private static String gist(JsonNode action) {
        JsonNode resource = action.path("resource");
        return action.path("type").asText() + " "
                + action.path("resourceId").asText()
                + resource.path("resourceType").asText()
                + resource.path("status").asText()
                + resource.path("code").path("text").asText()
                + resource.path("dosageInstruction").path(0).path("text").asText();
    }

    private static List<String> unknown(ObjectNode answer, Map<String, Set<String>> known) {
        List<String> faults = new ArrayList<>();
        for (JsonNode card : answer.path("cards")) {
            unknown(card, "card", known, faults);
            unknown(card.path("source"), "source", known, faults);
            for (JsonNode suggestion : card.path("suggestions")) {
                unknown(suggestion, "suggestion", known, faults);
                for (JsonNode action : suggestion.path("actions")) {
                    unknown(action, "action", known, faults);
                    if (action.path("type").asText().equals("delete")
                            && action.path("resource").isTextual()
                                    == known.get("action").contains("resourceId")) {
                        faults.add("a delete that names its order in the other way");
                    }
                }
            }
        }
        return faults;
    }

    private static void unknown(JsonNode node, String what, Map<String, Set<String>> known, List<String> faults) {
        node.properties().forEach(member -> {
            if (!known.get(what).contains(member.getKey())) {
                faults.add(what + " has " + member.getKey());
            }
        });
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }
}
