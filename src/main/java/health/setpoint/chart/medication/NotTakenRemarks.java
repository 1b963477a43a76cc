package health.setpoint.chart.medication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.fhir.FhirJson;
import health.setpoint.chart.reading.ReadContext;
import health.setpoint.titration.labs.ClinicalTime;
import health.setpoint.titration.therapy.Drug;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Remarks beside an order that its drug is not taken, as "(Patient not taking: Reported on 11/12/2026)". */
final class NotTakenRemarks {

    private static final List<String> WORDS = List.of("text", "patientInstruction");
    private static final int LONGEST = 2000;
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** A way to write a day, and how to read it; the first reading that is no day of the future holds. */
    private record Form(Pattern pattern, List<BiFunction<MatchResult, Integer, LocalDate>> readings) {}

    private static final String MONTH = "(" + String.join("|", MONTHS) + ")[a-z]{0,6}\\.?";
    private static final BiFunction<MatchResult, Integer, LocalDate> MONTH_FIRST =
            (form, century) -> LocalDate.of(year(form.group(3), century), number(form.group(1)), number(form.group(2)));
    private static final BiFunction<MatchResult, Integer, LocalDate> DAY_FIRST =
            (form, century) -> LocalDate.of(year(form.group(3), century), number(form.group(2)), number(form.group(1)));

    private static final List<Form> FORMS = List.of(
            new Form(
                    Pattern.compile("\\b(\\d{4})-(\\d{2})-(\\d{2})"),
                    List.of((form, century) ->
                            LocalDate.of(number(form.group(1)), number(form.group(2)), number(form.group(3))))),
            new Form(
                    Pattern.compile("\\b(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4}|\\d{2})\\b"),
                    List.of(MONTH_FIRST, DAY_FIRST)),
            new Form(Pattern.compile("\\b(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4}|\\d{2})\\b"), List.of(DAY_FIRST)),
            new Form(
                    Pattern.compile("\\b(\\d{1,2})\\.? " + MONTH + " (\\d{4})\\b", Pattern.CASE_INSENSITIVE),
                    List.of((form, century) ->
                            LocalDate.of(number(form.group(3)), month(form.group(2)), number(form.group(1))))),
            new Form(
                    Pattern.compile("\\b" + MONTH + " (\\d{1,2}),? (\\d{4})\\b", Pattern.CASE_INSENSITIVE),
                    List.of((form, century) ->
                            LocalDate.of(number(form.group(3)), month(form.group(1)), number(form.group(2))))));

    private final ReadContext context;

    NotTakenRemarks(ReadContext context) {
        this.context = context;
    }

    /** When it was last remarked that a drug of a record is not taken; unknown where one remark has no day. */
    Optional<ClinicalTime> in(ObjectNode record, List<ObjectNode> instructions, Drug drug) {
        var instructed = instructions.stream()
                .flatMap(instruction -> WORDS.stream().flatMap(member -> FhirJson.text(instruction, member).stream()));
        var written = Stream.concat(instructed, FhirJson.text(record, "renderedDosageInstruction").stream())
                .flatMap(text -> remarks(text, drug).stream())
                .map(remark -> said(remark, new ClinicalTime.Unknown()));
        var noted = FhirJson.objects(record, "note").stream().flatMap(note -> FhirJson.text(note, "text").stream()
                .flatMap(text -> remarks(text, drug).stream())
                .map(remark -> said(remark, context.time().clinical(FhirJson.text(note, "time")))));
        return Stream.concat(written, noted).reduce((one, other) -> newer(one, other));
    }

    private static ClinicalTime newer(ClinicalTime one, ClinicalTime other) {
        return one.day().isEmpty()
                        || other.day().isPresent()
                                && !other.day().get().isAfter(one.day().get())
                ? one
                : other;
    }

    /** The instruction without such remarks: what is left says what was ordered. */
    ObjectNode without(ObjectNode instruction, Drug drug) {
        var plain = instruction;
        for (var member : WORDS) {
            var text = FhirJson.text(instruction, member);
            if (text.isPresent() && !remarks(text.get(), drug).isEmpty()) {
                plain = plain == instruction ? instruction.deepCopy() : plain;
                plain.put(member, without(text.get(), drug));
            }
        }
        return plain;
    }

    /** The text without such remarks. */
    String without(String text, Drug drug) {
        var left = new StringBuilder();
        for (var part : parts(text)) {
            left.append(isRemark(part, drug) ? " " : part);
        }
        return left.toString().replace("( )", "").replace("[ ]", "").strip();
    }

    private List<String> remarks(String text, Drug drug) {
        return context.terminology().saysNotTaken(text)
                ? parts(text).stream().filter(part -> isRemark(part, drug)).toList()
                : List.of();
    }

    /** A remark that names another drug is about that one. */
    private boolean isRemark(String part, Drug drug) {
        if (!context.terminology().saysNotTaken(part)) {
            return false;
        }
        var named = context.terminology().drugsByText(part);
        return named.isEmpty() || named.stream().anyMatch(meaning -> meaning.drug() == drug);
    }

    // --- parts of a text

    /** The text cut at brackets, and outside of them at the ends of sentences, commas and dashes; together it is whole. */
    private static List<String> parts(String text) {
        var parts = new ArrayList<String>();
        var shortened = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        var start = 0;
        var depth = 0;
        for (int i = 0; i < shortened.length(); i++) {
            var letter = shortened.charAt(i);
            var opens = letter == '(' || letter == '[';
            var closes = letter == ')' || letter == ']';
            if (opens || closes || depth == 0 && endsPart(shortened, i)) {
                parts.add(shortened.substring(start, i));
                parts.add(shortened.substring(i, i + 1));
                start = i + 1;
                depth = Math.max(0, depth + (opens ? 1 : closes ? -1 : 0));
            }
        }
        parts.add(shortened.substring(start));
        return parts;
    }

    private static boolean endsPart(String text, int place) {
        var before = place == 0 ? ' ' : text.charAt(place - 1);
        var after = place + 1 == text.length() ? ' ' : text.charAt(place + 1);
        return switch (text.charAt(place)) {
            case ';', '\n', '\r' -> true;
            case '.', '!', '?' -> after == ' ';
            case ',' -> after == ' ' && !(place + 2 < text.length() && Character.isDigit(text.charAt(place + 2)));
            case '-', '–', '—' -> before == ' ' && after == ' ';
            default -> false;
        };
    }

    // --- its day

    private ClinicalTime said(String remark, ClinicalTime otherwise) {
        var day = FORMS.stream()
                .flatMap(form -> form.pattern().matcher(remark).results().flatMap(match -> day(form, match).stream()))
                .max(LocalDate::compareTo);
        return day.<ClinicalTime>map(ClinicalTime.OnDay::new).orElse(otherwise);
    }

    private Optional<LocalDate> day(Form form, MatchResult match) {
        return form.readings().stream()
                .flatMap(reading -> attempt(reading, match).stream())
                .filter(day -> !day.isAfter(context.today()))
                .findFirst();
    }

    private Optional<LocalDate> attempt(BiFunction<MatchResult, Integer, LocalDate> reading, MatchResult match) {
        try {
            return Optional.of(reading.apply(match, context.today().getYear() / 100 * 100));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int year(String digits, int century) {
        return digits.length() == 4 ? number(digits) : century + number(digits);
    }

    private static int month(String name) {
        return MONTHS.indexOf(name.toLowerCase(Locale.ROOT)) + 1;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }
}
