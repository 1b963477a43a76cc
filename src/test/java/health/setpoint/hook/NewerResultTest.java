package health.setpoint.hook;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * A newer result that was not understood never leaves an older one to decide, whoever the man is and whichever EHR writes
 * him down. The build draws the same men each time; take the seed out to go looking for new ones.
 */
class NewerResultTest {

    private static final String DAY = Man.NOW.toLocalDate().toString();
    private static final Pattern NAMED = Pattern.compile("(drawn|of|on) " + DAY);
    private static final Set<String> UPWARD = Set.of("start", "increase");

    /** What a dose rests on or is withheld by. */
    enum Test {
        ESTRADIOL("2243-4", "Estradiol", "Estrogens, Total", "pg/mL", "1"),
        TESTOSTERONE("2986-8", "Testosterone", "Testosterone, Free", "ng/dL", "10"),
        HEMATOCRIT("4544-3", "Hematocrit", "Hemoglobin", "%", "0.8"),
        PSA("2857-1", "PSA", "PSA, Free", "ng/mL", "0.1"),
        AST("1920-8", "AST (SGOT)", "ALT", "U/L", "3"),
        ALT("1742-6", "ALT (SGPT)", "AST", "U/L", "3"),
        BILIRUBIN("1975-2", "Bilirubin, Total", "Bilirubin, Direct", "mg/dL", "0.05"),
        T_SCORE("38267-1", "Bone density T-score", "Cortisol", "{Tscore}", "-0.04");

        private final String loinc;
        private final String name;
        private final String another;
        private final String unit;
        private final BigDecimal scale;

        Test(String loinc, String name, String another, String unit, String scale) {
            this.loinc = loinc;
            this.name = name;
            this.another = another;
            this.unit = unit;
            this.scale = new BigDecimal(scale);
        }

        String amount(int points) {
            return scale.multiply(BigDecimal.valueOf(points)).toPlainString();
        }
    }

    /** The ways not to be understood: {@code %1} code, {@code %2} name, {@code %3} another name, {@code %4} amount, {@code %5} unit. */
    enum Fault {
        LOCAL_CODE(
                "'status':'final','code':{'coding':[{'system':'urn:lab','code':'17','display':'%2$s'}]},'valueQuantity':{'value':%4$s,'unit':'%5$s'}"),
        WORDS("'status':'final','code':{'text':'%2$s'},'valueQuantity':{'value':%4$s,'unit':'%5$s'}"),
        UNKNOWN_LOINC(
                "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'99999-9'}],'text':'%2$s'},'valueString':'%4$s %5$s'"),
        OTHER_WORDS(
                "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'%1$s'}],'text':'%3$s'},'valueQuantity':{'value':%4$s,'unit':'%5$s'}"),
        UNKNOWN_UNIT(
                "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'%1$s'}]},'valueQuantity':{'value':%4$s,'unit':'furlongs'}"),
        A_SENTENCE(
                "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'%1$s'}]},'valueString':'about %4$s, so they say'"),
        NOT_ENOUGH(
                "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'%1$s'}]},'valueString':'Quantity not sufficient'"),
        ABSENT(
                "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'%1$s'}]},'dataAbsentReason':{'text':'Specimen lost'}"),
        CONCEPT(
                "'status':'final','code':{'coding':[{'system':'http://loinc.org','code':'%1$s'}]},'valueCodeableConcept':{'text':'%4$s or so'}"),
        UNKNOWN_STATUS(
                "'status':'whatever','code':{'coding':[{'system':'http://loinc.org','code':'%1$s'}]},'valueQuantity':{'value':%4$s,'unit':'%5$s'}"),
        NO_STATUS(
                "'code':{'coding':[{'system':'http://loinc.org','code':'%1$s'}]},'valueQuantity':{'value':%4$s,'unit':'%5$s'}");

        private final String members;

        Fault(String members) {
            this.members = members;
        }

        ObjectNode entry(Test test, int points) {
            var members = this.members.formatted(test.loinc, test.name, test.another, test.amount(points), test.unit);
            return Shape.json(("{'search':{'mode':'match'},'resource':{'resourceType':'Observation','id':'newer',"
                            + "'subject':{'reference':'Patient/p1'},'effectiveDateTime':'" + Man.NOW.plusMinutes(30)
                            + ":00Z'," + members + "}}")
                    .replace('\'', '"'));
        }
    }

    @Provide
    Arbitrary<Man> men() {
        return Man.any();
    }

    @Property(tries = 3000, seed = "20261129")
    void a_newer_result_that_was_not_understood_brings_no_start_and_no_increase_and_is_named(
            @ForAll("men") Man man,
            @ForAll Shape shape,
            @ForAll Test test,
            @ForAll Fault fault,
            @ForAll @IntRange(min = 1, max = 100) int points) {
        var call = shape.call(man);
        var before = Judged.call(call.deepCopy()).orElseThrow();
        var labs = (ObjectNode) call.path("prefetch").path("labs");
        labs.withArray("entry").add(fault.entry(test, points));
        labs.put("total", labs.path("total").asInt() + 1);
        var after = Judged.call(call).orElseThrow();
        assertTrue(
                upward(after).compareTo(upward(before)) <= 0, () -> fault + " " + test + " before: " + before + after);
        if (titrates(after)) {
            assertTrue(NAMED.matcher(details(after)).find(), () -> fault + " " + test + " is not named: " + after);
        }
    }

    /** The highest dose that a card starts or raises to. */
    private static BigDecimal upward(ObjectNode answer) {
        return advice(answer)
                .filter(advice -> UPWARD.contains(advice.path("advice").asText()))
                .map(advice -> advice.path("proposedWeeklyDoseMg").decimalValue())
                .max(BigDecimal::compareTo)
                .orElse(BigDecimal.ZERO);
    }

    /** A titration card stands, and no gate beside it. */
    private static boolean titrates(ObjectNode answer) {
        return advice(answer).noneMatch(advice -> first(advice).startsWith("R-0"))
                && advice(answer).anyMatch(advice -> first(advice).matches("R-(16|3[0-8]|4\\d|5[0-7]|60|61)"));
    }

    private static String first(JsonNode advice) {
        return advice.path("rules").path(0).asText();
    }

    private static Stream<JsonNode> advice(ObjectNode answer) {
        return StreamSupport.stream(answer.path("cards").spliterator(), false)
                .map(card -> card.at("/extension/health.setpoint.advice"));
    }

    private static String details(ObjectNode answer) {
        var said = new StringBuilder();
        answer.path("cards")
                .forEach(card -> said.append(card.path("detail").asText().replaceAll("now \\([^)]*\\)", "")));
        return said.toString();
    }
}
