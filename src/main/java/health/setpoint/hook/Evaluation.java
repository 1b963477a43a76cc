package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardContext;
import health.setpoint.card.CardStyle;
import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.ChartRequest;
import health.setpoint.chart.FhirLimits;
import health.setpoint.chart.FhirOrigins;
import health.setpoint.chart.FhirServers;
import health.setpoint.chart.MissingData;
import health.setpoint.chart.Problem;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Facts;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.policy.Policy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;

/** The way of one call: chart, decision, cards. */
@Singleton
class Evaluation {

    private final Knowledge knowledge;
    private final ChartReader chart;
    private final FhirServers fhirServers;
    private final CardWriter cards;
    private final Clock clock;

    Evaluation(Knowledge knowledge, ChartReader chart, FhirServers fhirServers, CardWriter cards, Clock clock) {
        this.knowledge = knowledge;
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
    record Evaluated(Facts facts, Policy policy, Advice advice, List<ObjectNode> cards) {

        /** The same with some of the cards only. */
        Evaluated showing(List<ObjectNode> some) {
            return new Evaluated(facts, policy, advice, some);
        }
    }

    /**
     * Evaluates one call.
     *
     * @throws Refusal 400 where the request contradicts itself, 412 where required data cannot be had
     */
    Evaluated evaluate(HookCall call, Stages stages) {
        return decide(call, chart(call, stages), stages);
    }

    /** What the call brings of the chart, and what could be fetched. */
    ChartOutcome chart(HookCall call, Stages stages) {
        var request = new ChartRequest(
                        call.service().hook(),
                        call.patientId(),
                        call.prefetch(),
                        call.draftOrders(),
                        call.selections(),
                        LocalDateTime.now(clock),
                        clock.getZone())
                .with(missingData(call, stages));
        return stages.run("chart", () -> chart.read(request));
    }

    /**
     * What the rules say of a chart.
     *
     * @throws Refusal where the chart was refused, and where silence would rest on a part of it
     */
    Evaluated decide(HookCall call, ChartOutcome outcome, Stages stages) {
        var read = accepted(outcome);
        var facts = read.facts();
        var policy = knowledge.on(facts.today());
        var advice = stages.run("titration", () -> Titration.advise(facts, policy));
        if (advice.cards().isEmpty() && !read.incomplete().isEmpty()) {
            throw refusal(412, read.incomplete());
        }
        var written = stages.run(
                "card",
                () -> cards.write(
                        advice,
                        new CardContext(
                                call.service().hook(),
                                call.hookInstance(),
                                call.patientId(),
                                call.userId(),
                                facts.today(),
                                read.orders(),
                                facts.courses(),
                                CardStyle.STANDARD),
                        policy));
        return new Evaluated(facts, policy, advice, written);
    }

    /** In local mode only FHIR servers on this machine are asked, with the token of the request where it has one. */
    private MissingData missingData(HookCall call, Stages stages) {
        var source = fhirServers.forRequest(
                FhirOrigins.LOOPBACK,
                FhirLimits.STANDARD,
                call.fhirServer().map(URI::toString),
                call.access().map(HookCall.FhirAccess::token));
        return needs -> stages.run("fetch", () -> source.ask(needs));
    }

    private static ChartOutcome.Read accepted(ChartOutcome outcome) {
        if (outcome instanceof ChartOutcome.Refused refused) {
            throw refusal(refused.kind() == ChartOutcome.Kind.DATA_MISSING ? 412 : 400, refused.problems());
        }
        return (ChartOutcome.Read) outcome;
    }

    private static Refusal refusal(int status, List<Problem> problems) {
        return new Refusal(status, problems.stream().map(Evaluation::issue).toList());
    }

    private static Issue issue(Problem problem) {
        return Issue.at(problem.location(), Issue.Kind.of(problem.code()), problem.text());
    }
}
