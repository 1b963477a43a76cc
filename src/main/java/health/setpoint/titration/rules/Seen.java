package health.setpoint.titration.rules;

import health.setpoint.titration.labs.LabResult;
import health.setpoint.titration.labs.Reading;
import health.setpoint.titration.person.Symptom;
import health.setpoint.titration.picture.Estradiol;
import health.setpoint.titration.picture.Picture;
import health.setpoint.titration.picture.SymptomPicture;
import health.setpoint.titration.therapy.WeeklyDose;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Collects what a rule saw, by the names that its text uses. */
public record Seen(Map<String, String> values) {

    /** What a rule rests on was recognised by its words only. */
    static final String BY_WORDS = "byWords";

    public static Seen nothing() {
        return new Seen(Map.of());
    }

    /** The deciding estradiol, the running dose and the symptoms, which every titration rule shows. */
    public static Seen titration(Picture picture) {
        Seen seen = picture.deciding()
                .map(Seen::estradiol)
                .orElse(nothing())
                .and("symptoms", named(picture, true))
                .and("few", named(picture, false))
                .andIf("free", picture.facts().symptoms().isEmpty())
                .and("unreadForms", picture.unreadForms());
        return picture.therapies()
                .runningDose()
                .map(dose -> seen.and("dose", dose))
                .orElse(seen);
    }

    /** Symptoms of the sides whose rule is met, or those too few to meet one; in the order of the symptom table. */
    private static String named(Picture picture, boolean met) {
        SymptomPicture symptoms = picture.symptoms();
        boolean sharedAreHigh = picture.estradiolAboveRange();
        return symptoms.counted().stream()
                .filter(symptom -> met
                        == (speaksFor(symptom, Symptom.Side.HIGH, sharedAreHigh) ? symptoms.high() : symptoms.low()))
                .sorted()
                .map(Seen::word)
                .collect(Collectors.joining(", "));
    }

    private static boolean speaksFor(Symptom symptom, Symptom.Side side, boolean sharedDo) {
        return symptom.side() == side || (symptom.side() == Symptom.Side.SHARED && sharedDo);
    }

    static Seen estradiol(Estradiol result) {
        return nothing()
                .and("estradiol", result.shown())
                .and("drawn", result.drawn())
                .and("reported", reported(result.result()));
    }

    public Seen and(String name, String value) {
        if (value.isEmpty()) {
            return this;
        }
        Map<String, String> more = new HashMap<>(values);
        more.put(name, value);
        return new Seen(more);
    }

    public Seen and(String name, WeeklyDose dose) {
        return and(name, dose.toString());
    }

    public Seen and(String name, LocalDate day) {
        return and(name, day.toString());
    }

    public Seen and(String name, boolean holds) {
        return and(name, String.valueOf(holds));
    }

    /** Named only where it holds. */
    Seen andIf(String name, boolean holds) {
        return holds ? and(name, true) : this;
    }

    public Seen and(String name, Optional<LocalDate> day) {
        return day.map(date -> and(name, date)).orElse(this);
    }

    /** Value and unit as the laboratory sent them. */
    static String reported(LabResult result) {
        Reading reading = result.reading();
        return reading.number()
                .map(measured -> measured.comparator().sign()
                        + measured.amount().toPlainString() + " "
                        + measured.unit().symbol())
                .or(() -> reading.fault().map(Reading.Unreadable::shown))
                .orElseThrow();
    }

    /** A constant as texts look its words up: lower case, with spaces. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
