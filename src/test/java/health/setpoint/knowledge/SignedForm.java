package health.setpoint.knowledge;

import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.knowledge.signoff.SignableItem;
import health.setpoint.knowledge.signoff.SignableItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A form as a clinician would send it back. */
public final class SignedForm {

    private SignedForm() {}

    /** What Anna Berg signed of the knowledge of a day, read from a file of its own. */
    public static SignOff read(Knowledge knowledge, LocalDate day, Predicate<SignableItem> agreed) {
        try {
            Path file = Files.createTempFile("form", ".yaml");
            Files.writeString(file, text(knowledge, day, agreed));
            try {
                return SignOff.read(file, day);
            } finally {
                Files.delete(file);
            }
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** A form in which Anna Berg signed some of the shipped knowledge as it holds today, in a new file. */
    public static Path shipped(Predicate<SignableItem> agreed) {
        try {
            return Files.writeString(
                    Files.createTempFile("form", ".yaml"), text(Knowledge.load(), LocalDate.now(), agreed));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String text(Knowledge knowledge, LocalDate day, Predicate<SignableItem> agreed) {
        return SignableItems.on(knowledge, day).stream()
                .map(item -> entry(item, agreed.test(item)))
                .collect(Collectors.joining(
                        "", "signed: {name: Anna Berg, role: endocrinologist, on: 2026-02-01}\nitems:", ""));
    }

    private static String entry(SignableItem item, boolean agreed) {
        return item.says().entrySet().stream()
                .map(line -> "  " + line.getKey() + ": '" + line.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining(
                        "",
                        "\n- " + item.kind().word() + ": \"" + item.id() + "\"\n",
                        "  mark: '" + item.mark() + "'\n  agreed: " + (agreed ? "yes" : "no")));
    }
}
