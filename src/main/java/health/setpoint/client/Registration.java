package health.setpoint.client;

import health.setpoint.card.Orderables;
import health.setpoint.knowledge.SiteChoices;

/**
 * A registered client and by what its tokens are known.
 *
 * @param orderables what the site has mapped
 * @param choices what the site chose within the knowledge
 */
record Registration(Client client, Trust trust, Orderables orderables, SiteChoices choices) {}
