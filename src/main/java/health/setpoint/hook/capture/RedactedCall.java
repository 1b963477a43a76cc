package health.setpoint.hook.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call without its patient: structure, keys, codes, units, statuses and dosages stay; names, identifiers and free text go;
 * ids are numbered, dates moved together, results made of ones. What is not named here as harmless is covered. One object
 * serves one call.
 */
final class RedactedCall {

    private static final String SERVER = "https://ehr.example/fhir";
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern ELEMENT = Pattern.compile("_?[A-Za-z][A-Za-z0-9]{0,63}");
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.:_^/\\[\\]{}()%*'-]{0,63}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z-]{0,39}");
    private static final Pattern UNIT =
            Pattern.compile("[\\p{L}0-9.%/\\[\\]{}()*^\u00b5\u03bc-]{1,20}( [\\p{L}0-9.%/]{1,10})?");
    private static final Pattern URI = Pattern.compile("(https?://|urn:)[^\\s?#]{1,200}");
    private static final Pattern LONG_NUMBER = Pattern.compile("\\d{5}");
    private static final int LONGEST_DISPLAY = 200;
    private static final Pattern REFERENCE = Pattern.compile(
            "(?<base>https?://\\S+?/)?(?<type>[A-Z][A-Za-z]{1,40})/(?<id>[^/\\s]{1,256})(?:/_history/\\S{1,64})?");
    private static final Pattern DATE = Pattern.compile(
            "(?<day>\\d{4}(?:-\\d{2}(?:-\\d{2})?)?)(?<time>T[0-9:.]{5,15}(?<zone>Z|[+-]\\d{2}:\\d{2})?)?");
    private static final int OLDEST_YEAR = 1900;
    private static final int DAYS_OF_DOUBT = 28;
    private static final int ADULT_YEARS = 18;

    private static final Set<String> ENVELOPE = Set.of("hook", "hookInstance", "fhirServer", "context", "prefetch");
    private static final Set<String> CONTEXT =
            Set.of("userId", "patientId", "encounterId", "selections", "draftOrders");
    private static final Set<String> DROPPED = Set.of(
            "identifier", "name", "telecom", "address", "contact", "photo", "communication", "note", "div", "data");
    private static final Set<String> CODED = Set.of(
            "status",
            "intent",
            "use",
            "type",
            "gender",
            "comparator",
            "mode",
            "priority",
            "relation",
            "kind",
            "periodUnit",
            "durationUnit",
            "dayOfWeek",
            "when",
            "valueCode",
            "resourceType",
            "hook",
            "language");
    private static final Set<String> DOSAGE = Set.of("dosageInstruction", "dosage");
    private static final Set<String> CODINGS = Set.of("coding", "valueCoding", "tag");

    private final KnownWords words;
    private final LocalDate today;
    private final int daysOfDoubt;
    private final Map<String, String> ids = new HashMap<>();
    private long shift;

    /**
     * @param today on which it came
     * @param random from 0 to 1: how far the dates are moved beyond what brings the newest of them to today
     */
    RedactedCall(KnownWords words, LocalDate today, double random) {
        this.words = words;
        this.today = today;
        this.daysOfDoubt = (int) (random * DAYS_OF_DOUBT);
    }

    /** The call as it may be kept; what is sent is left as it is. */
    ObjectNode of(ObjectNode call) {
        List<LocalDate> days = new ArrayList<>();
        days(call, days);
        shift = days.stream()
                .filter(day -> !day.isAfter(today))
                .max(LocalDate::compareTo)
                .map(newest -> ChronoUnit.DAYS.between(newest, today.minusDays(daysOfDoubt)))
                .orElse(-(long) daysOfDoubt);
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        call.properties().stream()
                .filter(member -> ENVELOPE.contains(member.getKey()))
                .forEach(member -> kept.set(member.getKey(), ofEnvelope(member.getKey(), member.getValue())));
        return kept;
    }

    private JsonNode ofEnvelope(String name, JsonNode value) {
        return switch (name) {
            case "hookInstance" ->
                value.isTextual() ? text(UUID.randomUUID().toString()) : inside(name, "", false, value);
            case "fhirServer" -> value.isTextual() ? text(SERVER) : inside(name, "", false, value);
            case "context" -> members(value, key -> CONTEXT.contains(key) ? Optional.of(key) : Optional.empty());
            case "prefetch" ->
                members(value, key -> Optional.of(KEY.matcher(key).matches() ? key : id(key)));
            default -> inside(name, "", false, value);
        };
    }

