package health.setpoint.knowledge.parameter;

import health.setpoint.knowledge.parameter.Parameter.Choose;
import health.setpoint.knowledge.parameter.Parameter.DatedValue;
import health.setpoint.knowledge.parameter.Parameter.Dose;
import health.setpoint.knowledge.parameter.Parameter.Lower;
import health.setpoint.knowledge.parameter.Parameter.Plain;
import health.setpoint.knowledge.parameter.Parameter.Raise;
import health.setpoint.knowledge.parameter.Parameter.SiteRange;
import health.setpoint.knowledge.yaml.KnowledgeException;
import health.setpoint.titration.therapy.Regimen;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters as they stand on one day at one site; keeps count of which were asked for. */
public final class ValuesOfDay {

    private static final List<String> RUNGS = List.of("L1", "L2", "L3", "L4");

    private final Map<String, Parameter> parameters;
    private final LocalDate day;
    private final SiteChoices choices;
    private final String files;
    private final Set<String> asked = new HashSet<>();

    public ValuesOfDay(Map<String, Parameter> parameters, LocalDate day, SiteChoices choices, String files) {
        this.parameters = parameters;
        this.day = day;
        this.choices = choices;
        this.files = files;
        choices.chosen().forEach(this::checkChoice);
    }

    public Set<String> asked() {
        return Set.copyOf(asked);
    }

    BigDecimal decimal(String id, String unit) {
        return number(id, text(id, unit));
    }

    int whole(String id, String unit) {
        BigDecimal number = decimal(id, unit);
        if (number.signum() < 0) {
            throw refuse(id, "below zero: " + number);
        }
        try {
            return number.intValueExact();
        } catch (ArithmeticException fraction) {
            throw refuse(id, "not a whole number: " + number);
        }
    }

    boolean yes(String id) {
        return switch (text(id, "yes or no")) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw refuse(id, "expected yes or no");
        };
    }

    <E extends Enum<E>> E choice(String id, Class<E> words) {
        String text = text(id, "choice");
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(text)) {
                return word;
            }
        }
        throw refuse(id, "unknown word " + text);
    }

    /** Index of a rung of the ladder, L1 is 0. */
    int rung(String id) {
        int index = RUNGS.indexOf(text(id, "rung"));
        if (index < 0) {
            throw refuse(id, "the ladder has the rungs L1 to L4");
        }
        return index;
    }

    Regimen dose(String id) {
        DatedValue value = value(id, "mg per intake and intakes per week");
        if (value.value() instanceof Dose dose) {
            return dose.regimen();
        }
        throw refuse(id, "expected mg and times");
    }

    /** A refusal that names the line of the value that holds on this day, or the site's choice. */
    KnowledgeException refuse(String id, String why) {
        if (choices.chosen().containsKey(id)) {
            return new KnowledgeException("site choice " + id + ": " + why);
        }
        Parameter parameter = parameters.get(id);
        int line = parameter.on(day).map(DatedValue::line).orElse(parameter.line());
        return new KnowledgeException(parameter.file() + ":" + line + ": " + id + ": " + why);
    }

    private String text(String id, String unit) {
        DatedValue value = value(id, unit);
        if (choices.chosen().containsKey(id)) {
            return choices.chosen().get(id);
        }
        if (value.value() instanceof Plain plain) {
            return plain.text();
        }
        throw refuse(id, "expected a single value");
    }

    private DatedValue value(String id, String unit) {
        asked.add(id);
        Parameter parameter = parameters.get(id);
        if (parameter == null) {
            throw new KnowledgeException(files + ": " + id + " is missing");
        }
        if (!parameter.unit().equals(unit)) {
            throw parameter.refuse("the rules compare in " + unit + ", not in " + parameter.unit());
        }
        return parameter.on(day).orElseThrow(() -> parameter.refuse("no value on " + day));
    }

    private BigDecimal number(String id, String text) {
        return Parameter.number(text).orElseThrow(() -> refuse(id, "not a number: " + text));
    }

    private void checkChoice(String id, String chosen) {
        Parameter parameter = parameters.get(id);
        if (parameter == null) {
            throw new KnowledgeException("site choice " + id + ": nothing is called so");
        }
        SiteRange range = parameter.site().orElseThrow(() -> refuse(id, "a site cannot choose this"));
        String standard = parameter
                .on(day)
                .map(value -> value.value().toString())
                .orElseThrow(() -> parameter.refuse("no value on " + day));
        Optional<String> complaint = complaint(id, range, standard, chosen);
        if (complaint.isPresent()) {
            throw refuse(id, complaint.get());
        }
    }

    private Optional<String> complaint(String id, SiteRange range, String standard, String chosen) {
        if (range instanceof Choose choose) {
            return choose.from().contains(chosen)
                    ? Optional.empty()
                    : Optional.of(chosen + " is none of " + choose.from());
        }
        BigDecimal wanted = rank(id, chosen);
        if (range instanceof Lower lower) {
            return wanted.compareTo(rank(id, standard)) <= 0 && wanted.compareTo(rank(id, lower.to())) >= 0
                    ? Optional.empty()
                    : Optional.of("%s is outside %s to %s, and a site may only lower it"
                            .formatted(chosen, lower.to(), standard));
        }
        Raise raise = (Raise) range;
        return wanted.compareTo(rank(id, standard)) >= 0 && wanted.compareTo(rank(id, raise.to())) <= 0
                ? Optional.empty()
                : Optional.of(
                        "%s is outside %s to %s, and a site may only raise it".formatted(chosen, standard, raise.to()));
    }

    private BigDecimal rank(String id, String text) {
        int rung = RUNGS.indexOf(text);
        return rung >= 0 ? BigDecimal.valueOf(rung) : number(id, text);
    }
}
