package health.setpoint.knowledge.signoff;

import health.setpoint.knowledge.signoff.SignOff.Signature;
import health.setpoint.knowledge.signoff.SignableItem.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Who stands behind the knowledge of a day, item by item.
 *
 * @param lines every item that can be signed
 */
public record SignedKnowledge(List<Line> lines) {

    /**
     * One item.
     *
     * @param by who signed it as it stands
     * @param earlier who signed it as it stood before it was changed
     */
    public record Line(SignableItem item, Optional<Signature> by, Optional<Signature> earlier) {

        public boolean isSigned() {
            return by.isPresent();
        }

        /** It was signed, has changed since, and nobody has signed it again. */
        public boolean isChangedSince() {
            return by.isEmpty() && earlier.isPresent();
        }
    }

    public SignedKnowledge {
        lines = List.copyOf(lines);
    }

    /** How many items of a kind are signed. */
    public long signed(Kind kind) {
        return lines.stream()
                .filter(line -> line.item().kind() == kind && line.isSigned())
                .count();
    }

    /** How many items of a kind there are. */
    public long all(Kind kind) {
        return lines.stream().filter(line -> line.item().kind() == kind).count();
    }

    /** Everybody whose signature holds, without repeats, in the order of the items. */
    public List<Signature> signatures() {
        return lines.stream().flatMap(line -> line.by().stream()).distinct().toList();
    }

    /** Every item is signed as it stands. */
    public boolean isComplete() {
        return lines.stream().allMatch(Line::isSigned);
    }

    /** What was signed and has changed since. */
    public List<Line> changed() {
        return lines.stream().filter(Line::isChangedSince).toList();
    }

    /** The line of one item. */
    public Line of(Kind kind, String id) {
        return lines.stream()
                .filter(line -> line.item().kind() == kind && line.item().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + kind.word() + " is called " + id));
    }
}
