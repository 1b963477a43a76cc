package health.setpoint.operator.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.fhir.ChartEntry;
import health.setpoint.chart.reading.ReadNote;
import health.setpoint.chart.validation.InputProfile;
import health.setpoint.chart.validation.ResourceValidator;
import health.setpoint.chart.validation.SentResources;
import health.setpoint.client.Client;
import health.setpoint.client.ServiceCatalog;
import health.setpoint.client.file.Inspection;
import health.setpoint.hook.evaluation.Evaluation;
import health.setpoint.hook.request.CdsService;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.hook.request.HookRequestParser;
import health.setpoint.http.body.RequestJson;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.RuleId;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.rules.RuleTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code check-request}: what base R4 does not allow in the resources of a captured call, what was read of each, and what the
 * rules need and lack. Starts no service, and can run beside one.
 */
final class CheckRequestCommand {

    static final String WORD = "check-request";

    private final Knowledge knowledge = Knowledge.load();
    private final PrintStream out;
    private final PrintStream faults;
    private final Clock clock;

    CheckRequestCommand(PrintStream out, PrintStream faults, Clock clock) {
        this.out = out;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Checks the call in a file.
     *
     * @param clientFile whose code map and choices hold; those of local mode otherwise
     * @param on as of which day it is read; today otherwise
     * @return 0 where every resource is valid and nothing that a rule needs is lacking, 2 where something is, 1 where the file
     *     holds no call, or the client's file is not good
     */
    int run(Path file, Optional<Path> clientFile, Optional<LocalDate> on) {
        try {
            var client = clientFile.isPresent() ? client(clientFile.get()) : Optional.of(local());
            return client.isPresent() ? check(RequestJson.object(Files.readAllBytes(file)), client.get(), on) : 1;
        } catch (RequestException noCall) {
            noCall.issues().forEach(issue -> faults.println(told(issue)));
            return 1;
        } catch (IOException unreadable) {
            faults.println("cannot be read: " + unreadable.getMessage());
            return 1;
        }
    }

    private Client local() {
        return Client.local(catalog(), clock.getZone());
    }

    private ServiceCatalog catalog() {
        return new ServiceCatalog(knowledge, CdsService.hooksById(), 0);
    }

    private Optional<Client> client(Path file) throws IOException {
        var inspection = Inspection.of(file, catalog(), LocalDate.now(clock));
        inspection.faults().forEach(faults::println);
        return inspection.found().stream().findFirst().map(Inspection.Found::client);
    }

    private int check(ObjectNode body, Client client, Optional<LocalDate> on) {
        var call = HookRequestParser.read(body, service(body));
        var day = on.orElseGet(() -> LocalDate.now(clock.withZone(client.site().zone())));
        var chart =
                new ChartReader(knowledge).read(Evaluation.request(client.site(), call, day.atTime(LocalTime.NOON)));
        var sent = SentResources.of(call.draftOrders(), call.prefetch());
        var lines = new Lines(out);
        lines.title("%s, read as of %s for client %s"
                .formatted(call.service().hook().word(), day, client.name()));
        resources(sent, chart, lines);
        rest(call, sent, chart, lines);
        chart.known().ifPresent(facts -> rules(facts, client, lines));
        lines.title(
                lines.lacking == 0
                        ? "every resource is valid, and no rule lacks anything"
                        : "%d lines say with a - what is wrong or lacking".formatted(lines.lacking));
        return lines.lacking == 0 ? 0 : 2;
    }

    /** What is printed; what is wrong or lacking is marked and counted. */
    private static final class Lines {

        private final PrintStream out;
        private int lacking;

        private Lines(PrintStream out) {
            this.out = out;
        }

        void title(String words) {
            out.printf("%s%n", words);
        }

        void says(String words) {
            out.printf("    %s%n", words);
        }

        void lacks(String words) {
            lacking++;
            out.printf("  - %s%n", words);
        }

        void of(ReadNote note, String words) {
            switch (note.outcome()) {
                case READ, IGNORED -> says(words);
                case UNMAPPED, UNREADABLE -> lacks(words);
            }
        }
    }

    private static CdsService service(ObjectNode body) {
        var hook = body.path("hook").asText();
        return Arrays.stream(CdsService.values())
                .filter(service -> service.hook().word().equals(hook))
                .findFirst()
                .orElse(CdsService.PATIENT_VIEW);
    }

    /** Each resource: what it was read as, where it is not valid, and what it lacks for the rules. */
    private void resources(List<ChartEntry> sent, ChartOutcome chart, Lines lines) {
        var validator = new ResourceValidator(knowledge);
        var profiles = chart.known().map(InputProfile::of).orElse(Map.of());
        var notes = chart.notes().stream().collect(Collectors.groupingBy(ReadNote::reference));
        for (var entry : sent) {
            lines.title(entry.reference() + " (" + entry.place() + ")");
            notes.getOrDefault(entry.reference(), List.of())
                    .forEach(note -> lines.of(note, words(note.outcome()) + ": " + note.text()));
            validity(validator, entry, Optional.ofNullable(profiles.get(entry.reference())), lines);
        }
    }

    private static void validity(
            ResourceValidator validator, ChartEntry entry, Optional<InputProfile> profile, Lines lines) {
        var invalid = validator.invalid(entry.resource());
        var lacks = profile.map(input -> validator.lacks(entry.resource(), input)).orElse(List.of()).stream()
                .filter(fault -> !invalid.contains(fault))
                .toList();
        invalid.forEach(fault -> lines.lacks("not valid R4: " + fault));
        lacks.forEach(fault -> lines.lacks("not " + profile.orElseThrow().id() + ": " + fault));
        if (invalid.isEmpty() && lacks.isEmpty()) {
            lines.says("valid R4" + profile.map(input -> " and " + input.id()).orElse(""));
        }
    }

    /** What belongs to no resource: keys that are missing or came otherwise, and why the call would be refused. */
    private static void rest(HookRequest call, List<ChartEntry> sent, ChartOutcome chart, Lines lines) {
        var references = sent.stream().map(ChartEntry::reference).collect(Collectors.toSet());
        lines.title("the call");
        call.remarks().forEach(remark -> lines.lacks(told(remark)));
        chart.notes().stream()
                .filter(note -> !references.contains(note.reference()))
                .forEach(note -> lines.of(note, note.reference() + ": " + words(note.outcome()) + ": " + note.text()));
        chart.problems().forEach(problem -> lines.lacks(problem.location() + ": " + problem.text()));
    }

    /** What the rules would have liked to see, and which of them could not do without. */
    private void rules(Facts facts, Client client, Lines lines) {
        var advice = Titration.advise(facts, client.policies().on(facts.today()));
        lines.title("the rules");
        facts.gaps().forEach(gap -> lines.lacks(words(gap.data()) + ": " + words(gap.why())));
        advice.cards().stream()
                .flatMap(card -> card.unknowns().stream())
                .distinct()
                .forEach(unknown -> lines.says("not known: " + words(unknown)));
        advice.trace().stream()
                .filter(tried -> tried.fired() && RuleTable.isOfDataQuality(tried.rule()))
                .map(tried -> knowledge.ruleTexts().on(tried.rule(), facts.today()))
                .forEach(text -> lines.lacks("%s: %s. %s".formatted(text.rule(), text.when(), text.then())));
        advice.cards()
                .forEach(card -> lines.says("a card says %s, by %s"
                        .formatted(
                                card.kind().word(),
                                card.rules().stream().map(RuleId::id).collect(Collectors.joining(", ")))));
    }

    private static String told(Issue issue) {
        return issue.where().map(where -> where + ": ").orElse("") + issue.text();
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
