package health.setpoint.card;

/**
 * How the cards of one client look.
 *
 * @param dialect what its EHR can carry out
 * @param overrideReasons the reasons that its users choose from
 */
public record CardStyle(Dialect dialect, OverrideReasons overrideReasons) {

    /** CDS Hooks as it is written, with our own override reasons. */
    public static final CardStyle STANDARD = new CardStyle(new StandardDialect(), OverrideReasons.OWN);
}
