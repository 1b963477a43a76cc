package health.setpoint.journal;

/**
 * A card as the journal keeps it, in the words of the knowledge that gave it: a rule that is gone since is still named.
 *
 * @param uuid by which feedback names it
 * @param rule id of the rule that it is about
 * @param json the card without the resources of its suggestions
 */
public record StoredCard(String uuid, String rule, String json) {

    StoredCard with(String text) {
        return new StoredCard(uuid, rule, text);
    }
}
