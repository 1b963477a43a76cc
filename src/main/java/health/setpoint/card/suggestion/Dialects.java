package health.setpoint.card.suggestion;

import java.util.List;

/** The dialects by the names that client files use. */
public final class Dialects {

    private static final List<String> NAMES = List.of(
            StandardDialect.NAME, EpicDialect.NAME, SandboxDialect.NAME, CdsHooks10Dialect.NAME, InfernoDialect.NAME);

    private Dialects() {}

    /** Every name, in the order in which documents list them. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The dialect of a client.
     *
     * @param name one of {@link #names()}
     * @param orderables what the site has mapped; only {@code epic} uses it, which draws the dose from it
     * @throws IllegalArgumentException for an unknown name, and for an orderable in a code system that the EHR does not
     *     take
     */
    public static Dialect named(String name, Orderables orderables) {
        return switch (name) {
            case StandardDialect.NAME -> new StandardDialect();
            case EpicDialect.NAME -> new EpicDialect(orderables);
            case SandboxDialect.NAME -> new SandboxDialect();
            case CdsHooks10Dialect.NAME -> new CdsHooks10Dialect();
            case InfernoDialect.NAME -> new InfernoDialect();
            default ->
                throw new IllegalArgumentException(
                        "no dialect is called " + name + "; there are " + String.join(", ", NAMES));
        };
    }
}
