package health.setpoint.client;

import health.setpoint.card.Orderables;

/**
 * A registered client and by what its tokens are known.
 *
 * @param orderables what the site has mapped
 */
record Registration(Client client, Trust trust, Orderables orderables) {}