    private JsonNode members(JsonNode value, Function<String, Optional<String>> names) {
        if (!(value instanceof ObjectNode object)) {
            return inside("", "", false, value);
        }
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> names.apply(member.getKey())
                .ifPresent(name -> kept.set(name, inside(name, "", false, member.getValue()))));
        return kept;
    }

    /**
     * A value.
     *
     * @param name of the member that has it, or whose list it is in
     * @param parent name of the member in which that one stands
     * @param dosage whether it is a part of a dosage, whose numbers say nothing of a person
     */
    private JsonNode inside(String name, String parent, boolean dosage, JsonNode value) {
        if (value instanceof ObjectNode object) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            object.properties().stream()
                    .filter(member -> isKept(member.getKey(), member.getValue()))
                    .forEach(member -> kept.set(
                            member.getKey(),
                            inside(
                                    member.getKey(),
                                    name,
                                    dosage || DOSAGE.contains(member.getKey()),
                                    member.getValue())));
            return kept;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            array.forEach(item -> kept.add(inside(name, parent, dosage, item)));
            return kept;
        }
        if (value.isNumber()) {
            return dosage || name.equals("total") ? value : ones(value);
        }
        return value.isTextual() ? text(text(name, parent, dosage, value.textValue())) : value;
    }

    /** A narrative is free text; the text of a concept or a dosage is covered word by word. */
    private static boolean isKept(String name, JsonNode value) {
        return ELEMENT.matcher(name).matches() && !DROPPED.contains(name) && !(name.equals("text") && value.isObject());
    }

    private static JsonNode ones(JsonNode number) {
        return JsonNodeFactory.instance.numberNode(
                new BigDecimal(number.decimalValue().toPlainString().replaceAll("\\d", "1")));
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    private String text(String name, String parent, boolean dosage, String text) {
        Matcher date = DATE.matcher(text);
        if (name.equals("birthDate")) {
            return birth(text);
        }
        if (date.matches() && day(date.group("day")).isPresent()) {
            return moved(date);
        }
        return switch (name) {
            case "id", "encounterId" -> id(text);
            case "reference", "fullUrl", "userId", "patientId", "selections" -> reference(text);
            case "url" -> parent.equals("link") || !URI.matcher(text).matches() ? SERVER : text;
            case "system", "profile", "instantiatesCanonical" ->
                URI.matcher(text).matches() ? text : SERVER;
            case "unit" ->
                UNIT.matcher(text).matches() && !LONG_NUMBER.matcher(text).find() ? text : words.only(text, dosage);
            case "code" -> CODE.matcher(text).matches() ? text : words.only(text, dosage);
            case "display" -> CODINGS.contains(parent) && isCatalogued(text) ? text : words.only(text, dosage);
            default -> CODED.contains(name) && WORD.matcher(text).matches() ? text : words.only(text, dosage);
        };
    }

    /** What a code means is written by whoever made the code system, not about a patient. */
    private static boolean isCatalogued(String text) {
        return text.length() <= LONGEST_DISPLAY && !LONG_NUMBER.matcher(text).find();
    }

    private String id(String id) {
        return ids.computeIfAbsent(id, each -> "id-" + (ids.size() + 1));
    }

    private String reference(String text) {
        if (text.startsWith("#")) {
            return "#" + id(text.substring(1));
        }
        if (text.startsWith("urn:")) {
            return "urn:uuid:" + UUID.nameUUIDFromBytes(id(text).getBytes(StandardCharsets.US_ASCII));
        }
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            return id(text);
        }
        String base = reference.group("base") == null ? "" : SERVER + "/";
        return base + reference.group("type") + "/" + id(reference.group("id"));
    }

    private String birth(String text) {
        boolean minor = day(text.length() > 10 ? text.substring(0, 10) : text)
                .filter(born -> ChronoUnit.YEARS.between(born, today) < ADULT_YEARS)
                .isPresent();
        String day = (minor ? today.getYear() - 10 : 1970) + "-01-01";
        return day.substring(0, Math.min(day.length(), Math.max(4, text.length())));
    }

    private String moved(Matcher date) {
        String day = date.group("day");
        String moved = day(day).orElseThrow().plusDays(shift).toString().substring(0, day.length());
        String zone = date.group("zone") == null ? "" : date.group("zone");
        return date.group("time") == null ? moved : moved + "T12:00:00" + zone;
    }

    /** A day, or the middle of a month or year. */
    private static Optional<LocalDate> day(String written) {
        try {
            LocalDate day = LocalDate.parse(
                    switch (written.length()) {
                        case 4 -> written + "-07-01";
                        case 7 -> written + "-15";
                        default -> written;
                    });
            return Optional.of(day).filter(each -> each.getYear() > OLDEST_YEAR);
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    private static void days(JsonNode value, List<LocalDate> found) {
        if (value.isObject()) {
            value.properties().stream()
                    .filter(member -> !member.getKey().equals("birthDate"))
                    .forEach(member -> days(member.getValue(), found));
        } else if (value.isArray()) {
            value.forEach(item -> days(item, found));
        } else if (value.isTextual()) {
            Matcher date = DATE.matcher(value.textValue());
            if (date.matches()) {
                day(date.group("day")).ifPresent(found::add);
            }
        }
    }
}
