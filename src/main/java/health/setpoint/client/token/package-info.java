/** By what a client proves who it is: its token, the keys that sign it, and the tokens that were used. */
package health.setpoint.client.token;
