package health.setpoint.hook.evaluation;

import health.setpoint.card.CardWriter;
import health.setpoint.card.WrittenCard;
import health.setpoint.card.suggestion.CardContext;
import health.setpoint.card.suggestion.CardLinks;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.ChartRequest;
import health.setpoint.chart.fetch.FetchMemory;
import health.setpoint.chart.fetch.FhirServers;
import health.setpoint.chart.fetch.MissingData;
import health.setpoint.chart.reading.Problem;
import health.setpoint.client.Client;
import health.setpoint.hook.request.HookRequest;
import health.setpoint.http.body.MemoryInFlight;
import health.setpoint.http.error.Issue;
import health.setpoint.http.error.RequestException;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import health.setpoint.titration.policy.Policy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** The way of one call: chart, decision, cards. */
@Singleton
public class Evaluation {

    private static final Duration CLOCK_IS_SET = Duration.ofMinutes(1);

    private final ChartReader chart;
    private final FhirServers fhirServers;
    private final CardWriter cards;
    private final Clock clock;

    public Evaluation(ChartReader chart, FhirServers fhirServers, CardWriter cards, Clock clock) {
        this.chart = chart;
        this.fhirServers = fhirServers;
        this.cards = cards;
        this.clock = clock;
    }

    /**
     * What came of a call.
     *
     * @param facts what the rules knew
     * @param policy under which they decided
     * @param advice what they said
     * @param cards the same for the EHR, most serious first; none where there is nothing to say
     */
    public record Evaluated(Facts facts, Policy policy, Advice advice, List<WrittenCard> cards) {

        /** The same with some of the cards only. */
        Evaluated showing(List<WrittenCard> some) {
            return new Evaluated(facts, policy, advice, some);
        }
    }

    /**
     * Evaluates one call of a client, as its site has it, where no others are under way.
     *
     * @throws RequestException 400 where the request contradicts itself, 412 where required data cannot be had
     */
    public Evaluated evaluate(Client client, HookRequest call, Stages stages) {
        return decide(client, call, chart(client, call, FetchMemory.UNBOUNDED, stages), stages, CardLinks.NONE);
    }

    /**
     * What the call brings of the chart, and what could be fetched.
     *
     * @param memory to which what is fetched is charged
     * @throws RequestException 503 while the machine's clock shows a day of which the knowledge says nothing, and where the memory
     *     does not suffice for what the FHIR server answers
     */
    public ChartOutcome chart(Client client, HookRequest call, FetchMemory memory, Stages stages) {
        var site = client.site();
        var now = LocalDateTime.now(clock.withZone(site.zone()));
        if (now.toLocalDate().isBefore(client.policies().begins())) {
            throw RequestException.forNow(
                    503,
                    Issue.of(
                            Issue.Kind.TRANSIENT,
                            "The clock of this service shows " + now.toLocalDate() + ", and its knowledge begins on "
                                    + client.policies().begins() + ": nothing is advised until the clock is set."),
                    CLOCK_IS_SET);
        }
        var isUsedUp = new AtomicBoolean();
        FetchMemory noted = bytes -> {
            var fits = memory.take(bytes);
            isUsedUp.compareAndSet(false, !fits);
            return fits;
        };
        var request = request(site, call, now).with(missingData(client, call, noted, stages));
        var read = stages.run("chart", () -> chart.read(request));
        if (isUsedUp.get()) {
            throw MemoryInFlight.usedUp();
        }
        return read;
    }

    /** A call as its site's charts are read, with nothing fetched. */
    public static ChartRequest request(Client.Site site, HookRequest call, LocalDateTime now) {
        return new ChartRequest(
                        call.service().hook(),
                        call.patientId(),
                        call.prefetch(),
                        call.draftOrders(),
                        call.selections(),
                        now,
                        site.zone())
                .with(site.codes())
                .with(site.labSearch())
                .withTransgenderProtocol(site.transgenderProtocol());
    }

    /**
     * What the rules say of a chart.
     *
     * @param links where the cards lead
     * @throws RequestException where the chart was refused, and where silence would rest on a part of it
     */
    public Evaluated decide(Client client, HookRequest call, ChartOutcome outcome, Stages stages, CardLinks links) {
        var read = accepted(outcome, call);
        var facts = read.facts();
        var policy = client.policies().on(facts.today(), read.expanded());
        Deadline.heed();
        var advice = stages.run("titration", () -> Titration.advise(facts, policy));
        Deadline.heed();
        if (advice.cards().isEmpty() && !read.incomplete().isEmpty()) {
            throw dataMissing(read.incomplete(), call);
        }
        var written = stages.run(
                "card",
                () -> cards.write(
                        advice,
                        new CardContext(
                                call.service().hook(),
                                client.name(),
                                call.hookInstance(),
                                call.patientId(),
                                call.userId(),
                                facts.today(),
                                read.orders(),
                                facts.courses(),
                                client.style(),
                                links),
                        policy));
        Deadline.heed();
        return new Evaluated(facts, policy, advice, written);
    }

    private MissingData missingData(Client client, HookRequest call, FetchMemory memory, Stages stages) {
        var source = fhirServers.forRequest(
                client.name(),
                client.site().servers(),
                client.site().limits(),
                call.fhirServer().map(URI::toString),
                call.access().map(HookRequest.FhirAccess::token),
                memory);
        return needs -> stages.run("fetch", () -> source.ask(needs));
    }

    private static ChartOutcome.Read accepted(ChartOutcome outcome, HookRequest call) {
        if (outcome instanceof ChartOutcome.Refused refused) {
            throw switch (refused.kind()) {
                case DATA_MISSING -> dataMissing(refused.problems(), call);
                case TOO_LARGE ->
                    new RequestException(413, issues(refused.problems()).toList());
                case BAD_REQUEST ->
                    new RequestException(400, issues(refused.problems()).toList());
            };
        }
        return (ChartOutcome.Read) outcome;
    }

    /** What the envelope lacks may be why nothing could be fetched. */
    private static RequestException dataMissing(List<Problem> problems, HookRequest call) {
        return new RequestException(
                412, Stream.concat(issues(problems), call.remarks().stream()).toList());
    }

    private static Stream<Issue> issues(List<Problem> problems) {
        return problems.stream().map(Evaluation::issue);
    }

    private static Issue issue(Problem problem) {
        return Issue.at(problem.location(), Issue.Kind.of(problem.code()), problem.text());
    }
}
