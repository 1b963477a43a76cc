package health.setpoint.client;

/** A registered client and by what its tokens are known. */
record Registration(Client client, Trust trust) {}
