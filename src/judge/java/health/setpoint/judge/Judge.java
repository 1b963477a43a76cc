package health.setpoint.judge;

import health.setpoint.knowledge.Knowledge;
import health.setpoint.titration.Titration;
import health.setpoint.titration.advice.Advice;
import health.setpoint.titration.facts.Facts;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Asks both engines about the same charts. What CQL says is asked once; the service may be asked again, with an error planted. */
final class Judge {

    /**
     * One man and what CQL says of him.
     *
     * @param number by which he is generated
     * @param read what the service reads of his chart
     * @param expected what CQL says
     */
    record Case(long number, Facts read, Said expected) {

        /** Where the service says otherwise; empty where both agree. */
        List<String> differences(Function<Facts, Advice> service) {
            return Said.of(service.apply(read)).differences(expected);
        }
    }

    private static final Knowledge KNOWLEDGE = Knowledge.load();

    private Judge() {}

    /** The rules as they are. */
    static Advice service(Facts facts) {
        return Titration.advise(facts, KNOWLEDGE.on(facts.today()));
    }

    /** The men of these numbers, in their order. */
    static List<Case> cases(LongStream numbers) {
        var engine = new ReferenceEngine();
        return numbers.mapToObj(number -> judged(engine, number)).toList();
    }

    static Case judged(ReferenceEngine engine, long number) {
        var man = ChartedMan.of(Men.man(number));
        return new Case(number, man.asRead(), engine.say(man));
    }
}
