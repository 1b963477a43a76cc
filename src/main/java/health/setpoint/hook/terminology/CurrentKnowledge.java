package health.setpoint.hook.terminology;

import health.setpoint.knowledge.Expansion;
import health.setpoint.knowledge.Knowledge;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The knowledge with the expansion that is in force; a call that asks once is read by one of them throughout. */
public final class CurrentKnowledge implements Supplier<Knowledge> {

    private final Knowledge shipped;
    private final AtomicReference<InForce> inForce;

    private record InForce(Expansion expansion, Knowledge knowledge) {}

    public CurrentKnowledge(Knowledge shipped) {
        this.shipped = shipped;
        this.inForce = new AtomicReference<>(new InForce(Expansion.SHIPPED, shipped));
    }

    @Override
    public Knowledge get() {
        return inForce.get().knowledge();
    }

    /** The expansion that is in force. */
    public Expansion expansion() {
        return inForce.get().expansion();
    }

    /** Whether it brings other codes than the one in force, which it then replaces. */
    boolean put(Expansion expansion) {
        if (expansion.addsTheSame(expansion())) {
            return false;
        }
        inForce.set(new InForce(expansion, expansion.added().isEmpty() ? shipped : shipped.with(expansion)));
        return true;
    }
}
