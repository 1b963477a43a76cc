package health.setpoint.operator.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.setpoint.card.text.GradeWords;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.knowledge.signoff.SignOff;
import health.setpoint.knowledge.signoff.SignableItem;
import health.setpoint.knowledge.signoff.SignableItem.Kind;
import health.setpoint.knowledge.signoff.SignableItems;
import health.setpoint.knowledge.signoff.SignedKnowledge;
import health.setpoint.knowledge.source.Grade;
import health.setpoint.knowledge.yaml.KnowledgeException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code sign-off <form>}: writes every number, rule and table as a form for a clinician to fill in; of a form that is there
 * already, says what it signs. Starts no service, and can run beside one.
 */
final class SignOffCommand {

    static final String WORD = "sign-off";

    private static final int PARTLY = 2;
    private static final int MOST_NAMED = 20;
    private static final ObjectMapper QUOTES = new ObjectMapper();

    private final Knowledge knowledge;
    private final PrintStream out;
    private final PrintStream faults;
    private final LocalDate today;

    SignOffCommand(Knowledge knowledge, PrintStream out, PrintStream faults, Clock clock) {
        this.knowledge = knowledge;
        this.out = out;
        this.faults = faults;
        this.today = LocalDate.now(clock);
    }

    /**
     * Writes the form, or reads it where it is there.
     *
     * @param signed what was signed before; a form that is written leaves it out
     * @param ruleBook where the rule book is to be written, with the signatures
     * @return 0 where a form was written or everything is signed, 2 where something is not, 1 where a file is refused
     */
    int run(Path form, Optional<Path> signed, Optional<Path> ruleBook) {
        try {
            var before = signed.map(path -> SignOff.read(path, today)).orElse(SignOff.NONE);
            var code = 0;
            if (Files.notExists(form)) {
                write(form, before);
            } else {
                before = before.and(SignOff.read(form, today));
                code = tell(before.on(knowledge, today));
            }
            if (ruleBook.isPresent()) {
                Files.writeString(ruleBook.get(), new RuleBook(knowledge, before, today).page());
            }
            return code;
        } catch (KnowledgeException refused) {
            faults.println("refused: " + refused.getMessage());
        } catch (IOException unwritable) {
            faults.println("not written: " + unwritable.getMessage());
        }
        return 1;
    }

    private int tell(SignedKnowledge signed) {
        out.println(RuleBook.standing(signed) + ".");
        for (var kind : Kind.values()) {
            out.printf("  %d of %d %ss%n", signed.signed(kind), signed.all(kind), kind.word());
        }
        signed.changed().forEach(line -> {
            var earlier = line.earlier().orElseThrow();
            out.printf(
                    "  changed since %s signed on %s, so not signed: %s%n", earlier.name(), earlier.on(), line.item());
        });
        var open = signed.lines().stream()
                .filter(line -> !line.isSigned() && !line.isChangedSince())
                .map(line -> line.item().toString())
                .toList();
        if (!open.isEmpty()) {
            out.printf(
                    "  not signed: %s%s%n",
                    open.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")),
                    open.size() > MOST_NAMED ? " and " + (open.size() - MOST_NAMED) + " more" : "");
        }
        return signed.isComplete() ? 0 : PARTLY;
    }

    private void write(Path form, SignOff before) throws IOException {
        var standing = SignableItems.from(knowledge, today).stream()
                .filter(item -> !before.holds(item))
                .toList();
        if (standing.isEmpty()) {
            out.println("Everything is signed already; no form is written.");
            return;
        }
        Files.writeString(form, page(standing, before), StandardOpenOption.CREATE_NEW);
        out.printf(
                "%d items are written to %s. Who signs fills in name, role and day, and writes yes behind what he agrees to.%n",
                standing.size(), form);
    }

    private String page(List<SignableItem> items, SignOff before) {
        var page = new StringBuilder("""
                # Sign-off of the knowledge of Setpoint, version %s (%s), written on %s.
                #
                # You sign what cards say to prescribers. Read each item; where you agree, write yes in place of no behind
                # "agreed". Leave everything else as it is: what should be another value is changed in the knowledge files,
                # and comes back to you in a new form. What you do not agree to stays unsigned, and cards say so.
                # Then fill in your name, your role and the day, YYYY-MM-DD, and send the file back.
                #
                # Grades: %s.
                # A rule without a grade follows from scope or safety. "from" is the day from which a value holds.
                #
                # Sources:
                %s
                signed:
                  name:
                  role:
                  on:
                knowledge: %s
                items:
                """.formatted(
                        knowledge.version(),
                        knowledge.hash(),
                        today,
                        Arrays.stream(Grade.values())
                                .map(grade -> grade + " " + GradeWords.of(grade))
                                .collect(Collectors.joining(", ")),
                        knowledge.evidence().sources().stream()
                                .map(source -> "#   " + source.key() + ": " + source.title()
                                        + source.link().map(link -> " " + link).orElse(""))
                                .collect(Collectors.joining("\n")),
                        quoted(knowledge.version() + " (" + knowledge.hash() + ")")));
        for (var kind : Kind.values()) {
            page.append("\n# --- ").append(kind.word()).append("s\n");
            items.stream().filter(item -> item.kind() == kind).forEach(item -> {
                before.earlier(item).ifPresent(by -> page.append("\n# Changed since ")
                        .append(by.name())
                        .append(" signed on ")
                        .append(by.on())
                        .append('.'));
                page.append(entry(item));
            });
        }
        return page.toString();
    }

    private static String entry(SignableItem item) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put(item.kind().word(), item.id());
        members.putAll(item.says());
        members.put("mark", item.mark());
        return members.entrySet().stream()
                .map(member -> member.getKey() + ": " + quoted(member.getValue()))
                .collect(Collectors.joining("\n  ", "\n- ", "\n  agreed: no\n"));
    }

    /** Strings of JSON are strings of YAML. */
    private static String quoted(String text) {
        try {
            return QUOTES.writeValueAsString(text);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
