package health.setpoint.card.suggestion;

import health.setpoint.card.text.CardDetail;
import health.setpoint.card.text.Languages;

/**
 * How the cards of one client look.
 *
 * @param dialect what its EHR can carry out
 * @param overrideReasons the reasons that its users choose from
 * @param detail how much of the reasons stands on the card itself
 * @param linkDays for how many days the link to the whole reason holds; 0 where there is no link
 * @param language one of {@link Languages#names()}
 */
public record CardStyle(
        Dialect dialect, OverrideReasons overrideReasons, CardDetail detail, int linkDays, String language) {

    /**
     * @throws IllegalArgumentException for a language in which there are no texts
     */
    public CardStyle {
        Languages.require(language);
    }

    /** In English. */
    public CardStyle(Dialect dialect, OverrideReasons overrideReasons, CardDetail detail, int linkDays) {
        this(dialect, overrideReasons, detail, linkDays, Languages.ENGLISH);
    }

    /** With a link that holds for a day. */
    public CardStyle(Dialect dialect, OverrideReasons overrideReasons, CardDetail detail) {
        this(dialect, overrideReasons, detail, 1);
    }

    /** CDS Hooks as it is written, with our own override reasons. */
    public static final CardStyle STANDARD =
            new CardStyle(new StandardDialect(), OverrideReasons.OWN, CardDetail.SHORT);

    /** The same with more or less of the reasons on the card itself. */
    public CardStyle with(CardDetail other) {
        return new CardStyle(dialect, overrideReasons, other, linkDays, language);
    }

    /** The same with a link that holds for so many days. */
    public CardStyle withLinkFor(int days) {
        return new CardStyle(dialect, overrideReasons, detail, days, language);
    }

    /** The same in another language. */
    public CardStyle in(String other) {
        return new CardStyle(dialect, overrideReasons, detail, linkDays, other);
    }
}
