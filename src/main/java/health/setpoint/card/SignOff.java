package health.setpoint.card;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.Parameter;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Who stands behind the numbers of a day.
 *
 * @param names of those who signed, without repeats
 * @param complete every number of the day is signed
 */
record SignOff(List<String> names, boolean complete) {

    static SignOff of(Knowledge knowledge, LocalDate day) {
        List<Optional<Parameter.Signature>> agreed = knowledge.parameters().stream()
                .flatMap(parameter -> parameter.on(day).stream())
                .map(Parameter.DatedValue::agreed)
                .toList();
        List<String> names = agreed.stream()
                .flatMap(Optional::stream)
                .map(Parameter.Signature::by)
                .distinct()
                .toList();
        return new SignOff(names, agreed.stream().allMatch(Optional::isPresent));
    }

    /** Name of the text that says so. */
    String text() {
        if (names.isEmpty()) {
            return "signed_none";
        }
        return complete ? "signed_all" : "signed_partly";
    }
}
