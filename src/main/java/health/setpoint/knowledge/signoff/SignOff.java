package health.setpoint.knowledge.signoff;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.yaml.KnowledgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What clinicians have signed, as their files say. A signature holds for what was read when it was given: an item of which
 * anything has changed since is unsigned again.
 *
 * @param given every signature of every file
 */
public record SignOff(List<Given> given) {

    /** Nobody has signed anything. */
    public static final SignOff NONE = new SignOff(List.of());

    /**
     * A named person.
     *
     * @param name as cards show it
     * @param role for instance {@code endocrinologist}
     * @param on the day on which that person agreed
     */
    public record Signature(String name, String role, LocalDate on) {}

    /** A signature on an item of this mark. */
    record Given(SignableItem.Kind kind, String id, String mark, Signature by) {}

    public SignOff {
        given = List.copyOf(given);
    }

    /**
     * Reads a form that was filled in, or every {@code .yaml} file of a folder.
     *
     * @param today signatures of a later day are refused
     * @throws KnowledgeException with file and line where one is not as expected
     */
    public static SignOff read(Path fileOrFolder, LocalDate today) {
        List<Given> given = new ArrayList<>();
        for (Path file : files(fileOrFolder)) {
            given.addAll(SignOffFile.read(file.getFileName().toString(), text(file), today));
        }
        return new SignOff(given);
    }

    private static List<Path> files(Path fileOrFolder) {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        try (Stream<Path> files = Files.list(fileOrFolder)) {
            List<Path> forms = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            if (forms.isEmpty()) {
                throw new KnowledgeException(fileOrFolder + ": the folder holds no .yaml file");
            }
            return forms;
        } catch (IOException unreadable) {
            throw new KnowledgeException(fileOrFolder + ": cannot be read", unreadable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new KnowledgeException(file + ": cannot be read as text", unreadable);
        }
    }

    /** These and others. */
    public SignOff and(SignOff more) {
        return new SignOff(Stream.concat(given.stream(), more.given.stream()).toList());
    }

    /** What of the knowledge of a day is signed, and what is not. */
    public SignedKnowledge on(Knowledge knowledge, LocalDate day) {
        return new SignedKnowledge(SignableItems.on(knowledge, day).stream()
                .map(item -> new SignedKnowledge.Line(item, latest(item, true), latest(item, false)))
                .toList());
    }

    /** The item is signed as it stands. */
    public boolean holds(SignableItem item) {
        return latest(item, true).isPresent();
    }

    /** Who signed the item as it stood before it was changed. */
    public Optional<Signature> earlier(SignableItem item) {
        return latest(item, false);
    }

    private Optional<Signature> latest(SignableItem item, boolean asItStands) {
        String mark = item.mark();
        return given.stream()
                .filter(each -> each.kind() == item.kind() && each.id().equals(item.id()))
                .filter(each -> each.mark().equals(mark) == asItStands)
                .map(Given::by)
                .max(Comparator.comparing(Signature::on));
    }
}
