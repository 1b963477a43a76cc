package health.setpoint.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.setpoint.card.CardContext;
import health.setpoint.card.CardWriter;
import health.setpoint.chart.ChartOutcome;
import health.setpoint.chart.ChartReader;
import health.setpoint.chart.ChartRequest;
import health.setpoint.chart.Problem;
import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;

/** The way of one call: chart, decision, cards. */
@Singleton
class Evaluation {

    private final Knowledge knowledge;
    private final ChartReader chart;
    private final CardWriter cards;
    private final Clock clock;

    Evaluation(Knowledge knowledge, ChartReader chart, CardWriter cards, Clock clock) {
        this.knowledge = knowledge;
        this.chart = chart;
        this.cards = cards;
        this.clock = clock;
    }

    /**
     * The cards for this call, most serious first; none where there is nothing to say.
     *
     * @throws Refusal 400 where the request contradicts itself, 412 where required data cannot be had
     */
    List<ObjectNode> cards(HookCall call) {
        var now = LocalDateTime.now(clock);
        var read = read(chart.read(new ChartRequest(
                call.service().hook(),
                call.patientId(),
                call.prefetch(),
                call.draftOrders(),
                call.selections(),
                now,
                clock.getZone())));
        var advice = Titration.advise(read.facts(), knowledge.on(now.toLocalDate()));
        return cards.write(
                advice,
                new CardContext(
                        call.service().hook(),
                        call.hookInstance(),
                        call.patientId(),
                        call.userId(),
                        now.toLocalDate(),
                        read.orders()));
    }

    private static ChartOutcome.Read read(ChartOutcome outcome) {
        if (outcome instanceof ChartOutcome.Refused refused) {
            var status = refused.kind() == ChartOutcome.Kind.DATA_MISSING ? 412 : 400;
            throw new Refusal(
                    status, refused.problems().stream().map(Evaluation::issue).toList());
        }
        return (ChartOutcome.Read) outcome;
    }

    private static Issue issue(Problem problem) {
        return Issue.at(problem.location(), Issue.Kind.of(problem.code()), problem.text());
    }
}
