package health.setpoint.client.token;

import health.setpoint.card.suggestion.Orderables;
import health.setpoint.client.Client;

/**
 * A registered client and by what its tokens are known.
 *
 * @param orderables what the site has mapped
 */
public record RegisteredClient(Client client, Trust trust, Orderables orderables) {}
